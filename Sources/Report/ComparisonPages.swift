import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The page that lists the dimensions.
    func comparisonIndex() -> Page {
        let items = catalogue.dimensions.map { dimension -> Definition in
            let results = catalogue.metrics.compactMap { analyses.comparison(of: $0.name, by: dimension.name) }
            let groups = results.map(\.groups.count).max() ?? 0
            let differing = results.count { result in
                result.pairs.contains { ($0.pHolm ?? 1) < analyses.settings.alpha }
            }
            return Definition(
                dimension.title, link: dimensionLink(dimension),
                text: tell(
                    "\(NumberWords.count(groups, "group", "groups")) compared in \(NumberWords.count(results.count, "metric", "metrics")); groups can be told apart in \(NumberWords.count(differing))."
                ))
        }
        return Page(
            path: "comparisons/index.html", kind: "analysis", title: say("Comparisons"),
            lead: Prose(
                items.isEmpty
                    ? say("There is no dimension to group by.")
                    : say("How groups differ, by \(NumberWords.count(items.count, "dimension", "dimensions")).")),
            crumbs: [home],
            sections: [
                PageSection(
                    id: "dimensions", title: say("Dimensions"), depth: .executive,
                    blocks: items.isEmpty
                        ? [.notice(tell("Declare dimensions in the configuration to compare groups."))]
                        : [.links(items)]),
                correlationSection(),
            ] + wholeSections(),
            alternates: [Link(path: "exports/comparisons.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    /// The page of one dimension.
    func comparisonPage(_ dimension: Dimension) -> Page {
        let results = catalogue.metrics.compactMap { metric in
            analyses.comparison(of: metric.name, by: dimension.name).map { (metric, $0) }
        }
        var sections: [PageSection] = []
        for (metric, result) in results { sections.append(comparisonSection(metric, dimension, result)) }
        if sections.isEmpty {
            sections.append(
                PageSection(
                    id: "groups", title: say("Groups"), blocks: [.notice(tell("No group has a value in this period."))])
            )
        }
        sections += groupSections(dimension, results)
        sections.append(pairLink(dimension, results))
        let index = catalogue.dimensions.firstIndex(of: dimension) ?? 0
        let link = { (place: Int) in
            self.catalogue.dimensions.indices.contains(place)
                ? self.dimensionLink(self.catalogue.dimensions[place]) : nil
        }
        return Page(
            path: "comparisons/\(dimension.name).html", kind: "analysis", title: say("By \(dimension.title)"),
            lead: comparisonLead(dimension, results),
            crumbs: [home, Link(path: "comparisons/index.html", text: say("Comparisons"))], previous: link(index - 1),
            next: link(index + 1),
            sections: sections,
            alternates: [Link(path: "exports/comparisons.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    private func comparisonLead(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> Prose {
        var best: (text: String, size: Double)?
        for (metric, result) in results {
            for pair in result.pairs where (pair.pHolm ?? 1) < analyses.settings.alpha {
                guard let effect = pair.hedgesG.value, abs(effect.value) > (best?.size ?? 0) else { continue }
                let words = MetricWords(metric: metric)
                let difference = words.difference(pair.difference, resolving: pair.reach?.width)
                best = (
                    say(
                        "\(metric.title): \(pair.b) against \(pair.a), \(difference) (g = \(NumberText.fixed(effect.value, decimals: 2)))"
                    ),
                    abs(effect.value)
                )
            }
        }
        guard let best else { return tell("No two groups of \(dimension.title) can be told apart in any metric.") }
        return Prose([.text(say("The largest difference: ")), .strong(best.text), .text(".")])
    }

    private func comparisonSection(_ metric: Metric, _ dimension: Dimension, _ result: ComparisonResult) -> PageSection
    {
        let words = MetricWords(metric: metric)
        var blocks: [Block] = []
        if result.groups.count > 1 {
            blocks.append(.figure(groupFigure(metric, dimension, result, words)))
        } else {
            blocks.append(
                .notice(
                    tell(
                        "A comparison needs two groups of \(NumberWords.count(analyses.settings.minimumGroup)) records or more; there \(result.groups.count == 1 ? say("is one") : say("are none"))."
                    )))
        }
        let small = result.tooSmall.map { group in
            "\(Wording.group(group.group, catalogue)) (\(NumberWords.count(group.n)))"
        }
        if !small.isEmpty {
            blocks.append(
                .notice(
                    tell(
                        "Too few records to compare, needs \(NumberWords.count(analyses.settings.minimumGroup)): \(small.prefix(12).joined(separator: ", "))\(small.count > 12 ? say(" and \(small.count - 12) more") : "")."
                    )))
        }
        if !result.leftOut.isEmpty {
            blocks.append(
                .notice(
                    tell(
                        "\(NumberWords.count(result.leftOut.count, "group", "groups")) beyond the \(NumberWords.count(analyses.settings.maximumGroups)) largest are left out."
                    )))
        }
        return PageSection(id: metric.name, title: metric.title, blocks: blocks)
    }

    private func groupFigure(_ metric: Metric, _ dimension: Dimension, _ result: ComparisonResult, _ words: MetricWords)
        -> FigureBlock
    {
        let order = result.ranking.compactMap { rank in
            result.groups.first { $0.value == rank.value }.map { (rank, $0) }
        }
        let figure = Figure(
            title: say("\(metric.title) by \(dimension.title)"),
            description: say("Means: ")
                + order.map {
                    "\($0.1.value) \(words.value($0.1.mean, resolving: $0.1.interval?.width))"
                }.joined(separator: ", ") + ".",
            size: .rows(order.count),
            x: Axis(title: say("Mean"), unit: words.unit, scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "", scale: .names(order.map { $0.1.value })),
            marks: [
                .intervals(
                    order.enumerated().map { index, item in
                        .init(
                            slot: Double(index), value: words.onAxis(item.1.mean),
                            low: item.1.interval.map { words.onAxis($0.low) },
                            high: item.1.interval.map { words.onAxis($0.high) })
                    }, tone: .series(1))
            ])
        let table = TableBlock(
            caption: say("\(metric.title) by \(dimension.title); groups that share a letter cannot be told apart"),
            columns: [
                .init(dimension.title), .init("n", isNumeric: true),
                .init(say("Mean"), unit: words.unit, isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                .init(say("Standard deviation"), isNumeric: true),
                .init(say("Median"), isNumeric: true), .init(say("Ties")),
            ],
            rows: order.map { rank, group in
                [
                    TableCell(group.value), TableCell(NumberWords.count(group.n), sortKey: Double(group.n)),
                    TableCell(
                        words.value(group.mean, resolving: group.interval?.width),
                        sortKey: group.mean),
                    group.interval.map { TableCell(words.interval($0), sortKey: $0.low) }
                        ?? TableCell(nil, reason: say("the values do not vary")),
                    TableCell(NumberWords.plain(group.sd), sortKey: group.sd),
                    cell(group.median) { TableCell(words.value($0.value), sortKey: $0.value) },
                    TableCell(rank.tieGroups.map { letter($0) }.joined()),
                ]
            }, export: Link(path: "exports/comparisons.csv", text: say("All pairs as CSV")))
        let n = result.groups.reduce(0) { $0 + $1.n }
        return FigureBlock(
            figure: figure,
            caption: caption(
                say("Mean with \(NumberWords.level(analyses.settings.level)) interval"), "n = \(NumberWords.count(n))",
                omnibusWords(result)),
            data: table)
    }

    private func letter(_ number: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return letters.indices.contains(number - 1) ? String(letters[number - 1]) : "(\(number))"
    }

    private func omnibusWords(_ result: ComparisonResult) -> String {
        switch result.omnibus {
        case .failure(let absence): say("no test: \(Wording.absence(absence))")
        case .success(let figures):
            switch figures.welch {
            case .failure(let absence): say("no test: \(Wording.absence(absence))")
            case .success(let test):
                say("Welch analysis of variance \(NumberWords.p(test.pAdjusted ?? test.p))")
                    + (figures.etaSquared.value.map { ", η² = \(NumberText.fixed($0, decimals: 3))" } ?? "")
            }
        }
    }

    /// The page of a dimension's pairs.
    func pairsPage(_ dimension: Dimension) -> Page {
        let results = catalogue.metrics.compactMap { metric in
            analyses.comparison(of: metric.name, by: dimension.name).map { (metric, $0) }
        }
        return Page(
            path: pairsPath(dimension), kind: "analysis", title: say("Pairs of \(dimension.title)"),
            lead: pairSentence(results),
            crumbs: [home, Link(path: "comparisons/index.html", text: say("Comparisons")), dimensionLink(dimension)],
            sections: [pairSection(dimension, results)],
            alternates: [Link(path: "exports/comparisons.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    private func pairsPath(_ dimension: Dimension) -> String { "comparisons/\(dimension.name)-pairs.html" }

    private func pairSentence(_ results: [(Metric, ComparisonResult)]) -> Prose {
        let pairs = results.flatMap(\.1.pairs)
        let standing = pairs.count { ($0.pHolm ?? 1) < analyses.settings.alpha }
        return tell(
            "\(NumberWords.count(standing)) of \(NumberWords.count(pairs.count, "pair", "pairs")) can be told apart at α = \(NumberWords.exactly(analyses.settings.alpha)) after Holm’s correction within each metric."
        )
    }

    private func pairLink(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection {
        PageSection(
            id: "pairs", title: say("Pairs"),
            blocks: [
                .prose(pairSentence(results)),
                .prose(Prose([.link(Link(path: pairsPath(dimension), text: say("Pair by pair"))), .text(".")])),
            ])
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
                        tell(
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

    /// The matrix of correlations between metrics.
    private func correlationSection() -> PageSection {
        guard let result = analyses.correlation.value, result.metrics.count > 1 else {
            let reason = analyses.correlation.absence.map(Wording.absence) ?? say("a single metric")
            return PageSection(
                id: "correlation", title: say("Correlation between metrics"),
                blocks: [.notice(Prose("\(reason.capitalizedFirst)."))])
        }
        let titles = result.metrics.map { catalogue.metric(named: $0)?.title ?? $0 }
        var cells: [Mark.Cell] = []
        for pair in result.pairs {
            guard let x = result.metrics.firstIndex(of: pair.x), let y = result.metrics.firstIndex(of: pair.y) else {
                continue
            }
            let value = pair.spearman.value?.coefficient
            cells.append(
                .init(
                    column: x, row: y, tone: value.map { .diverging($0) },
                    text: value.map { NumberText.fixed($0, decimals: 2) } ?? say("not known")))
        }
        let strong = result.pairs.compactMap { pair in pair.spearman.value.map { (pair, $0.coefficient) } }.max {
            abs($0.1) < abs($1.1)
        }
        let figure = Figure(
            title: say("Spearman correlation between metrics"),
            description: strong.map {
                say("The strongest: \($0.0.x) with \($0.0.y), \(NumberText.fixed($0.1, decimals: 2)).")
            } ?? say("No pair has a correlation."),
            size: .rows(titles.count + 1), x: Axis(title: "", scale: .names(titles)),
            y: Axis(title: "", scale: .names(titles)), marks: [.cells(cells)])
        let rows = result.pairs.sorted {
            abs($0.spearman.value?.coefficient ?? 0) > abs($1.spearman.value?.coefficient ?? 0)
        }.prefix(30).map { pair in
            [
                TableCell(catalogue.metric(named: pair.x)?.title ?? pair.x),
                TableCell(catalogue.metric(named: pair.y)?.title ?? pair.y),
                TableCell(NumberWords.count(pair.n), sortKey: Double(pair.n)),
                cell(pair.pearson) {
                    TableCell(NumberText.fixed($0.coefficient, decimals: 3), sortKey: $0.coefficient)
                },
                cell(pair.spearman) {
                    TableCell(NumberText.fixed($0.coefficient, decimals: 3), sortKey: $0.coefficient)
                },
                cell(pair.spearman) {
                    TableCell(NumberWords.bareP($0.test.pAdjusted ?? $0.test.p), sortKey: $0.test.p)
                },
            ]
        }
        let table = TableBlock(
            caption: say("Pairs of metrics, the strongest first"),
            columns: [
                .init(say("Metric")), .init(say("With")), .init("n", isNumeric: true),
                .init(say("Pearson r"), isNumeric: true),
                .init(say("Spearman ρ"), isNumeric: true),
                .init(say("p of ρ"), isNumeric: true),
            ], rows: Array(rows), export: Link(path: "exports/correlations.csv", text: say("All pairs as CSV")))
        return PageSection(
            id: "correlation", title: say("Correlation between metrics"),
            blocks: [
                .figure(FigureBlock(figure: figure, caption: caption(Wording.exactness(result.exactness)), data: table))
            ])
    }
}
