import Analysis
import Charts
import Model
import Words

/// What comparisons tell beside the groups: components, benchmarks, drivers, places, adjusted differences.
extension ReportContext {
    /// Metrics of one scale within records, and metrics against benchmarks.
    func wholeSections() -> [PageSection] { [componentSection(), benchmarkSection()].compactMap { $0 } }

    private func componentSection() -> PageSection? {
        guard let found = analyses.components.value, !found.pairs.isEmpty else { return nil }
        let ordered = found.pairs.sorted { abs($1.standardised ?? 0) < abs($0.standardised ?? 0) }
        let rows = ordered.prefix(15).compactMap { pair -> [TableCell]? in
            guard let a = words(pair.a), let b = words(pair.b) else { return nil }
            let width = pair.interval?.width
            return [
                TableCell("\(b.metric.title) − \(a.metric.title)"),
                TableCell(NumberWords.count(pair.n), sortKey: Double(pair.n)),
                TableCell(a.difference(pair.difference, resolving: width), sortKey: pair.difference),
                pair.interval.map { TableCell(a.differenceInterval($0), sortKey: $0.low) }
                    ?? TableCell(nil, reason: say("the differences do not vary")),
                pair.standardised.map { TableCell(NumberText.fixed($0, decimals: 2), sortKey: $0) }
                    ?? TableCell(nil, reason: say("the differences do not vary")),
                pair.pHolm.map { TableCell(NumberWords.bareP($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no test")),
                cell(pair.wilcoxon) { TableCell(NumberWords.bareP($0.p), sortKey: $0.p) },
            ]
        }
        return PageSection(
            id: "components", title: say("Components of a record"),
            blocks: [
                .prose(
                    tell(
                        "Metrics of one scale are compared within records: each record gives the difference of its two values."
                    )
                ),
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Paired differences, the largest first; \(Wording.exactness(found.exactness)); \(NumberWords.count(rows.count)) of \(NumberWords.count(found.pairs.count)) pairs"
                            ),
                        columns: [
                            .init(say("Difference of")), .init(say("Records"), isNumeric: true),
                            .init(say("Mean"), isNumeric: true),
                            .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                            .init(say("d of pairs"), isNumeric: true), .init(say("p (t, Holm)"), isNumeric: true),
                            .init(say("p (Wilcoxon)"), isNumeric: true),
                        ], rows: rows, export: Link(path: "exports/components.csv", text: say("All pairs as CSV")))),
            ])
    }

    private func benchmarkSection() -> PageSection? {
        guard !analyses.benchmarks.isEmpty else { return nil }
        let rows = analyses.benchmarks.compactMap { result -> [TableCell]? in
            guard let words = words(result.benchmark.metric) else { return nil }
            let gap = result.gap.map { $0 }
            return [
                TableCell(words.metric.title), TableCell(result.benchmark.name),
                TableCell(words.value(result.benchmark.value), sortKey: result.benchmark.value),
                cell(gap) {
                    TableCell(words.difference($0), sortKey: $0, tone: Wording.tone(of: $0, for: words.metric))
                },
                result.interval.map { TableCell(words.differenceInterval($0), sortKey: $0.low) }
                    ?? TableCell(nil, reason: say("fewer than two values")),
                cell(result.share) { TableCell(NumberWords.percent($0.value), sortKey: $0.value) },
                cell(result.meeting) { TableCell(NumberWords.percent($0.value), sortKey: $0.value) },
                result.potential.map { TableCell(words.difference($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("the metric has no good direction")),
                TableCell(result.benchmark.source),
            ]
        }
        let exactness = analyses.benchmarks.compactMap { $0.share.value.map { Wording.exactness($0.exactness) } }
        let shares = Dictionary(grouping: exactness) { $0 }.keys.sorted().joined(separator: "; ")
        return PageSection(
            id: "benchmarks", title: say("Benchmarks"),
            blocks: [
                .table(
                    TableBlock(
                        caption: shares.isEmpty
                            ? say("Means against outside numbers")
                            : say("Means against outside numbers; shares of records: \(shares)"),
                        columns: [
                            .init(say("Metric")), .init(say("Benchmark")), .init(say("Value"), isNumeric: true),
                            .init(say("Mean − benchmark"), isNumeric: true),
                            .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                            .init(say("Records at or above"), isNumeric: true),
                            .init(say("Records that meet it"), isNumeric: true),
                            .init(say("Still to go"), isNumeric: true),
                            .init(say("Source")),
                        ], rows: rows, export: Link(path: "exports/benchmarks.csv", text: "CSV")))
            ])
    }

    /// What drove the last days' change, how places moved, and differences among like records.
    func groupSections(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> [PageSection] {
        [driverSection(dimension, results), movementSection(dimension, results), adjustedSection(dimension, results)]
            .compactMap { $0 }
    }

    private func driverSection(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection? {
        let rows = results.compactMap { metric, result -> [TableCell]? in
            guard let drivers = result.drivers.value else { return nil }
            let words = MetricWords(metric: metric)
            let first = drivers.parts.first
            return [
                TableCell(metric.title), TableCell(words.difference(drivers.change), sortKey: drivers.change),
                TableCell(words.difference(drivers.within), sortKey: drivers.within),
                TableCell(words.difference(drivers.mix), sortKey: drivers.mix),
                TableCell(first.map { $0.value ?? say("records without a value") }),
                TableCell(first.map { words.difference($0.total) }, sortKey: first?.total),
            ]
        }
        guard !rows.isEmpty, let sample = results.compactMap({ $0.1.drivers.value }).first else { return nil }
        return PageSection(
            id: "drivers", title: say("What drove the change"),
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "\(Wording.period(sample.current)) against \(Wording.period(sample.baseline)); within and mix add up to the change"
                            ),
                        columns: [
                            .init(say("Metric")), .init(say("Change"), isNumeric: true),
                            .init(say("Within groups"), isNumeric: true), .init(say("Mix of groups"), isNumeric: true),
                            .init(say("Largest part")), .init(say("Its part"), isNumeric: true),
                        ], rows: rows, export: Link(path: "exports/drivers.csv", text: say("Every group as CSV"))))
            ])
    }

