import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The page that lists the dimensions.
    func comparisonIndex() -> Page {
        let items = catalogue.dimensions.map(comparedDefinition)
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

    /// A dimension with what its comparison found, or why nothing was compared.
    private func comparedDefinition(_ dimension: Dimension) -> Definition {
        let results = comparisons(by: dimension).map(\.1)
        let groups = results.map(\.groups.count).max() ?? 0
        let differing = results.count { result in
            result.pairs.contains { ($0.pHolm ?? 1) < analyses.settings.alpha }
        }
        guard groups > 1 else {
            return Definition(
                dimension.title, link: dimensionLink(dimension),
                text: tell(
                    "Nothing to compare: \(groups == 0 ? say("no group has") : say("one group alone has")) \(NumberWords.count(analyses.settings.minimumGroup)) values of a metric."
                ))
        }
        return Definition(
            dimension.title, link: dimensionLink(dimension),
            text: tell(
                "\(NumberWords.count(groups, "group", "groups")) compared in \(NumberWords.count(results.count, "metric", "metrics")); groups can be told apart in \(NumberWords.count(differing))."
            ))
    }

    /// The page of one dimension.
    func comparisonPage(_ dimension: Dimension) -> Page {
        let results = comparisons(by: dimension)
        var sections: [PageSection] = []
        for (metric, result) in results {
            let section = comparisonSection(metric, dimension, result)
            // Metrics that cannot be compared for the same reason say it once.
            if result.groups.count < 2, let place = sections.firstIndex(where: { $0.blocks == section.blocks }) {
                sections[place].title += ", \(section.title)"
                sections[place].anchors.append(section.id)
            } else {
                sections.append(section)
            }
        }
        if sections.isEmpty {
            sections.append(
                PageSection(
                    id: "groups", title: say("Groups"), blocks: [.notice(tell("No group has a value in this period."))])
            )
        }
        sections += groupSections(dimension, results)
        sections.append(pairLink(dimension, results))
        if let leftOut = unmeasuredSection(dimension) { sections.append(leftOut) }
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

    /// The weightiest finding of the dimension, so that page and findings name the same.
    private func comparisonLead(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> Prose {
        let first = analyses.findings.first { finding in
            if case .pair(_, dimension.name, _, _) = finding.subject { true } else { false }
        }
        if let first, case .pair(let name, _, let a, let b) = first.subject, let words = words(name) {
            let difference = words.difference(first.estimate, resolving: first.interval?.width)
            let caution = caution(metric: name, dimension: dimension.name, a: a, b: b)
            return Prose([
                .text(say("The largest difference for the scatter of the records: ")),
                .strong(
                    say(
                        "\(words.metric.title): \(b) against \(a), \(difference) (\(NumberText.fixed(first.standardised, decimals: 2)) standard deviations)"
                    )),
                .text(caution.map { ". \($0)" } ?? "."),
            ])
        }
        let isTold = results.contains { $0.1.pairs.contains { ($0.pHolm ?? 1) < analyses.settings.alpha } }
        return results.allSatisfy({ $0.1.pairs.isEmpty })
            ? tell("There are no two groups of \(dimension.title) to compare.")
            : isTold
                ? tell(
                    "No difference between groups of \(dimension.title) stands after correction over the whole report.")
                : tell("No two groups of \(dimension.title) can be told apart in any metric.")
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
                .init(say("Median"), isNumeric: true), .init(say("Letter")),
            ],
            rows: order.map { rank, group in
                [
                    TableCell(group.value), TableCell(NumberWords.count(group.n), sortKey: Double(group.n)),
                    TableCell(
                        words.value(group.mean, resolving: group.interval?.width),
                        sortKey: group.mean),
                    group.interval.map { TableCell(words.interval($0), sortKey: $0.low) }
                        ?? TableCell(nil, reason: say("the values do not vary")),
                    TableCell(words.spread(group.sd), sortKey: group.sd),
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
}
