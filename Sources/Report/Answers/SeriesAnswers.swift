import Analysis
import Model

/// Answers about series: trend, anomalies, level shifts, forecast.
extension AnswerSheet {
    /// The trend of a metric, over all rows first and then in each group.
    ///
    /// - Parameters:
    ///   - seasonal: the trend of all rows with its season set apart; nil where the steps have none.
    ///   - steps: what a step is called ("day", "row").
    public static func trend(
        _ results: [(TrendResult, SeriesResult)], seasonal: SeasonalTrend?, metric: Metric, per step: String,
        level: Double
    ) -> AnswerSheet {
        var sentences: [String] = []
        if let (first, _) = results.first {
            sentences.append(sentence(first, metric, step))
            if let shifts = first.behaviour.shifts.value, !shifts.isEmpty {
                for kind in LevelShift.Kind.allCases where shifts.contains(where: { $0.kind == kind }) {
                    let places = shifts.filter { $0.kind == kind }.map { label(first, $0.index, step) }
                    sentences.append("The \(kind.rawValue) changes at \(places.joined(separator: ", ")).")
                }
            }
        }
        let rows = results.map { trend, _ in
            [
                TableCell(AnswerWords.name(trend.subject.group)), TableCell(trend.direction.rawValue),
                AnswerWords.cell(trend.n), AnswerWords.cell(trend.days),
                AnswerWords.cell(trend.line) { $0.slope }, AnswerWords.interval(trend.line.value?.interval),
                AnswerWords.cell(trend.line) { $0.rSquared }, AnswerWords.p(trend.line.value?.claim.p),
                AnswerWords.p(trend.line.value?.claim.pAdjusted), AnswerWords.cell(trend.theilSen) { $0.slope },
                AnswerWords.cell(trend.mannKendall) { $0.tau }, AnswerWords.p(trend.mannKendall.value?.test.p),
                AnswerWords.p(trend.mannKendall.value?.dependentP),
            ]
        }
        let table = TableBlock(
            caption:
                "Slopes per \(step == "row" ? "row" : "day"); the interval of the slope, its p and the last column allow for days that depend on the one before, Mann–Kendall’s first p in part (Hamed and Rao)",
            columns: [
                .init("Group"), .init("Direction"), .init("n", isNumeric: true), .init("Periods", isNumeric: true),
                .init("Slope", isNumeric: true), .init(AnswerWords.intervalTitle(level), isNumeric: true),
                .init("R²", isNumeric: true),
                .init("p", isNumeric: true), .init("p, Benjamini–Hochberg", isNumeric: true),
                .init("Theil–Sen", isNumeric: true), .init("Kendall τ", isNumeric: true),
                .init("Mann–Kendall p", isNumeric: true), .init("p, dependent days", isNumeric: true),
            ], rows: rows)
        var json: [String: JSONValue] = [:]
        var groups: [String: JSONValue] = [:]
        for (trend, series) in results {
            var value = SummaryParts.trend(trend, series: series, hours: nil)
            if case .object(var fields) = value {
                fields["per"] = .string(step == "row" ? "row" : "day")
                if step == "row" { nameRows(&fields, from: trend.steps.start.number, rows: series.points.count) }
                value = .object(fields)
            }
            if trend.subject.group == .all, case .object(let fields) = value {
                json = fields
            } else {
                groups[AnswerWords.name(trend.subject.group)] = value
            }
        }
        json["column"] = .string(metric.title)
        if !groups.isEmpty { json["groups"] = .object(groups) }
        var tables = [table]
        if let seasonal {
            tables.append(SeasonalWords.table(seasonal, isOfAll: results.count > 1))
            json.merge(SeasonalWords.json(seasonal)) { _, new in new }
        }
        if let (first, _) = results.first { addForecast(first, step, &sentences, &tables) }
        let csv = CSVTable(
            columns: ["group", "period", "n", "value", "low", "high"],
            rows: results.flatMap { _, series in
                series.points.map { point in
                    [
                        .text(AnswerWords.name(series.subject.group)),
                        .text(step == "row" ? "\(point.period.start.number + 1)" : point.period.label(series.grain)),
                        .int(point.n), .number(point.mean), .number(point.interval?.low),
                        .number(point.interval?.high),
                    ]
                }
            })
        return AnswerSheet(
            title: "Trend of \(metric.title)", sentences: sentences, tables: tables, json: .object(json), csv: csv)
    }

