import Analysis
import Charts
import Model
import Words

/// A snapshot of a voice service in words.
struct SnapshotWords {
    private let snapshot: VoiceSnapshot
    private let context: ReportContext

    init(_ snapshot: VoiceSnapshot, _ context: ReportContext) {
        self.snapshot = snapshot
        self.context = context
    }

    static var titles: [String: String] {
        [
            "first_call_resolution": say("Resolved at first call"), "customer_satisfaction": say("Satisfaction"),
            "word_error_rate": say("Word error rate"), "tts_mos_score": say("Opinion score of speech"),
            "avg_handle_time": say("Handle time, mean"), "sessions_with_errors": say("Sessions with an error"),
            "errors_per_session": say("Errors a session"), "cache_hit_rate": say("Cache hits of requests"),
            "latency_p50": say("Latency, median"),
            "latency_p95": say("Latency, 95th percentile"), "latency_p99": say("Latency, 99th percentile"),
            "sessions": say("Sessions"),
        ]
    }

    static var blocks: [VoiceSnapshot.Block: String] {
        [
            .customer: say("Customers"), .operations: say("Operations"), .performance: say("Performance"),
            .volume: say("Volume"),
        ]
    }

    /// A figure with its unit.
    func value(_ value: Double, of row: VoiceSnapshot.Row) -> String {
        if row.id == "sessions" { return NumberWords.count(Int(value)) }
        if row.isShare { return NumberWords.percent(value) }
        guard let words = row.metric.flatMap(context.words) else { return NumberWords.plain(value) }
        return words.value(value)
    }

    private func interval(_ interval: Interval, of row: VoiceSnapshot.Row) -> String {
        say("\(value(interval.low, of: row)) to \(value(interval.high, of: row))")
    }

    private func change(_ row: VoiceSnapshot.Row) -> TableCell {
        guard let now = row.figure.value?.value, let then = row.previous.value?.value, row.previous.value?.n ?? 0 > 0
        else {
            return TableCell(
                nil, reason: row.figure.absence.map(Wording.absence) ?? say("no sessions before"))
        }
        let difference = now - then
        let shown =
            row.isShare ? say("\(NumberText.fixed(difference * 100, decimals: 1)) points") : value(difference, of: row)
        let words = NumberWords.signed(shown, difference)
        guard let reach = row.change.value else {
            return TableCell(words + say(" (not tested)"), sortKey: difference, tone: .muted)
        }
        let isClear = reach.low > 0 || reach.high < 0
        let isBad = row.bad.map { ($0 == .above) == (difference > 0) }
        return TableCell(
            words + (isClear ? "" : say(" (could be chance)")), sortKey: difference,
            tone: isClear ? isBad.map { $0 ? .bad : .good } ?? .muted : .muted)
    }

    /// The table of all figures; hours where the days are hours.
    func table(_ hours: Int?) -> TableBlock {
        let length = hours.map { "\($0) h" } ?? NumberWords.count(snapshot.period.length, "day", "days")
        return TableBlock(
            caption: hours == nil && snapshot.period.length == 1
                ? say("Voice service, last day, against the day before")
                : say("Voice service, last \(length), against the \(length) before"),
            columns: [
                .init(say("About")), .init(say("Figure")), .init(say("Value"), isNumeric: true),
                .init(say("\(NumberWords.level(context.analyses.settings.level)) interval"), isNumeric: true),
                .init("n", isNumeric: true), .init(say("Change"), isNumeric: true), .init(say("Target")),
            ],
            rows: snapshot.rows.map { row in
                [
                    TableCell(Self.blocks[row.block]), TableCell(Self.titles[row.id] ?? row.id),
                    context.cell(row.figure) { TableCell(value($0.value, of: row), sortKey: $0.value) },
                    row.id == "sessions"
                        ? TableCell(nil, reason: say("counted"))
                        : context.cell(row.figure.flatMap(\.interval)) {
                            TableCell(interval($0, of: row), sortKey: $0.low)
                        },
                    context.cell(row.figure) { TableCell(NumberWords.count($0.n), sortKey: Double($0.n)) }, change(row),
                    target(row),
                ]
            })
    }

