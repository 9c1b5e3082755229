import Analysis
import Diagnostics
import Model
import Report

/// Answers one question from files: reads rows, asks, words, prints.
///
/// - Parameter print: where the answer goes, standard output for a command.
public func ask(
    _ request: QuestionRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        var clock = StageClock(messages: messages)
        let data = try QuestionRows.read(request, in: surroundings)
        messages.say(data.notes + unusedOptions(request))
        clock.end("rows", "\(data.rows.count) rows")
        let question = try Question(request, data)
        let sheets = try question.answers().map { $0.stating(level: question.settings.level) }
        clock.end("answer", "\(sheets.count) answers")
        try messages.say(smallDataNotes(request, data))
        print(AnswerSheet.joined(sheets, as: request.format))
    }
}

/// Options of every question that this one has no use for.
private func unusedOptions(_ request: QuestionRequest) -> [Diagnostic] {
    var unused: [String] = []
    switch request.kind {
    case .correlate, .anomalies, .changepoints, .forecast, .cluster: if !request.by.isEmpty { unused.append("--by") }
    case .improve: if !request.by.isEmpty { unused.append("--by (--scope names a group)") }
    case .trend, .distribution:
        if request.by.count > 1 { unused.append("--by after the first") }
    case .compare: break
    }
    if request.level != nil, request.kind == .anomalies || request.kind == .cluster { unused.append("--level") }
    if request.minimum != nil, [.anomalies, .changepoints, .cluster].contains(request.kind) {
        unused.append("--minimum")
    }
    return unused.map { Diagnostic(.warning, "`assay \(request.kind.rawValue)` does not use \($0)") }
}

/// What is said of data that are too small to rest decisions on; refused with `--strict`.
private func smallDataNotes(_ request: QuestionRequest, _ data: QuestionRows) throws -> [Diagnostic] {
    let limits = AnalysisSettings()
    var found: [String] = []
    if data.rows.count < limits.minimumRecords {
        found.append("\(data.rows.count) rows (below \(limits.minimumRecords) is little)")
    }
    if data.hasTime, [.trend, .improve, .anomalies, .changepoints, .forecast].contains(request.kind) {
        let days = Set(data.rows.days).count
        if days < limits.minimumDays { found.append("\(days) days (below \(limits.minimumDays) is little)") }
    }
    guard !found.isEmpty else { return [] }
    let text = "the input is small: \(found.joined(separator: ", "))"
    if request.isStrict { throw Failure(.inputRefused, text, fix: "Ask without --strict to see the figures anyway.") }
    return [Diagnostic(.warning, text)]
}

extension AnswerSheet {
    /// One document of several answers: JSON becomes an array, CSV tables stand one after the other.
    fileprivate static func joined(_ sheets: [AnswerSheet], as format: Format) -> [UInt8] {
        guard sheets.count != 1 else { return sheets[0].bytes(format) }
        if format == .json { return JSONValue.array(sheets.map(\.json)).pretty }
        return Array(sheets.map { $0.bytes(format) }.joined(separator: Array("\n".utf8)))
    }
}

/// A request with the rows that it is about.
struct Question {
    let request: QuestionRequest
    let data: QuestionRows
    let settings: AnalysisSettings

    init(_ request: QuestionRequest, _ data: QuestionRows) throws {
        self.request = request
        self.data = data
        var settings = AnalysisSettings()
        settings.minimumGroup = request.minimum ?? 2
        settings.shapeMinimum(request.minimum)
        settings.lookBackDays = 3_660
        if let level = request.level { settings.level = level }
        settings.forecastDays = request.horizon ?? 0
        if request.kind == .forecast {
            settings.minimumForecast = 8
            settings.backTestHorizon = request.horizon ?? 14
        }
        self.settings = settings
    }

    private var questions: RowQuestions {
        RowQuestions(RowTable(data.rows, catalogue: data.catalogue, hasTime: data.hasTime), settings: settings)
    }

