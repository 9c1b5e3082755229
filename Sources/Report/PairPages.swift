import Analysis
import Charts
import Model
import Words

/// A standardised difference with what it is of.
private struct NamedEffect {
    let name: String
    let effect: EffectFigures
    let pair: PairFigures
}

/// Pairs of groups: how large each difference is, and which can be told apart.
extension ReportContext {
    /// The page of a dimension's pairs.
    func pairsPage(_ dimension: Dimension) -> Page {
        let results = comparisons(by: dimension)
        return Page(
            path: pairsPath(dimension), kind: "analysis", title: say("Pairs of \(dimension.title)"),
            lead: pairSentence(results),
            crumbs: [home, Link(path: "comparisons/index.html", text: say("Comparisons")), dimensionLink(dimension)],
            sections: [effectSection(dimension, results), pairSection(dimension, results)].compactMap { $0 },
            alternates: [Link(path: "exports/comparisons.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    private func pairsPath(_ dimension: Dimension) -> String { "comparisons/\(dimension.name)-pairs.html" }

    private func pairSentence(_ results: [(Metric, ComparisonResult)]) -> Prose {
        let pairs = results.flatMap(\.1.pairs)
        guard !pairs.isEmpty else { return noPairs }
        let standing = pairs.count { ($0.pHolm ?? 1) < analyses.settings.alpha }
        return tell(
            "\(NumberWords.count(standing)) of \(NumberWords.count(pairs.count, "pair", "pairs")) can be told apart at α = \(NumberWords.exactly(analyses.settings.alpha)) after Holm’s correction within each metric."
        )
    }

    /// Why there is no pair to tell apart.
    private var noPairs: Prose {
        tell(
            "There are no pairs: no metric has two groups of \(NumberWords.count(analyses.settings.minimumGroup)) records or more."
        )
    }

    func pairLink(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection {
        PageSection(
            id: "pairs", title: say("Pairs"),
            blocks: [
                .prose(pairSentence(results)),
                .prose(Prose([.link(Link(path: pairsPath(dimension), text: say("Pair by pair"))), .text(".")])),
            ])
    }

    /// The largest standardised differences with their intervals, and how large is called small, medium and large.
    private func effectSection(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection? {
        let pairs = results.flatMap { metric, result in
            result.pairs.compactMap { pair in
                pair.hedgesG.value.map {
                    NamedEffect(name: "\(metric.title): \(pair.b) − \(pair.a)", effect: $0, pair: pair)
                }
            }
        }
        let shown = Array(pairs.sorted { abs($1.effect.value) < abs($0.effect.value) }.prefix(20))
        guard let largest = shown.first else { return nil }
        return PageSection(
            id: "effects", title: say("Standardised differences"),
            blocks: [
                .figure(
                    FigureBlock(
                        figure: effectFigure(dimension, largest, shown),
                        caption: caption(
                            say("Hedges g with \(NumberWords.level(analyses.settings.level)) interval"),
                            say("\(shown.count) of \(NumberWords.count(pairs.count)) pairs, the largest first")),
                        data: effectTable(shown)))
            ])
    }

    private func effectFigure(_ dimension: Dimension, _ largest: NamedEffect, _ shown: [NamedEffect]) -> Figure {
        let steps = analyses.settings.effectSteps
        let named = [(steps.small, say("small")), (steps.medium, say("medium")), (steps.large, say("large"))]
        let rules = named.flatMap { step, word in
            [-step, step].map { Mark.rule(at: $0, vertical: true, tone: .muted, label: word) }
        }
        return Figure(
            title: say("Standardised differences by \(dimension.title)"),
            description: say(
                "The largest: \(largest.name), g = \(NumberText.fixed(largest.effect.value, decimals: 2)), \(Wording.size(ofEffect: largest.effect.value, steps))."
            ),
            size: .rows(shown.count + 1),
            x: Axis(title: say("Hedges g, b − a"), scale: .linear(domain: nil, includesZero: true)),
            y: Axis(title: "", scale: .names(shown.map(\.name))),
            marks: [
                .bars(
                    shown.enumerated().map { slot, item in
                        .init(
                            slot: Double(slot), value: item.effect.value, low: item.effect.interval.low,
                            high: item.effect.interval.high)
                    }, tone: .series(1))
            ] + rules)
    }

    private func effectTable(_ shown: [NamedEffect]) -> TableBlock {
        let steps = analyses.settings.effectSteps
        return TableBlock(
            caption: say("Standardised differences, the largest first"),
            columns: [
                .init(say("Groups")), .init("g", isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                .init(say("Size")), .init(say("Told apart")),
            ],
            rows: shown.map { item in
                [
                    TableCell(item.name),
                    TableCell(NumberText.fixed(item.effect.value, decimals: 2), sortKey: item.effect.value),
                    TableCell(
                        say(
                            "\(NumberText.fixed(item.effect.interval.low, decimals: 2)) to \(NumberText.fixed(item.effect.interval.high, decimals: 2))"
                        ), sortKey: item.effect.interval.low),
                    TableCell(Wording.size(ofEffect: item.effect.value, steps)),
                    TableCell((item.pair.pHolm ?? 1) < analyses.settings.alpha ? say("yes") : say("no")),
                ]
            }, export: Link(path: "exports/comparisons.csv", text: say("All pairs as CSV")))
    }

    /// Every pair that can be told apart, largest first; the CSV has all of them.
    private func pairSection(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection {
        let pairs = results.flatMap { metric, result in result.pairs.map { (metric, $0) } }
        let standing = pairs.filter { ($0.1.pHolm ?? 1) < analyses.settings.alpha }
            .sorted { abs($0.1.hedgesG.value?.value ?? 0) > abs($1.1.hedgesG.value?.value ?? 0) }
        let rows = standing.prefix(100).map { metric, pair -> [TableCell] in
            let words = MetricWords(metric: metric)
            let width = pair.reach?.width
            return [
                TableCell(metric.title), TableCell(pair.a), TableCell(pair.b),
                TableCell(
                    words.difference(pair.difference, resolving: width), sortKey: pair.difference,
                    tone: Wording.tone(of: pair.difference, for: metric)),
                pair.reach.map { TableCell(words.differenceInterval($0), sortKey: $0.low) }
                    ?? TableCell(nil, reason: say("neither group varies")),
                cell(pair.hedgesG) { TableCell(NumberText.fixed($0.value, decimals: 2), sortKey: $0.value) },
                cell(pair.hedgesG) {
                    TableCell(
                        say(
                            "\(NumberText.fixed($0.interval.low, decimals: 2)) to \(NumberText.fixed($0.interval.high, decimals: 2))"
                        ),
                        sortKey: $0.interval.low)
                },
                pair.pHolm.map { TableCell(NumberWords.bareP($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no test")),
                cell(pair.cliffsDelta) { TableCell(NumberText.fixed($0, decimals: 2), sortKey: $0) },
            ]
        }
        let settings = analyses.settings
        return PageSection(
            id: "standing", title: say("Pairs that can be told apart"), depth: .detailed,
            blocks: rows.isEmpty
                ? [
                    .notice(
                        pairs.isEmpty
                            ? noPairs
                            : tell(
                                "None of \(NumberWords.count(pairs.count, "pair", "pairs")) can be told apart at α = \(NumberWords.exactly(settings.alpha)) after Holm’s correction."
                            ))
                ]
                : [
                    .table(
                        TableBlock(
                            caption:
                                say(
                                    "\(NumberWords.count(standing.count)) of \(NumberWords.count(pairs.count)) pairs, differences b − a, the largest first"
                                )
                                + (standing.count > rows.count ? say("; \(rows.count) are shown") : ""),
                            columns: [
                                .init(say("Metric")), .init("a"), .init("b"), .init("b − a", isNumeric: true),
                                .init(say("\(NumberWords.level(settings.level)) interval"), isNumeric: true),
                                .init(say("Hedges g"), isNumeric: true),
                                .init(say("Interval of g"), isNumeric: true), .init(say("p, Holm"), isNumeric: true),
                                .init(say("Cliff δ"), isNumeric: true),
                            ], rows: rows, export: Link(path: "exports/comparisons.csv", text: say("All pairs as CSV")))
                    )
                ])
    }
}