    /// The target of the KPI that reads the same figure of the same metric.
    private func target(_ row: VoiceSnapshot.Row) -> TableCell {
        let statistic: String =
            switch row.id {
            case "latency_p50", "latency_p95", "latency_p99": String(row.id.dropFirst(8))
            case "sessions_with_errors": "share_above"
            default: "mean"
            }
        let found = context.analyses.kpis.first {
            $0.kpi.metric == row.metric && $0.kpi.statistic.name == statistic && $0.kpi.group == .all
        }
        return TableCell(found.map { KPIWords($0, context.catalogue).target }, reason: say("no target"))
    }
}

extension VoiceSections {
    /// The four blocks over a day, 7 days and 30 days.
    var snapshotSection: PageSection? {
        guard !voice.snapshots.isEmpty else { return nil }
        let tables = voice.snapshots.map { Block.table(SnapshotWords($0, context).table(nil)) }
        return PageSection(
            id: "dashboard", title: say("Customers, operations, performance, volume"),
            blocks: tables + [
                .prose(
                    tell(
                        "Intervals: Student’s t for means, Wilson’s for shares, the percentile bootstrap for percentiles (with every possible draw, so that no seed matters; to the outer edges of the bins where there are too many values to keep each). Requests of a session are alike, so that those of caches count for as many as their spread over sessions is worth. A change is told apart from chance where the interval of the difference leaves out 0: of means over several days Welch’s with days as clusters, as on the pages of ranges, over one day Welch’s of sessions; Newcombe’s of other shares, Zou and Donner’s of percentiles."
                    )
                )
            ])
    }

    /// What the figures advise, each with its figure and threshold.
    var adviceSection: PageSection? {
        guard let week = voice.snapshots.first(where: { $0.period.length == 7 }) else { return nil }
        let words = SnapshotWords(week, context)
        let sessions = week.row("sessions")?.figure.value?.n ?? 0
        guard sessions >= VoiceAdvice.minimum else {
            return PageSection(
                id: "advice", title: say("Advice"),
                blocks: [
                    .notice(
                        tell(
                            "\(NumberWords.count(sessions, "session", "sessions")) in 7 days: too few to advise on; needs \(VoiceAdvice.minimum)."
                        ))
                ])
        }
        guard !voice.advice.isEmpty else {
            return PageSection(
                id: "advice", title: say("Advice"),
                blocks: [
                    .prose(
                        tell(
                            "No figure of the last 7 days calls for advice; scores of health have limits of their own.")
                    )
                ])
        }
        return PageSection(
            id: "advice", title: say("Advice"),
            blocks: [
                .definitions(
                    voice.advice.map { item in
                        let value = item.row.figure.value.map { words.value($0.value, of: item.row) } ?? ""
                        let side = item.row.bad == .above ? say("above") : say("below")
                        return Definition(
                            SnapshotWords.titles[item.row.id] ?? item.row.id,
                            text: Prose(
                                say(
                                    "\(value), \(side) \(words.value(item.limit, of: item.row)) over 7 days; n = \(NumberWords.count(item.row.figure.value?.n ?? 0)). "
                                )
                                    + (item.isSure
                                        ? say("The whole interval lies beyond the threshold. ")
                                        : say("The interval holds the threshold. "))
                                    + (Self.advised[item.row.id] ?? "")))
                    })
            ])
    }

    private static var advised: [String: String] {
        [
            "latency_p95": say("Look at the component with the largest share first."),
            "cache_hit_rate": say("Look at what is cached, and for how long."),
            "customer_satisfaction": say("Look at the intents and outcomes with the lowest satisfaction."),
            "first_call_resolution": say("Look at the intents that are resolved least often."),
        ]
    }

