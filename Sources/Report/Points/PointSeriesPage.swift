import Analysis
import Charts
import Model

extension PointParts {
    /// The page of a series.
    func page(_ series: PointSeriesResult) -> Page {
        let spans = TableBlock(
            caption: "The last hours and days, weighted by time",
            columns: [
                .init("Up to \(words.moment(points.until))"), .init("Points", isNumeric: true),
                .init("Mean", isNumeric: true),
                .init("Smallest", isNumeric: true), .init("Largest", isNumeric: true),
                .init("Time known", isNumeric: true),
                .init("Availability", isNumeric: true), .init("Burn", isNumeric: true),
            ],
            rows: series.spans.map { span in
                let number = { (value: Double?, reason: String) -> TableCell in
                    value.map { TableCell(NumberWords.plain($0), sortKey: $0) } ?? TableCell(nil, reason: reason)
                }
                return [
                    TableCell(span.hours == 24 ? "24 hours" : "\(span.hours / 24) days"),
                    TableCell(NumberWords.count(span.n), sortKey: Double(span.n)),
                    number(span.mean, "nothing is known"),
                    number(span.low, "no point"), number(span.high, "no point"),
                    TableCell(NumberWords.percent(span.known), sortKey: span.known),
                    PointWords.share(span.availability, reason: "no limits"), number(span.burn, "no objective"),
                ]
            })
        var facts = [Definition("Status", text: Prose(PointWords.level(series).text ?? "no limits"))]
        if let rule = series.rule { facts.append(Definition("Limits", text: Prose(PointWords.limits(rule)))) }
        if series.otherUnits > 0 {
            facts.append(
                Definition(
                    "Left out",
                    text: Prose(
                        "\(NumberWords.count(series.otherUnits, "point", "points")) in another unit than \(series.unit.isEmpty ? "none" : series.unit)"
                    )))
        }
        if let owner = series.rule?.owner { facts.append(Definition("Owner", text: Prose(owner))) }
        if let silence = series.silence {
            let word = silence.kind == .mute ? "Muted" : "Acknowledged"
            facts.append(
                Definition(word, text: Prose("by \(silence.owner) until \(silence.until.iso): \(silence.reason)")))
        }
        facts.append(
            Definition(
                "Newest value",
                text: Prose(
                    series.latest.map { "\(PointWords.value($0.value, series.unit)) at \(words.moment($0.time))" }
                        ?? "none")))
        let episodes = series.episodes.reversed().prefix(50).map { (series, $0) }
        return Page(
            path: PointWords.path(series), kind: "analysis", title: series.title,
            lead: Prose("Points of \(series.name)\(series.context.isEmpty ? "" : " with \(series.context)")."),
            crumbs: [context.home, Link(path: "health/index.html", text: "Health")],
            sections: [
                PageSection(id: "status", title: "Status", depth: .executive, blocks: [.definitions(facts)]),
                PageSection(id: "day", title: "The last 24 hours", blocks: [figure(series, spans), .table(spans)]),
                PageSection(id: "trend", title: "From day to day", blocks: [.table(trend(series))]),
                PageSection(
                    id: "episodes", title: "Episodes",
                    blocks: episodes.isEmpty
                        ? [.prose("Nothing has fired.")]
                        : [.table(episodeTable(Array(episodes), of: series.episodes.count))]),
            ],
            alternates: [
                Link(path: "exports/health-points.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    /// The slope tests on the means of days, which are corrected with all other tests of the report.
    private func trend(_ series: PointSeriesResult) -> TableBlock {
        let trend = series.trend
        let unit = series.unit
        let direction: Direction = series.rule.map { $0.bad == .above ? .lower : .higher } ?? .neutral
        let verdict = Wording.trend(trend.direction, direction)
        let p = { (p: Double) in TableCell(NumberWords.bareP(p), sortKey: p) }
        let slope = { (slope: Double) in TableCell(PointWords.value(slope, unit), sortKey: slope) }
        let reach = { (interval: Interval) in
            TableCell(
                "\(NumberWords.plain(interval.low)) to \(NumberWords.plain(interval.high))", sortKey: interval.low)
        }
        return TableBlock(
            caption:
                "\(NumberWords.count(trend.days, "day", "days")), each with its mean weighted by time: \(verdict.word)",
            columns: [
                .init("Method"), .init("Change a day", isNumeric: true), .init("Interval", isNumeric: true),
                .init("p", isNumeric: true), .init("p, whole report", isNumeric: true),
            ],
            rows: [
                [
                    TableCell("Line through the days", tone: verdict.tone),
                    context.cell(trend.line) { slope($0.slope) },
                    context.cell(trend.line) { reach($0.interval) }, context.cell(trend.line) { p($0.claim.p) },
                    context.cell(trend.line) { $0.claim.pAdjusted.map(p) ?? p($0.claim.p) },
                ],
                [
                    TableCell("Theil–Sen"), context.cell(trend.theilSen) { slope($0.slope) },
                    context.cell(trend.theilSen) { reach($0.dependentInterval ?? $0.interval) },
                    TableCell(nil, reason: "a slope alone"), TableCell(nil, reason: "not a claim"),
                ],
                [
                    TableCell("Mann–Kendall"), TableCell(nil, reason: "a test alone"),
                    TableCell(nil, reason: "a test alone"),
                    context.cell(trend.mannKendall) { p($0.test.p) }, TableCell(nil, reason: "not a claim"),
                ],
            ])
    }

    private func figure(_ series: PointSeriesResult, _ data: TableBlock) -> Block {
        guard !series.shown.isEmpty else { return .notice("There is no point in the last 24 hours.") }
        let hours = { (time: Int64) in Double(time - points.until) / 3_600_000_000 }
        let stale = (series.rule?.staleMinutes ?? 30) / 60
        var line: [Mark.Point] = []
        for point in series.shown {
            let x = hours(point.time)
            // What is not known is a gap.
            if let last = line.last, x - last.x > stale { line.append(.init(x: (x + last.x) / 2, y: nil)) }
            line.append(.init(x: x, y: point.value))
        }
        var marks: [Mark] = [.line(line, tone: .accent), .dots(line.filter { $0.y != nil }, tone: .accent)]
        if series.shown.count > 60 { marks.removeLast() }
        for (limit, word, tone) in [
            (series.rule?.warning, "warning", Tone.series(5)), (series.rule?.critical, "critical", Tone.bad),
        ] {
            if let limit { marks.append(.rule(at: limit, vertical: false, tone: tone, label: word)) }
        }
        let ticks = [-24.0, -18, -12, -6, 0].map { hour in
            Axis.Tick(
                position: hour, label: String(words.moment(points.until + Int64(hour) * 3_600_000_000).suffix(5)))
        }
        return .figure(
            FigureBlock(
                figure: Figure(
                    title: "\(series.title), the last 24 hours",
                    description: "\(NumberWords.count(series.spans[0].n, "point", "points")); newest "
                        + (series.latest.map { PointWords.value($0.value, series.unit) } ?? "none") + ".",
                    x: Axis(title: "Time", scale: .labelled(domain: -24...0, ticks: ticks)),
                    y: Axis(title: series.title, unit: series.unit, scale: .linear(domain: nil, includesZero: false)),
                    marks: marks),
                caption: Prose("gaps are times without a point · zone \(points.zone.name)"), data: data))
    }
}
