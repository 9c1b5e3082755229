import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// What points of health metrics say, for the page of health.
    func pointSections() -> [PageSection] {
        guard let points = analyses.points else { return [] }
        let parts = PointParts(context: self, points: points)
        var sections: [PageSection] = []
        if !points.components.isEmpty {
            sections.append(
                PageSection(id: "now", title: say("Components now"), depth: .executive, blocks: parts.nowBlocks))
        }
        if !points.series.isEmpty {
            sections += [
                PageSection(id: "metrics", title: say("Health metrics"), depth: .executive, blocks: parts.metricBlocks),
                PageSection(id: "episodes", title: say("Episodes"), blocks: parts.episodeBlocks),
                PageSection(id: "budget", title: say("Availability and error budget"), blocks: [parts.budgetBlock]),
            ]
        }
        if let stages = points.stages {
            sections.append(PageSection(id: "stages", title: say("Pipeline stages"), blocks: parts.stageBlocks(stages)))
        }
        if !points.series.isEmpty {
            sections.append(
                PageSection(
                    id: "point-method", title: say("How points are judged"), depth: .technical,
                    blocks: [.definitions(parts.methods)]))
        }
        return sections
    }

    /// Health metrics that are not healthy, and what fired last, for the terminal.
    func pointAnswer(_ isComplete: Bool) -> [TableBlock] {
        guard let points = analyses.points else { return [] }
        let parts = PointParts(context: self, points: points)
        let shown = points.series.filter { isComplete || ($0.level ?? .healthy) != .healthy }
        let rows = shown.map { series -> [TableCell] in
            [
                TableCell(series.title), parts.words.level(series),
                series.latest.map { TableCell(PointWords.value($0.value, series.unit), sortKey: $0.value) }
                    ?? TableCell(nil),
                series.latest.map { parts.words.cell($0.time) } ?? TableCell(nil),
                TableCell(series.rule.map { PointWords.limits($0, unit: series.unit) }, reason: say("no limits")),
                TableCell(
                    series.silence.map {
                        say(
                            "\($0.kind == .mute ? say("muted") : say("acknowledged")) by \($0.owner) until \($0.until.iso)"
                        )
                    }
                        ?? series.rule?.owner, reason: say("no owner named")),
            ]
        }
        let hasOwner = shown.contains { $0.silence != nil || $0.rule?.owner != nil }
        let table = TableBlock(
            caption: isComplete ? say("Health metrics") : say("Health metrics that are not healthy"),
            columns: [
                .init(say("Metric")), .init(say("Status")), .init(say("Newest"), isNumeric: true), .init(say("At")),
                .init(say("Limits")),
            ] + (hasOwner ? [.init(say("Who"))] : []), rows: hasOwner ? rows : rows.map { Array($0.dropLast()) })
        let episodes = points.episodes.prefix(20).map { ($0.series, $0.episode) }
        return [table, parts.episodeTable(Array(episodes), of: points.episodes.count)].filter { !$0.rows.isEmpty }
    }

    /// A page for each series, at most 60.
    func pointPages() -> [Page] {
        guard let points = analyses.points else { return [] }
        let parts = PointParts(context: self, points: points)
        return points.series.prefix(PointParts.pages).map { parts.page($0) }
    }
}

/// The blocks of points of health metrics.
struct PointParts {
    let context: ReportContext
    let points: PointHealth

    /// Series with a page of their own.
    static let pages = 60

    var words: PointWords { PointWords(points: points) }

    func link(_ series: PointSeriesResult) -> TableCell {
        let hasPage = points.series.prefix(Self.pages).contains(series)
        return TableCell(series.title, link: hasPage ? Link(path: PointWords.path(series), text: series.title) : nil)
    }

    // MARK: Now