    /// What comes next, where it was asked for.
    private static func addForecast(
        _ trend: TrendResult, _ step: String, _ sentences: inout [String], _ tables: inout [TableBlock]
    ) {
        switch trend.behaviour.forecast {
        case .success(let forecast):
            let last = trend.behaviour.series.values.count - 1
            sentences += accuracySentences(forecast)
            tables.append(forecastTable(forecast) { label(trend, last + $0, step) })
        case .failure(.notDeclared): break
        case .failure(let absence): sentences.append("No forecast: \(Wording.absence(absence)).")
        }
    }

    /// Puts rows, counted from 1, where days would stand.
    private static func nameRows(_ fields: inout [String: JSONValue], from start: Int32, rows: Int) {
        let named = { (list: JSONValue?, place: (Int, [String: JSONValue]) -> Int) -> JSONValue? in
            guard case .array(let entries)? = list else { return list }
            return .array(
                entries.enumerated().map { index, entry in
                    guard case .object(var values) = entry else { return entry }
                    values["period"] = .string("\(place(index, values))")
                    return .object(values)
                })
        }
        let whole = { (values: [String: JSONValue], key: String) -> Int in
            if case .int(let number)? = values[key] { number } else { 0 }
        }
        fields["series"] = named(fields["series"]) { index, _ in index + 1 }
        fields["forecast"] = named(fields["forecast"]) { _, values in rows + whole(values, "step") }
        for key in ["change_points", "anomalies"] {
            fields[key] = named(fields[key]) { _, values in Int(start) + whole(values, "index") + 1 }
        }
    }

    private static func label(_ trend: TrendResult, _ index: Int, _ step: String) -> String {
        step == "row" ? "row \(trend.day(of: index).number + 1)" : trend.label(of: index)
    }

    private static func sentence(_ trend: TrendResult, _ metric: Metric, _ step: String) -> String {
        guard let line = trend.line.value else {
            return "\(metric.title): no trend can be told, \(trend.line.absence.map(Wording.absence) ?? "no values")."
        }
        let from = label(trend, 0, step)
        return
            "\(metric.title) is \(trend.direction.rawValue): \(AnswerWords.number(line.totalChange)) along the line from \(from) over \(NumberWords.count(line.span)) \(step == "row" ? "rows" : "days")."
    }

    /// A row of the input with the step that it belongs to.
    public struct JudgedRow {
        let time: String
        let value: Double?
        let step: String
        let stepValue: Double?
        let expectation: StepExpectation?
        let reason: String

        /// A row; one that could not be read has no step.
        ///
        /// - Parameter reason: why it was not judged; empty where it was.
        public init(
            time: String, value: Double? = nil, step: String = "", stepValue: Double? = nil,
            expectation: StepExpectation? = nil, reason: String
        ) {
            (self.time, self.value, self.step, self.stepValue) = (time, value, step, stepValue)
            (self.expectation, self.reason) = (expectation, reason)
        }

        var cells: [CSVTable.Cell] {
            // Readers of this format need a score in every row; `judged` and `reason` tell that 0 is none.
            [
                .text(time), .number(value), .number(expectation?.expected), .number(expectation?.low),
                .number(expectation?.high), .double(expectation?.score ?? 0),
                .int(expectation?.isAnomaly == true ? 1 : 0), .int(expectation?.isJudged == true ? 1 : 0),
                .text(step), .number(stepValue), .text(reason),
            ]
        }
    }

