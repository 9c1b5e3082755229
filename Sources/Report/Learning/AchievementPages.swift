import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    /// Achievements over all learners; nil without definitions.
    var achievementPage: Page? {
        guard !learning.achievements.isEmpty else { return nil }
        // A hidden one is named once somebody has met it.
        let shown = learning.achievements.filter { $0.learners ?? 0 > 0 || !$0.definition.isHidden }
        let hidden = learning.achievements.count - shown.count
        let rows = shown.map { item -> [TableCell] in
            [
                TableCell(say(word: item.definition.title)),
                TableCell(LearningWording.requirement(item.definition.requirement)),
                TableCell(say(word: item.definition.category)), TableCell(say(word: item.definition.rarity.rawValue)),
                LearningFigures.count(item.definition.points), toldCell(item.learners),
                item.learners.map {
                    TableCell(
                        NumberWords.percent(Double($0) / Double(max(1, learning.learners.count))),
                        sortKey: Double($0))
                } ?? toldCell(nil),
                LearningFigures.date(
                    item.first,
                    learning.heldTo == nil || item.learners == 0 ? say("not met so far") : say("the day of one learner")
                ),
            ]
        }
        return Page(
            path: "learners/achievements.html", kind: "analysis", title: say("Achievements"),
            lead: achievementLead(hidden: hidden),
            crumbs: up,
            sections: [
                heldSection,
                PageSection(
                    id: "achievements", title: say("Achievements"), depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption: say("Each with the learners who have met it and the day of the first"),
                                columns: [
                                    .init(say("Achievement")), .init(say("Requires")), .init(say("Category")),
                                    .init(say("Rarity")),
                                    .init(say("Points"), isNumeric: true), .init(say("Learners"), isNumeric: true),
                                    .init(say("Share"), isNumeric: true), .init(say("First met")),
                                ], rows: rows, export: achievementExport))
                    ]),
                PageSection(
                    id: "categories", title: say("By category and rarity"),
                    blocks: [
                        .table(accounts(say("Category")) { say(word: $0.category) }),
                        .table(accounts(say("Rarity")) { say(word: $0.rarity.rawValue) }),
                    ]),
            ].compactMap { $0 },
            alternates: [achievementExport, Link(path: "summary.json", text: "JSON")].compactMap { $0 })
    }

    private func sumCell(_ sum: Int?) -> TableCell {
        sum.map { LearningFigures.count($0) } ?? TableCell(nil, reason: say("a part of it is left out"))
    }

    /// How often achievements were met, where all of that is told: a sum of what is told is not that of all.
    private func achievementLead(hidden: Int) -> Prose {
        let own = hidden > 0 ? say(", \(NumberWords.count(hidden)) of them hidden until somebody meets them") : ""
        guard let met = learning.achievements.met, let points = learning.achievements.points else {
            return tell(
                "\(NumberWords.count(learning.achievements.count)) are defined\(own); how often they were met is told of \(NumberWords.count(learning.achievements.count { $0.learners != nil }))."
            )
        }
        return tell(
            "\(NumberWords.count(met)) met by \(NumberWords.count(learning.learners.count, "learner", "learners")), \(NumberWords.count(points, "point", "points")) in all; \(NumberWords.count(learning.achievements.count)) are defined\(own)."
        )
    }

    /// The table of achievements of learners with pages; nil where it has no row.
    private var achievementExport: Link? {
        learning.shown.contains { $0.state.achievements.contains(where: \.isShown) }
            ? Link(path: "exports/learning-achievements.csv", text: "CSV") : nil
    }

    /// The table of goals of learners with pages; nil where it has no row.
    private var goalExport: Link? {
        learning.shown.contains { !$0.state.goals.isEmpty }
            ? Link(path: "exports/learning-goals.csv", text: "CSV") : nil
    }

    private func accounts(_ title: String, _ key: (AchievementDefinition) -> String) -> TableBlock {
        var names: [String] = []
        for item in learning.achievements where !names.contains(key(item.definition)) {
            names.append(key(item.definition))
        }
        return TableBlock(
            caption: say("\(title): how often met, and points"),
            columns: [
                .init(title), .init(say("Defined"), isNumeric: true), .init(say("Met"), isNumeric: true),
                .init(say("Points"), isNumeric: true),
            ],
            rows: names.map { name in
                let own = learning.achievements.filter { key($0.definition) == name }
                return [
                    TableCell(name), LearningFigures.count(own.count),
                    sumCell(own.met), sumCell(own.points),
                ]
            })
    }

    /// Goals over all learners; nil without any.
    var goalPage: Page? {
        guard !learning.goals.isEmpty else { return nil }
        let kinds = LearningGoal.Kind.allCases.filter { learning.goals[$0] != nil }
        let all = learning.goals.values.reduce(0) { $0 + $1.values.reduce(0, +) }
        let reached = learning.goals.values.reduce(0) { $0 + ($1[.completed] ?? 0) }
        let goals = learning.shown.flatMap { report in report.state.goals.map { (report.state.learner, $0) } }
        let shown = goals.filter { $0.1.status == .active }.prefix(80)
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: say("Goals by what they count and where they stand"),
                    columns: [.init(say("Kind"))]
                        + GoalState.Status.allCases.map { .init(LearningWording.status($0).word, isNumeric: true) },
                    rows: kinds.map { kind in
                        [TableCell(LearningWording.kind(kind))]
                            + GoalState.Status.allCases.map { LearningFigures.count(learning.goals[kind]?[$0] ?? 0) }
                    }, export: goalExport))
        ]
        if !shown.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Goals that are pursued by learners with a page, \(NumberWords.count(shown.count)) of \(NumberWords.count(goals.count { $0.1.status == .active }))"
                            ),
                        columns: [.init(say("Learner"))] + Self.goalColumns,
                        rows: shown.map { learner, goal in
                            [TableCell(learner, link: link(to: learner))] + goalCells(goal)
                        })))
        }
        return Page(
            path: "learners/goals.html", kind: "analysis", title: say("Goals"),
            lead: learning.heldGoalKinds > 0
                ? tell(
                    "\(NumberWords.count(reached)) of \(NumberWords.count(all, "goal", "goals")) of the kinds that are told reached, as of \(Wording.day(learning.asOf)); kinds that are left out: \(NumberWords.count(learning.heldGoalKinds))."
                )
                : tell(
                    "\(NumberWords.count(reached)) of \(NumberWords.count(all, "goal", "goals")) reached, as of \(Wording.day(learning.asOf))."
                ),
            crumbs: up,
            sections: [
                heldSection, PageSection(id: "goals", title: say("Goals"), depth: .executive, blocks: blocks),
            ].compactMap { $0 },
            alternates: [goalExport, Link(path: "summary.json", text: "JSON")].compactMap { $0 })
    }

    static var goalColumns: [TableBlock.Column] {
        [
            .init(say("Goal")), .init(say("State")), .init(say("So far"), isNumeric: true),
            .init(say("Target"), isNumeric: true),
            .init(say("Progress"), isNumeric: true), .init(say("Deadline")),
            .init(say("Needed a day"), isNumeric: true),
            .init(say("Reached or expected")),
        ]
    }

    /// Why there is no amount that is needed a day.
    private func unneeded(_ state: GoalState) -> String {
        switch state.goal.kind {
        case _ where state.status != .active: LearningWording.status(state.status).word
        case .quality: say("a mean is not made up day by day")
        case .custom: say("its value is supplied")
        case .streak: say("a streak grows by one a day")
        default: state.goal.deadline == nil ? say("no deadline") : say("no days left")
        }
    }

    func goalCells(_ state: GoalState) -> [TableCell] {
        let status = LearningWording.status(state.status)
        let finish: TableCell
        if let day = state.completed {
            finish = TableCell(say("reached on \(day.iso)"), sortKey: Double(day.number), tone: .good)
        } else {
            finish = context.cell(state.finish) { found in
                TableCell(
                    say("\(found.day.iso) (\(found.earliest.iso) to \(found.latest?.iso ?? say("open")))"),
                    sortKey: Double(found.day.number),
                    tone: state.goal.deadline.map { found.day > $0 } ?? false ? .bad : .muted)
            }
        }
        return [
            TableCell(state.goal.title), TableCell(status.word, tone: status.tone),
            state.value.map { TableCell(LearningWording.value($0, state.goal), sortKey: $0) }
                ?? TableCell(nil, reason: say("nothing known")),
            TableCell(LearningWording.target(state.goal), sortKey: state.goal.target),
            TableCell(NumberWords.percent(state.progress, decimals: 0), sortKey: state.progress),
            LearningFigures.date(state.goal.deadline, say("none")),
            LearningFigures.number(state.neededPerDay, decimals: 1, reason: unneeded(state)),
            finish,
        ]
    }
}

extension [AchievementAccount] {
    /// How often they were met together; nil where that is not told of one of them.
    var met: Int? { sum { $1 } }

    /// The points of all learners together; nil where one of them is not told.
    var points: Int? { sum { $0.points * $1 } }

    private func sum(_ value: (AchievementDefinition, Int) -> Int) -> Int? {
        reduce(0) { sum, item in sum.flatMap { sum in item.learners.map { sum + value(item.definition, $0) } } }
    }
}
