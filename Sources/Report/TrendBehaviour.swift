import Analysis
import Charts
import Model
import Words

/// What a metric's page says of its series beside the trend.
extension ReportContext {
    /// Forecast, weekdays, level shifts and unusual days of a metric over all records.
    func behaviourSections(_ metric: Metric, _ trend: TrendResult) -> [PageSection] {
        [
            forecastSection(metric, trend), weekdaySection(metric, trend), hourSection(metric),
            shiftSection(metric, trend),
            unusualSection(metric, trend),
        ].compactMap { $0 }
    }

    private func forecastSection(_ metric: Metric, _ trend: TrendResult) -> PageSection? {
        let words = MetricWords(metric: metric)
        switch trend.behaviour.forecast {
        case .failure(.notDeclared): return nil
        case .failure(let absence):
            return PageSection(
                id: "forecast", title: say("Next days"),
                blocks: [.notice(tell("No forecast: \(Wording.absence(absence))."))])
        case .success(let forecast):
            var blocks: [Block] = restingWeekdays(trend).map { [.prose(Prose($0))] } ?? []
            blocks.append(.figure(forecastFigure(words, trend, forecast)))
            blocks.append(.prose(Prose(accuracyWords(forecast, words))))
            if let test = forecast.backTest.value, test.horizons.count > 1 {
                blocks.append(.table(horizonTable(test, words)))
            }
            return PageSection(id: "forecast", title: say("Next days"), blocks: blocks)
        }
    }

    /// That some weekdays are no steps, where it is so.
    private func restingWeekdays(_ trend: TrendResult) -> String? {
        guard trend.steps.rests else { return nil }
        let names = trend.steps.weekdays.map { Wording.weekdays[$0] }.joined(separator: ", ")
        let rest = say(
            "Values usually come on these weekdays only: \(names). Others are neither gaps nor counted as days here.")
        let left = trend.steps.leftOut
        return left == 0
            ? rest : rest + say(" What came on \(NumberWords.count(left, "other day", "other days")) is left out.")
    }

    /// - Parameters:
    ///   - caption: words a caption where the figure is not of the report's days and zone.
    ///   - export: where the forecast stands as CSV; nil where it does not.
    func forecastFigure(
        _ words: MetricWords, _ trend: TrendResult, _ forecast: ForecastFigures,
        caption own: ((String) -> Prose)? = nil,
        export: Link? = Link(path: "exports/forecasts.csv", text: say("Every day as CSV"))
    ) -> FigureBlock {
        let steps = trend.behaviour.series.values
        let end = steps.count - 1
        let last = trend.day(of: end)
        let shown = max(0, steps.count - 45)
        let ahead = { (step: Int) in last.distance(to: trend.day(of: end + step)) }
        let past = steps.indices.dropFirst(shown).map {
            Mark.Point(x: Double(trend.day(of: $0).number), y: steps[$0].map(words.onAxis))
        }
        let x = { (step: Int) in Double(trend.day(of: end + step).number) }
        let days = ahead(forecast.points.count)
        let figure = Figure(
            title: say("\(words.metric.title), next \(forecast.points.count) days"),
            description: forecast.points.last.map {
                let width = $0.interval.high - $0.interval.low
                return say(
                    "After \(forecast.points.count) days \(words.value($0.value, resolving: width)) is expected, between \(words.value($0.interval.low, resolving: width)) and \(words.value($0.interval.high, resolving: width))."
                )
            } ?? say("No days."),
            x: Axis(
                title: say("Day"),
                scale: DateTicks.scale(from: trend.day(of: shown), to: last.advanced(by: days))),
            y: Axis(title: say("Mean"), unit: words.unit, scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .line(past, tone: .series(1)),
                .band(
                    forecast.points.map {
                        .init(
                            x: x($0.step), low: words.onAxis($0.interval.low), high: words.onAxis($0.interval.high))
                    }, tone: .series(2)),
                .line(
                    forecast.points.map { .init(x: x($0.step), y: words.onAxis($0.value)) }, tone: .series(2),
                    dashed: true, label: say("forecast")),
            ]
                + interventionRules(
                    touching: [.values(of: words.metric.name, in: trend.subject.group)], from: trend.day(of: shown),
                    through: last.advanced(by: days)))
        let rows = forecast.points.filter { [1, 7, 14, 21, 30].contains($0.step) }.map { point in
            [
                TableCell(trend.day(of: end + point.step).iso), TableCell(NumberWords.count(point.step)),
                TableCell(
                    words.value(point.value, resolving: point.interval.high - point.interval.low), sortKey: point.value),
                TableCell(words.interval(point.interval), sortKey: point.interval.low),
            ]
        }
        let told = [
            say("Daily means and their forecast with \(NumberWords.level(forecast.level)) prediction interval"),
            "n = \(NumberWords.count(forecast.n, "day", "days"))", Wording.parts(forecast.model),
        ].joined(separator: " · ")
        return FigureBlock(
            figure: figure, caption: own?(told) ?? caption(told),
            data: TableBlock(
                caption: say("Forecast"),
                columns: [
                    .init(say("Day")), .init(say("Days ahead"), isNumeric: true),
                    .init(say("Expected"), isNumeric: true),
                    .init(say("\(NumberWords.level(forecast.level)) prediction interval"), isNumeric: true),
                ], rows: rows, export: export))
    }

