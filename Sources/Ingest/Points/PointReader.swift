import Model

/// Reads metric points and pipeline logs: CSV, JSON, NDJSON or Prometheus' exposition text, taken whole.
///
/// Columns are found by their usual names (`PointWords`) unless `SourceMapping.fields` names them.
public enum PointReader {
    /// The points of a file, and what was refused.
    ///
    /// Refused are rows without a metric or value (`missing_value`), with a value that is no finite number
    /// (`not_a_number`), with an unreadable time or none (`bad_date`; a file whose name holds a date and time lends it to
    /// samples without one), and after `lastDay` (`future_date`). The context is made of the column `context`, of those of an object of
    /// that name, of `labels` and `tags`, and of the columns `PointWords.ownContext`; ids of sessions, requests and persons
    /// are dropped.
    public static func points(
        _ source: ByteSource, file: String, mapping: SourceMapping, zone: ZoneRules, lastDay: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (entries: [MetricPoint], outcome: ReadOutcome) {
        let export = try PointSurvey.open(source, file: file, mapping: mapping, limits: limits)
        let (rows, failure) = LooseRows.all(of: export)
        var mapping = mapping
        if export.format == .prometheus { mapping.timeFormat = .epoch(.microseconds) }
        var reading = RowReading(rows, mapping, file, zone, limits, lastDay, times: PointWords.point["time"] ?? [])
        reading.lent = NamedMoment.of(file).map { $0.placed(in: zone, rule: mapping.dayRule) }
        let entries = rows.rows.compactMap { reading.point($0) }
        return (entries, reading.outcome(export, failure))
    }

    /// The stages of a pipeline log, and what was refused: rows without a stage or item (`missing_id`), without a readable
    /// start or with an unreadable end (`bad_date`), with an end before the start (`out_of_range`), after `lastDay`
    /// (`future_date`).
    public static func stages(
        _ source: ByteSource, file: String, mapping: SourceMapping, zone: ZoneRules, lastDay: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (entries: [StageRun], outcome: ReadOutcome) {
        let export = try PointSurvey.open(source, file: file, mapping: mapping, limits: limits)
        let (rows, failure) = LooseRows.all(of: export)
        let times = (PointWords.stage["start"] ?? []) + (PointWords.stage["end"] ?? [])
        var reading = RowReading(rows, mapping, file, zone, limits, lastDay, times: times)
        let entries = rows.rows.compactMap { reading.stage($0) }
        return (entries, reading.outcome(export, failure))
    }
}

/// The rows of one file on their way to entries.
private struct RowReading {
    private var fields: RegisterFields
    private let lastDay: Day
    private let contextColumns: [(key: String, place: Int)]
    /// The moment that the file's name lends.
    var lent: PlacedTime?

    init(
        _ rows: LooseRows, _ mapping: SourceMapping, _ file: String, _ zone: ZoneRules, _ limits: ReadLimits,
        _ lastDay: Day, times: [String]
    ) {
        fields = RegisterFields(rows, mapping: mapping, file: file, zone: zone, limits: limits, dates: times)
        self.lastDay = lastDay
        let prefixes = (PointWords.point["context"] ?? []).map { $0 + "." }
        contextColumns = rows.columns.enumerated().compactMap { place, column in
            let name = column.lowercased()
            if let prefix = prefixes.first(where: { name.hasPrefix($0) }) {
                return (String(column.dropFirst(prefix.count)), place)
            }
            return PointWords.ownContext.contains(name) ? (name, place) : nil
        }
    }

    private mutating func text(_ row: LooseRows.Row, _ field: String, _ words: [String: [String]]) -> String? {
        fields.text(row, field, words[field] ?? [])
    }

    private mutating func isFaulty(_ row: LooseRows.Row) -> Bool {
        guard let fault = row.fault else { return false }
        fields.refuse(row, fault, nil, row.texts.compactMap { $0 }.joined(separator: ","))
        return true
    }

    mutating func point(_ row: LooseRows.Row) -> MetricPoint? {
        if isFaulty(row) { return nil }
        guard let name = text(row, "metric", PointWords.point) else {
            fields.refuse(row, .missingValue, "metric", "")
            return nil
        }
        guard let written = text(row, "value", PointWords.point) else {
            fields.refuse(row, .missingValue, "value", "")
            return nil
        }
        guard let value = fields.number(written) ?? truth(written), value.isFinite else {
            fields.refuse(row, .notANumber, "value", written)
            return nil
        }
        guard let time = moment(row) else { return nil }
        let kind: MetricPoint.Kind = text(row, "kind", PointWords.point)?.lowercased() == "counter" ? .counter : .gauge
        return MetricPoint(
            name: String(name.prefix(200)), context: context(row), unit: text(row, "unit", PointWords.point) ?? "",
            kind: kind, day: Day(number: time.day), time: time.instant, value: value)
    }

    private func truth(_ text: String) -> Double? {
        switch text.lowercased() {
        case "true": 1
        case "false": 0
        default: nil
        }
    }

    private mutating func moment(_ row: LooseRows.Row) -> PlacedTime? {
        let written = text(row, "time", PointWords.point)
        guard let time = written.map({ fields.time($0) }) ?? lent else {
            fields.refuse(row, .badDate, "time", written ?? "")
            return nil
        }
        guard time.day <= lastDay.number else {
            fields.refuse(row, .futureDate, "time", written ?? "")
            return nil
        }
        return time
    }

    private mutating func context(_ row: LooseRows.Row) -> String {
        var pairs = contextColumns.compactMap { key, place -> (key: String, value: String)? in
            guard place < row.texts.count, let text = row.texts[place] else { return nil }
            return (key, text)
        }
        if let cell = text(row, "context", PointWords.point) { pairs += PointWords.pairs(in: cell) }
        return PointWords.context(pairs)
    }

    mutating func stage(_ row: LooseRows.Row) -> StageRun? {
        if isFaulty(row) { return nil }
        guard let stage = text(row, "stage", PointWords.stage), let item = text(row, "item", PointWords.stage) else {
            fields.refuse(row, .missingId, "stage", "")
            return nil
        }
        let written = text(row, "start", PointWords.stage)
        guard let start = written.flatMap({ fields.time($0) }) else {
            fields.refuse(row, .badDate, "start", written ?? "")
            return nil
        }
        guard start.day <= lastDay.number else {
            fields.refuse(row, .futureDate, "start", written ?? "")
            return nil
        }
        var end: Int64?
        if let text = text(row, "end", PointWords.stage) {
            guard let time = fields.time(text) else {
                fields.refuse(row, .badDate, "end", text)
                return nil
            }
            guard time.instant >= start.instant else {
                fields.refuse(row, .outOfRange, "end", text)
                return nil
            }
            end = time.instant
        }
        return StageRun(
            stage: stage, item: String(item.prefix(200)), day: Day(number: start.day), started: start.instant,
            ended: end,
            status: text(row, "status", PointWords.stage) ?? "")
    }

    func outcome(_ export: OpenedExport, _ failure: IngestError?) -> ReadOutcome {
        let outcome = ReadOutcome(
            fields.log, rows: fields.rows.rows.count, accepted: fields.rows.rows.count - fields.log.rows, of: export,
            failure: failure)
        return outcome
    }
}

/// The moment in a file's name, such as `metrics-2026-11-19T0300.prom` or `metrics_20261119-030000Z.prom`.
enum NamedMoment {
    static func of(_ file: String) -> WallTime? {
        let label = FileLabel(file)
        guard let day = Day(iso: String(decoding: label.date, as: UTF8.self)) else { return nil }
        let name = (file.split(separator: "/").last.map(String.init) ?? file)
        for form in [label.date, label.date.filter { $0 != Ascii.minus }] {
            guard let place = name.firstRange(of: String(decoding: form, as: UTF8.self)) else { continue }
            let rest = name[place.upperBound...]
            guard let separator = rest.first, "T_- ".contains(separator) else { return nil }
            let digits = rest.dropFirst().prefix { $0.isNumber || $0 == "-" || $0 == ":" || $0 == "_" }.filter(
                \.isNumber)
            guard digits.count == 4 || digits.count == 6, let number = Int(digits) else { return nil }
            let clock = digits.count == 4 ? number * 100 : number
            guard clock / 10_000 < 24, clock / 100 % 100 < 60, clock % 100 < 60 else { return nil }
            return WallTime(
                day: day.number, second: Int32(clock / 10_000 * 3_600 + clock / 100 % 100 * 60 + clock % 100),
                microsecond: 0,
                zone: rest.contains("Z") ? .utc : .unstated, hasClock: true)
        }
        return nil
    }
}
