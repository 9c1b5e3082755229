import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    /// Parts of the quality; nil where no session has any.
    func partSection(
        _ totals: LearningTotals, _ figures: LearningFigures, _ over: [Block] = []
    ) -> PageSection? {
        let rows = QualityPart.allCases.compactMap {
            part -> (name: String, value: Double, low: Double?, high: Double?)? in
            guard part.place < totals.parts.count, totals.parts[part.place].n > 0 else { return nil }
            let moments = totals.parts[part.place]
            let interval = moments.learningInterval(level: settings.level)
            return (
                say(word: part.rawValue).capitalizedFirst, moments.mean, interval?.low,
                interval?.high
            )
        }
        guard
            let figure = figures.bars(
                say("Parts of the quality"), rows, of: say("Part"), axis: say("Mean"),
                caption: say("Means over sessions with \(NumberWords.level(settings.level)) intervals"),
                number: LearningWording.quality)
        else { return nil }
        return PageSection(id: "parts", title: say("Parts of the quality"), blocks: [.figure(figure)] + over)
    }

    /// Trends with their windows and comparisons.
    func trendTable(_ trends: [LearningTrend]) -> TableBlock {
        TableBlock(
            caption:
                say(
                    "Trend over \(NumberWords.count(settings.lookBackDays)) days by the rule of all metrics; p corrected among these trends"
                ),
            columns: [
                .init(say("Metric")), .init(say("Trend")), .init(say("A week"), isNumeric: true),
                .init(say("\(NumberWords.level(settings.level)) interval"), isNumeric: true),
                .init("p", isNumeric: true),
                .init(say("7 days"), isNumeric: true), .init(say("30 days"), isNumeric: true),
                .init(say("90 days"), isNumeric: true), .init(say("7 less 30 days"), isNumeric: true),
                .init(say("7 against 7 before"), isNumeric: true), .init(say("30 against 30 before"), isNumeric: true),
            ],
            rows: trends.compactMap { trend in
                guard let words = LearningWording.words(trend.kind) else { return nil }
                let verdict = Wording.trend(trend.direction, of: words.metric)
                let line = trend.trend.line
                let decimals = LearningWording.decimals(trend.kind)
                return [
                    TableCell(words.metric.title), TableCell(verdict.word, tone: verdict.tone),
                    context.cell(line) {
                        TableCell(
                            words.difference($0.slope * 7, beside: $0.interval.scaled(by: 7)), sortKey: $0.slope)
                    },
                    context.cell(line) { TableCell(words.differenceInterval($0.interval.scaled(by: 7))) },
                    context.cell(line) {
                        TableCell(NumberWords.bareP($0.claim.pAdjusted ?? $0.claim.p), sortKey: $0.claim.p)
                    },
                ]
                    + trend.windows.map { window in
                        window.mean.map { TableCell(words.value($0, decimals: decimals), sortKey: $0) }
                            ?? TableCell(nil, reason: say("no value"))
                    }
                    + [
                        trend.momentum.map { TableCell(words.difference($0, decimals: decimals), sortKey: $0) }
                            ?? TableCell(nil, reason: say("no value"))
                    ]
                    + trend.comparisons.prefix(2).map { comparison in
                        // Without a value in one of the two there is no session, not no record.
                        context.cell(comparison.change, none: say("no session in one of the two")) { change in
                            TableCell(
                                "\(words.difference(change.difference, beside: change.interval)) (\(words.differenceInterval(change.interval)))",
                                sortKey: change.difference,
                                tone: change.interval.contains(0) ? .muted : change.difference > 0 ? .good : .bad)
                        }
                    }
                    + Array(
                        repeating: TableCell(nil, reason: say("not compared")),
                        count: max(0, 2 - trend.comparisons.count))
            })
    }
}
