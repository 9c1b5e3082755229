import Analysis
import Diagnostics
import Ingest
import Model
import Partials

/// The rows that a question is about, with the words of their columns.
struct QuestionRows {
    /// The columns, values first.
    let catalogue: Catalogue
    /// The rows, in order of time where there is one.
    let rows: RecordBatch
    /// Whether the rows have a time.
    let hasTime: Bool
    /// The zone of stamps without one.
    let zone: ZoneRules
    /// Rows that could not be read; for `anomalies` all of them.
    let refused: [Reject]
    /// What is to be said about the reading.
    let notes: [Diagnostic]

    /// Reads the files of a request.
    static func read(_ request: QuestionRequest, in surroundings: Surroundings) throws -> QuestionRows {
        guard !request.exports.isEmpty else {
            throw Failure(.usage, "there is no file to read", fix: "Name one, or - for standard input.")
        }
        let files = try exportFiles(request.exports, in: surroundings)
        var survey = try ExportSurvey(of: files)
        if !survey.answers(request.values.first) { survey = try ExportSurvey(of: files, asTables: true) }
        guard let table = survey.table(with: request.values.first) else {
            throw Failure(.inputRefused, "\(files.first?.name ?? "the input"): there is no table in it")
        }
        var request = request
        for (values, names) in [
            (request.tiers, ["tier"]), (request.datasets, ["dataset", "dataset_name", "dataset_source"]),
        ] {
            guard let values else { continue }
            let column = names.first { name in table.columns.contains { $0.name == name } } ?? names[0]
            request.filters.append("\(column)=\(values)")
        }
        let plan = try QuestionColumns(request, table: table)
        var zone = ZoneRules.utc
        if let name = request.timeZone {
            guard let found = ZoneRules(identifier: name) else {
                throw Failure(.usage, "there is no time zone `\(name)`", fix: "Name one like Europe/Berlin.")
            }
            zone = found
        }
        return try plan.read(files.filter { table.files.contains($0.name) }, zone: zone)
    }
}

extension ExportSurvey {
    /// Whether a table has a column, or the first one any: tables of people and registers have none to ask about.
    fileprivate func answers(_ column: String?) -> Bool {
        guard let column else { return tables.first?.columns.isEmpty == false }
        return tables.contains { $0.columns.contains { $0.name == column } }
    }

    /// The table that has a column, or the first one.
    fileprivate func table(with column: String?) -> Table? {
        column.flatMap { name in tables.first { $0.columns.contains { $0.name == name } } } ?? tables.first
    }
}

/// Which columns of a file are read as what.
struct QuestionColumns {
    private let request: QuestionRequest
    private var mapping: SourceMapping
    private let values: [String]
    private let groups: [String]
    private let filters: [(column: String, values: Set<String>)]
    /// The columns that say yes or no: 1 and 0.
    private let truths: Set<String>
    /// The columns whose commas may set thousands apart.
    private let ambiguous: [ExportSurvey.Column]

    init(_ request: QuestionRequest, table: ExportSurvey.Table) throws {
        self.request = request
        let names = table.columns.map(\.name)
        let known = { (column: String, option: String) throws in
            guard !names.contains(column) else { return }
            let near = nearestName(to: column, among: names).map { " Did you mean `\($0)`?" } ?? ""
            throw Failure(
                .usage, "\(option) names the column `\(column)`, which the input does not have",
                fix: "It has: \(names.joined(separator: ", ")).\(near)")
        }
        for column in request.values { try known(column, "--value") }
        for column in request.by { try known(column, "--by") }
        if let column = request.pairedBy { try known(column, "--paired-by") }
        if let column = request.time { try known(column, "--time") }
        filters = try (request.filters + [request.scope].compactMap { $0 }).map { text in
            guard let equals = text.firstIndex(of: "=") else {
                throw Failure(.usage, "`\(text)` is no filter", fix: "Write column=value or column=value,value.")
            }
            let column = String(text[..<equals])
            try known(column, "a filter")
            return (column, Set(text[text.index(after: equals)...].split(separator: ",").map(String.init)))
        }
        ambiguous = table.columns.filter(\.hasAmbiguousCommas)
        truths = Set(table.columns.filter(\.saysYesOrNo).map(\.name))
        mapping = table.mapping
        let time = request.time ?? table.mapping.timeColumn.flatMap { $0 == "@date" ? nil : $0 }
        mapping.timeColumn = time
        if request.time != table.mapping.timeColumn { mapping.timeFormat = .automatic }
        if let format = request.timeFormat {
            guard let found = TimeFormat(name: format) else {
                throw Failure(
                    .usage, "there is no time format `\(format)`",
                    fix: "Use one of \(TimeFormat.names.map(\.0).joined(separator: ", ")).")
            }
            mapping.timeFormat = found
        }
        var seen = Set<String>()
        groups = (request.by + [request.pairedBy].compactMap { $0 } + filters.map(\.column)).filter {
            seen.insert($0).inserted
        }
        let taken = Set(groups + [time].compactMap { $0 } + table.mapping.idColumns)
        let numeric = table.mapping.metrics.flatMap(\.columns)
        values = request.values.isEmpty ? numeric.filter { !taken.contains($0) } : request.values
        guard !values.isEmpty else {
            throw Failure(
                .usage, "the input has no column of numbers",
                fix: "Name one with --value: \(names.joined(separator: ", ")).")
        }
    }

