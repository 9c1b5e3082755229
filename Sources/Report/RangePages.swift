import Analysis
import Charts
import Model
import Words

/// Fixed ranges of days as pages of their own, in place of a date picker that would need a server.
extension ReportContext {
    /// All ranges side by side, then a page for each; none without records.
    func rangePages() -> [Page] {
        guard analyses.coverage.records > 0, !analyses.ranges.isEmpty else { return [] }
        return [rangeIndex()] + analyses.ranges.map(rangePage)
    }

    private static var rangeHome: Link { Link(path: "ranges/index.html", text: say("Ranges")) }

    private func link(to range: ReportRange) -> Link {
        Link(path: "ranges/\(range.rawValue).html", text: Wording.range(range))
    }

    private var rangeFiles: [Link] {
        [Link(path: "exports/ranges.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")]
    }

    private func rangeIndex() -> Page {
        let rows = catalogue.metrics.enumerated().map { index, metric in
            // A row has the digits of its surest change, so that its means can be read against each other.
            let width = analyses.ranges.compactMap {
                $0.metrics[index].change.value.map { $0.interval.high - $0.interval.low }
            }.min()
            return [TableCell(metric.title, link: Link(path: "trends/\(metric.name).html", text: metric.title))]
                + analyses.ranges.map { result -> TableCell in
                    let found = result.metrics[index]
                    return found.mean.map {
                        TableCell(MetricWords(metric: metric).value($0, resolving: width), sortKey: $0)
                    } ?? TableCell(nil, reason: say("no values"))
                }
        }
        let counts =
            [TableCell(say("Records"), link: Link(path: "data/index.html", text: say("Records")))]
            + analyses.ranges.map { TableCell(NumberWords.count($0.records), sortKey: Double($0.records)) }
        return Page(
            path: Self.rangeHome.path, kind: "analysis", title: say("Ranges"),
            lead: tell(
                "The means of \(NumberWords.count(catalogue.metrics.count, "metric", "metrics")) over fixed ranges of days, each through \(Wording.day(analyses.asOf))."
            ), crumbs: [home],
            sections: [
                PageSection(
                    id: "means", title: say("Side by side"), depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption: say("Mean over all records, through \(Wording.day(analyses.asOf))"),
                                columns: [.init(say("Metric"))]
                                    + analyses.ranges.map { .init(Wording.range($0.range), isNumeric: true) },
                                rows: [counts] + rows, export: rangeFiles[0]))
                    ] + beginning),
                PageSection(
                    id: "ranges", title: say("Each with its change"),
                    blocks: [
                        .links(
                            analyses.ranges.map {
                                Definition(Wording.range($0.range), link: link(to: $0.range), text: rangeLead($0))
                            })
                    ]),
            ], alternates: rangeFiles)
    }

    /// That ranges reach back beyond the first day with records, where some do.
    private var beginning: [Block] {
        guard let oldest = analyses.coverage.oldestDay else { return [] }
        let longer = analyses.ranges.filter { $0.period.start < oldest }
        guard !longer.isEmpty else { return [] }
        return [
            .prose(
                tell(
                    "Records begin on \(Wording.day(oldest)): what stands under \(longer.map { Wording.range($0.range) }.joined(separator: ", ")) is of the \(NumberWords.count(oldest.distance(to: analyses.asOf) + 1, "day", "days")) since."
                ))
        ]
    }

    private func rangeLead(_ result: RangeResult) -> Prose {
        let stand = result.metrics.filter {
            $0.change.value.map { $0.interval.low > 0 || $0.interval.high < 0 } ?? false
        }
        let isTold = result.metrics.contains { $0.change.value != nil }
        let names = stand.prefix(3).map { catalogue.metric(named: $0.metric)?.title ?? $0.metric }
        return Prose([
            .text(
                say(
                    "\(Wording.period(result.period)): \(NumberWords.count(result.records, "record", "records")), before (\(Wording.period(result.baseline))) \(NumberWords.count(result.recordsBefore)). "
                )
            ),
            .text(
                !isTold
                    ? say("No change can be told.")
                    : stand.isEmpty
                        ? say("No interval of a change leaves out 0.")
                        : say(
                            "The interval of the change leaves out 0 for \(names.joined(separator: ", "))\(stand.count > 3 ? say(" and \(NumberWords.count(stand.count - 3)) more") : "")."
                        )
            ),
        ])
    }

    private func rangePage(_ result: RangeResult) -> Page {
        let place = analyses.ranges.firstIndex { $0.range == result.range } ?? 0
        let neighbour = { (step: Int) in
            analyses.ranges.indices.contains(place + step) ? link(to: analyses.ranges[place + step].range) : nil
        }
        let grain: Grain = result.period.length > 100 ? .week : .day
        let lines = catalogue.metrics.compactMap {
            seriesFigure(overall($0), grain: grain, size: .small, over: result.period)
        }
        return Page(
            path: link(to: result.range).path, kind: "analysis", title: Wording.range(result.range),
            lead: rangeLead(result), crumbs: [home, Self.rangeHome], previous: neighbour(-1), next: neighbour(1),
            sections: [
                PageSection(
                    id: "changes", title: say("Against the days before"), depth: .executive,
                    blocks: [.table(changes(result))]),
                PageSection(
                    id: "lines", title: Wording.stepByStep(grain),
                    blocks: lines.isEmpty
                        ? [
                            .notice(
                                tell("No metric has values in two periods of this range: there is no line to draw."))
                        ]
                        : smallSeries(lines, grain, over: result.period)),
                PageSection(
                    id: "reading", title: say("How to read this"), depth: .technical,
                    blocks: [
                        .prose(
                            tell(
                                "A change is the mean over the records of the range less that of the days before; its interval is Welch’s with days as clusters. These are looks at the same data from several distances: they are not corrected for their number and raise no finding."
                            )
                        )
                    ]),
            ], alternates: rangeFiles)
    }

    private func changes(_ result: RangeResult) -> TableBlock {
        let rows = zip(catalogue.metrics, result.metrics).map { metric, found -> [TableCell] in
            let words = MetricWords(metric: metric)
            let change = found.change.value
            let told = found.change.mapError(\.ofDays)
            let width = change.map { $0.interval.high - $0.interval.low }
            let stands = change.map { $0.interval.low > 0 || $0.interval.high < 0 } ?? false
            return [
                TableCell(metric.title, link: Link(path: "trends/\(metric.name).html", text: metric.title)),
                found.mean.map { TableCell(words.value($0, resolving: width), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no values")),
                TableCell(NumberWords.count(found.n), sortKey: Double(found.n)),
                TableCell(NumberWords.count(found.days), sortKey: Double(found.days)),
                change.map {
                    TableCell(words.value($0.baseline.mean, resolving: width), sortKey: $0.baseline.mean)
                } ?? TableCell(nil),
                cell(told) {
                    TableCell(
                        words.difference($0.difference, resolving: width), sortKey: $0.difference,
                        tone: stands ? Wording.tone(of: $0.difference, for: metric) : .muted)
                },
                cell(told) { TableCell(words.differenceInterval($0.interval), sortKey: $0.interval.low) },
            ]
        }
        return TableBlock(
            caption: say("\(Wording.period(result.period)) against \(Wording.period(result.baseline))"),
            columns: [
                .init(say("Metric")), .init(say("Mean"), isNumeric: true), .init("n", isNumeric: true),
                .init(say("Days"), isNumeric: true), .init(say("Before"), isNumeric: true),
                .init(say("Change"), isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
            ], rows: rows, export: rangeFiles[0])
    }
}

extension Wording {
    /// A range's name.
    static func range(_ range: ReportRange) -> String {
        switch range {
        case .week, .month, .season, .year: say("\(range.rawValue) days")
        case .quarter: say("Quarter to date")
        }
    }

    /// "Day by day", for a section of lines.
    static func stepByStep(_ grain: Grain) -> String {
        switch grain {
        case .day: say("Day by day")
        case .week: say("Week by week")
        case .month: say("Month by month")
        case .quarter: say("Quarter by quarter")
        }
    }
}

extension SummaryParts {
    static func range(_ result: RangeResult) -> JSONValue {
        let metrics = result.metrics.map { found in
            (
                found.metric,
                JSONValue.object([
                    "n": .int(found.n), "days": .int(found.days), "mean": .number(found.mean),
                    "change": answer(found.change, change),
                ])
            )
        }
        return .object([
            "period": period(result.period), "baseline": period(result.baseline), "records": .int(result.records),
            "records_before": .int(result.recordsBefore),
            "metrics": .object(Dictionary(metrics) { first, _ in first }),
        ])
    }
}

extension Exports {
    var ranges: CSVTable {
        let rows = context.analyses.ranges.flatMap { result in
            result.metrics.map { found -> [CSVTable.Cell] in
                let change = found.change.value
                return [
                    .text(result.range.rawValue), .text(result.period.start.iso), .text(result.period.last?.iso ?? ""),
                    .text(found.metric), .int(found.n), .int(found.days), .number(found.mean),
                    .number(change?.baseline.mean), .number(change?.difference), .number(change?.interval.low),
                    .number(change?.interval.high), .text(found.change.absence?.reason ?? ""),
                ]
            }
        }
        return CSVTable(
            columns: [
                "range", "first", "last", "metric", "n", "days", "mean", "before", "difference", "low", "high",
                "reason",
            ], rows: rows)
    }
}
