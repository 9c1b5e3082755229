import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The pages of learners, the index first; none without any.
    func learnersPages() -> [Page] {
        guard let learning = analyses.learning else { return [] }
        let pages = LearnersPages(context: self, learning: learning)
        return [pages.index] + pages.lists + [pages.topicIndex] + pages.topicPages
            + [pages.achievementPage, pages.goalPage].compactMap { $0 }
    }

    /// The pages of each learner who has some.
    func learnerPages() -> [PlannedPage] {
        guard let learning = analyses.learning else { return [] }
        let pages = LearnersPages(context: self, learning: learning)
        return learning.shown.flatMap { pages.pages(of: $0) }
    }
}

extension ReportContext {
    /// The line of the overview; nil without learners.
    func learningSection() -> PageSection? {
        guard let learning = analyses.learning else { return nil }
        let pages = LearnersPages(context: self, learning: learning)
        return PageSection(
            id: "learners", title: say("Learners"), depth: .executive,
            blocks: [
                .prose(
                    Prose(
                        pages.lead.pieces + [
                            .text(" "), .link(Link(path: "learners/index.html", text: say("Learners"))), .text("."),
                        ]))
            ])
    }
}

/// Pages of all learners and of each.
struct LearnersPages {
    let context: ReportContext
    let learning: LearnersResult
    /// Those who have pages.
    let names: Set<String>

    init(context: ReportContext, learning: LearnersResult) {
        self.context = context
        self.learning = learning
        names = Set(learning.withPages)
    }

    var settings: AnalysisSettings { context.analyses.settings }
    /// Pictures of all learners, of everything so far.
    var figures: LearningFigures {
        LearningFigures(days: whole(learning.days.first?.day, learning.asOf))
    }

    /// All days from the first with a session to the one that is described.
    private func whole(_ first: Day?, _ last: Day) -> Period {
        Period(days: max(0, (first ?? last).distance(to: last)) + 1, through: last)
    }

    /// Pictures of one learner, of everything so far, in the learner's zone.
    func figures(of state: LearnerState) -> LearningFigures {
        LearningFigures(
            zone: state.zone, days: whole(state.days.first?.day, state.asOf))
    }
    var up: [Link] { [context.home, Link(path: "learners/index.html", text: say("Learners"))] }
    var alternates: [Link] {
        [
            learning.shown.isEmpty ? nil : Link(path: "exports/learners.csv", text: "CSV"),
            Link(path: "exports/learning.json", text: "JSON"), Link(path: "summary.json", text: say("Summary")),
        ].compactMap { $0 }
    }

    /// The page of a learner; nil where there is none.
    func link(to learner: String) -> Link? {
        names.contains(learner) ? Self.link(learner) : nil
    }

    static func link(_ learner: String, page: String = "index") -> Link {
        Link(path: "learners/people/\(FileWords.name(for: learner))/\(page).html", text: learner)
    }

    /// The page of a topic; nil where there is none.
    func link(toTopic topic: String) -> Link? {
        learning.topics.prefix(settings.learning.topTopics).contains { $0.topic == topic }
            ? Link(path: "learners/topics/\(FileWords.name(for: topic)).html", text: topic) : nil
    }

    // MARK: All learners

    /// The answer in one sentence or two.
    var lead: Prose {
        let risk = learning.atRisk ?? 0
        let many = NumberWords.count(learning.learners.count, "learner", "learners")
        let who =
            learning.active.map { say("\(many), \(NumberWords.count($0)) of them active in the last seven days") }
            ?? many
        return Prose(
            say(
                "\(who); \(NumberWords.count(learning.totals.sessions, "session", "sessions")) and \(LearningWording.hours(learning.totals.hours)) in all\(learning.totals.meanQuality.map { say(", mean quality \(LearningWording.quality($0))") } ?? "")."
            )
                + (risk > 0 ? say(" \(NumberWords.count(risk, "streak is", "streaks are")) at risk.") : ""))
    }

