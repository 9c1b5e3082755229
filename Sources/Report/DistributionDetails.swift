import Analysis
import Charts
import Model
import Words

/// Curves, shape, outliers and drift on a metric's distribution page.
extension ReportContext {
    func detailSections(_ result: DistributionResult, _ metric: Metric) -> [PageSection] {
        let words = MetricWords(metric: metric)
        guard let detail = result.detail else { return [] }
        return [
            shapeSection(detail, result, words), outlierSection(result, words), driftSection(detail, words),
            curveSection(detail, result, words),
        ].compactMap { $0 }
    }

    private func shapeSection(
        _ detail: DistributionDetail, _ result: DistributionResult, _ words: MetricWords
    ) -> PageSection {
        guard let shape = detail.shape.value else {
            return PageSection(
                id: "kind", title: say("Kind of distribution"),
                blocks: [
                    .notice(
                        tell(
                            "The shape cannot be told: \(detail.shape.absence.map(Wording.absence) ?? say("no values"))."
                        ))
                ])
        }
        var sentence = say("The values are \(Wording.shape(shape.shape)).")
        if shape.shape == .multimodal {
            sentence =
                say(
                    "The values form several hills, with their tops at \(shape.modes.map { words.value($0) }.joined(separator: say(" and ")))."
                )
        }
        if let dip = shape.dip {
            sentence +=
                say(
                    " Hartigan’s test of a single hill: D = \(NumberWords.plain(dip.statistic)), \(NumberWords.p(dip.p)), on \(NumberWords.count(shape.dipN ?? 0)) of \(NumberWords.count(result.n)) values."
                )
        }
        let table = TableBlock(
            caption:
                say(
                    "Fitted distributions, the best first; a shape is named up to a distance of \(NumberWords.exactly(analyses.settings.shapeDistance))"
                ),
            columns: [
                .init(say("Distribution")), .init(say("AIC less the best"), isNumeric: true),
                .init(say("Largest distance of cumulative shares"), isNumeric: true),
            ],
            rows: shape.candidates.map { candidate in
                let behind = candidate.aic - (shape.candidates.first?.aic ?? 0)
                return [
                    TableCell(say(word: candidate.shape.rawValue)),
                    TableCell(NumberText.fixed(behind, decimals: 1), sortKey: behind),
                    TableCell(NumberText.fixed(candidate.distance, decimals: 3), sortKey: candidate.distance),
                ]
            })
        return PageSection(
            id: "kind", title: say("Kind of distribution"), blocks: [.prose(Prose(sentence)), .table(table)])
    }

