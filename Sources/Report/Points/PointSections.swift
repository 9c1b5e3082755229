import Analysis
import Charts
import Model

extension ReportContext {
    /// What points of health metrics say, for the page of health.
    func pointSections() -> [PageSection] {
        guard let points = analyses.points else { return [] }
        let parts = PointParts(context: self, points: points)
        var sections: [PageSection] = []
        if !points.components.isEmpty {
            sections.append(PageSection(id: "now", title: "Components now", depth: .executive, blocks: parts.nowBlocks))
        }
        if !points.series.isEmpty {
            sections += [
                PageSection(id: "metrics", title: "Health metrics", depth: .executive, blocks: parts.metricBlocks),
                PageSection(id: "episodes", title: "Episodes", blocks: parts.episodeBlocks),
                PageSection(id: "budget", title: "Availability and error budget", blocks: [parts.budgetBlock]),
            ]
        }
        if let stages = points.stages {
            sections.append(PageSection(id: "stages", title: "Pipeline stages", blocks: parts.stageBlocks(stages)))
        }
        if !points.series.isEmpty {
            sections.append(
                PageSection(
                    id: "point-method", title: "How points are judged", depth: .technical,
                    blocks: [.definitions(parts.methods)]))
        }
        return sections
    }

    /// A sentence on the status of points; nil without a rule.
    func pointVerdict() -> [Prose.Piece] {
        guard let points = analyses.points, !points.components.isEmpty else { return [] }
        let level = points.overall.level
        let causes = points.components.filter { $0.level == level }.map(\.name)
        let words = PointWords(points: points)
        return [
            .strong("Metrics \(HealthWords.level(level).word)"),
            .text(
                " at \(words.moment(points.until))"
                    + (level == .healthy ? ". " : " because of \(causes.prefix(5).joined(separator: ", ")). ")),
        ]
    }