    /// Hours that were unlike the others.
    var windowSection: PageSection? {
        guard let windows = voice.windows else { return nil }
        let titles: [VoiceWindows.Kind: String] = [
            .latency: say("Latency, median"), .errors: say("Sessions with an error"),
            .hits: say("Cache hits of requests"),
        ]
        let latency = leading.map(MetricWords.init)
        let value = { (value: Double, kind: VoiceWindows.Kind) -> String in
            kind == .latency ? latency?.value(value) ?? NumberWords.plain(value) : Self.percent(value)
        }
        let basis =
            say(
                "\(NumberWords.count(windows.judged, "hour", "hours")) with at least \(VoiceWindows.minimum) sessions were judged, \(NumberWords.count(windows.tooSmall)) had fewer; \(Wording.exactness(windows.exactness))."
            )
        var blocks: [Block] = [
            .prose(
                tell(
                    "Fixed hours, each against the median of the others in units of their spread or of its own chance error, whichever is larger; told from \(NumberWords.exactly(VoiceWindows.cut)) on. \(basis)"
                ))
        ]
        if windows.judged < VoiceWindows.fewest {
            blocks.append(
                .notice(
                    tell(
                        "Too few hours to tell what is usual; needs \(VoiceWindows.fewest) with \(VoiceWindows.minimum) sessions."
                    )))
        } else if windows.found.isEmpty {
            blocks.append(.prose(tell("No hour was unlike the others.")))
        } else {
            let shown = windows.found.suffix(60).reversed()
            blocks.append(
                .table(
                    TableBlock(
                        caption: say("Hours unlike the others")
                            + (shown.count < windows.found.count
                                ? say(", the newest \(shown.count) of \(NumberWords.count(windows.found.count))") : ""),
                        columns: [
                            .init(say("Day")), .init(say("Hour")), .init(say("Figure")),
                            .init(say("Value"), isNumeric: true),
                            .init(say("Usual"), isNumeric: true), .init(say("Distance"), isNumeric: true),
                            .init("n", isNumeric: true),
                        ],
                        rows: shown.map { item in
                            [
                                TableCell(Wording.day(item.day), sortKey: Double(item.day.number)),
                                TableCell("\(item.hour):00"), TableCell(titles[item.kind]),
                                TableCell(value(item.value, item.kind), sortKey: item.value),
                                TableCell(value(item.usual, item.kind), sortKey: item.usual),
                                TableCell(
                                    NumberWords.signed(NumberText.fixed(item.score, decimals: 1), item.score),
                                    sortKey: item.score,
                                    tone: (item.kind == .hits) == (item.score < 0) ? .bad : .muted),
                                TableCell(NumberWords.count(item.n), sortKey: Double(item.n)),
                            ]
                        }, export: Link(path: "exports/service-windows.csv", text: "CSV"))))
        }
        return PageSection(id: "hours", title: say("Hours unlike the others"), blocks: blocks)
    }

    /// Errors by component and type, week by week.
    var errorKindBlocks: [Block] {
        let names = [roles.errorComponent, roles.errorType].compactMap { $0 }
        guard !voice.errorKinds.isEmpty else { return [] }
        return names.compactMap { name in
            let kinds = voice.errorKinds.filter { $0.dimension == name }
            guard !kinds.isEmpty else { return nil }
            let title = context.catalogue.dimension(named: name)?.title ?? name
            return .table(
                TableBlock(
                    caption: say(
                        "Sessions by \(Wording.within(title)), weeks from Monday; the last week may not be over"),
                    columns: [.init(title)]
                        + voice.errorWeeks.map { .init(Wording.shortDay($0.start), isNumeric: true) }
                        + [.init(say("All days"), isNumeric: true)],
                    rows: kinds.map { kind in
                        [TableCell(kind.value)]
                            + kind.weeks.map { TableCell(NumberWords.count($0), sortKey: Double($0)) }
                            + [TableCell(NumberWords.count(kind.total), sortKey: Double(kind.total))]
                    }))
        }
    }