    private var metrics: [Metric] { data.catalogue.metrics }

    func dimension(_ column: String) throws -> Dimension {
        guard let found = data.catalogue.dimensions.first(where: { $0.title == column }) else {
            throw Failure(.usage, "there is no column `\(column)`")
        }
        return found
    }

    /// `day`, `week`, `month`, `quarter`; nil for `row`, a number or nothing.
    func grain() throws -> (grain: Grain?, isByRow: Bool, season: Int?) {
        guard let period = request.period else { return (nil, false, nil) }
        if period == "row" { return (nil, true, nil) }
        if let number = Int(period), number >= 1 { return (nil, false, number) }
        guard let grain = Grain(rawValue: period) else {
            throw Failure(
                .usage, "--period takes day, week, month, quarter, row or a number of steps, not `\(period)`")
        }
        return (grain, false, nil)
    }

    /// The answers, one for each column (or dimension).
    func answers() throws -> [AnswerSheet] {
        var sheets = try figures()
        let notes = try [partPeriods()].compactMap { $0 } + leftOut()
        for place in sheets.indices { sheets[place].sentences += notes }
        return sheets
    }

    private func figures() throws -> [AnswerSheet] {
        switch request.kind {
        case .trend: try metrics.map(trend)
        case .distribution:
            try metrics.map { metric in
                let by = try request.by.first.map { try dimension($0).name }
                let found = questions.distributions(of: metric, by: by)
                guard let all = found.first, all.n > 0 else {
                    throw Failure(.inputRefused, "the column `\(metric.title)` has no value in \(data.rows.count) rows")
                }
                return AnswerSheet.distribution(found, metric: metric)
            }
        case .compare: try comparisons()
        case .correlate: [try correlation()]
        case .improve: try metrics.map(improvement)
        case .anomalies: try metrics.map(anomalies)
        case .changepoints: try metrics.map(changePoints)
        case .forecast: try metrics.map(forecast)
        case .cluster: [try clusters()]
        }
    }

    private func trend(_ metric: Metric) throws -> AnswerSheet {
        let (grain, isByRow, steps) = try grain()
        if isByRow, data.hasTime {
            throw Failure(
                .usage, "a trend over time takes a calendar period", fix: "Use --period day, week, month or quarter.")
        }
        let by = try request.by.first.map { try dimension($0).name }
        let found = questions.trends(of: metric, by: by, grain: grain ?? .day)
        guard let first = found.first, first.0.days >= settings.minimumPeriods else {
            throw Failure(
                .inputRefused,
                "a trend needs \(settings.minimumPeriods) \(data.hasTime ? "periods" : "rows") with a value, found \(found.first?.0.days ?? 0) in `\(metric.title)`"
            )
        }
        let seasons: [Grain: Int] = [.day: first.0.steps.weekdays.count, .month: 12, .quarter: 4]
        let season = request.season ?? steps ?? (data.hasTime ? seasons[grain ?? .day] : nil)
        return .trend(
            found, seasonal: season.flatMap { $0 < 2 ? nil : SeasonalTrend(first.0.behaviour.series, season: $0) },
            metric: metric, per: data.hasTime ? "day" : "row", level: settings.level)
    }

    private func comparisons() throws -> [AnswerSheet] {
        if let key = request.pairedBy {
            guard let by = request.by.first else {
                throw Failure(.usage, "--paired-by needs --by, the column that tells the groups apart")
            }
            let (group, pair) = (try dimension(by), try dimension(key))
            return try metrics.map { metric in
                .paired(
                    try sharing(questions.paired(metric, by: group.name, key: pair.name)),
                    title: "\(metric.title) by \(by), paired by \(key)", level: settings.level)
            }
        }
        if request.by.isEmpty {
            guard metrics.count >= 2 else {
                throw Failure(
                    .usage, "a comparison needs groups or several columns",
                    fix: "Name the column of groups with --by, or two columns of one row with --value.")
            }
            return [
                .paired(
                    try sharing(questions.paired(metrics)), title: "Columns of the same rows", level: settings.level)
            ]
        }
        return try request.by.flatMap { by in
            let group = try dimension(by)
            return try metrics.map { metric -> AnswerSheet in
                let found = questions.comparison(of: metric, by: group.name)
                guard found.groups.count >= 2 else {
                    throw Failure(
                        .inputRefused,
                        "a comparison of `\(metric.title)` by `\(by)` needs two groups of \(max(2, settings.minimumGroup)) rows, found \(found.groups.count)"
                    )
                }
                return .comparison(
                    found, postHoc: questions.postHoc(of: metric, by: group.name, power: request.power ?? 0.8),
                    metric: metric, dimension: group, settings: settings)
            }
        }
    }

