import Model

/// Reads the results of tests: JUnit reports, JSON of any nesting, NDJSON or CSV, taken whole.
///
/// Columns are found by their usual names (`ResultWords.columns`) unless `SourceMapping.fields` names them. Scores up
/// to 1 in the whole file are shares and become percentages. Without a time, results belong to the date in the file's
/// name, else to the day of the delivery; without a source, to the table of their mapping. Several rows of one test in
/// one run are attempts, of which the last one counts.
public enum TestResultReader {
    /// The results of a file, and what was refused.
    ///
    /// Refused are rows without a test (`missing_id`), without a status or score (`missing_value`), with a status that is
    /// no word for one (`unknown_value`), with an unreadable time (`bad_date`) or one after `lastDay` (`future_date`).
    /// Of a row that counts, a score outside 0 to 100, a negative duration and counts that cannot be are refused alone.
    /// Tests that broke off or were skipped have no score, whatever the export writes: 0 is not what they measured.
    public static func results(
        _ source: ByteSource, file: String, mapping: SourceMapping, zone: ZoneRules, deliveryDay: Day, lastDay: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (entries: [TestResult], outcome: ReadOutcome) {
        let export = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        let (rows, failure) = rows(of: export, records: mapping.records)
        let fields = RegisterFields(
            rows, mapping: mapping, file: file, zone: zone, limits: limits, dates: usual("time"))
        let date = day(inNameOf: file) ?? deliveryDay
        var reading = ResultReading(
            fields: fields, table: mapping.table, undated: date, zone: zone, lastDay: lastDay,
            isShare: isShare(fields, mapping))
        for row in rows.rows { reading.take(row) }
        let outcome = ReadOutcome(
            reading.fields.log, rows: rows.rows.count, accepted: rows.rows.count - reading.fields.log.rows, of: export,
            failure: failure)
        return (reading.results, outcome)
    }

    /// The day that a file's name lends to results without a time.
    public static func day(inNameOf file: String) -> Day? {
        Day(iso: String(decoding: FileLabel(file).date, as: UTF8.self))
    }

    static func usual(_ field: String) -> [String] { ResultWords.columns[field] ?? [] }

    private static func rows(
        of export: OpenedExport, records: RecordPath?
    ) -> (rows: LooseRows, failure: IngestError?) {
        guard records == nil, export.format == .json || export.format == .ndjson else {
            return LooseRows.all(of: export)
        }
        let (bytes, _, failure) = export.wholeText()
        return (export.format == .json ? ResultTree.read(bytes) : ResultTree.readLines(bytes), failure)
    }

    /// Whether the scores of a file are shares of 1.
    private static func isShare(_ fields: RegisterFields, _ mapping: SourceMapping) -> Bool {
        let names = mapping.fields["score"].map { [$0] } ?? usual("score")
        guard let column = names.first(where: { fields.rows.place(named: $0) != nil }) else { return false }
        let scores = fields.rows.values(of: column).compactMap(fields.number)
        return !scores.isEmpty && scores.allSatisfy { $0 <= 1 }
    }
}

/// The rows of one file on their way to results.
private struct ResultReading {
    var fields: RegisterFields
    let table: String
    let undated: Day
    let zone: ZoneRules
    let lastDay: Day
    let isShare: Bool
    private(set) var results: [TestResult] = []
    private var places: [[String]: Int] = [:]

    init(fields: RegisterFields, table: String, undated: Day, zone: ZoneRules, lastDay: Day, isShare: Bool) {
        self.fields = fields
        self.table = table
        self.undated = undated
        self.zone = zone
        self.lastDay = lastDay
        self.isShare = isShare
    }

    private func text(_ row: LooseRows.Row, _ field: String) -> String? {
        fields.text(row, field, TestResultReader.usual(field))
    }

    private mutating func number(_ row: LooseRows.Row, _ field: String) -> Double? {
        fields.number(row, field, TestResultReader.usual(field))
    }

    private mutating func count(_ row: LooseRows.Row, _ field: String) -> Int? {
        guard let value = number(row, field) else { return nil }
        if let count = Int(exactly: value), count >= 0 { return count }
        fields.refuseCell(row, .outOfRange, field, "\(value)")
        return nil
    }

