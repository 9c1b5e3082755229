import Analysis
import Model

/// Answers about series: trend, anomalies, level shifts, forecast.
extension AnswerSheet {
    /// The trend of a metric, over all rows first and then in each group.
    ///
    /// - Parameter steps: what a step is called ("day", "row").
    public static func trend(_ results: [(TrendResult, SeriesResult)], metric: Metric, per step: String) -> AnswerSheet
    {
        var sentences: [String] = []
        if let (first, _) = results.first {
            sentences.append(sentence(first, metric, step))
            if let shifts = first.behaviour.shifts.value, !shifts.isEmpty {
                sentences.append(
                    "The level shifts at \(shifts.map { label(first, $0.index, step) }.joined(separator: ", ")).")
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
            ]
        }
        let table = TableBlock(
            caption: "Slopes per \(step == "row" ? "row" : "day"); p allows for autocorrelation",
            columns: [
                .init("Group"), .init("Direction"), .init("n", isNumeric: true), .init("Periods", isNumeric: true),
                .init("Slope", isNumeric: true), .init("Interval", isNumeric: true), .init("R²", isNumeric: true),
                .init("p", isNumeric: true), .init("p, corrected", isNumeric: true),
                .init("Theil–Sen", isNumeric: true), .init("Kendall τ", isNumeric: true),
                .init("Mann–Kendall p", isNumeric: true),
            ], rows: rows)
        var json: [String: JSONValue] = [:]
        var groups: [String: JSONValue] = [:]
        for (trend, series) in results {
            var value = SummaryParts.trend(trend, series: series, hours: nil)
            if case .object(var fields) = value {
                fields["per"] = .string(step == "row" ? "row" : "day")
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
        let csv = CSVTable(
            columns: ["group", "period", "n", "value", "low", "high"],
            rows: results.flatMap { _, series in
                series.points.map { point in
                    [
                        .text(AnswerWords.name(series.subject.group)),
                        .text(step == "row" ? "\(point.period.start.number)" : point.period.label(series.grain)),
                        .int(point.n), .number(point.mean), .number(point.interval?.low),
                        .number(point.interval?.high),
                    ]
                }
            })
        return AnswerSheet(
            title: "Trend of \(metric.title)", sentences: sentences, tables: [table], json: .object(json), csv: csv)
    }

    private static func label(_ trend: TrendResult, _ index: Int, _ step: String) -> String {
        let day = trend.day(of: index)
        return step == "row" ? "row \(day.number)" : day.iso
    }

    private static func sentence(_ trend: TrendResult, _ metric: Metric, _ step: String) -> String {
        guard let line = trend.line.value else {
            return "\(metric.title): no trend can be told, \(trend.line.absence.map(Wording.absence) ?? "no values")."
        }
        let from = label(trend, 0, step)
        return
            "\(metric.title) is \(trend.direction.rawValue): \(AnswerWords.number(line.totalChange)) along the line from \(from) over \(NumberWords.count(line.span)) \(step == "row" ? "rows" : "days")."
    }

    /// Every step of a series with what was expected of it.
    public static func anomalies(
        _ rows: [(label: String, value: Double?, expectation: StepExpectation?)], column: String
    ) -> AnswerSheet {
        let found = rows.filter { $0.expectation?.isAnomaly == true }
        let shown = found.suffix(40)
        let csv = CSVTable(
            columns: ["time", "value", "expected", "low", "high", "score", "anomaly"],
            rows: rows.map { row in
                let step = row.expectation
                return [
                    .text(row.label), .number(row.value), .number(step?.expected), .number(step?.low),
                    .number(step?.high), .double(step?.score ?? 0), .int(step?.isAnomaly == true ? 1 : 0),
                ]
            })
        let json = JSONValue.object([
            "column": .string(column), "n": .int(rows.count { $0.value != nil }),
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
                "\(NumberWords.count(found.count, "anomaly", "anomalies")) in \(NumberWords.count(rows.count, "row", "rows")); a score of 1 is as unusual as can be."
            ], tables: found.isEmpty ? [] : [table], json: json, csv: csv)
    }

    /// Where the level of a series shifts.
    public static func changePoints(
        _ answer: Answer<[LevelShift]>, n: Int, column: String, label: (Int) -> String
    ) -> AnswerSheet {
        let shifts = answer.value ?? []
        let table = TableBlock(
            caption: "Level shifts",
            columns: [
                .init("Index", isNumeric: true), .init("From"), .init("Before", isNumeric: true),
                .init("After", isNumeric: true), .init("Difference", isNumeric: true),
                .init("Interval", isNumeric: true),
            ],
            rows: shifts.map { shift in
                [
                    AnswerWords.cell(shift.index), TableCell(label(shift.index)), AnswerWords.cell(shift.before),
                    AnswerWords.cell(shift.after), AnswerWords.cell(shift.difference),
                    AnswerWords.interval(shift.interval),
                ]
            })
        var json: [String: JSONValue] = ["column": .string(column), "n": .int(n)]
        json["change_points"] = .array(shifts.map { SummaryParts.shift($0, period: label($0.index)) })
        if let absence = answer.absence { json["reason"] = .string(absence.reason) }
        let csv = CSVTable(
            columns: ["index", "period", "before", "after", "difference", "low", "high"],
            rows: shifts.map { shift in
                [
                    .int(shift.index), .text(label(shift.index)), .number(shift.before), .number(shift.after),
                    .number(shift.difference), .number(shift.interval?.low), .number(shift.interval?.high),
                ]
            })
        let sentence =
            answer.absence.map { "Level shifts cannot be told: \(Wording.absence($0))." }
            ?? (shifts.isEmpty
                ? "The level does not shift in \(NumberWords.count(n, "step", "steps"))."
                : "The level shifts \(shifts.count == 1 ? "once" : "\(shifts.count) times") in \(NumberWords.count(n, "step", "steps")).")
        return AnswerSheet(
            title: "Level shifts of \(column)", sentences: [sentence], tables: shifts.isEmpty ? [] : [table],
            json: .object(json), csv: csv)
    }

    /// The next steps of a series.
    public static func forecast(
        _ forecast: ForecastFigures, column: String, label: (Int) -> String
    ) -> AnswerSheet {
        let table = TableBlock(
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
        let csv = CSVTable(
            columns: ["step", "period", "value", "low", "high"],
            rows: forecast.points.map { point in
                [
                    .int(point.step), .text(label(point.step)), .number(point.value), .number(point.interval.low),
                    .number(point.interval.high),
                ]
            })
        var sentences = ["Model: \(forecast.model), fitted to \(NumberWords.count(forecast.n, "value", "values"))."]
        switch forecast.backTest {
        case .success(let test):
            sentences.append(
                "In the past the same model missed by \(AnswerWords.number(test.mae)) on average (sMAPE \(AnswerWords.number(test.smape)) %, MASE \(test.mase.map(AnswerWords.number) ?? "not defined")); \(NumberWords.percent(test.coverage)) of \(test.origins) × \(test.horizon) values lay inside their intervals."
            )
        case .failure(let absence):
            sentences.append("How it did in the past is not known: \(Wording.absence(absence)).")
        }
        return AnswerSheet(
            title: "Forecast of \(column)", sentences: sentences, tables: [table],
            json: .object([
                "column": .string(column), "forecast": SummaryParts.forecastPoints(forecast, period: label),
                "forecast_accuracy": SummaryParts.accuracy(forecast),
            ]), csv: csv)
    }
}