    var nowBlocks: [Block] {
        let shown = Array(([points.overall] + points.components).prefix(20))
        let last = Period(days: min(points.period.length, 30), through: context.analyses.asOf)
        let strips = StripFigure(
            title: say("Worst status of each day"),
            rows: shown.map { part in (part.name, part.days.map { ($0.day, StripState($0.level)) }) }, period: last,
            sentence: shown.map { "\($0.name) \(HealthWords.level($0.level).word)" }.joined(separator: ", ")
                + say(" now."),
            rules: context.interventionRules(
                touching: points.series.map { .values(of: $0.name) }, from: last.start))
        let rows = shown.map { part -> [TableCell] in
            let known = part.hours.count { $0 != .unknown }
            return [
                TableCell(part.name), words.level(part),
                TableCell(NumberWords.count(part.hours.count { $0 == .critical })),
                TableCell(NumberWords.count(part.hours.count { $0 == .warning })),
                TableCell(say("\(known) of 24"), sortKey: Double(known)),
            ]
        }
        let table = TableBlock(
            caption: say("Status at \(words.moment(points.until)), and the last 24 hours"),
            columns: [
                .init(say("Component")), .init(say("Status")), .init(say("Critical hours"), isNumeric: true),
                .init(say("Warning hours"), isNumeric: true), .init(say("Hours with a status"), isNumeric: true),
            ], rows: rows)
        return [
            .prose(
                tell(
                    "A component is as bad as the worst of its series. What is healthy becomes unknown once its newest point is stale; what fires stays."
                )
            ),
            .table(table), .figure(hourFigure(shown, hourTable(shown))),
            .figure(
                FigureBlock(
                    figure: strips.figure,
                    caption: context.caption(
                        say("Full height critical, two thirds warning, a thin line healthy, an outline unknown"),
                        period: last),
                    data: dayTable(shown, last))),
        ]
    }

    private func hourFigure(_ parts: [PointComponent], _ table: TableBlock) -> FigureBlock {
        var strips: [Mark.Strip] = []
        for (slot, part) in parts.enumerated() {
            for (place, level) in part.hours.enumerated() {
                let state = StripState(level)
                strips.append(
                    Mark.Strip(
                        slot: Double(slot), from: Double(place) - 24, to: Double(place) - 23, tone: state.look.tone,
                        height: state.look.height,
                        text: level >= .warning
                            ? say(
                                "\(part.name): \(state.word), \(words.moment(points.until - Int64(24 - place) * 3_600_000_000)) on"
                            )
                            : nil))
            }
        }
        let ticks = [-24.0, -18, -12, -6, 0].map { hour in
            Axis.Tick(
                position: hour, label: String(words.moment(points.until + Int64(hour) * 3_600_000_000).suffix(5)))
        }
        return FigureBlock(
            figure: Figure(
                title: say("Worst status of each of the last 24 hours"),
                description: parts.map { say("\($0.name): \($0.hours.count { $0 >= .warning }) bad hours") }
                    .joined(separator: "; ") + ".",
                size: .rows(parts.count), x: Axis(title: say("Time"), scale: .labelled(domain: -24...0, ticks: ticks)),
                y: Axis(title: "", scale: .names(parts.map(\.name))),
                marks: [.strips(strips)]
                    + context.interventionRules(
                        touching: points.series.map { .values(of: $0.name) }, hoursUntil: points.until,
                        in: points.zone)),
            caption: tell("24 hours up to \(words.moment(points.until)) · zone \(points.zone.name)"), data: table)
    }

    // MARK: Metrics