    /// How the same method did in the past, by how far it looked ahead.
    private func horizonTable(_ test: BackTestFigures, _ words: MetricWords) -> TableBlock {
        TableBlock(
            caption: say("The same method in the past, by days ahead"),
            columns: [
                .init(say("Days ahead"), isNumeric: true), .init(say("Past days it started from"), isNumeric: true),
                .init(say("Different days compared"), isNumeric: true),
                .init(say("Mean error"), unit: words.unit, isNumeric: true),
                .init(say("Inside their interval"), isNumeric: true),
            ],
            rows: test.horizons.map { found in
                [
                    TableCell(NumberWords.count(found.steps), sortKey: Double(found.steps)),
                    TableCell(NumberWords.count(found.origins), sortKey: Double(found.origins)),
                    TableCell(NumberWords.count(found.distinct), sortKey: Double(found.distinct)),
                    TableCell(words.difference(found.mae).replacing("+", with: ""), sortKey: found.mae),
                    TableCell(NumberWords.percent(found.coverage, decimals: 0), sortKey: found.coverage),
                ]
            })
    }

    private func accuracyWords(_ forecast: ForecastFigures, _ words: MetricWords) -> String {
        let held =
            forecast.isClamped ? say(" Values and bounds are held within what the metric can be.") : ""
        switch forecast.backTest {
        case .failure(let absence):
            return say("How well this did in the past is not known: \(Wording.absence(absence)).\(held)")
        case .success(let test):
            let naive =
                test.mase.map { mase in
                    say(" That is \(NumberWords.percent(mase, decimals: 0)) of the error of repeating the last week.")
                } ?? ""
            return
                say(
                    "From \(NumberWords.count(test.origins, "past day", "past days")) the same method missed by \(words.difference(test.mae).replacing("+", with: "")) on average over \(NumberWords.count(test.horizon, "day", "days")), and \(NumberWords.percent(test.coverage, decimals: 0)) of the days lay inside their interval.\(naive)\(held)"
                )
        }
    }