    /// The pairs, of which there must be one.
    private func sharing(_ pairs: [PairedFigures]) throws -> [PairedFigures] {
        guard pairs.isEmpty else { return pairs }
        let needed = max(2, settings.minimumGroup)
        throw Failure(.inputRefused, "nothing can be paired: no two columns or groups share \(needed) rows or keys")
    }

    private func correlation() throws -> AnswerSheet {
        switch questions.correlation() {
        case .success(let found):
            guard let most = found.pairs.map(\.n).max(), most >= 4 else {
                throw Failure(
                    .inputRefused,
                    "nothing can be correlated: a pair of columns needs 4 rows that have both, found \(found.pairs.map(\.n).max() ?? 0)"
                )
            }
            return .correlation(
                found, titles: Dictionary(metrics.map { ($0.name, $0.title) }) { first, _ in first },
                level: settings.level)
        case .failure(let absence):
            throw Failure(
                .inputRefused, "nothing can be correlated: \(AnswerSheet.words(of: absence))",
                fix: "Name two columns with --value.")
        }
    }

    private func improvement(_ metric: Metric) throws -> AnswerSheet {
        guard data.hasTime else {
            throw Failure(.usage, "before and after need a column of time", fix: "Name it with --time.")
        }
        guard let text = request.at else { throw Failure(.usage, "--at names the day of the change") }
        guard let day = Day(iso: text) else {
            throw Failure(.usage, "--at takes a day such as 2026-11-19, not `\(text)`")
        }
        var group = Group.all
        if let scope = request.scope, let equals = scope.firstIndex(of: "=") {
            group = .value(
                dimension: try dimension(String(scope[..<equals])).name,
                value: String(scope[scope.index(after: equals)...]))
        }
        let found = questions.improvement(of: metric, at: day, in: group, until: nil, expected: request.expected)
        if found.figures.value == nil, found.segmented.value == nil {
            throw Failure(
                .inputRefused,
                "`\(metric.title)` cannot be compared before and after \(text): \(found.figures.absence.map(AnswerSheet.words) ?? "no values")"
            )
        }
        return .improvement(found, metric: metric, scope: request.scope, settings: settings)
    }

    private func series(_ metric: Metric) throws -> StepSeries {
        let (grain, isByRow, season) = try grain()
        var request = request
        request.season = request.season ?? season
        return StepSeries(data, metric: metric, request: request, grain: grain, isByRow: isByRow)
    }

    private func behaviour(_ steps: StepSeries, _ metric: Metric) -> SeriesBehaviour {
        SeriesBehaviour(
            RegularSeries(steps.values), season: steps.season,
            horizon: request.kind == .forecast ? request.horizon ?? 14 : 0,
            range: metric.range ?? (isCounted(metric) ? 0 ... .infinity : nil), settings: settings)
    }

    /// Whether a column can only hold counts as far as its values tell: all are whole and none lies below 0. No unit says more.
    private func isCounted(_ metric: Metric) -> Bool {
        values(of: metric).allSatisfy { !$0.isFinite || ($0 >= 0 && $0 == $0.rounded()) }
    }

