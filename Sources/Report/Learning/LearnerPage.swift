import Analysis
import Charts
import Model

extension LearnersPages {
    /// The pages of one learner: the overview, what was learned, and a page for each span.
    func pages(of report: LearnerReport) -> [PlannedPage] {
        let learner = report.state.learner
        let spans = [LearningSpan.week, .month, .quarter, .year].filter { report.spans[$0]?.isEmpty == false }
        return [
            PlannedPage(path: Self.link(learner).path) { overview(report) },
            PlannedPage(path: Self.link(learner, page: "progress").path) { progressPage(report) },
        ]
            + spans.map { span in
                // A span with figures has a page; the overview stands in for what cannot be.
                PlannedPage(path: Self.link(learner, page: span.rawValue).path) {
                    periodPage(report, span) ?? overview(report)
                }
            }
    }

    private func crumbs(_ report: LearnerReport) -> [Link] { up + [Self.link(report.state.learner)] }

    /// Links to the learner's other pages.
    private func others(_ report: LearnerReport) -> Block {
        let names = [
            ("progress", "Progress and trends"), ("week", "Weeks"), ("month", "Months"), ("quarter", "Quarters"),
            ("year", "Years"),
        ]
        return .links(
            names.map { page, title in
                var link = Self.link(report.state.learner, page: page)
                link.text = title
                return Definition(
                    title, link: link,
                    text: Prose(
                        page == "progress"
                            ? "day by day, topics and forecast" : "totals, topics, goals and achievements"))
            })
    }

    private func overview(_ report: LearnerReport) -> Page {
        let state = report.state
        var words =
            "\(NumberWords.count(state.totals.sessions, "session", "sessions")) and \(LearningWording.hours(state.totals.hours)) since \(Wording.day(state.days.first?.day ?? state.asOf))"
        if let current = state.streaks.current {
            words +=
                "; a streak of \(LearningWording.days(current.length)) goes on\(state.streaks.isAtRisk ? " and is at risk" : "")"
        } else if let idle = state.idleDays {
            words += "; no streak, the last session was \(LearningWording.days(idle)) ago"
        }
        if let idle = state.idleDays, idle >= LearnerLog.restingDays { words += "; as of \(Wording.day(state.asOf))" }
        return Page(
            path: Self.link(state.learner).path, kind: "analysis", title: "Learner \(state.learner)",
            lead: Prose(words + "."), crumbs: up,
            sections: [
                PageSection(
                    id: "figures", title: "Key figures", depth: .executive, blocks: [.keyFigures(cards(report))]),
                PageSection(id: "insights", title: "What stands out", depth: .executive, blocks: insightBlocks(report)),
                PageSection(id: "advice", title: "What to do", depth: .executive, blocks: adviceBlocks(report)),
                PageSection(id: "streaks", title: "Streaks", blocks: streakBlocks(state)),
                PageSection(id: "calendar", title: "Activity", blocks: calendarBlocks(state)),
                PageSection(id: "goals", title: "Goals", blocks: goalBlocks(report)),
                PageSection(id: "achievements", title: "Achievements", blocks: achievementBlocks(report)),
                PageSection(
                    id: "health", title: "Learning health", depth: .technical,
                    blocks: [.table(healthTable(report.health))]),
                PageSection(id: "more", title: "More", blocks: [others(report)]),
            ], alternates: alternates)
    }