    mutating func take(_ row: LooseRows.Row) {
        if let fault = row.fault {
            return fields.refuse(row, fault, nil, row.texts.compactMap { $0 }.joined(separator: ","))
        }
        guard let test = text(row, "test") else { return fields.refuse(row, .missingId, "test", "") }
        guard let (day, started) = moment(of: row) else { return }
        let word = text(row, "status")
        let status = word.flatMap(ResultWords.status)
        if let word, status == nil { return fields.refuse(row, .unknownValue, "status", word) }
        var result = TestResult(
            source: text(row, "source") ?? table, run: text(row, "run"), day: day, started: started,
            suite: text(row, "suite") ?? "", test: test, status: status)
        fill(&result, row)
        guard result.status != nil || result.score != nil else {
            return fields.refuse(row, .missingValue, "status", "")
        }
        keep(result)
    }

    private mutating func moment(of row: LooseRows.Row) -> (day: Day, started: Int64)? {
        guard let text = text(row, "time") else { return (undated, start(of: undated)) }
        guard let time = fields.time(text) else {
            fields.refuse(row, .badDate, "time", text)
            return nil
        }
        guard time.day <= lastDay.number else {
            fields.refuse(row, .futureDate, "time", text)
            return nil
        }
        return (Day(number: time.day), time.instant)
    }

    private func start(of day: Day) -> Int64 { zone.utc(fromLocal: Int64(day.number) * 86_400) * 1_000_000 }

    private mutating func fill(_ result: inout TestResult, _ row: LooseRows.Row) {
        let title = text(row, "title") ?? ""
        result.title = title == result.test ? "" : title
        result.category = text(row, "category")
        let error = text(row, "error")
        result.message = clipped(error ?? text(row, "message") ?? "")
        result.score = score(row)
        // What says that it failed, names an error and measured nothing broke off.
        if error != nil, result.status == .failed, result.score ?? 0 == 0 { result.status = .errored }
        if result.status == .errored || result.status == .skipped { result.score = nil }
        result.seconds = seconds(row)
        let cases = count(row, "cases")
        let passed = count(row, "cases_passed")
        if let cases, cases > 0 { result.cases = cases }
        if let passed, let cases = result.cases {
            if passed <= cases {
                result.casesPassed = passed
            } else {
                fields.refuseCell(row, .outOfRange, "cases_passed", "\(passed) of \(cases)")
            }
        }
        if let attempts = count(row, "attempts"), attempts > 0 { result.attempts = attempts }
        let failed = count(row, "failed_attempts") ?? (result.status?.isBad == true ? 1 : 0)
        result.failedAttempts = min(result.attempts, failed)
    }

    private mutating func score(_ row: LooseRows.Row) -> Double? {
        guard let value = number(row, "score") else { return nil }
        let score = isShare ? value * 100 : value
        if (0...100).contains(score) { return score }
        fields.refuseCell(row, .outOfRange, "score", "\(value)")
        return nil
    }

    private mutating func seconds(_ row: LooseRows.Row) -> Double? {
        let milliseconds = number(row, "milliseconds").map { $0 / 1_000 }
        guard let seconds = number(row, "seconds") ?? milliseconds else { return nil }
        if seconds >= 0 { return seconds }
        fields.refuseCell(row, .outOfRange, "seconds", "\(seconds)")
        return nil
    }

    /// The first 500 bytes or so: a trace may have thousands of lines.
    private func clipped(_ text: String) -> String {
        text.utf8.count > 500 ? text.prefix(500) + "…" : text
    }

    /// Keeps a result; another one of the same test in the same run is a further attempt.
    private mutating func keep(_ result: TestResult) {
        let key = [result.source, result.run ?? "@\(result.started)", result.suite, result.test]
        guard let place = places[key] else {
            places[key] = results.count
            return results.append(result)
        }
        var last = result
        last.attempts += results[place].attempts
        last.failedAttempts += results[place].failedAttempts
        results[place] = last
    }
}