    private func values(of metric: Metric) -> [Double] {
        data.catalogue.metrics.firstIndex { $0.name == metric.name }.flatMap { data.rows.metrics[$0] } ?? []
    }

    private func anomalies(_ metric: Metric) throws -> AnswerSheet {
        let steps = try series(metric)
        let found = try answered(StepExpectation.streamed(steps.values, season: steps.season), "anomalies of", metric)
        let column = values(of: metric)
        var rows = column.indices.map { row in
            let place = steps.places[row]
            let isClock = data.rows.minutes[row] != RecordBatch.noMinute
            return AnswerSheet.JudgedRow(
                time: steps.step == "row"
                    ? steps.labels[place] : StepSeries.stamp(data.rows.times[row], withClock: isClock, in: data.zone),
                value: column[row].isFinite ? column[row] : nil, step: steps.labels[place],
                stepValue: steps.values[place], expectation: found[place],
                reason: !column[row].isFinite ? "no_value" : found[place].isJudged ? "" : "learnt_from")
        }
        rows += data.refused.map {
            .init(time: $0.cause == .badDate ? $0.found : "", reason: $0.cause.rawValue)
        }
        return .anomalies(
            steps.values.indices.filter { steps.isGiven[$0] }.map { (steps.labels[$0], steps.values[$0], found[$0]) },
            rows: rows, averaging: steps.averaging, column: metric.title)
    }

    private func changePoints(_ metric: Metric) throws -> AnswerSheet {
        let steps = try series(metric)
        let found = behaviour(steps, metric)
        _ = try answered(found.shifts, "level shifts of", metric)
        var sheet = AnswerSheet.changePoints(
            found.shifts, n: found.series.n, level: settings.level, column: metric.title
        ) { steps.labels[$0 + found.series.offset] }
        if let averaging = steps.averaging { sheet.sentences.append(averaging) }
        return sheet
    }

    private func forecast(_ metric: Metric) throws -> AnswerSheet {
        let steps = try series(metric)
        let found = try answered(behaviour(steps, metric).forecast, "a forecast of", metric)
        var sheet = AnswerSheet.forecast(found, column: metric.title, label: steps.next)
        if found.isClamped, metric.range == nil {
            sheet.sentences.append(
                "All values are whole and none is below 0, so they are taken for counts: what is expected and its bounds stay at 0 or above."
            )
        }
        if let averaging = steps.averaging { sheet.sentences.append(averaging) }
        return sheet
    }

    private func clusters() throws -> AnswerSheet {
        let columns = metrics.indices.compactMap { data.rows.metrics[$0] }
        let varying = ClusterResult.varying(columns)
        // Where no column varies the refusal is that of all.
        let used = varying.isEmpty ? Array(columns.indices) : varying
        let found: Answer<ClusterResult>
        do {
            found = .success(
                try ClusterResult(columns: used.map { columns[$0] }, k: request.clusters, seed: settings.seed))
        } catch let absence {
            found = .failure(absence)
        }
        switch found {
        case .success(let result):
            let constant = columns.indices.filter { !used.contains($0) }.map { metrics[$0].title }
            return .clusters(result, columns: used.map { metrics[$0].title }, constant: constant)
        case .failure(let absence):
            throw Failure(.inputRefused, "the rows cannot be clustered: \(AnswerSheet.words(of: absence))")
        }
    }

    private func answered<Value>(_ answer: Answer<Value>, _ what: String, _ metric: Metric) throws -> Value {
        switch answer {
        case .success(let value): return value
        case .failure(let absence):
            throw Failure(
                .inputRefused, "\(what) `\(metric.title)` cannot be told: \(AnswerSheet.words(of: absence))",
                fix: data.hasTime
                    ? "--period row takes each row as a step, --period week and longer put days together." : nil)
        }
    }
}

extension AnalysisSettings {
    /// Shapes need some values however small the groups may be.
    fileprivate mutating func shapeMinimum(_ minimum: Int?) { minimumDecomposed = max(8, minimum ?? minimumDecomposed) }
}
