import Model

/// Reads judgements of models: one row per model, version and day, with the counts of a confusion matrix or with shares.
public enum ModelScoreReader {
    /// The judgements of a file, and what was refused: rows without a model (`missing_id`), with an unreadable day, and with
    /// neither counts nor a share (`missing_value`). Shares outside 0 to 1 are refused alone.
    public static func scores(
        _ source: ByteSource, file: String, mapping: SourceMapping, zone: ZoneRules, deliveryDay: Day, lastDay: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (entries: [ModelScore], outcome: ReadOutcome) {
        let dates = ["judged_at", "evaluated_at", "trained_at", "date", "day"]
        let export = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        let (rows, failure) = LooseRows.all(of: export)
        var fields = RegisterFields(rows, mapping: mapping, file: file, zone: zone, limits: limits, dates: dates)
        var entries: [ModelScore] = []
        for row in rows.rows {
            if let fault = row.fault {
                fields.refuse(row, fault, nil, row.texts.compactMap { $0 }.joined(separator: ","))
                continue
            }
            guard let name = fields.text(row, "name", ["model_name", "model", "name"]) else {
                fields.refuse(row, .missingId, "name", "")
                continue
            }
            var day = deliveryDay
            if let text = fields.text(row, "time", dates) {
                guard let read = fields.day(text), read <= lastDay else {
                    fields.refuse(row, .badDate, "time", text)
                    continue
                }
                day = read
            }
            let counts = counts(row, &fields)
            let supplied = supplied(row, &fields)
            guard counts != nil || !supplied.isEmpty else {
                fields.refuse(row, .missingValue, "accuracy", "")
                continue
            }
            entries.append(
                ModelScore(
                    name: name, version: fields.text(row, "version", ["version", "model_version"]) ?? "",
                    purpose: fields.text(row, "purpose", ["model_type", "type", "purpose"]) ?? "", day: day,
                    counts: counts, supplied: supplied,
                    n: count(row, "n", ["n", "predictions", "sample_size"], &fields)
                ))
        }
        let outcome = ReadOutcome(
            fields.log, rows: rows.rows.count, accepted: entries.count, of: export, failure: failure)
        return (entries, outcome)
    }

    private static func count(
        _ row: LooseRows.Row, _ field: String, _ names: [String], _ fields: inout RegisterFields
    ) -> Int? {
        guard let value = fields.number(row, field, names) else { return nil }
        if let count = Int(exactly: value), count >= 0 { return count }
        fields.refuseCell(row, .outOfRange, field, "\(value)")
        return nil
    }

    private static func counts(_ row: LooseRows.Row, _ fields: inout RegisterFields) -> ModelScore.Counts? {
        guard let truePositives = count(row, "true_positives", ["true_positives", "tp"], &fields),
            let falsePositives = count(row, "false_positives", ["false_positives", "fp"], &fields),
            let falseNegatives = count(row, "false_negatives", ["false_negatives", "fn"], &fields),
            let trueNegatives = count(row, "true_negatives", ["true_negatives", "tn"], &fields),
            truePositives + falsePositives + falseNegatives + trueNegatives > 0
        else { return nil }
        return .init(
            truePositives: truePositives, falsePositives: falsePositives, falseNegatives: falseNegatives,
            trueNegatives: trueNegatives)
    }

    private static func supplied(_ row: LooseRows.Row, _ fields: inout RegisterFields) -> [String: Double] {
        var shares: [String: Double] = [:]
        for (name, names) in [
            ("accuracy", ["accuracy"]), ("precision", ["precision"]), ("recall", ["recall"]),
            ("f1", ["f1", "f1_score"]),
        ] {
            guard let value = fields.number(row, name, names) else { continue }
            if (0...1).contains(value) {
                shares[name] = value
            } else {
                fields.refuseCell(row, .outOfRange, name, "\(value)")
            }
        }
        return shares
    }
}
