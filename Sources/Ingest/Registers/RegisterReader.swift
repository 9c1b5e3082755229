import Diagnostics
import Model

/// Reads the registers of interventions and of supplied measurements: small tables, taken whole.
///
/// Columns are found by the usual names of both layouts (`intervention_id` or `id`, `intervention_type` or `type`,
/// `target_component` or `metric`, `target_tier` or `tier` …) unless `SourceMapping.fields` names them. The keys of
/// `fields` are, for interventions, `id name kind metric start end expected status` and `scope.DIMENSION`; for
/// measurements `id intervention day baseline current change sample_size`.
public enum RegisterReader {
    /// The interventions of a file, and what was refused.
    ///
    /// Without an id (`missing_id`), without a readable start or with an end before it (`bad_date`) a row is refused, and
    /// with a status or a value of a closed dimension that is not known (`unknown_value`). A start after `asOf` is no
    /// fault unless the row says that it is completed (`future_date`). Where the file has no status, the dates decide:
    /// planned before the start, completed after the end, else active. A scope of more than two dimensions is refused.
    /// What is taken for something else than it says is told with its line: other words for a status, no name, a metric
    /// that the catalogue does not have (nil), an id that stands in an earlier row too (the later row holds).
    public static func interventions(
        _ source: ByteSource, file: String, mapping: SourceMapping, catalogue: Catalogue, zone: ZoneRules, asOf: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (entries: [Intervention], outcome: ReadOutcome) {
        try read(source, file, mapping, zone, limits, dates: ["start_date", "end_date", "start", "end"]) {
            row, fields in
            intervention(row, &fields, catalogue, asOf)
        }
    }

    /// The measurements of a file, and what was refused: days after `asOf` (`future_date`), rows with neither a value nor
    /// a change (`missing_value`), and numbers of records that are no whole number from 0 on (`out_of_range`, the cell
    /// alone). Whether the intervention is known is for the caller to check.
    public static func measurements(
        _ source: ByteSource, file: String, mapping: SourceMapping, zone: ZoneRules, asOf: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (entries: [Measurement], outcome: ReadOutcome) {
        try read(source, file, mapping, zone, limits, dates: ["measured_at", "measurement_date", "date", "day"]) {
            row, fields in measurement(row, &fields, asOf)
        }
    }

    private static func read<Entry>(
        _ source: ByteSource, _ file: String, _ mapping: SourceMapping, _ zone: ZoneRules, _ limits: ReadLimits,
        dates: [String], _ make: (LooseRows.Row, inout RegisterFields) -> Entry?
    ) throws(IngestError) -> ([Entry], ReadOutcome) where Entry: Identifiable<String> & Equatable {
        let export = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        let (rows, failure) = LooseRows.all(of: export)
        var fields = RegisterFields(rows, mapping: mapping, file: file, zone: zone, limits: limits, dates: dates)
        var entries: [Entry] = []
        var known: [String: Entry] = [:]
        for row in rows.rows {
            if let fault = row.fault {
                fields.refuse(row, fault, nil, row.texts.compactMap { $0 }.joined(separator: ","))
            } else if let entry = make(row, &fields) {
                if let earlier = known.updateValue(entry, forKey: entry.id), earlier != entry {
                    fields.remark(
                        row, Remark("the id `\(entry.id)` stands in an earlier row too; this row replaces it"))
                }
                entries.append(entry)
            }
        }
        var outcome = ReadOutcome(
            fields.log, rows: rows.rows.count, accepted: entries.count, of: export, failure: failure)
        outcome.notes = fields.notes
        return (entries, outcome)
    }

    // MARK: Interventions

    private static func intervention(
        _ row: LooseRows.Row, _ fields: inout RegisterFields, _ catalogue: Catalogue, _ asOf: Day
    ) -> Intervention? {
        guard let id = fields.text(row, "id", ["intervention_id", "id"]) else {
            fields.refuse(row, .missingId, "id", "")
            return nil
        }
        let startText = fields.text(row, "start", ["start_date", "start", "started_at"])
        guard let start = startText.flatMap({ fields.day($0) }) else {
            fields.refuse(row, .badDate, "start", startText ?? "")
            return nil
        }
        let endText = fields.text(row, "end", ["end_date", "end", "ended_at"])
        let end = endText.flatMap { fields.day($0) }
        if let endText, end == nil {
            fields.refuse(row, .badDate, "end", endText)
            return nil
        }
        if let end, end < start {
            fields.refuse(row, .badDate, "end", "\(end.iso), before the start \(start.iso)")
            return nil
        }
        guard let scope = scope(row, &fields, catalogue), let status = status(row, &fields, start, end, asOf) else {
            return nil
        }
        let named = fields.text(row, "metric", ["metric", "target_component", "target_metric", "component"])
        let metric = named.flatMap { catalogue.metric(named: $0)?.name }
        if metric == nil {
            fields.remark(
                row,
                named.map { Remark("there is no metric `\($0)`; nothing is judged by it") }
                    ?? Remark("it names no metric"))
        }
        let name = fields.text(row, "name", ["name", "title"])
        if name == nil { fields.remark(row, Remark("it has no name; its id stands for it")) }
        return Intervention(
            id: id, name: name ?? id,
            kind: fields.text(row, "kind", ["intervention_type", "type", "kind"]) ?? "",
            metric: metric, scope: scope, start: start, end: end,
            expectedChange: fields.number(row, "expected", ["expected_improvement", "expected_change"]),
            status: status)
    }

    private static func scope(
        _ row: LooseRows.Row, _ fields: inout RegisterFields, _ catalogue: Catalogue
    ) -> Group? {
        var found: [(dimension: String, value: String)] = []
        for dimension in catalogue.dimensions {
            let family = dimension.name.split(separator: "_").first.map(String.init) ?? dimension.name
            let usual = ["target_\(dimension.name)", dimension.name, "target_\(family)", family]
            guard let value = fields.text(row, "scope.\(dimension.name)", usual), value.lowercased() != "all" else {
                continue
            }
            if let values = dimension.values, !values.contains(value) {
                fields.refuse(row, .unknownValue, dimension.name, value)
                return nil
            }
            found.append((dimension.name, value))
        }
        switch found.count {
        case 0: return .all
        case 1: return .value(dimension: found[0].dimension, value: found[0].value)
        case 2:
            return .pair(
                first: found[0].dimension, firstValue: found[0].value, second: found[1].dimension,
                secondValue: found[1].value)
        default:
            fields.refuse(row, .unknownValue, "scope", found.map(\.value).joined(separator: ", "))
            return nil
        }
    }

    private static func status(
        _ row: LooseRows.Row, _ fields: inout RegisterFields, _ start: Day, _ end: Day?, _ asOf: Day
    ) -> Intervention.Status? {
        guard let text = fields.text(row, "status", ["status"]) else {
            if start > asOf { return .planned }
            return end.map { $0 < asOf } ?? false ? .completed : .active
        }
        guard let status = statuses[text.lowercased()] else {
            fields.refuse(row, .unknownValue, "status", text)
            return nil
        }
        if status.rawValue != text.lowercased() {
            fields.remark(row, Remark("the status `\(text)` is read as \(status.rawValue)"))
        }
        if status == .completed, start > asOf {
            fields.refuse(row, .futureDate, "start", "\(start.iso), but \(text)")
            return nil
        }
        return status
    }

    /// The words for a status, in small letters.
    private static let statuses: [String: Intervention.Status] = [
        "planned": .planned, "scheduled": .planned, "active": .active, "in progress": .active, "in_progress": .active,
        "running": .active, "completed": .completed, "complete": .completed, "done": .completed,
        "cancelled": .cancelled, "canceled": .cancelled,
    ]

    // MARK: Measurements

    private static func measurement(
        _ row: LooseRows.Row, _ fields: inout RegisterFields, _ asOf: Day
    ) -> Measurement? {
        guard let intervention = fields.text(row, "intervention", ["intervention_id", "intervention"]) else {
            fields.refuse(row, .missingId, "intervention", "")
            return nil
        }
        let text = fields.text(row, "day", ["measurement_date", "measured_at", "date", "day"])
        guard let day = text.flatMap({ fields.day($0) }) else {
            fields.refuse(row, .badDate, "day", text ?? "")
            return nil
        }
        guard day <= asOf else {
            fields.refuse(row, .futureDate, "day", text ?? "")
            return nil
        }
        let made = Measurement(
            id: fields.text(row, "id", ["measurement_id", "id"]) ?? "\(intervention) \(day.iso)",
            intervention: intervention, day: day,
            baseline: fields.number(row, "baseline", ["baseline_quality", "baseline", "baseline_value"]),
            current: fields.number(row, "current", currents), change: fields.number(row, "change", changes),
            sampleSize: fields.count(row, "sample_size", ["sample_size", "n", "sample", "count"]))
        guard made.current == nil, made.change == nil else { return made }
        if !fields.has("current", currents), !fields.has("change", changes) {
            let lacking = (currents + changes).joined(separator: ", ")
            fields.remark(row, Remark("there is none of the columns \(lacking)"))
        }
        fields.refuse(row, .missingValue, "current", "")
        return nil
    }

    private static let currents = ["current_quality", "current", "current_value", "value"]
    private static let changes = ["improvement_delta", "change", "delta"]
}
