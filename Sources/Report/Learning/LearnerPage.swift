import Analysis
import Charts
import Model
import Words

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
            ("progress", say("Progress and trends")), ("week", say("Weeks")), ("month", say("Months")),
            ("quarter", say("Quarters")),
            ("year", say("Years")),
        ]
        return .links(
            names.map { page, title in
                var link = Self.link(report.state.learner, page: page)
                link.text = title
                return Definition(
                    title, link: link,
                    text: Prose(
                        page == "progress"
                            ? say("day by day, topics and forecast") : say("totals, topics, goals and achievements")))
            })
    }

    private func overview(_ report: LearnerReport) -> Page {
        let state = report.state
        var words =
            say(
                "\(NumberWords.count(state.totals.sessions, "session", "sessions")) and \(LearningWording.hours(state.totals.hours)) since \(Wording.day(state.days.first?.day ?? state.asOf))"
            )
        if let current = state.streaks.current {
            words +=
                say(
                    "; a streak of \(LearningWording.days(current.length)) goes on\(state.streaks.isAtRisk ? say(" and is at risk") : "")"
                )
        } else if let idle = state.idleDays {
            words += say("; no streak, the last session was \(LearningWording.days(idle)) ago")
        }
        if let idle = state.idleDays, idle >= LearnerLog.restingDays {
            words += say("; as of \(Wording.day(state.asOf))")
        }
        return Page(
            path: Self.link(state.learner).path, kind: "analysis", title: say("Learner \(state.learner)"),
            lead: Prose(words + "."), crumbs: up,
            sections: [
                PageSection(
                    id: "figures", title: say("Key figures"), depth: .executive, blocks: [.keyFigures(cards(report))]),
                PageSection(
                    id: "insights", title: say("What stands out"), depth: .executive, blocks: insightBlocks(report)),
                PageSection(id: "advice", title: say("What to do"), depth: .executive, blocks: adviceBlocks(report)),
                PageSection(id: "streaks", title: say("Streaks"), blocks: streakBlocks(state)),
                PageSection(id: "calendar", title: say("Activity"), blocks: calendarBlocks(state)),
                PageSection(id: "goals", title: say("Goals"), blocks: goalBlocks(report)),
                PageSection(id: "achievements", title: say("Achievements"), blocks: achievementBlocks(report)),
                PageSection(
                    id: "health", title: say("Learning health"), depth: .technical,
                    blocks: [.table(healthTable(report.health))]),
                PageSection(id: "more", title: say("More"), blocks: [others(report)]),
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
                label: say("Sessions"), value: NumberWords.count(now.sessions),
                note:
                    say(
                        "in seven days; \(NumberWords.count(then.sessions)) in the seven before, \(NumberWords.count(state.totals.sessions)) in all"
                    ),
                change: Self.change(now.sessions - then.sessions)),
            KeyFigure(
                label: say("Quality"), value: now.meanQuality.map(LearningWording.quality),
                note: qualityNote(now, then, quality?.value),
                change: quality?.value.map {
                    LearningWording.words(.quality)?.difference($0.difference, beside: $0.interval) ?? ""
                },
                tone: stands ? ((quality?.value?.difference ?? 0) > 0 ? .good : .bad) : .muted),
            KeyFigure(
                label: say("Time"), value: LearningWording.minutes(now.minutes),
                note: say("in seven days; \(LearningWording.minutes(then.minutes)) in the seven before")),
            KeyFigure(
                label: say("Topics"), value: NumberWords.count(state.topics.count),
                note: say("\(NumberWords.count(state.mastered)) of them mastered")),
            KeyFigure(
                label: say("Streak"), value: LearningWording.days(state.streaks.currentLength),
                note: say("longest \(LearningWording.days(state.streaks.longest?.length ?? 0))"),
                tone: state.streaks.isAtRisk ? .bad : .muted),
            KeyFigure(
                label: say("Points"), value: NumberWords.count(state.points),
                note:
                    say(
                        "\(NumberWords.count(state.achievements.count { $0.met != nil })) of \(NumberWords.count(state.achievements.count)) achievements"
                    )
            ),
            KeyFigure(
                label: say("Pace"),
                value: state.totals.velocity.map { say("\(NumberText.fixed($0, decimals: 1)) an hour") },
                note: state.totals.velocity == nil
                    ? say("no session tells both exchanges and minutes")
                    : say("exchanges an hour, over sessions that tell both")),
            KeyFigure(
                label: say("Learning health"),
                value: NumberText.fixed(report.health.score, decimals: 0) + say(" of 100"),
                note: say("parts below")),
        ]
    }

    /// What the quality of the week is the mean of, and what it was in the week before.
    private func qualityNote(_ now: LearningTotals, _ then: LearningTotals, _ change: ChangeFigures?) -> String {
        guard now.quality.n > 0 else { return say("no quality in seven days") }
        let own = say("mean of \(NumberWords.count(now.quality.n, "session", "sessions")) in seven days")
        guard let before = then.meanQuality else { return own + say("; none in the seven before") }
        let against = change.map {
            say(", difference \(LearningWording.words(.quality)?.differenceInterval($0.interval) ?? "")")
        }
        return own + say("; \(LearningWording.quality(before)) in the seven before") + (against ?? "")
    }

    private func insightBlocks(_ report: LearnerReport) -> [Block] {
        let shown = report.insights.prefix(settings.learning.insights)
        guard !shown.isEmpty else { return [.prose(tell("Nothing stands out beyond chance."))] }
        return [
            .findings(
                shown.enumerated().map { place, insight in
                    FindingItem(
                        id: "i\(place + 1)", claim: Prose(LearningWording.sentence(insight)),
                        evidence: LearningWording.evidence(insight), tone: LearningWording.tone(insight),
                        mark: say(word: insight.category.rawValue).capitalizedFirst)
                })
        ]
            + (report.insights.count > shown.count
                ? [
                    .prose(
                        tell(
                            "\(NumberWords.count(shown.count)) of \(NumberWords.count(report.insights.count)), the most important first."
                        ))
                ] : [])
    }

    private func adviceBlocks(_ report: LearnerReport) -> [Block] {
        guard !report.recommendations.isEmpty else { return [.prose(tell("The figures ask for nothing."))] }
        return [
            .table(
                TableBlock(
                    caption: say("By priority: impact against difficulty"),
                    columns: [
                        .init(say("Priority")), .init(say("What to do")), .init(say("Figures")),
                        .init(say("Impact"), isNumeric: true),
                        .init(say("Difficulty"), isNumeric: true), .init(say("Days to show"), isNumeric: true),
                    ],
                    rows: report.recommendations.prefix(10).map { item in
                        let words = LearningWording.advice(item)
                        return [
                            TableCell(say(word: item.priority.rawValue), tone: LearningWording.tone(item.priority)),
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
            say(
                "\(LearningWording.days(state.totals.activeDays)) with a session; \(NumberWords.count(streaks.broken, "streak has", "streaks have")) ended"
            )
        if streaks.broken > 0, streaks.history.count > 1, let mean = streaks.meanLength {
            text += say(
                "; mean length of all \(NumberWords.count(streaks.history.count)): \(NumberText.fixed(mean, decimals: 1)) days"
            )
        }
        if let near = streaks.near, let current = streaks.current {
            text += say("; \(LearningWording.days(near - current.length)) to go to \(NumberWords.count(near))")
        }
        let milestones = streaks.milestones.map { say("\(NumberWords.count($0.length)) on \(Wording.day($0.day))") }
        return [
            .prose(Prose(text + ".")),
            .prose(
                Prose(
                    milestones.isEmpty
                        ? say("No milestone reached so far.")
                        : say("Lengths reached for the first time: \(milestones.joined(separator: ", "))."))),
            .table(
                TableBlock(
                    caption: say("Streaks, the newest first")
                        + (shown.count < streaks.history.count
                            ? say(", \(NumberWords.count(shown.count)) of \(NumberWords.count(streaks.history.count))")
                            : ""),
                    columns: [
                        .init(say("From")), .init(say("To")), .init(say("Days"), isNumeric: true), .init(say("State")),
                    ],
                    rows: shown.map { streak in
                        [
                            LearningFigures.date(streak.start, ""), LearningFigures.date(streak.end, ""),
                            LearningFigures.count(streak.length),
                            streak == streaks.current
                                ? TableCell(
                                    streaks.isAtRisk ? say("goes on, at risk") : say("goes on"),
                                    tone: streaks.isAtRisk ? .bad : .good)
                                : TableCell(say("ended")),
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
            figures.calendar(
                counts(365), title: say("Sessions by day, one year"), caption: say("Days in \(state.zone)")),
            figures.calendar(
                counts(84), title: say("Sessions by day, twelve weeks"), caption: say("Days in \(state.zone)")),
        ].flatMap { $0.map { .figure($0) } }
    }

    // MARK: Goals and achievements

    private func goalBlocks(_ report: LearnerReport) -> [Block] {
        let goals = report.state.goals
        var blocks: [Block] = []
        if goals.isEmpty {
            blocks.append(.notice(tell("No goal is set.")))
        } else {
            blocks.append(
                .table(
                    TableBlock(
                        caption: say("Goals, judged from sessions as of \(Wording.day(report.state.asOf))")
                            + (goals.count > 15 ? say(", 15 of \(NumberWords.count(goals.count))") : ""),
                        columns: Self.goalColumns,
                        rows: goals.prefix(15).map(goalCells),
                        export: Link(path: "exports/learning-goals.csv", text: "CSV"))))
        }
        let near = goals.filter { $0.status == .active && $0.history.count > 1 }.max { $0.progress < $1.progress }
        let drawn = near ?? goals.last { $0.history.count > 1 }
        if let drawn {
            blocks.append(
                .figure(
                    LearnerBurnUp(state: drawn, asOf: report.state.asOf, figures: figures(of: report.state)).block))
        }
        let points = goals.flatMap { goal in
            goal.milestones.map {
                "\(goal.goal.title): \(NumberWords.percent($0.share, decimals: 0)) \($0.reached.map { say("on \(Wording.day($0))") } ?? say("open"))"
            }
        }
        if !points.isEmpty {
            blocks.append(.prose(tell("Check-points: \(points.joined(separator: "; ")).")))
        }
        if !report.suggestions.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: say("Goals to consider; none of a kind that is already pursued"),
                        columns: [
                            .init(say("Kind")), .init(say("Target"), isNumeric: true),
                            .init(say("Within"), unit: say("days"), isNumeric: true),
                            .init(say("Why")),
                            .init(say("Difficulty"), isNumeric: true),
                        ],
                        rows: report.suggestions.map { item in
                            [
                                TableCell(LearningWording.kind(item.kind)),
                                TableCell(
                                    "\(NumberWords.exactly(item.target))\u{202F}\(say(word: item.kind.unit))",
                                    sortKey: item.target
                                ),
                                LearningFigures.count(item.days), TableCell(LearningWording.reason(item)),
                                LearningFigures.count(item.difficulty),
                            ]
                        })))
        }
        return blocks
    }
}