    var index: Page {
        return Page(
            path: "learners/index.html", kind: "analysis", title: say("Learners"), lead: lead, crumbs: [context.home],
            sections: [
                PageSection(
                    id: "figures", title: say("Key figures"), depth: .executive, blocks: [.keyFigures(keyFigures)]),
                heldSection,
                PageSection(id: "learners", title: say("Learners"), depth: .executive, blocks: learnerBlocks),
                PageSection(id: "days", title: say("Day by day"), blocks: dayBlocks),
                PageSection(id: "trends", title: say("Trends"), blocks: [.table(trendTable(learning.trends))]),
                PageSection(
                    id: "rhythm", title: say("When people learn"),
                    blocks: rhythmBlocks(learning.hours, learning.days, figures)),
                PageSection(id: "topics", title: say("Topics"), blocks: topicBlocks),
                partSection(learning.totals, figures),
                PageSection(id: "streaks", title: say("Streaks"), blocks: streakBlocks),
                PageSection(id: "method", title: say("Rules and formulas"), depth: .technical, blocks: methodBlocks),
            ].compactMap { $0 }, alternates: alternates)
    }

    private var keyFigures: [KeyFigure] {
        let week = learning.days.suffix(7).reduce(into: LearningTotals()) { $0.merge($1.totals) }
        let before = learning.days.dropLast(7).suffix(7).reduce(into: LearningTotals()) { $0.merge($1.totals) }
        let untold = learning.heldTo.map { say("of fewer than \($0) learners") } ?? ""
        let isTold = !learning.days.suffix(7).contains(where: \.isHeld)
        let (active, mastered) = (learning.active, learning.mastered)
        return [
            KeyFigure(
                label: say("Learners active"), value: active.map { NumberWords.count($0) },
                note: active == nil
                    ? untold : say("of \(NumberWords.count(learning.learners.count)), in the last seven days")),
            KeyFigure(
                label: say("Sessions"), value: isTold ? NumberWords.count(week.sessions) : nil,
                note: isTold ? say("in seven days; \(NumberWords.count(before.sessions)) in the seven before") : untold,
                change: isTold ? Self.change(week.sessions - before.sessions) : nil),
            KeyFigure(
                label: say("Quality"), value: week.meanQuality.map(LearningWording.quality),
                note: week.meanQuality == nil
                    ? say("no quality in seven days")
                    : say("mean over \(NumberWords.count(week.quality.n, "session", "sessions")) in seven days")),
            KeyFigure(
                label: say("Hours"), value: isTold ? LearningWording.hours(week.hours) : nil,
                note: isTold
                    ? say("in seven days; \(LearningWording.hours(before.hours)) in the seven before") : untold),
            KeyFigure(
                label: say("Topics mastered"), value: mastered.map { NumberWords.count($0) },
                note: mastered == nil ? untold : say("by all learners, as of \(Wording.day(learning.asOf))"),
                link: Link(path: "learners/topics/index.html", text: say("Topics"))),
        ]
    }

    static func change(_ count: Int) -> String {
        count == 0 ? say("no change") : NumberWords.signed(NumberText.fixed(Double(count), decimals: 0), Double(count))
    }

    private static let perList = 100

    private var learnerBlocks: [Block] {
        guard !learning.shown.isEmpty else {
            return [.notice(tell("Learners have no pages of their own in this report (--learners none)."))]
        }
        let lines = learning.learners.filter { names.contains($0.learner) }
        var blocks: [Block] = [
            .table(
                table(
                    Array(lines.prefix(50)),
                    caption:
                        say(
                            "Those with most minutes in the last \(NumberWords.count(settings.lookBackDays)) days, \(NumberWords.count(min(50, lines.count))) of \(NumberWords.count(learning.learners.count))"
                        )
                ))
        ]
        if lines.count > 50 {
            blocks.append(
                .prose(
                    Prose([
                        .link(
                            Link(
                                path: "learners/list-1.html",
                                text: say("All \(NumberWords.count(lines.count)) with pages"))
                        ), .text("."),
                    ])))
        }
        return blocks
    }