    private func cards(_ report: LearnerReport) -> [KeyFigure] {
        let state = report.state
        let week = Period(days: 7, through: state.asOf)
        let now = state.totals(in: week)
        let then = state.totals(in: Period(days: 7, through: week.start.advanced(by: -1)))
        let quality = report.trend(.quality)?.comparisons.first { $0.days == 7 }?.change
        let stands = quality?.value.map { !$0.interval.contains(0) } ?? false
        return [
            KeyFigure(
                label: "Sessions", value: NumberWords.count(now.sessions),
                note:
                    "in seven days; \(NumberWords.count(then.sessions)) in the seven before, \(NumberWords.count(state.totals.sessions)) in all",
                change: Self.change(now.sessions - then.sessions)),
            KeyFigure(
                label: "Quality", value: now.meanQuality.map(LearningWording.quality),
                note: quality?.value.map {
                    "against the week before \(LearningWording.words(.quality)?.differenceInterval($0.interval) ?? "")"
                }
                    ?? quality?.absence.map(Wording.absence) ?? "no quality given",
                change: quality?.value.map { LearningWording.words(.quality)?.difference($0.difference) ?? "" },
                tone: stands ? ((quality?.value?.difference ?? 0) > 0 ? .good : .bad) : .muted),
            KeyFigure(
                label: "Time", value: LearningWording.minutes(now.minutes),
                note: "in seven days; \(LearningWording.minutes(then.minutes)) in the seven before"),
            KeyFigure(
                label: "Topics", value: NumberWords.count(state.topics.count),
                note: "\(NumberWords.count(state.mastered)) of them mastered"),
            KeyFigure(
                label: "Streak", value: LearningWording.days(state.streaks.currentLength),
                note: "longest \(LearningWording.days(state.streaks.longest?.length ?? 0))",
                tone: state.streaks.isAtRisk ? .bad : .muted),
            KeyFigure(
                label: "Points", value: NumberWords.count(state.points),
                note:
                    "\(NumberWords.count(state.achievements.count { $0.met != nil })) of \(NumberWords.count(state.achievements.count)) achievements"
            ),
            KeyFigure(
                label: "Pace", value: state.totals.velocity.map { "\(NumberText.fixed($0, decimals: 1)) an hour" },
                note: state.totals.velocity == nil ? "no minutes given" : "exchanges an hour, all sessions"),
            KeyFigure(
                label: "Learning health", value: NumberText.fixed(report.health.score, decimals: 0) + " of 100",
                note: "parts below"),
        ]
    }

    private func insightBlocks(_ report: LearnerReport) -> [Block] {
        let shown = report.insights.prefix(settings.learning.insights)
        guard !shown.isEmpty else { return [.prose("Nothing stands out beyond chance.")] }
        return [
            .findings(
                shown.enumerated().map { place, insight in
                    FindingItem(
                        id: "i\(place + 1)", claim: Prose(LearningWording.sentence(insight)),
                        evidence: LearningWording.evidence(insight), tone: LearningWording.tone(insight),
                        mark: insight.category.rawValue.prefix(1).uppercased() + insight.category.rawValue.dropFirst())
                })
        ]
            + (report.insights.count > shown.count
                ? [
                    .prose(
                        Prose(
                            "\(NumberWords.count(shown.count)) of \(NumberWords.count(report.insights.count)), the most important first."
                        ))
                ] : [])
    }

    private func adviceBlocks(_ report: LearnerReport) -> [Block] {
        guard !report.recommendations.isEmpty else { return [.prose("The figures ask for nothing.")] }
        return [
            .table(
                TableBlock(
                    caption: "By priority: impact against difficulty",
                    columns: [
                        .init("Priority"), .init("What to do"), .init("Figures"), .init("Impact", isNumeric: true),
                        .init("Difficulty", isNumeric: true), .init("Days to show", isNumeric: true),
                    ],
                    rows: report.recommendations.prefix(10).map { item in
                        let words = LearningWording.advice(item)
                        return [
                            TableCell(item.priority.rawValue, tone: LearningWording.tone(item.priority)),
                            TableCell(words.what),
                            TableCell(words.figures),
                            TableCell(NumberText.fixed(item.impact, decimals: 1), sortKey: item.impact),
                            LearningFigures.count(item.difficulty), LearningFigures.count(item.daysToEffect),
                        ]
                    }))
        ]
    }

    // MARK: Streaks and activity

    private func streakBlocks(_ state: LearnerState) -> [Block] {
        let streaks = state.streaks
        let shown = streaks.history.suffix(20).reversed()
        var text =
            "\(LearningWording.days(state.totals.activeDays)) with a session; \(NumberWords.count(streaks.broken, "streak has", "streaks have")) ended"
        if let mean = streaks.meanLength { text += ", mean length \(NumberText.fixed(mean, decimals: 1)) days" }
        if let near = streaks.near, let current = streaks.current {
            text += "; \(LearningWording.days(near - current.length)) to go to \(NumberWords.count(near))"
        }
        let milestones = streaks.milestones.map { "\(NumberWords.count($0.length)) on \($0.day.iso)" }
        return [
            .prose(Prose(text + ".")),
            .prose(
                Prose(
                    milestones.isEmpty
                        ? "No milestone reached so far."
                        : "Lengths reached for the first time: \(milestones.joined(separator: ", ")).")),
            .table(
                TableBlock(
                    caption: "Streaks, the newest first"
                        + (shown.count < streaks.history.count
                            ? ", \(NumberWords.count(shown.count)) of \(NumberWords.count(streaks.history.count))"
                            : ""),
                    columns: [.init("From"), .init("To"), .init("Days", isNumeric: true), .init("State")],
                    rows: shown.map { streak in
                        [
                            LearningFigures.date(streak.start, ""), LearningFigures.date(streak.end, ""),
                            LearningFigures.count(streak.length),
                            streak == streaks.current
                                ? TableCell(
                                    streaks.isAtRisk ? "goes on, at risk" : "goes on",
                                    tone: streaks.isAtRisk ? .bad : .good)
                                : TableCell("ended"),
                        ]
                    })),
        ]
    }