    /// Every step of a series with what was expected of it.
    ///
    /// - Parameters:
    ///   - rows: the steps.
    ///   - given: every row of the input.
    ///   - averaging: that several rows are one step, where they are.
    public static func anomalies(
        _ rows: [(label: String, value: Double?, expectation: StepExpectation?)], rows given: [JudgedRow],
        averaging: String?, column: String
    ) -> AnswerSheet {
        let found = rows.filter { $0.expectation?.isAnomaly == true }
        let shown = found.suffix(40)
        let (n, judged) = (rows.count { $0.value != nil }, rows.count { $0.expectation?.isJudged == true })
        let csv = CSVTable(
            columns: [
                "time", "value", "expected", "low", "high", "score", "anomaly", "judged", "step", "step_value",
                "reason",
            ], rows: given.map(\.cells))
        let json = JSONValue.object([
            "column": .string(column), "n": .int(n), "judged": .int(judged), "learnt_from": .int(n - judged),
            "anomalies": .array(
                found.map { row in
                    .object([
                        "period": .string(row.label), "value": .number(row.value),
                        "expected": .number(row.expectation?.expected), "low": .number(row.expectation?.low),
                        "high": .number(row.expectation?.high), "score": .number(row.expectation?.score),
                    ])
                }),
        ])
        let table = TableBlock(
            caption: "Anomalies" + (shown.count < found.count ? ", the newest \(shown.count) of \(found.count)" : ""),
            columns: [
                .init("Time"), .init("Value", isNumeric: true), .init("Expected", isNumeric: true),
                .init("Low", isNumeric: true), .init("High", isNumeric: true), .init("Score", isNumeric: true),
            ],
            rows: shown.map { row in
                [
                    TableCell(row.label), AnswerWords.cell(row.value), AnswerWords.cell(row.expectation?.expected),
                    AnswerWords.cell(row.expectation?.low), AnswerWords.cell(row.expectation?.high),
                    AnswerWords.cell(row.expectation?.score),
                ]
            })
        return AnswerSheet(
            title: "Anomalies of \(column)",
            sentences: [
                judged == 0
                    ? "No step could be judged: the first 10 values, and values that do not vary, are only learnt from."
                    : "\(NumberWords.count(found.count, "anomaly", "anomalies")) in \(NumberWords.count(judged, "step", "steps")) that could be judged, each by what came before it alone; \(NumberWords.count(n - judged)) were only learnt from\(n < rows.count ? ", \(NumberWords.count(rows.count - n)) have no value" : ""). A score of 1 is as unusual as can be."
            ] + [averaging].compactMap { $0 }, tables: found.isEmpty ? [] : [table], json: json, csv: csv)
    }

    /// Where the level or the slope of a series changes.
    public static func changePoints(
        _ answer: Answer<[LevelShift]>, n: Int, level: Double, column: String, label: (Int) -> String
    ) -> AnswerSheet {
        let shifts = answer.value ?? []
        let table = TableBlock(
            caption: "Changes of level and slope; intervals take the place as known and allow for autocorrelation",
            columns: [
                .init("Index", isNumeric: true), .init("From"), .init("What"), .init("Before", isNumeric: true),
                .init("After", isNumeric: true), .init("Difference", isNumeric: true),
                .init(AnswerWords.intervalTitle(level), isNumeric: true),
                .init("Change of slope a step", isNumeric: true), .init("Its interval", isNumeric: true),
            ],
            rows: shifts.map { shift in
                [
                    AnswerWords.cell(shift.index), TableCell(label(shift.index)), TableCell(shift.kind.rawValue),
                    AnswerWords.cell(shift.before),
                    AnswerWords.cell(shift.after), AnswerWords.cell(shift.difference),
                    AnswerWords.interval(shift.interval), AnswerWords.cell(shift.slopeChange),
                    AnswerWords.interval(shift.slopeInterval),
                ]
            })
        var json: [String: JSONValue] = ["column": .string(column), "n": .int(n)]
        json["per"] = .string("step")
        json["change_points"] = .array(shifts.map { SummaryParts.shift($0, period: label($0.index)) })
        if let absence = answer.absence { json["reason"] = .string(absence.reason) }
        let csv = CSVTable(
            columns: [
                "index", "period", "before", "after", "difference", "low", "high", "what", "slope_change", "slope_low",
                "slope_high",
            ],
            rows: shifts.map { shift in
                [
                    .int(shift.index), .text(label(shift.index)), .number(shift.before), .number(shift.after),
                    .number(shift.difference), .number(shift.interval?.low), .number(shift.interval?.high),
                    .text(shift.kind.rawValue), .number(shift.slopeChange), .number(shift.slopeInterval?.low),
                    .number(shift.slopeInterval?.high),
                ]
            })
        let sentence =
            answer.absence.map { "Changes of level and slope cannot be told: \(Wording.absence($0))." }
            ?? (shifts.isEmpty
                ? "Neither level nor slope changes for certain in \(NumberWords.count(n, "step", "steps"))."
                : LevelShift.Kind.allCases.compactMap { kind in
                    let count = shifts.count { $0.kind == kind }
                    return count == 0
                        ? nil : "The \(kind.rawValue) changes \(count == 1 ? "once" : "\(count) times")"
                }.joined(separator: ". ") + " in \(NumberWords.count(n, "step", "steps")).")
        return AnswerSheet(
            title: "Changes of level and slope of \(column)", sentences: [sentence],
            tables: shifts.isEmpty ? [] : [table],
            json: .object(json), csv: csv)
    }

