import Analysis
import Charts
import Model
import Words

extension PointParts {
    /// The page of a series.
    func page(_ series: PointSeriesResult) -> Page {
        let spans = TableBlock(
            caption: say("The last hours and days, weighted by time"),
            columns: [
                .init(say("Up to \(words.moment(points.until))")), .init(say("Points"), isNumeric: true),
                .init(say("Mean"), isNumeric: true),
                .init(say("Smallest"), isNumeric: true), .init(say("Largest"), isNumeric: true),
                .init(say("Time known"), isNumeric: true),
                .init(say("Availability"), isNumeric: true), .init(say("Burn"), isNumeric: true),
            ],
            rows: series.spans.map { span in
                let number = { (value: Double?, reason: String) -> TableCell in
                    value.map { TableCell(NumberWords.plain($0), sortKey: $0) } ?? TableCell(nil, reason: reason)
                }
                let measured = { (value: Double?, reason: String) -> TableCell in
                    value.map { TableCell(PointWords.value($0, series.unit), sortKey: $0) }
                        ?? TableCell(nil, reason: reason)
                }
                return [
                    TableCell(span.hours == 24 ? say("24 hours") : say("\(span.hours / 24) days")),
                    TableCell(NumberWords.count(span.n), sortKey: Double(span.n)),
                    measured(span.mean, say("nothing is known")),
                    measured(span.low, say("no point")), measured(span.high, say("no point")),
                    TableCell(NumberWords.percent(span.known), sortKey: span.known),
                    PointWords.share(span.availability, reason: say("no limits")),
                    number(span.burn, say("no objective")),
                ]
            })
        var facts = [Definition(say("Status"), text: Prose(words.level(series).text ?? say("no limits")))]
        if let rule = series.rule {
            facts.append(Definition(say("Limits"), text: Prose(PointWords.limits(rule, unit: series.unit))))
        }
        if series.otherUnits > 0 {
            facts.append(
                Definition(
                    say("Left out"),
                    text: tell(
                        "\(NumberWords.count(series.otherUnits, "point", "points")) in another unit than \(series.unit.isEmpty ? say("none") : series.unit)"
                    )))
        }
        if let owner = series.rule?.owner { facts.append(Definition(say("Owner"), text: Prose(owner))) }
        if let silence = series.silence {
            let word = silence.kind == .mute ? say("Muted") : say("Acknowledged")
            facts.append(
                Definition(word, text: tell("by \(silence.owner) until \(silence.until.iso): \(silence.reason)")))
        }
        facts.append(
            Definition(
                say("Newest value"),
                text: Prose(
                    series.latest.map { say("\(PointWords.value($0.value, series.unit)) at \(words.moment($0.time))") }
                        ?? say("none"))))
        let episodes = series.episodes.reversed().prefix(50).map { (series, $0) }
        return Page(
            path: PointWords.path(series), kind: "analysis", title: series.title,
            lead: tell("Points of \(series.name)\(series.context.isEmpty ? "" : say(" with \(series.context)"))."),
            crumbs: [context.home, Link(path: "health/index.html", text: say("Health"))],
            sections: [
                PageSection(id: "status", title: say("Status"), depth: .executive, blocks: [.definitions(facts)]),
                PageSection(
                    id: "day", title: say("The last 24 hours"), blocks: [figure(series), .table(spans)]),
                PageSection(id: "trend", title: say("From day to day"), blocks: [.table(trend(series))]),
                PageSection(
                    id: "episodes", title: say("Episodes"),
                    blocks: episodes.isEmpty
                        ? [.prose(tell("Nothing has fired."))]
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
                say("\(NumberWords.plain(interval.low)) to \(NumberWords.plain(interval.high))"), sortKey: interval.low)
        }
        return TableBlock(
            caption:
                say(
                    "\(NumberWords.count(trend.days, "day", "days")), each with its mean weighted by time: \(verdict.word)"
                ),
            columns: [
                .init(say("Method")), .init(say("Change a day"), isNumeric: true),
                .init(say("Interval"), isNumeric: true),
                .init("p", isNumeric: true), .init(say("p, whole report"), isNumeric: true),
            ],
            rows: [
                [
                    TableCell(say("Line through the days"), tone: verdict.tone),
                    context.cell(trend.line) { slope($0.slope) },
                    context.cell(trend.line) { reach($0.interval) }, context.cell(trend.line) { p($0.claim.p) },
                    context.cell(trend.line) { $0.claim.pAdjusted.map(p) ?? p($0.claim.p) },
                ],
                [
                    TableCell(say("Theil–Sen")), context.cell(trend.theilSen) { slope($0.slope) },
                    context.cell(trend.theilSen) { reach($0.dependentInterval ?? $0.interval) },
                    TableCell(nil, reason: say("a slope alone")), TableCell(nil, reason: say("not a claim")),
                ],
                [
                    TableCell(say("Mann–Kendall")), TableCell(nil, reason: say("a test alone")),
                    TableCell(nil, reason: say("a test alone")),
                    context.cell(trend.mannKendall) { p($0.test.p) }, TableCell(nil, reason: say("not a claim")),
                ],
            ])
    }

    private func figure(_ series: PointSeriesResult) -> Block {
        guard !series.shown.isEmpty else { return .notice(tell("There is no point in the last 24 hours.")) }
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
            (series.rule?.warning, say("warning"), Tone.series(5)), (series.rule?.critical, say("critical"), Tone.bad),
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
                    title: say("\(series.title), the last 24 hours"),
                    description: say("\(NumberWords.count(series.spans[0].n, "point", "points")); newest ")
                        + (series.latest.map { PointWords.value($0.value, series.unit) } ?? say("none")) + ".",
                    x: Axis(title: say("Time"), scale: .labelled(domain: -24...0, ticks: ticks)),
                    y: Axis(title: series.title, unit: series.unit, scale: .linear(domain: nil, includesZero: false)),
                    marks: marks
                        + context.interventionRules(
                            touching: [.values(of: series.name)], hoursUntil: points.until, in: points.zone)),
                caption: tell("gaps are times without a point · zone \(points.zone.name)"), data: newest(series)))
    }

    /// The newest points that are drawn, the newest first.
    private func newest(_ series: PointSeriesResult) -> TableBlock {
        let rows = series.shown.suffix(60).reversed()
        return TableBlock(
            caption: rows.count < series.shown.count
                ? say("The newest \(rows.count) points") : say("Points of the last 24 hours"),
            columns: [.init(say("At")), .init(say("Value"), unit: series.unit, isNumeric: true)],
            rows: rows.map { [words.cell($0.time), TableCell(NumberWords.plain($0.value), sortKey: $0.value)] })
    }
}