    private func calendarBlocks(_ state: LearnerState) -> [Block] {
        let counts = { (length: Int) in
            let all = state.progress(by: .day, limit: length)
            let padding = Period(days: length, through: state.asOf)
            let known = Dictionary(all.map { ($0.period.start.number, $0.totals.sessions) }) { first, _ in first }
            return (0..<length).map { place -> (day: Day, sessions: Int) in
                let day = padding.start.advanced(by: place)
                return (day, known[day.number] ?? 0)
            }
        }
        return [
            figures.calendar(counts(365), title: "Sessions by day, one year", caption: "Days in \(state.zone)"),
            figures.calendar(counts(84), title: "Sessions by day, twelve weeks", caption: "Days in \(state.zone)"),
        ].compactMap { $0.map { .figure($0) } }
    }

    // MARK: Goals and achievements

    private func goalBlocks(_ report: LearnerReport) -> [Block] {
        let goals = report.state.goals
        var blocks: [Block] = []
        if goals.isEmpty {
            blocks.append(.notice("No goal is set."))
        } else {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "Goals, judged from sessions as of \(Wording.day(report.state.asOf))"
                            + (goals.count > 15 ? ", 15 of \(NumberWords.count(goals.count))" : ""),
                        columns: Self.goalColumns,
                        rows: goals.prefix(15).map(goalCells),
                        export: Link(path: "exports/learning-goals.csv", text: "CSV"))))
        }
        let near = goals.filter { $0.status == .active && $0.history.count > 1 }.max { $0.progress < $1.progress }
        let drawn = near ?? goals.last { $0.history.count > 1 }
        if let drawn { blocks.append(.figure(burnUp(drawn, report.state))) }
        let points = goals.flatMap { goal in
            goal.milestones.map {
                "\(goal.goal.title): \(NumberWords.percent($0.share, decimals: 0)) \($0.reached.map { "on \($0.iso)" } ?? "open")"
            }
        }
        if !points.isEmpty {
            blocks.append(.prose(Prose("Check-points: \(points.prefix(18).joined(separator: "; ")).")))
        }
        if !report.suggestions.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "Goals to consider; none of a kind that is already pursued",
                        columns: [
                            .init("Of"), .init("Target", isNumeric: true), .init("In", unit: "days", isNumeric: true),
                            .init("Why"),
                            .init("Difficulty", isNumeric: true),
                        ],
                        rows: report.suggestions.map { item in
                            [
                                TableCell(LearningWording.kind(item.kind)),
                                TableCell(
                                    "\(NumberWords.exactly(item.target))\u{202F}\(item.kind.unit)", sortKey: item.target
                                ),
                                LearningFigures.count(item.days), TableCell(LearningWording.reason(item)),
                                LearningFigures.count(item.difficulty),
                            ]
                        })))
        }
        return blocks
    }

    /// The value of a goal day by day against its target.
    private func burnUp(_ state: GoalState, _ learner: LearnerState) -> FigureBlock {
        let asOf = learner.asOf
        let last = max(asOf, min(state.goal.deadline ?? asOf, asOf.advanced(by: 60)))
        let unit = state.goal.kind.unit
        let shown = state.history.suffix(200)
        var marks: [Mark] = [
            .line(shown.map { .init(x: Double($0.day.number), y: $0.value) }, tone: .series(1)),
            .rule(at: state.goal.target, vertical: false, tone: .accent, label: "target"),
        ]
        if let deadline = state.goal.deadline, deadline <= last {
            marks.append(.rule(at: Double(deadline.number), vertical: true, tone: .muted, label: "deadline"))
        }
        let figure = Figure(
            title: "“\(state.goal.title)” day by day",
            description:
                "\(state.value.map { LearningWording.value($0, state.goal) } ?? "nothing") of \(LearningWording.value(state.goal.target, state.goal)), \(LearningWording.status(state.status).word).",
            x: Axis(title: "Day", scale: DateTicks.scale(from: shown.first?.day ?? asOf, to: last)),
            y: Axis(
                title: LearningWording.kind(state.goal.kind), unit: unit,
                scale: .linear(domain: nil, includesZero: true)),
            marks: marks)
        return FigureBlock(
            figure: figure,
            caption: figures(of: learner).caption(
                "Value at the end of each active day",
                period: Period(start: state.goal.start, end: max(asOf, state.goal.start).advanced(by: 1))),
            data: TableBlock(
                caption: "The last active days", columns: [.init("Day"), .init("Value", unit: unit, isNumeric: true)],
                rows: shown.suffix(20).map {
                    [
                        LearningFigures.date($0.day, ""),
                        TableCell(NumberText.fixed($0.value, decimals: 1), sortKey: $0.value),
                    ]
                }))
    }

    private func achievementBlocks(_ report: LearnerReport) -> [Block] {
        let states = report.state.achievements
        let met = states.filter { $0.met != nil }.sorted {
            ($1.met ?? $1.definition.sortDay) < ($0.met ?? $0.definition.sortDay)
        }
        let hidden = states.count { !$0.isShown }
        let columns: [TableBlock.Column] = [
            .init("Achievement"), .init("Requires"), .init("Rarity"), .init("Points", isNumeric: true),
        ]
        let cells = { (state: AchievementState) -> [TableCell] in
            [
                TableCell(state.definition.title), TableCell(LearningWording.requirement(state.definition.requirement)),
                TableCell(state.definition.rarity.rawValue), LearningFigures.count(state.definition.points),
            ]
        }
        var blocks: [Block] = []
        if !met.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "Met, the newest first; each on the first day on which its condition held"
                            + (met.count > 30 ? ", 30 of \(NumberWords.count(met.count))" : ""),
                        columns: columns + [.init("Day")],
                        rows: met.prefix(30).map { cells($0) + [LearningFigures.date($0.met, "")] })))
        }
        if !report.next.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "Nearest",
                        columns: columns + [.init("So far", isNumeric: true), .init("Progress", isNumeric: true)],
                        rows: report.next.map { state in
                            cells(state) + [
                                TableCell(
                                    "\(NumberText.fixed(state.value, decimals: state.value == state.value.rounded() ? 0 : 1)) of \(NumberWords.exactly(state.needed))",
                                    sortKey: state.value),
                                TableCell(NumberWords.percent(state.progress, decimals: 0), sortKey: state.progress),
                            ]
                        })))
        }
        if hidden > 0 {
            blocks.append(
                .prose(Prose("\(NumberWords.count(hidden, "achievement is", "achievements are")) hidden until met.")))
        }
        return blocks.isEmpty ? [.notice("No achievement is defined.")] : blocks
    }

    func healthTable(_ health: LearningHealth) -> TableBlock {
        TableBlock(
            caption:
                "50 and the points of the parts, held within 0 to 100: \(NumberText.fixed(health.score, decimals: 1))",
            columns: [.init("Part"), .init("Figure", isNumeric: true), .init("Points", isNumeric: true)],
            rows: health.parts.map { part in
                let names: [LearningHealth.Kind: (String, String)] = [
                    .quality: ("Quality against the week before", "%"), .streak: ("Streak that goes on", "days"),
                    .exchanges: ("Exchanges against the week before", "%"),
                    .anomalies: ("Unusual days on the bad side", ""),
                ]
                let (name, unit) = names[part.kind] ?? (part.kind.rawValue, "")
                return [
                    TableCell(name),
                    context.cell(part.figure) {
                        TableCell(
                            "\(NumberText.fixed($0, decimals: 1))\(unit.isEmpty ? "" : "\u{202F}" + unit)", sortKey: $0)
                    },
                    TableCell(
                        NumberWords.signed(NumberText.fixed(part.points, decimals: 1), part.points),
                        sortKey: part.points),
                ]
            })
    }
}

extension AchievementDefinition {
    /// Before all days, for what is not met.
    fileprivate var sortDay: Day { Day(number: .min) }
}