    /// Reads every row.
    func read(_ files: [ExportFile], zone: ZoneRules) throws -> QuestionRows {
        var mapping = mapping
        let words = Dictionary(
            mapping.metrics.filter { $0.columns.count == 1 }.map { ($0.columns[0], $0.words) }
        ) { first, _ in first }
        mapping.role = .sessions
        mapping.idColumns = []
        // Whose rows they are plays no part in an answer, so that no key of pseudonyms is asked for.
        mapping.personColumn = nil
        // Whether a row counts must not depend on which other columns are asked for.
        mapping.keepsRowsWithoutValues = true
        mapping.metrics = values.enumerated().map {
            MetricColumn(metric: $0, columns: [$1], scale: .none, words: words[$1] ?? [:], zeroIsMissing: false)
        }
        mapping.dimensions = groups.enumerated().map { DimensionColumn(dimension: $0, column: $1) }
        let metrics = values.enumerated().compactMap {
            Metric(name: "value\($0)", title: $1, isProportion: truths.contains($1))
        }
        let dimensions = groups.enumerated().compactMap { Dimension(name: "group\($0)", title: $1) }
        guard let catalogue = Catalogue(metrics: metrics, dimensions: dimensions),
            let asOf = Day(year: 9999, month: 12, day: 31)
        else { throw Failure(.failed, "the columns cannot be read") }
        var gathered = GatheredRows(catalogue)
        var notes: [Diagnostic] = []
        for column in ambiguous where values.contains(column.name) {
            notes.append(
                Diagnostic(
                    .warning, [column.commaRemark],
                    fix: "Write numbers with a decimal point and without marks between thousands if they do."))
        }
        var refusals: [Reject] = []
        var limits = ReadLimits()
        if request.kind == .anomalies { limits.rejectsKept = .max }
        for file in files {
            let outcome = try ExportReader.read(
                file.source, file: file.name, mapping: mapping, catalogue: catalogue, zone: zone, asOf: asOf,
                limits: limits
            ) { gathered.add($0) }
            notes += outcome.notes + [outcome.failure?.diagnostic].compactMap { $0 }
            notes += outcome.rejects.prefix(5).map { reject in
                Diagnostic(
                    .warning,
                    "\(reject.cause.rawValue)\(reject.column.map { " in column `\($0)`" } ?? ""), found `\(reject.found)`; \(reject.isWholeRow ? "the row" : "the cell") is left out",
                    at: .init(file: reject.file, line: reject.line))
            }
            refusals += outcome.rejects.filter(\.isWholeRow)
            let refused = outcome.rowsRejected + outcome.cellsRejected
            if refused > 5 { notes.append(Diagnostic(.warning, "\(refused) refusals in \(file.name), 5 are shown")) }
        }
        for (place, column) in values.enumerated()
        where gathered.batch.metrics[place]?.contains(where: { abs($0) > 0x1p53 && $0.rounded() == $0 }) == true {
            notes.append(
                Diagnostic(.warning, "`\(column)` has whole numbers beyond 2⁵³, which are rounded to 53 binary digits"))
        }
        let hasTime = mapping.timeColumn != nil
        if hasTime, gathered.batch.count == 0, let first = refusals.first(where: { $0.cause == .badDate }) {
            throw unreadableStamps(first)
        }
        let found = try finish(gathered.batch, catalogue, hasTime: hasTime)
        return QuestionRows(
            catalogue: found.catalogue, rows: found.rows, hasTime: hasTime, zone: zone, refused: refusals, notes: notes)
    }