    private func outlierSection(_ result: DistributionResult, _ words: MetricWords) -> PageSection {
        guard let outliers = result.outliers.value else {
            return PageSection(
                id: "outliers", title: say("Outliers"),
                blocks: [
                    .notice(
                        tell("No rule applies: \(result.outliers.absence.map(Wording.absence) ?? say("no values"))."))
                ])
        }
        let names: [OutlierFigures.Rule: String] = [
            .iqr: say("Beyond \(NumberWords.exactly(analyses.settings.outlierQuartiles)) interquartile ranges"),
            .z: say("Beyond \(NumberWords.exactly(analyses.settings.outlierZ)) standard deviations"),
            .modifiedZ: say("Modified z-score above \(NumberWords.exactly(analyses.settings.outlierModifiedZ))"),
        ]
        var rows = outliers.fences.map { fence in
            [
                TableCell(names[fence.rule] ?? say(word: fence.rule.rawValue)),
                TableCell(NumberWords.count(fence.count), sortKey: Double(fence.count)),
                TableCell(NumberWords.count(fence.below), sortKey: Double(fence.below)),
                TableCell(NumberWords.count(fence.above), sortKey: Double(fence.above)),
                TableCell(say("\(words.value(fence.low)) to \(words.value(fence.high))"), sortKey: fence.low),
            ]
        }
        if let forest = outliers.forest.value {
            rows.append([
                TableCell(
                    say(
                        "Isolation forest, score from \(NumberWords.exactly(analyses.settings.forestScore)), \(Wording.exactness(forest.exactness))"
                    )
                ),
                TableCell(NumberWords.count(forest.count), sortKey: Double(forest.count)),
                TableCell(NumberWords.count(forest.below), sortKey: Double(forest.below)),
                TableCell(NumberWords.count(forest.above), sortKey: Double(forest.above)),
                TableCell(nil, reason: say("a forest has no fences")),
            ])
        }
        return PageSection(
            id: "outliers", title: say("Outliers"),
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Values far from the others by several rules; \(Wording.exactness(outliers.exactness))"),
                        columns: [
                            .init(say("Rule")), .init(say("Outliers"), isNumeric: true),
                            .init(say("Low"), isNumeric: true),
                            .init(say("High"), isNumeric: true), .init(say("Usual range"), isNumeric: true),
                        ], rows: rows)),
                .table(agreementTable(outliers)),
            ] + outlyingTable(words.metric))
    }

    /// How many values how many rules mark: all of them by the three with fences, the scored ones by the forest, too.
    private func agreementTable(_ outliers: OutlierFigures) -> TableBlock {
        let forest = outliers.forest.value
        let cell = { (counts: [Int]?, place: Int) -> TableCell in
            guard let counts, counts.indices.contains(place) else { return TableCell(nil) }
            return TableCell(NumberWords.count(counts[place]), sortKey: Double(counts[place]))
        }
        let scored = forest?.agreement.reduce(0, +) ?? 0
        return TableBlock(
            caption: say("Agreement of the rules: values by how many of them mark each"),
            columns: [
                .init(say("Rules that mark it"), isNumeric: true),
                .init(say("Of the three with fences"), isNumeric: true),
                .init(say("With the forest, of \(NumberWords.count(scored)) scored"), isNumeric: true),
            ],
            rows: (1...4).map { place in
                [
                    TableCell(NumberWords.count(place), sortKey: Double(place)), cell(outliers.agreement, place),
                    forest == nil && place < 4
                        ? TableCell(nil, reason: outliers.forest.absence.map(Wording.absence))
                        : cell(forest?.agreement, place),
                ]
            })
    }

    private func driftSection(_ detail: DistributionDetail, _ words: MetricWords) -> PageSection {
        let days = NumberWords.count(analyses.settings.currentDays)
        let rows = [
            (say("the \(days) days before"), detail.sincePrevious),
            (say("the first \(NumberWords.count(analyses.settings.baselineDays)) days"), detail.sinceBaseline),
        ].map { name, answer -> [TableCell] in
            [TableCell(name.capitalizedFirst)]
                + [
                    cell(answer) {
                        TableCell(say("\(NumberWords.count($0.currentN)) and \(NumberWords.count($0.baselineN))"))
                    },
                    cell(answer) {
                        TableCell(NumberText.fixed($0.stabilityIndex, decimals: 3), sortKey: $0.stabilityIndex)
                    },
                    cell(answer) {
                        TableCell(NumberText.fixed($0.stabilityBound, decimals: 3), sortKey: $0.stabilityBound)
                    },
                    cell(answer) {
                        TableCell(
                            words.difference($0.wasserstein).replacing("+", with: ""), sortKey: $0.wasserstein)
                    },
                    cell(answer.flatMap(\.kolmogorovSmirnov)) {
                        TableCell(
                            "\(NumberText.fixed($0.statistic, decimals: 3)) (\(NumberWords.p($0.p)))",
                            sortKey: $0.statistic)
                    },
                    cell(answer) { drift in
                        TableCell(
                            say(word: drift.verdict.rawValue)
                                + (drift.spreadAlone ? say("; the spread changed though the median held") : ""))
                    },
                ]
        }
        return PageSection(
            id: "drift", title: say("Drift"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("The distribution of the last \(days) days against earlier ones"),
                        columns: [
                            .init(say("Against")), .init("n", isNumeric: true),
                            .init(say("Stability index"), isNumeric: true),
                            .init(say("Chance leaves up to"), isNumeric: true),
                            .init(say("Mean distance"), isNumeric: true),
                            .init(say("Kolmogorov–Smirnov D"), isNumeric: true), .init(say("Drift")),
                        ], rows: rows)),
                .prose(
                    tell(
                        "With many records any test finds a difference. The verdict therefore rests on the size of the stability index: below 0.1, or below what chance leaves, is stable; from 0.25 on is large."
                    )
                ),
            ])
    }

    /// The share of each quality band, week by week.
    func bandWeekBlock(_ metric: Metric, _ result: DistributionResult) -> Block? {
        guard let weeks = result.detail?.bandWeeks.suffix(26), weeks.count > 1, let last = weeks.last else {
            return nil
        }
        let names = last.bands.map(\.band.name)
        let x = { (week: BandWeek) in Double(week.week.start.number) }
        let end = max(last.week.start, min(analyses.asOf, last.week.last ?? last.week.start))
        let figure = Figure(
            title: say("\(metric.title): share of each quality band by week"),
            description: say("In the last week: ")
                + last.bands.map { "\($0.band.name) \(NumberWords.percent($0.share))" }.joined(separator: ", ") + ".",
            x: Axis(
                title: say("Week, from Monday"),
                scale: DateTicks.scale(from: weeks[weeks.startIndex].week.start, to: end)),
            y: Axis(title: say("Share"), unit: "%", scale: .linear(domain: 0...100, includesZero: true)),
            marks: names.indices.map { place in
                .line(
                    weeks.map { .init(x: x($0), y: $0.bands[place].share * 100) }, tone: .series(place + 1),
                    label: names[place])
            } + interventionRules(for: metric.name, from: weeks[weeks.startIndex].week.start))
        let today = analyses.asOf.advanced(by: 1)
        let table = TableBlock(
            caption: say("Share of each quality band by week"),
            columns: [.init(say("Week")), .init("n", isNumeric: true)]
                + names.map { .init($0, unit: "%", isNumeric: true) },
            rows: weeks.map { week -> [TableCell] in
                let label = week.week.label(.week) + (week.week.end > today ? say(" (unfinished)") : "")
                return [TableCell(label), TableCell(NumberWords.count(week.n), sortKey: Double(week.n))]
                    + week.bands.map {
                        TableCell(NumberText.fixed($0.share * 100, decimals: 1), sortKey: $0.share)
                    }
            })
        let n = weeks.reduce(0) { $0 + $1.n }
        let monday = weeks[weeks.startIndex].week.start
        let span = Period(start: max(monday, analyses.coverage.oldestDay ?? monday), end: last.week.end)
        return .figure(
            FigureBlock(figure: figure, caption: caption("n = \(NumberWords.count(n))", period: span), data: table))
    }

    private func curveSection(
        _ detail: DistributionDetail, _ result: DistributionResult, _ words: MetricWords
    ) -> PageSection? {
        guard let curves = detail.curves.value else { return nil }
        var figures: [FigureBlock] = []
        let n = "n = \(NumberWords.count(result.n))"
        if let density = curves.density.value {
            figures.append(
                curve(
                    say("Density of \(words.metric.title)"), density.points, words, y: say("Density"),
                    note: say("Gaussian kernel, bandwidth \(NumberWords.plain(density.bandwidth)) (Silverman)"), n))
        }
        figures.append(
            curve(
                say("Share at or below"), curves.cumulative, words, y: say("Share"),
                note: say("empirical cumulative distribution"), n)
        )
        if !curves.normalQuantiles.isEmpty, let moments = result.moments.value, let sd = moments.sd {
            figures.append(quantileFigure(curves.normalQuantiles, moments.mean, sd, words, n))
        }
        return PageSection(id: "curves", title: say("Curves"), blocks: [.multiples(figures)])
    }

    private func curve(
        _ title: String, _ points: [CurvePoint], _ words: MetricWords, y: String, note: String, _ n: String
    ) -> FigureBlock {
        let figure = Figure(
            title: title,
            description: say(
                "\(title), from \(words.value(points.first?.x ?? 0)) to \(words.value(points.last?.x ?? 0))."),
            size: .small,
            x: Axis(title: words.metric.title, unit: words.unit, scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: y, scale: .linear(domain: nil, includesZero: true)),
            marks: [.line(points.map { .init(x: words.onAxis($0.x), y: $0.y) }, tone: .series(1))])
        return FigureBlock(
            figure: figure, caption: caption(note, n), data: pointTable(title, points, words.metric.title, y))
    }

    private func quantileFigure(
        _ points: [CurvePoint], _ mean: Double, _ sd: Double, _ words: MetricWords, _ n: String
    ) -> FigureBlock {
        let ends = [points.first?.x ?? -2, points.last?.x ?? 2]
        let figure = Figure(
            title: say("Quantiles against a normal"),
            description: say(
                "Points on the line mean a normal distribution with the same mean and standard deviation."),
            size: .small,
            x: Axis(title: say("Normal quantile"), scale: .linear(domain: nil, includesZero: true)),
            y: Axis(title: words.metric.title, unit: words.unit, scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .line(ends.map { .init(x: $0, y: words.onAxis(mean + sd * $0)) }, tone: .muted),
                .dots(points.map { .init(x: $0.x, y: words.onAxis($0.y)) }, tone: .series(1)),
            ])
        return FigureBlock(
            figure: figure, caption: caption(say("Q–Q plot"), n),
            data: pointTable(say("Quantiles"), points, say("Normal quantile"), words.metric.title))
    }

    private func pointTable(_ title: String, _ points: [CurvePoint], _ x: String, _ y: String) -> TableBlock {
        let every = max(1, points.count / 12)
        let rows = points.indices.filter { $0 % every == 0 }.map { index in
            [
                TableCell(NumberWords.plain(points[index].x), sortKey: points[index].x),
                TableCell(NumberWords.plain(points[index].y), sortKey: points[index].y),
            ]
        }
        return TableBlock(
            caption: say("\(title), some points of the curve"),
            columns: [.init(x, isNumeric: true), .init(y, isNumeric: true)], rows: rows)
    }
}