    var metricBlocks: [Block] {
        let shown = points.series.prefix(Self.pages)
        let rows = shown.map { series -> [TableCell] in
            let mean = { (place: Int) -> TableCell in
                series.spans[place].mean.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("nothing is known"))
            }
            return [
                link(series), words.level(series),
                series.latest.map { TableCell(PointWords.value($0.value, series.unit), sortKey: $0.value) }
                    ?? TableCell(nil, reason: say("one reading of a counter is no increase")),
                series.latest.map { words.cell($0.time) } ?? TableCell(nil), mean(0), mean(1), mean(2),
                TableCell(NumberWords.count(series.spans[2].n), sortKey: Double(series.spans[2].n)),
                TableCell(series.rule.map { PointWords.limits($0, unit: series.unit) }, reason: say("no limits")),
            ]
        }
        let figures = shown.prefix(12).map { series in
            KeyFigure(
                label: series.title, value: series.latest.map { PointWords.value($0.value, series.unit) },
                note: series.latest.map { words.moment($0.time) } ?? say("no value"),
                tone: series.isFiring ? .bad : series.level == .healthy ? .good : .muted, sparkline: sparkline(series),
                link: Link(path: PointWords.path(series), text: say("24 hours, 7 days, 30 days")))
        }
        let table = TableBlock(
            caption: say("Newest values and means weighted by time"),
            columns: [
                .init(say("Metric")), .init(say("Status")), .init(say("Newest"), isNumeric: true), .init(say("At")),
                .init(say("Mean of 24 h"), isNumeric: true), .init(say("7 days"), isNumeric: true),
                .init(say("30 days"), isNumeric: true),
                .init(say("Points in 30 days"), isNumeric: true), .init(say("Limits")),
            ], rows: Array(rows), export: Link(path: "exports/health-points.csv", text: "CSV"))
        let others = points.series.count - shown.count + points.leftOut
        return [.keyFigures(Array(figures)), .table(table)]
            + (others > 0
                ? [
                    .prose(
                        tell(
                            "\(NumberWords.count(others)) more series are not shown here; \(NumberWords.count(points.leftOut)) of them are not judged."
                        ))
                ]
                : [])
    }

    private func sparkline(_ series: PointSeriesResult) -> Figure? {
        guard series.shown.count > 1 else { return nil }
        return Figure(
            title: series.title, description: say("The last 24 hours."), size: .sparkline,
            x: Axis(title: "", scale: .hidden), y: Axis(title: "", scale: .hidden),
            marks: [.line(coarse(series.shown).map { .init(x: Double($0.time), y: $0.value) }, tone: .accent)])
    }

    /// At most 60 points: a sparkline is some centimetres wide.
    private func coarse(_ values: [PointValue]) -> [PointValue] {
        let size = (values.count + 59) / 60
        return stride(from: 0, to: values.count, by: size).map { values[$0] }
    }

    // MARK: Episodes

    var episodeBlocks: [Block] {
        let all = points.episodes
        guard !all.isEmpty else {
            return [.prose(tell("Nothing has fired in \(NumberWords.count(points.period.length, "day", "days"))."))]
        }
        return [.table(episodeTable(all.prefix(50).map { ($0.series, $0.episode) }, of: all.count))]
    }

    func episodeTable(_ all: [(PointSeriesResult, PointEpisode)], of count: Int) -> TableBlock {
        TableBlock(
            caption: say("What fired")
                + (all.count < count ? say(", the newest \(all.count) of \(NumberWords.count(count))") : ""),
            columns: [
                .init(say("Metric")), .init(say("Worst")), .init(say("First beyond")), .init(say("Fired")),
                .init(say("Critical from")),
                .init(say("Good again")), .init(say("Lasted"), isNumeric: true),
                .init(say("Farthest"), isNumeric: true),
            ],
            rows: all.map { series, episode in
                let worst = HealthWords.level(episode.worst)
                return [
                    link(series), TableCell(worst.word, tone: worst.tone), words.cell(episode.began),
                    words.cell(episode.fired),
                    episode.escalated.map { words.cell($0) } ?? TableCell(nil, reason: say("never critical")),
                    episode.ended.map { words.cell($0) } ?? TableCell(say("still firing"), tone: .bad),
                    PointWords.minutesCell(episode.minutesToRecover, reason: say("still firing")),
                    TableCell(PointWords.value(episode.extreme, series.unit), sortKey: episode.extreme),
                ]
            }, export: Link(path: "exports/health-episodes.csv", text: "CSV"))
    }

    var budgetBlock: Block {
        points.series.contains { $0.rule != nil }
            ? .table(budgetTable) : .notice(tell("No limits hold for the points, so that no time is good or bad."))
    }

    private var budgetTable: TableBlock {
        let judged = points.series.filter { $0.rule != nil }.prefix(Self.pages)
        return TableBlock(
            caption:
                say(
                    "Time in \(NumberWords.count(points.period.length, "day", "days")) up to \(words.moment(points.until))"
                ),
            columns: [
                .init(say("Metric")), .init(say("Known"), isNumeric: true),
                .init(say("Beyond a limit"), isNumeric: true),
                .init(say("Critical"), isNumeric: true), .init(say("Availability"), isNumeric: true),
                .init(say("Objective"), isNumeric: true),
                .init(say("Budget left"), isNumeric: true), .init(say("Burn"), isNumeric: true),
                .init(say("Burn, 24 h"), isNumeric: true),
                .init(say("Mean time to recover"), isNumeric: true),
            ],
            rows: judged.map { series in
                let time = series.time
                let number = { (value: Double?) -> TableCell in
                    value.map {
                        TableCell(NumberText.fixed($0, decimals: 2), sortKey: $0, tone: $0 > 1 ? .bad : .muted)
                    }
                        ?? TableCell(nil, reason: say("no objective"))
                }
                return [
                    link(series), PointWords.minutesCell(time.knownMinutes, reason: ""),
                    PointWords.minutesCell(time.breachMinutes, reason: ""),
                    PointWords.minutesCell(time.criticalMinutes, reason: ""),
                    PointWords.share(time.availability, reason: say("nothing is known")),
                    PointWords.share(time.objective, reason: say("none declared")),
                    PointWords.minutesCell(time.leftMinutes, reason: say("no objective")), number(time.burn),
                    number(series.spans[0].burn),
                    PointWords.minutesCell(series.meanMinutesToRecover, reason: say("nothing has ended")),
                ]
            })
    }

    // MARK: Stages

    func stageBlocks(_ stages: StageAccount) -> [Block] {
        let table = TableBlock(
            caption: say("Stages and their time limits"),
            columns: [
                .init(say("Stage")), .init(say("Limit"), isNumeric: true), .init(say("Runs"), isNumeric: true),
                .init(say("Not ended"), isNumeric: true), .init(say("Median"), isNumeric: true),
                .init(say("95th percentile"), isNumeric: true), .init(say("Over the limit"), isNumeric: true),
            ],
            rows: stages.stages.prefix(50).map { stage in
                [
                    TableCell(stage.name), PointWords.minutesCell(stage.limit, reason: ""),
                    TableCell(NumberWords.count(stage.runs), sortKey: Double(stage.runs)),
                    TableCell(NumberWords.count(stage.open), sortKey: Double(stage.open)),
                    PointWords.minutesCell(stage.median, reason: say("none has ended")),
                    PointWords.minutesCell(stage.p95, reason: say("none has ended")),
                    TableCell(
                        NumberWords.count(stage.over), sortKey: Double(stage.over), tone: stage.over > 0 ? .bad : .muted
                    ),
                ]
            })
        guard !stages.overruns.isEmpty else { return [.table(table), .prose(tell("No run is over its limit."))] }
        let shown = stages.overruns.prefix(50)
        let list = TableBlock(
            caption: say("Runs over their limit")
                + (shown.count < stages.overruns.count
                    ? say(", \(shown.count) of \(NumberWords.count(stages.overruns.count))") : ""),
            columns: [
                .init(say("Stage")), .init(say("Item")), .init(say("Began")), .init(say("State")),
                .init(say("Took"), isNumeric: true),
                .init(say("Limit"), isNumeric: true),
            ],
            rows: shown.map { item in
                [
                    TableCell(item.run.stage), TableCell(item.run.item), words.cell(item.run.started),
                    item.isStuck ? TableCell(say("has not ended"), tone: .bad) : TableCell(say("ended")),
                    PointWords.minutesCell(item.minutes, reason: ""), PointWords.minutesCell(item.limit, reason: ""),
                ]
            }, export: Link(path: "exports/stage-overruns.csv", text: "CSV"))
        return [.table(table), .table(list)]
    }

    var methods: [Definition] {
        [
            (
                say("Weighted by time"),
                say(
                    "A value holds until the next point of its series, for at most the stale time (30 min unless declared). What is not known counts neither as good nor as bad."
                )
            ),
            (
                say("Fires"),
                say(
                    "Once every point has been beyond the limit for the declared minutes, on the side that is bad for the metric; the limit itself is good. It becomes critical when the critical limit fires."
                )
            ),
            (
                say("Ends"),
                say(
                    "After three good points in a row (clear_points), from the first of them; where clear is declared, good is what is not beyond it."
                )
            ),
            (say("Availability"), say("Known time that is not beyond a limit ÷ known time.")),
            (
                say("Error budget"),
                say(
                    "Minutes that may be bad: (1 − objective) × known minutes, less those beyond a limit. Burn: the share of bad time ÷ (1 − objective); 1 uses the budget up exactly."
                )
            ),
            (say("Counters"), say("The increase a minute between two points; a counter that falls has begun anew.")),
        ].map { Definition($0.0, text: Prose($0.1)) }
    }
}