    private func movementSection(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection? {
        let rows = results.compactMap { metric, result -> [TableCell]? in
            guard let moves = result.movement.value else { return nil }
            let moved = moves.filter(\.isBeyondTies)
            let words = moved.prefix(6).map { "\($0.value) \($0.before) → \($0.rank)" }
            return [
                TableCell(metric.title), TableCell(moves.first?.value), TableCell(NumberWords.count(moves.count)),
                TableCell(
                    moved.isEmpty
                        ? say("no place changed beyond ties")
                        : words.joined(separator: ", ") + (moved.count > 6 ? say(" and \(moved.count - 6) more") : "")),
            ]
        }
        guard !rows.isEmpty else { return nil }
        let days = NumberWords.count(analyses.settings.baselineDays)
        return PageSection(
            id: "places", title: say("Places"),
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Places by mean in the last \(days) days against the \(days) before; 1 is the largest mean"
                            ),
                        columns: [
                            .init(say("Metric")), .init(say("First")), .init(say("Groups"), isNumeric: true),
                            .init(say("Moved")),
                        ], rows: rows))
            ])
    }

    private func adjustedSection(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> PageSection? {
        let found = results.flatMap { metric, result in
            result.pairs.flatMap { pair in pair.adjustments.map { (metric, pair, $0) } }
        }
        let notes = entanglementNotes(dimension, results)
        guard !found.isEmpty else {
            return notes.isEmpty
                ? nil : PageSection(id: "adjusted", title: say("Differences among like records"), blocks: notes)
        }
        let moved = found.sorted { left, right in
            abs(right.1.difference - right.2.difference) / max(right.1.reach?.width ?? 0, 1e-300)
                < abs(left.1.difference - left.2.difference) / max(left.1.reach?.width ?? 0, 1e-300)
        }
        let rows = moved.prefix(15).map { metric, pair, adjusted in
            let words = MetricWords(metric: metric)
            return [
                TableCell(metric.title), TableCell("\(pair.b) − \(pair.a)"),
                TableCell(words.difference(pair.difference, beside: adjusted.interval), sortKey: pair.difference),
                TableCell(
                    words.difference(adjusted.difference, beside: adjusted.interval), sortKey: adjusted.difference),
                TableCell(words.differenceInterval(adjusted.interval), sortKey: adjusted.interval.low),
                TableCell(catalogue.dimension(named: adjusted.dimension)?.title ?? adjusted.dimension),
                TableCell(NumberWords.percent(adjusted.coverage, decimals: 0), sortKey: adjusted.coverage),
            ]
        }
        let sampled = found.map(\.2.exactness).first { $0 != .exact }.map { "; \(Wording.exactness($0))" } ?? ""
        return PageSection(
            id: "adjusted", title: say("Differences among like records"),
            blocks: notes + [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Raw differences beside those with the same make-up in another dimension, the most changed first; \(NumberWords.count(rows.count)) of \(NumberWords.count(found.count))\(sampled)"
                            ),
                        columns: [
                            .init(say("Metric")), .init(say("Groups")), .init(say("Raw"), isNumeric: true),
                            .init(say("Adjusted"), isNumeric: true),
                            .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                            .init(say("Adjusted for")), .init(say("Records used"), isNumeric: true),
                        ], rows: rows, export: Link(path: "exports/like-records.csv", text: say("All pairs as CSV"))))
            ])
    }

    /// Which dimensions go together with this one, and whether they can be told apart at all.
    private func entanglementNotes(_ dimension: Dimension, _ results: [(Metric, ComparisonResult)]) -> [Block] {
        (results.first?.1.entangled ?? []).map { found in
            let other = catalogue.dimension(named: found.dimension)?.title ?? found.dimension
            let isAdjusted = results.contains { result in
                result.1.pairs.contains { $0.adjustments.contains { $0.dimension == found.dimension } }
            }
            let rest =
                isAdjusted
                ? say("part of a raw difference between groups may be due to the other.")
                : say("no two groups share a value of it, so that no difference can be laid to one of the two alone.")
            return .prose(
                tell(
                    "\(dimension.title) and \(other) go together (Cramér’s V = \(NumberText.fixed(found.cramersV, decimals: 2)), n = \(NumberWords.count(found.n)), \(Wording.exactness(found.exactness))): \(rest)"
                ))
        }
    }
}