    /// Health metrics that are not healthy, and what fired last, for the terminal.
    func pointAnswer(_ isComplete: Bool) -> [TableBlock] {
        guard let points = analyses.points else { return [] }
        let parts = PointParts(context: self, points: points)
        let shown = points.series.filter { isComplete || ($0.level ?? .healthy) != .healthy }
        let rows = shown.map { series -> [TableCell] in
            [
                TableCell(series.title), PointWords.level(series),
                series.latest.map { TableCell(PointWords.value($0.value, series.unit), sortKey: $0.value) }
                    ?? TableCell(nil),
                series.latest.map { parts.words.cell($0.time) } ?? TableCell(nil),
                TableCell(series.rule.map(PointWords.limits), reason: "no limits"),
                TableCell(
                    series.silence.map {
                        "\($0.kind == .mute ? "muted" : "acknowledged") by \($0.owner) until \($0.until.iso)"
                    }
                        ?? series.rule?.owner, reason: "no owner named"),
            ]
        }
        let table = TableBlock(
            caption: isComplete ? "Health metrics" : "Health metrics that are not healthy",
            columns: [
                .init("Metric"), .init("Status"), .init("Newest", isNumeric: true), .init("At"), .init("Limits"),
                .init("Who"),
            ], rows: rows)
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
            title: "Worst status of each day",
            rows: shown.map { part in (part.name, part.days.map { ($0.day, StripState($0.level)) }) }, period: last,
            sentence: shown.map { "\($0.name) \(HealthWords.level($0.level).word)" }.joined(separator: ", ") + " now.")
        let rows = shown.map { part -> [TableCell] in
            let level = HealthWords.level(part.level)
            let known = part.hours.count { $0 != .unknown }
            return [
                TableCell(part.name), TableCell(level.word, tone: level.tone),
                TableCell(NumberWords.count(part.hours.count { $0 == .critical })),
                TableCell(NumberWords.count(part.hours.count { $0 == .warning })),
                TableCell("\(known) of 24", sortKey: Double(known)),
            ]
        }
        let table = TableBlock(
            caption: "Status at \(words.moment(points.until)), and the last 24 hours",
            columns: [
                .init("Component"), .init("Status"), .init("Critical hours", isNumeric: true),
                .init("Warning hours", isNumeric: true), .init("Known hours", isNumeric: true),
            ], rows: rows)
        return [
            .prose(
                "A component is as bad as the worst of its series. What is healthy becomes unknown once its newest point is stale; what fires stays."
            ),
            .table(table), .figure(hourFigure(shown, hourTable(shown))),
            .figure(
                FigureBlock(
                    figure: strips.figure,
                    caption: context.caption(
                        "Full height critical, two thirds warning, a thin line healthy, an outline unknown",
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
                            ? "\(part.name): \(state.word), \(words.moment(points.until - Int64(24 - place) * 3_600_000_000)) on"
                            : nil))
            }
        }
        let ticks = [-24.0, -18, -12, -6, 0].map { hour in
            Axis.Tick(
                position: hour, label: String(words.moment(points.until + Int64(hour) * 3_600_000_000).suffix(5)))
        }
        return FigureBlock(
            figure: Figure(
                title: "Worst status of each of the last 24 hours",
                description: parts.map { "\($0.name): \($0.hours.count { $0 >= .warning }) bad hours" }
                    .joined(separator: "; ") + ".",
                size: .rows(parts.count), x: Axis(title: "Time", scale: .labelled(domain: -24...0, ticks: ticks)),
                y: Axis(title: "", scale: .names(parts.map(\.name))), marks: [.strips(strips)]),
            caption: Prose("24 hours up to \(words.moment(points.until)) · zone \(points.zone.name)"), data: table)
    }

    // MARK: Metrics

    var metricBlocks: [Block] {
        let shown = points.series.prefix(Self.pages)
        let rows = shown.map { series -> [TableCell] in
            let mean = { (place: Int) -> TableCell in
                series.spans[place].mean.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                    ?? TableCell(nil, reason: "nothing is known")
            }
            return [
                link(series), PointWords.level(series),
                series.latest.map { TableCell(PointWords.value($0.value, series.unit), sortKey: $0.value) }
                    ?? TableCell(nil, reason: "one reading of a counter is no increase"),
                series.latest.map { words.cell($0.time) } ?? TableCell(nil), mean(0), mean(1), mean(2),
                TableCell(NumberWords.count(series.spans[2].n), sortKey: Double(series.spans[2].n)),
                TableCell(series.rule.map(PointWords.limits), reason: "no limits"),
            ]
        }
        let figures = shown.prefix(12).map { series in
            KeyFigure(
                label: series.title, value: series.latest.map { PointWords.value($0.value, series.unit) },
                note: series.latest.map { words.moment($0.time) } ?? "no value",
                tone: series.isFiring ? .bad : series.level == .healthy ? .good : .muted, sparkline: sparkline(series),
                link: Link(path: PointWords.path(series), text: "24 hours, 7 days, 30 days"))
        }
        let table = TableBlock(
            caption: "Newest values and means weighted by time",
            columns: [
                .init("Metric"), .init("Status"), .init("Newest", isNumeric: true), .init("At"),
                .init("Mean of 24 h", isNumeric: true), .init("7 days", isNumeric: true),
                .init("30 days", isNumeric: true),
                .init("Points in 30 days", isNumeric: true), .init("Limits"),
            ], rows: Array(rows), export: Link(path: "exports/health-points.csv", text: "CSV"))
        let others = points.series.count - shown.count + points.leftOut
        return [.keyFigures(Array(figures)), .table(table)]
            + (others > 0
                ? [
                    .prose(
                        Prose(
                            "\(NumberWords.count(others)) more series are not shown here; \(NumberWords.count(points.leftOut)) of them are not judged."
                        ))
                ]
                : [])
    }

    private func sparkline(_ series: PointSeriesResult) -> Figure? {
        guard series.shown.count > 1 else { return nil }
        return Figure(
            title: series.title, description: "The last 24 hours.", size: .sparkline,
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
            return [.prose(Prose("Nothing has fired in \(NumberWords.count(points.period.length, "day", "days"))."))]
        }
        return [.table(episodeTable(all.prefix(50).map { ($0.series, $0.episode) }, of: all.count))]
    }

    func episodeTable(_ all: [(PointSeriesResult, PointEpisode)], of count: Int) -> TableBlock {
        TableBlock(
            caption: "What fired"
                + (all.count < count ? ", the newest \(all.count) of \(NumberWords.count(count))" : ""),
            columns: [
                .init("Metric"), .init("Worst"), .init("First beyond"), .init("Fired"), .init("Critical from"),
                .init("Good again"), .init("Lasted", isNumeric: true), .init("Farthest", isNumeric: true),
            ],
            rows: all.map { series, episode in
                let worst = HealthWords.level(episode.worst)
                return [
                    link(series), TableCell(worst.word, tone: worst.tone), words.cell(episode.began),
                    words.cell(episode.fired),
                    episode.escalated.map { words.cell($0) } ?? TableCell(nil, reason: "never critical"),
                    episode.ended.map { words.cell($0) } ?? TableCell("still firing", tone: .bad),
                    PointWords.minutesCell(episode.minutesToRecover, reason: "still firing"),
                    TableCell(PointWords.value(episode.extreme, series.unit), sortKey: episode.extreme),
                ]
            }, export: Link(path: "exports/health-episodes.csv", text: "CSV"))
    }

    var budgetBlock: Block {
        points.series.contains { $0.rule != nil }
            ? .table(budgetTable) : .notice(Prose("No limits hold for the points, so that no time is good or bad."))
    }

    private var budgetTable: TableBlock {
        let judged = points.series.filter { $0.rule != nil }.prefix(Self.pages)
        return TableBlock(
            caption:
                "Time in \(NumberWords.count(points.period.length, "day", "days")) up to \(words.moment(points.until))",
            columns: [
                .init("Metric"), .init("Known", isNumeric: true), .init("Beyond a limit", isNumeric: true),
                .init("Critical", isNumeric: true), .init("Availability", isNumeric: true),
                .init("Objective", isNumeric: true),
                .init("Budget left", isNumeric: true), .init("Burn", isNumeric: true),
                .init("Burn, 24 h", isNumeric: true),
                .init("Mean time to recover", isNumeric: true),
            ],
            rows: judged.map { series in
                let time = series.time
                let number = { (value: Double?) -> TableCell in
                    value.map {
                        TableCell(NumberText.fixed($0, decimals: 2), sortKey: $0, tone: $0 > 1 ? .bad : .muted)
                    }
                        ?? TableCell(nil, reason: "no objective")
                }
                return [
                    link(series), PointWords.minutesCell(time.knownMinutes, reason: ""),
                    PointWords.minutesCell(time.breachMinutes, reason: ""),
                    PointWords.minutesCell(time.criticalMinutes, reason: ""),
                    PointWords.share(time.availability, reason: "nothing is known"),
                    PointWords.share(time.objective, reason: "none declared"),
                    PointWords.minutesCell(time.leftMinutes, reason: "no objective"), number(time.burn),
                    number(series.spans[0].burn),
                    PointWords.minutesCell(series.meanMinutesToRecover, reason: "nothing has ended"),
                ]
            })
    }

    // MARK: Stages

    func stageBlocks(_ stages: StageAccount) -> [Block] {
        let table = TableBlock(
            caption: "Stages and their time limits",
            columns: [
                .init("Stage"), .init("Limit", isNumeric: true), .init("Runs", isNumeric: true),
                .init("Not ended", isNumeric: true), .init("Median", isNumeric: true),
                .init("95th percentile", isNumeric: true), .init("Over the limit", isNumeric: true),
            ],
            rows: stages.stages.prefix(50).map { stage in
                [
                    TableCell(stage.name), PointWords.minutesCell(stage.limit, reason: ""),
                    TableCell(NumberWords.count(stage.runs), sortKey: Double(stage.runs)),
                    TableCell(NumberWords.count(stage.open), sortKey: Double(stage.open)),
                    PointWords.minutesCell(stage.median, reason: "none has ended"),
                    PointWords.minutesCell(stage.p95, reason: "none has ended"),
                    TableCell(
                        NumberWords.count(stage.over), sortKey: Double(stage.over), tone: stage.over > 0 ? .bad : .muted
                    ),
                ]
            })
        guard !stages.overruns.isEmpty else { return [.table(table), .prose("No run is over its limit.")] }
        let shown = stages.overruns.prefix(50)
        let list = TableBlock(
            caption: "Runs over their limit"
                + (shown.count < stages.overruns.count
                    ? ", \(shown.count) of \(NumberWords.count(stages.overruns.count))" : ""),
            columns: [
                .init("Stage"), .init("Item"), .init("Began"), .init("State"), .init("Took", isNumeric: true),
                .init("Limit", isNumeric: true),
            ],
            rows: shown.map { item in
                [
                    TableCell(item.run.stage), TableCell(item.run.item), words.cell(item.run.started),
                    item.isStuck ? TableCell("has not ended", tone: .bad) : TableCell("ended"),
                    PointWords.minutesCell(item.minutes, reason: ""), PointWords.minutesCell(item.limit, reason: ""),
                ]
            }, export: Link(path: "exports/stage-overruns.csv", text: "CSV"))
        return [.table(table), .table(list)]
    }

    var methods: [Definition] {
        [
            (
                "Weighted by time",
                "A value holds until the next point of its series, for at most the stale time (30 min unless declared). What is not known counts neither as good nor as bad."
            ),
            (
                "Fires",
                "Once every point has been beyond the limit for the declared minutes, on the side that is bad for the metric; the limit itself is good. It becomes critical when the critical limit fires."
            ),
            (
                "Ends",
                "After three good points in a row (clear_points), from the first of them; where clear is declared, good is what is not beyond it."
            ),
            ("Availability", "Known time that is not beyond a limit ÷ known time."),
            (
                "Error budget",
                "Minutes that may be bad: (1 − objective) × known minutes, less those beyond a limit. Burn: the share of bad time ÷ (1 − objective); 1 uses the budget up exactly."
            ),
            ("Counters", "The increase a minute between two points; a counter that falls has begun anew."),
        ].map { Definition($0.0, text: Prose($0.1)) }
    }
}
