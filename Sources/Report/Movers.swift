import Analysis
import Model
import Words

/// What moved most, and in which segment: for the landing page.
extension ReportContext {
    /// The metrics that moved most for their spread, newest days against those before; nil where none can be told.
    func moversSection() -> PageSection? {
        let moves = catalogue.metrics.compactMap { metric -> (metric: Metric, change: ChangeFigures)? in
            analyses.trend(of: overall(metric))?.sincePrevious.value.map { (metric, $0) }
        }
        let ranked = moves.sorted {
            (abs($0.change.standardised ?? 0), $1.metric.name) > (abs($1.change.standardised ?? 0), $0.metric.name)
        }
        guard let first = ranked.first else { return nil }
        return PageSection(
            id: "movers", title: say("Biggest movers"), depth: .executive,
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "\(Wording.period(first.change.current.period)) against \(Wording.period(first.change.baseline.period)); each interval stands for itself, “beyond chance” is after correction over all tests of the report"
                            ),
                        columns: [
                            .init(say("Metric")), .init(say("Now"), isNumeric: true),
                            .init(say("Change"), isNumeric: true),
                            .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                            .init("n", isNumeric: true), .init(say("Beyond chance")), .init(say("Largest part of it")),
                        ], rows: ranked.prefix(5).map { row($0.metric, $0.change) }))
            ])
    }

    private func row(_ metric: Metric, _ change: ChangeFigures) -> [TableCell] {
        let words = MetricWords(metric: metric)
        let width = change.interval.high - change.interval.low
        let stands = (change.test.pAdjusted ?? change.test.p) < analyses.settings.alpha
        return [
            TableCell(metric.title, link: Link(path: "trends/\(metric.name).html", text: metric.title)),
            TableCell(words.value(change.current.mean, resolving: width), sortKey: change.current.mean),
            TableCell(
                words.difference(change.difference, resolving: width), sortKey: change.difference,
                tone: stands ? Wording.tone(of: change.difference, for: metric) : .muted),
            TableCell(words.differenceInterval(change.interval), sortKey: change.interval.low),
            TableCell(NumberWords.count(change.current.n), sortKey: Double(change.current.n)),
            TableCell(stands ? say("yes") : say("no")), driver(of: metric, words),
        ]
    }

    /// The segment with the largest share in a metric's change, over all dimensions.
    private func driver(of metric: Metric, _ words: MetricWords) -> TableCell {
        let parts = analyses.comparisons.filter { $0.metric == metric.name }.compactMap { result in
            // A single group is all records, and tells nothing.
            result.drivers.value.flatMap { $0.parts.count > 1 ? $0.parts.first : nil }.map {
                (dimension: result.dimension, part: $0)
            }
        }
        guard let largest = parts.max(by: { abs($0.part.total) < abs($1.part.total) }) else {
            return TableCell(nil, reason: say("no groups to tell apart"))
        }
        let dimension = catalogue.dimension(named: largest.dimension)
        let value = largest.part.value ?? say("without a value")
        return TableCell(
            "\(dimension?.title ?? largest.dimension) \(value): \(words.difference(largest.part.total))",
            link: dimension.map(dimensionLink))
    }
}