    /// Two groups side by side.
    var splitSection: PageSection? {
        guard let split = voice.split else { return nil }
        let rows = split.rows.compactMap { row -> [TableCell]? in
            guard let metric = metric(row.metric) else { return nil }
            let words = MetricWords(metric: metric)
            let p = row.pair.counted.value?.pAdjusted ?? row.pair.counted.value?.p
            return [
                TableCell(metric.title), TableCell(words.value(row.means[0]), sortKey: row.means[0]),
                TableCell(words.value(row.means[1]), sortKey: row.means[1]),
                TableCell(
                    words.difference(row.pair.difference), sortKey: row.pair.difference,
                    tone: row.pair.reach.map { $0.low > 0 || $0.high < 0 } == true
                        ? Wording.tone(of: row.pair.difference, for: metric) : .muted),
                row.pair.reach.map { TableCell(words.differenceInterval($0), sortKey: $0.low) }
                    ?? TableCell(nil, reason: say("the values do not vary")),
                p.map { TableCell(NumberWords.bareP($0), sortKey: $0) } ?? TableCell(nil, reason: say("no test")),
                TableCell(
                    "\(NumberWords.count(row.pair.countA)) / \(NumberWords.count(row.pair.countB))",
                    sortKey: Double(row.pair.countA)),
                cell(row.detectable) { TableCell(words.difference($0), sortKey: $0) },
                cell(row.needed) { TableCell(NumberWords.count(Int($0.rounded(.up))), sortKey: $0) },
            ]
        }
        let title = context.catalogue.dimension(named: split.dimension)?.title ?? split.dimension
        return PageSection(
            id: "split", title: say("\(split.a) against \(split.b)"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Groups by \(Wording.within(title)); differences are \(split.b) − \(split.a)"),
                        columns: [
                            .init(say("Metric")), .init(split.a, isNumeric: true), .init(split.b, isNumeric: true),
                            .init(say("Difference"), isNumeric: true),
                            .init(
                                say("\(NumberWords.level(context.analyses.settings.level)) interval"), isNumeric: true),
                            .init(say("p, whole report"), isNumeric: true), .init("n", isNumeric: true),
                            .init(say("Could be seen from"), isNumeric: true),
                            .init(say("Sessions needed"), isNumeric: true),
                        ], rows: rows)),
                .prose(
                    Prose([
                        .text(
                            say(
                                "“Could be seen from”: the smallest difference that so many sessions show with a power of 80 %; a smaller one may be there and stay unseen. “Sessions needed”: in each group, for a difference as large as the one found. That groups differ says what is, not why: only where sessions were given to groups by lot does it tell an effect. "
                            )
                        ), .link(Link(path: "comparisons/\(split.dimension).html", text: say("All figures"))),
                        .text("."),
                    ])),
            ])
    }

    /// Targets day by day.
    var complianceSection: PageSection? {
        let figures = complianceFigures
        return figures.isEmpty
            ? nil
            : PageSection(id: "compliance", title: say("Targets day by day"), blocks: figures.map { .figure($0) })
    }

    /// The share of each day that keeps a target.
    private var complianceFigures: [FigureBlock] {
        voice.targets.compactMap { item in
            guard let metric = metric(item.target.metric), let last = voice.period.last, voice.period.length > 1,
                item.days.contains(where: { $0.share != nil })
            else { return nil }
            let known = item.days.filter { $0.share != nil }
            let below = known.count { ($0.share ?? 1) < item.target.share }
            return FigureBlock(
                figure: Figure(
                    title: say("\(metric.title): sessions that keep the limit, day by day"),
                    description:
                        say(
                            "\(NumberWords.count(below)) of \(NumberWords.count(known.count)) days are below \(Self.percent(item.target.share))."
                        ),
                    x: Axis(title: say("Day"), scale: DateTicks.scale(from: voice.period.start, to: last)),
                    y: Axis(title: say("Sessions"), unit: "%", scale: .linear(domain: nil, includesZero: false)),
                    marks: [
                        .line(
                            item.days.map { .init(x: Double($0.day.number), y: $0.share.map { $0 * 100 }) },
                            tone: .accent),
                        .rule(
                            at: item.target.share * 100, vertical: false, tone: .bad,
                            label: say("wanted \(Self.percent(item.target.share))")),
                    ] + context.interventionRules(for: metric.name, from: voice.period.start)),
                caption: caption(say("days without a value are gaps")),
                data: TableBlock(
                    caption: say("\(metric.title): days below the share that is wanted, the newest 30"),
                    columns: [.init(say("Day")), .init(say("Share"), isNumeric: true)],
                    rows: known.filter { ($0.share ?? 1) < item.target.share }.suffix(30).map { day in
                        [
                            TableCell(Wording.day(day.day), sortKey: Double(day.day.number)),
                            TableCell(Self.percent(day.share ?? 0), sortKey: day.share),
                        ]
                    }))
        }
    }
}