    /// Everybody with a page, where these are more than the index holds.
    var lists: [Page] {
        let lines = learning.learners.filter { names.contains($0.learner) }
        guard lines.count > 50 else { return [] }
        let count = (lines.count + Self.perList - 1) / Self.perList
        let link = { (number: Int) in Link(path: "learners/list-\(number).html", text: say("Learners, part \(number)"))
        }
        return (1...count).map { number in
            let part = Array(lines[(number - 1) * Self.perList..<min(lines.count, number * Self.perList)])
            return Page(
                path: "learners/list-\(number).html", kind: "analysis",
                title: say("Learners, part \(number) of \(count)"),
                lead: tell("Learners by minutes in the last \(NumberWords.count(settings.lookBackDays)) days."),
                crumbs: up,
                previous: number > 1 ? link(number - 1) : nil, next: number < count ? link(number + 1) : nil,
                sections: [
                    PageSection(
                        id: "learners", title: say("Learners"), depth: .executive,
                        blocks: [.table(table(part, caption: say("Part \(number) of \(count)")))])
                ], alternates: alternates)
        }
    }

    private func table(_ lines: [LearnerLine], caption: String) -> TableBlock {
        TableBlock(
            caption: caption,
            columns: [
                .init(say("Learner")),
                .init(say("Minutes, last \(NumberWords.count(settings.lookBackDays)) days"), isNumeric: true),
                .init(say("Sessions"), isNumeric: true), .init(say("Hours"), isNumeric: true),
                .init(say("Quality"), isNumeric: true), .init(say("Streak"), unit: say("days"), isNumeric: true),
                .init(say("Longest"), unit: say("days"), isNumeric: true), .init(say("Topics"), isNumeric: true),
                .init(say("Mastered"), isNumeric: true), .init(say("Points"), isNumeric: true),
                .init(say("Last session")),
            ],
            rows: lines.map { line in
                [
                    TableCell(line.learner, link: link(to: line.learner)),
                    LearningFigures.number(line.recentMinutes, decimals: 0, reason: ""),
                    LearningFigures.count(line.sessions),
                    TableCell(NumberText.fixed(line.hours, decimals: 1), sortKey: line.hours),
                    LearningFigures.quality(line.quality),
                    TableCell(
                        NumberWords.count(line.streak) + (line.isAtRisk ? say(", at risk") : ""),
                        sortKey: Double(line.streak),
                        tone: line.isAtRisk ? .bad : .muted),
                    LearningFigures.count(line.longestStreak), LearningFigures.count(line.topics),
                    LearningFigures.count(line.mastered), LearningFigures.count(line.points),
                    LearningFigures.date(line.lastDay, ""),
                ]
            }, export: Link(path: "exports/learners.csv", text: "CSV"))
    }

    private var dayBlocks: [Block] {
        let days = learning.days.suffix(settings.lookBackDays)
        let rules = days.first.map { context.interventionRules(touching: [.service], from: $0.day) } ?? []
        return [
            figures.daily(
                say("Learners active per day"),
                days.map { ($0.day, $0.isHeld ? nil : Double($0.totals.activeDays), nil) },
                axis: say("Learners"),
                words: say("Learners with a session on the day"), rules: rules, reasons: reasons, isCount: true
            ) { NumberText.fixed($0, decimals: 0) },
            figures.daily(
                say("Quality per day"), days.map { ($0.day, $0.totals.meanQuality, $0.totals.quality.n) },
                axis: say("Mean quality"),
                words: say("Mean over the sessions of the day; the seven-day mean is over sessions, too"),
                rules: rules, reasons: reasons
            ) { LearningWording.quality($0) },
        ].compactMap { $0.map { .figure($0) } }
    }

    // MARK: Shared