    private func weekdaySection(_ metric: Metric, _ trend: TrendResult) -> PageSection? {
        guard let season = trend.behaviour.season.value else {
            return PageSection(
                id: "week", title: say("Through the week"),
                blocks: [
                    .notice(
                        tell(
                            "Weekdays cannot be compared: \(trend.behaviour.season.absence.map(Wording.absence) ?? say("no values"))."
                        ))
                ])
        }
        let words = MetricWords(metric: metric)
        let names = Wording.shortWeekdays
        let used = season.levels.filter { names.indices.contains($0.position) }
        let figure = Figure(
            title: say("\(metric.title) by weekday"),
            description: say("Distance from the mean of the week: ")
                + used.map { "\(names[$0.position]) \(words.difference($0.offset))" }.joined(separator: ", ") + ".",
            size: .rows(used.count),
            x: Axis(
                title: say("Distance from the week’s mean"), unit: words.unit,
                scale: .linear(domain: nil, includesZero: true)),
            y: Axis(title: "", scale: .names(used.map { names[$0.position] })),
            marks: [
                .intervals(
                    used.enumerated().map { slot, level in
                        .init(
                            slot: Double(slot), value: words.onAxis(level.offset),
                            low: level.interval.map { words.onAxis($0.low) },
                            high: level.interval.map { words.onAxis($0.high) })
                    }, tone: .series(1))
            ])
        let table = TableBlock(
            caption: say("\(metric.title) by weekday, slow movement removed"),
            columns: [
                .init(say("Weekday")), .init(say("Days"), isNumeric: true),
                .init(say("Distance"), unit: words.unit, isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
            ],
            rows: used.map { level in
                [
                    TableCell(names[level.position]), TableCell(NumberWords.count(level.n), sortKey: Double(level.n)),
                    TableCell(
                        words.difference(level.offset, resolving: level.interval.map { $0.high - $0.low }),
                        sortKey: level.offset),
                    level.interval.map { TableCell(words.differenceInterval($0), sortKey: $0.low) }
                        ?? TableCell(nil, reason: say("a single day")),
                ]
            })
        let adjusted = season.test.pAdjusted ?? season.test.p
        let verdict =
            adjusted < analyses.settings.alpha
            ? say("The weekday matters") : say("No weekday can be told apart from the others")
        return PageSection(
            id: "week", title: say("Through the week"),
            blocks: [
                .prose(
                    tell(
                        "\(verdict) (Kruskal–Wallis, \(NumberWords.p(adjusted)) after correction; strength \(NumberText.fixed(season.strength, decimals: 2)) of 1)."
                    )),
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: caption(say("Days \(NumberWords.count(used.reduce(0) { $0 + $1.n }))")),
                        data: table)),
            ] + monthBlocks(metric, trend))
    }

    private func monthBlocks(_ metric: Metric, _ trend: TrendResult) -> [Block] {
        guard let months = trend.months.value else { return [] }
        let words = MetricWords(metric: metric)
        let names = Wording.months
        let rows = months.levels.filter { names.indices.contains($0.position) }.map { level in
            [
                TableCell(names[level.position]), TableCell(NumberWords.count(level.n)),
                TableCell(
                    words.difference(level.offset, resolving: level.interval.map { $0.high - $0.low }),
                    sortKey: level.offset),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: say("\(metric.title) by month (Kruskal–Wallis \(NumberWords.p(months.test.p)))"),
                    columns: [
                        .init(say("Month")), .init(say("Years"), isNumeric: true),
                        .init(say("Distance from the year’s mean"), isNumeric: true),
                    ], rows: rows))
        ]
    }

    private func shiftSection(_ metric: Metric, _ trend: TrendResult) -> PageSection? {
        let words = MetricWords(metric: metric)
        let blocks: [Block]
        switch trend.behaviour.shifts {
        case .failure(let absence):
            blocks = [.notice(tell("Level shifts cannot be looked for: \(Wording.absence(absence))."))]
        case .success(let shifts) where shifts.isEmpty:
            blocks = [.prose(tell("Neither level nor slope changes for certain in this period."))]
        case .success(let shifts):
            blocks = [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Days on which level or slope change; the difference is that of the means on either side"
                            ),
                        columns: [
                            .init(say("From")), .init(say("What")), .init(say("Before"), isNumeric: true),
                            .init(say("After"), isNumeric: true),
                            .init(say("Difference"), isNumeric: true),
                            .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                            .init(say("Change of slope a day"), isNumeric: true),
                        ],
                        rows: shifts.map { shift in
                            [
                                TableCell(trend.day(of: shift.index).iso), TableCell(say(word: shift.kind.rawValue)),
                                TableCell(words.value(shift.before), sortKey: shift.before),
                                TableCell(words.value(shift.after), sortKey: shift.after),
                                TableCell(
                                    words.difference(shift.difference), sortKey: shift.difference,
                                    tone: Wording.tone(of: shift.difference, for: metric)),
                                shift.interval.map { TableCell(words.differenceInterval($0), sortKey: $0.low) }
                                    ?? TableCell(nil, reason: say("no spread")),
                                shift.slopeInterval.map {
                                    TableCell(words.differenceInterval($0), sortKey: shift.slopeChange)
                                } ?? TableCell(nil, reason: say("no line")),
                            ]
                        }))
            ]
        }
        return PageSection(id: "shifts", title: say("Changes of level and slope"), blocks: blocks)
    }

    private func unusualSection(_ metric: Metric, _ trend: TrendResult) -> PageSection? {
        let words = MetricWords(metric: metric)
        let bound = NumberWords.exactly(analyses.settings.anomalyScore)
        let blocks: [Block]
        switch trend.behaviour.anomalies {
        case .failure(let absence):
            blocks = [.notice(tell("Unusual days cannot be told: \(Wording.absence(absence))."))]
        case .success(let found) where found.isEmpty:
            blocks = [
                .prose(tell("No day lies more than \(bound) robust standard deviations from what was expected of it."))
            ]
        case .success(let found):
            let shown = found.suffix(20)
            blocks = [
                .table(
                    TableBlock(
                        caption:
                            say("Days more than \(bound) robust standard deviations from slow movement and weekday")
                            + (shown.count < found.count ? say("; newest \(shown.count) of \(found.count)") : ""),
                        columns: [
                            .init(say("Day")), .init(say("Value"), isNumeric: true),
                            .init(say("Expected"), isNumeric: true),
                            .init(say("Usual range"), isNumeric: true), .init(say("Score"), isNumeric: true),
                            .init(say("Side")),
                        ],
                        rows: shown.map { day in
                            [
                                TableCell(trend.day(of: day.index).iso),
                                TableCell(words.value(day.value), sortKey: day.value),
                                TableCell(words.value(day.expected), sortKey: day.expected),
                                TableCell(
                                    say(
                                        "\(words.value(day.bounds.lowerBound)) to \(words.value(day.bounds.upperBound))"
                                    ),
                                    sortKey: day.bounds.lowerBound),
                                NumberWords.score(day.score),
                                TableCell(day.score > 0 ? say("high") : say("low")),
                            ]
                        }, export: Link(path: "exports/anomalies.csv", text: say("All metrics and groups as CSV"))))
            ]
        }
        return PageSection(id: "unusual", title: say("Unusual days"), blocks: blocks)
    }
}
