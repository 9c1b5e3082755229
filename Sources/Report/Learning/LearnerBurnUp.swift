import Analysis
import Charts
import Model
import Words

/// A goal day by day: what there is, what the deadline asks for, and where the present pace leads.
struct LearnerBurnUp {
    let state: GoalState
    let asOf: Day
    let figures: LearningFigures

    private var goal: LearningGoal { state.goal }

    /// Not after the deadline or the expected finish, and at most sixty days ahead.
    private var last: Day {
        let aim = goal.deadline ?? (state.status == .active ? state.finish.value?.day : nil) ?? asOf
        return max(asOf, min(aim, asOf.advanced(by: 60)))
    }

    private var shown: ArraySlice<GoalState.Point> { state.history.suffix(200) }

    /// The first day that is drawn: that of the goal, unless it lies far behind what is shown.
    private var first: Day {
        let known = shown.first?.day ?? asOf
        return state.history.count > shown.count ? known : min(known, goal.start)
    }

    var block: FigureBlock {
        let unit = say(word: goal.kind.unit)
        let title = LearningWording.kind(goal.kind)
        let figure = Figure(
            title: say("“\(goal.title)” day by day"),
            description:
                say(
                    "\(state.value.map { LearningWording.value($0, goal) } ?? say("nothing")) of \(LearningWording.target(goal)), \(LearningWording.status(state.status).word)."
                ),
            x: Axis(title: say("Day"), scale: DateTicks.scale(from: first, to: last)),
            // What counts things is named after them: no unit beside the same word.
            y: Axis(
                title: title, unit: unit.lowercased() == title.lowercased() ? "" : unit,
                scale: .linear(domain: nil, includesZero: true),
                isCount: ![.quality, .minutes, .custom].contains(goal.kind)),
            marks: marks)
        return FigureBlock(
            figure: figure,
            caption: figures.caption(
                ([say("Value at the end of each active day")] + explanations).joined(separator: "; "),
                period: Period(start: goal.start, end: max(asOf, goal.start).advanced(by: 1))),
            data: data(unit)
        ).openingOnNewest
    }

    private var marks: [Mark] {
        var marks: [Mark] = [
            .line(shown.map { .init(x: Double($0.day.number), y: $0.value) }, tone: .series(1)),
            .rule(at: goal.target, vertical: false, tone: .accent, label: say("target")),
        ]
        if goal.start >= first, goal.start < last {
            marks.append(.rule(at: Double(goal.start.number), vertical: true, tone: .muted, label: say("start")))
        }
        if let deadline = goal.deadline, deadline <= last {
            marks.append(.rule(at: Double(deadline.number), vertical: true, tone: .muted, label: say("deadline")))
        }
        if let needed = state.neededPerDay { marks.append(ahead(needed, tone: .series(3), label: say("needed"))) }
        if let pace { marks.append(ahead(pace.perDay, tone: .series(2), label: say("at this pace"))) }
        return marks
    }

    /// The expected finish of a goal that is pursued and not reached.
    private var pace: GoalFinish? { state.status == .active ? state.finish.value : nil }

    /// A line from what there is towards the target at so much a day, as far as the chart goes.
    private func ahead(_ perDay: Double, tone: Tone, label: String) -> Mark {
        let value = state.value ?? 0
        let days = min(Double(asOf.distance(to: last)), perDay > 0 ? (goal.target - value) / perDay : 0)
        return .line(
            [
                .init(x: Double(asOf.number), y: value),
                .init(x: Double(asOf.number) + max(0, days), y: value + perDay * max(0, days)),
            ], tone: tone, dashed: true, label: label)
    }

    /// What the dashed lines are.
    private var explanations: [String] {
        var words: [String] = []
        if let needed = state.neededPerDay {
            words.append(
                say("needed: \(perDay(needed)) a day from \(Wording.day(asOf)) to the deadline"))
        }
        if let pace {
            let until = pace.latest.map { say("to \(Wording.day($0))") } ?? say("or later")
            let of =
                pace.days > 0
                ? say("the mean of the last \(NumberWords.count(pace.days, "day", "days"))")
                : say("one a day, as fast as a streak grows")
            words.append(
                say(
                    "at this pace: \(perDay(pace.perDay)) a day, \(of), reached on \(Wording.day(pace.day)) (\(Wording.day(pace.earliest)) \(until))"
                ))
        } else if state.status == .active, let absence = state.finish.absence {
            words.append(say("no pace: \(Wording.absence(absence))"))
        }
        return words
    }

    private func perDay(_ value: Double) -> String { NumberWords.exactly((value * 100).rounded() / 100) }

    private func data(_ unit: String) -> TableBlock {
        TableBlock(
            caption: say("The last active days"),
            columns: [.init(say("Day")), .init(say("Value"), unit: unit, isNumeric: true)],
            rows: shown.suffix(20).map {
                [
                    LearningFigures.date($0.day, ""),
                    TableCell(
                        NumberText.fixed($0.value, decimals: goal.kind == .quality ? 1 : 0), sortKey: $0.value),
                ]
            })
    }
}