    /// Sessions by hour and weekday.
    func rhythmBlocks(_ hours: [Int?], _ days: [LearnersDay], _ figures: LearningFigures) -> [Block] {
        var weekdays = [Int](repeating: 0, count: 7)
        for day in days { weekdays[day.day.weekday] += day.totals.sessions }
        return [
            figures.bars(
                say("Sessions by hour"),
                hours.enumerated().compactMap { hour, count in
                    count.map { ("\(hour < 10 ? "0" : "")\(hour):00", Double($0), nil, nil) }
                }, of: say("Hour"), ticks: hours.indices.filter { hours[$0] != nil }.map { "\($0)" },
                axis: say("Sessions"),
                caption: say("Local hour of the start; n = \(NumberWords.count(hours.reduce(0) { $0 + ($1 ?? 0) }))"),
                isCount: true
            ) { NumberText.fixed($0, decimals: 0) },
            figures.bars(
                say("Sessions by weekday"),
                weekdays.enumerated().map {
                    (Wording.shortWeekdays[$0.offset], Double($0.element), nil, nil)
                }, of: say("Weekday"), axis: say("Sessions"),
                caption: "n = \(NumberWords.count(weekdays.reduce(0, +)))",
                isCount: true
            ) { NumberText.fixed($0, decimals: 0) },
        ].compactMap { $0.map { .figure($0) } }
    }

    private var methodBlocks: [Block] {
        let rules = settings.learning
        let zones = learning.zones.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
        return [
            .definitions(
                [
                    Definition(
                        say("Day"),
                        text: tell(
                            "A session belongs to the local day on which it starts where the learner is. Zones: \(zones.map { "\($0.key) (\(NumberWords.count($0.value)))" }.joined(separator: ", "))."
                        )),
                    Definition(
                        say("Streak"),
                        text: tell(
                            "An active day continues a streak where it is the calendar day after the last active one, or where its first session starts at most \(NumberWords.exactly(rules.graceHours)) hours after the last one ended. The length counts active days. It goes on at the end of the day of the report unless both have passed; sessions are taken by their start, whatever the order in which they were delivered."
                        )),
                    Definition(
                        say("Mastery"),
                        text: tell(
                            "Score = \(NumberWords.exactly(rules.successShare)) × success rate + \(NumberWords.exactly(1 - rules.successShare)) × smoothed quality (α = \(NumberWords.exactly(rules.qualitySmoothing)), weights divided by their sum), both drawn towards \(NumberWords.exactly(rules.priorMean)) by a prior of \(NumberWords.exactly(rules.priorSessions)) sessions. A session counts (1 − \(NumberWords.exactly(rules.decayPerDay)))^age. A success is a quality of \(NumberWords.exactly(rules.successQuality)) or more unless the export says. Levels: \(rules.levels.map { say("\(say(word: $0.name)) from \(NumberWords.exactly($0.score)) and \(NumberWords.count($0.sessions)) sessions") }.joined(separator: "; ")); else \(say(word: MasteryLevel.lowest.name)). Intervals are Wilson’s for the success rate on the aged number of sessions."
                        )),
                    Definition(
                        say("Means"),
                        text: tell(
                            "Every session counts once in a mean quality, however many a day has; days without a session are gaps in quality and 0 in minutes, sessions and exchanges. Minutes and exchanges of a session with several topics are shared equally among them."
                        )),
                    Definition(
                        say("Goals"),
                        text: tell(
                            "Reached is the first day on which the target was met, and stays; missed is a deadline that passed before. The expected day is the rest divided by the mean per day of the last 28 days, its interval that of the mean."
                        )),
                    context.input.privacy?.retentionDays.map { kept in
                        Definition(
                            say("Retention"),
                            text: tell(
                                "Sessions are kept for \(NumberWords.count(kept, "day", "days")): totals, streaks, first days, mastery, achievements and their dates are of these alone, and move on as sessions go."
                            ))
                    },
                    Definition(
                        say("Health"),
                        text: tell(
                            "50 + half a point per per cent of quality against the week before (±15) + 2 a streak day (to 20) + 0.3 per per cent of exchanges (to 15) − 5 for each unusual day on the bad side."
                        )),
                ].compactMap { $0 })
        ]
    }
}