    /// The next steps of a series.
    public static func forecast(
        _ forecast: ForecastFigures, column: String, label: (Int) -> String
    ) -> AnswerSheet {
        let csv = CSVTable(
            columns: ["step", "period", "value", "low", "high"],
            rows: forecast.points.map { point in
                [
                    .int(point.step), .text(label(point.step)), .number(point.value), .number(point.interval.low),
                    .number(point.interval.high),
                ]
            })
        return AnswerSheet(
            title: "Forecast of \(column)", sentences: accuracySentences(forecast),
            tables: [forecastTable(forecast, label: label)],
            json: .object([
                "column": .string(column), "forecast": SummaryParts.forecastPoints(forecast, period: label),
                "forecast_accuracy": SummaryParts.accuracy(forecast),
            ]), csv: csv)
    }

    private static func forecastTable(_ forecast: ForecastFigures, label: (Int) -> String) -> TableBlock {
        TableBlock(
            caption: "Next steps with \(NumberWords.level(forecast.level)) prediction interval",
            columns: [
                .init("Step", isNumeric: true), .init("Period"), .init("Expected", isNumeric: true),
                .init("Low", isNumeric: true), .init("High", isNumeric: true),
            ],
            rows: forecast.points.map { point in
                [
                    AnswerWords.cell(point.step), TableCell(label(point.step)), AnswerWords.cell(point.value),
                    AnswerWords.cell(point.interval.low), AnswerWords.cell(point.interval.high),
                ]
            })
    }

    /// The model, and how it did in the past.
    private static func accuracySentences(_ forecast: ForecastFigures) -> [String] {
        var sentences = [
            "Model: \(forecast.model), fitted to \(forecast.n < forecast.outOf ? "the last \(NumberWords.count(forecast.n)) of " : "")\(NumberWords.count(forecast.outOf, "value", "values"))."
        ]
        switch forecast.backTest {
        case .success(let test):
            sentences.append(
                "In the past the same model missed by \(AnswerWords.number(test.mae)) on average (sMAPE \(AnswerWords.number(test.smape)) %, MASE \(test.mase.map(AnswerWords.number) ?? "not defined")); \(NumberWords.percent(test.coverage)) of the \(test.horizon) steps after each of \(NumberWords.count(test.origins, "origin", "origins")) lay inside their intervals."
            )
            for found in test.horizons where found.steps != test.horizon {
                sentences.append(
                    "Over \(found.steps) steps: missed by \(AnswerWords.number(found.mae)), \(NumberWords.percent(found.coverage)) inside, from \(NumberWords.count(found.origins, "origin", "origins"))."
                )
            }
        case .failure(let absence):
            sentences.append("How it did in the past is not known: \(Wording.absence(absence)).")
        }
        return sentences
    }
}