    /// No stamp of the column of time can be read.
    private func unreadableStamps(_ first: Reject) -> Failure {
        Failure(
            .inputRefused,
            "no stamp of the column `\(first.column ?? "")` can be read; the first is `\(first.found)` (\(first.file), line \(first.line)). A stamp is a date with or without a time, such as 2026-11-19, 2026-11-19T08:00:00Z or 19.11.2026, or a number of seconds since 1970",
            fix:
                "Name how stamps are written with --time-format; for years and months write the first day, such as 1871-01-01."
        )
    }

    private func finish(
        _ batch: RecordBatch, _ catalogue: Catalogue, hasTime: Bool
    ) throws -> (catalogue: Catalogue, rows: RecordBatch) {
        var kept = (0..<Int32(batch.count)).filter { row in
            filters.prefix(request.filters.count).allSatisfy { filter in
                guard let place = groups.firstIndex(of: filter.column), let codes = batch.dimensions[place] else {
                    return false
                }
                return filter.values.contains(batch.dictionaries[place][Int(codes[Int(row)])])
            }
        }
        if hasTime {
            kept.sort { (batch.times[Int($0)], $0) < (batch.times[Int($1)], $1) }
            if let days = request.days, let last = kept.last.map({ batch.days[Int($0)] }) {
                kept.removeAll { batch.days[Int($0)] <= last - Int32(days) }
            }
        }
        guard !kept.isEmpty else {
            throw Failure(.inputRefused, "no row is left to answer from", fix: "Look at the filters and at --days.")
        }
        var rows = batch.rows(kept)
        if !hasTime { rows.days = (0..<Int32(rows.count)).map { $0 } }
        let metrics = catalogue.metrics.enumerated().compactMap { place, metric -> Metric? in
            let finite = (rows.metrics[place] ?? []).filter(\.isFinite)
            let isShare = finite.count > 1 && finite.allSatisfy { $0 == 0 || $0 == 1 }
            return isShare ? Metric(name: metric.name, title: metric.title, isProportion: true) : metric
        }
        guard let final = Catalogue(metrics: metrics, dimensions: catalogue.dimensions) else {
            throw Failure(.failed, "the columns cannot be read")
        }
        return (final, rows)
    }
}

/// Batches put together, with one dictionary for each dimension.
private struct GatheredRows {
    private(set) var batch: RecordBatch
    private var codes: [[String: UInt32]]

    init(_ catalogue: Catalogue) {
        batch = RecordBatch(table: "rows", catalogue: catalogue)
        for place in batch.metrics.indices { batch.metrics[place] = [] }
        for place in batch.dimensions.indices { batch.dimensions[place] = [] }
        codes = catalogue.dimensions.map { _ in [:] }
    }

    mutating func add(_ other: RecordBatch) {
        batch.keys += other.keys
        batch.times += other.times
        batch.days += other.days
        batch.minutes += other.minutes
        for place in batch.metrics.indices {
            batch.metrics[place]? += other.metrics[place] ?? Array(repeating: .nan, count: other.count)
        }
        for place in batch.dimensions.indices {
            guard let column = other.dimensions[place] else {
                batch.dimensions[place]? += Array(repeating: 0, count: other.count)
                continue
            }
            let moved = other.dictionaries[place].enumerated().map { code, text -> UInt32 in
                if code == 0 { return 0 }
                if let known = codes[place][text] { return known }
                let next = UInt32(batch.dictionaries[place].count)
                codes[place][text] = next
                batch.dictionaries[place].append(text)
                return next
            }
            batch.dimensions[place]? += column.map { moved[Int($0)] }
        }
    }
}
