import Model
import Statistics

/// A goal of a learner, judged as of a day from sessions alone.
public struct GoalState: Sendable, Hashable {
    /// What is wanted.
    public var goal: LearningGoal
    /// Where it stands.
    public var status: Status
    /// How much there is as of the day, in the goal's unit; nil where nothing is known.
    public var value: Double?
    /// The day on which the target was reached for the first time; it stays even if the value falls again.
    public var completed: Day?
    /// From 0 to 1.
    public var progress: Double
    /// Days from the day of the report to the deadline; negative behind it, nil without one.
    public var daysLeft: Int?
    /// How much is needed on each of the days that are left; nil where there is no deadline or nothing to add up, as of a streak,
    /// which grows by one a day and by no more.
    public var neededPerDay: Double?
    /// When it will be reached if the learner goes on as in the last weeks; fails where that cannot be told.
    public var finish: Answer<GoalFinish>
    /// Check-points on the way.
    public var milestones: [GoalMilestone]
    /// The value at the end of each active day from the first day of the goal on.
    public var history: [Point]

    /// Where a goal stands.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// It is pursued.
        case active
        /// It was reached, at the latest on its deadline.
        case completed
        /// It rests.
        case paused
        /// It was given up.
        case abandoned
        /// Its deadline passed before it was reached.
        case expired
    }

    /// A value on a day.
    public struct Point: Sendable, Hashable {
        /// The day.
        public var day: Day
        /// The value at its end.
        public var value: Double
    }
}

/// A check-point of a goal.
public struct GoalMilestone: Sendable, Hashable {
    /// The share of the target.
    public var share: Double
    /// The value.
    public var value: Double
    /// When it was reached for the first time; nil while it is not.
    public var reached: Day?
}

/// When a goal is expected to be reached.
public struct GoalFinish: Sendable, Hashable {
    /// The mean per day of the last weeks.
    public var perDay: Double
    /// The days that it is the mean of.
    public var days: Int
    /// The expected day.
    public var day: Day
    /// The earliest day of the interval.
    public var earliest: Day
    /// The latest day of the interval; nil where the mean per day may be 0.
    public var latest: Day?
}

extension GoalState {
    /// Days whose mean a finish is expected from, counted back from the day of the report.
    static let paceDays = 28

    /// Judges a goal by the days of a learner.
    public init(
        _ goal: LearningGoal, days: [LearningDay], streaks: StreakAccount, asOf: Day, settings: LearningSettings,
        level: Double
    ) {
        self.goal = goal
        let last = goal.deadline.map { min($0, asOf) } ?? asOf
        let counted = days.filter { $0.day >= goal.start && $0.day <= last }
        let values = GoalState.values(goal, counted, settings)
        history = zip(counted, values).compactMap { day, value in value.map { Point(day: day.day, value: $0) } }
        let isJudged = { (count: Int) in goal.kind != .quality || count >= settings.goalSessions }
        var sessions = 0
        var first: Day?
        for (day, value) in zip(counted, values) {
            sessions += day.totals.quality.n
            if first == nil, isJudged(sessions), let value, value >= goal.target - 1e-9 { first = day.day }
        }
        if goal.kind == .custom {
            value = goal.supplied
        } else if goal.kind == .streak, first == nil {
            let runs = streaks.currentLength
            let atEnd = history.last?.value ?? 0
            // Behind its deadline a goal keeps what stood there: a streak goes on through the day after its last one.
            value =
                last < asOf
                ? counted.last.map { $0.day >= last.advanced(by: -1) ? atEnd : 0 } ?? 0
                : Double(min(runs, GoalState.activeDays(days, from: goal.start, length: runs)))
        } else {
            value = history.last?.value ?? (goal.kind == .quality ? nil : 0)
        }
        completed = first
        let isReached = first != nil || goal.kind == .custom && (value ?? 0) >= goal.target
        let isOver = goal.deadline.map { $0 < asOf } ?? false
        status =
            isReached
            ? .completed
            : goal.declared == .abandoned
                ? .abandoned : goal.declared == .paused ? .paused : isOver ? .expired : .active
        progress = isReached ? 1 : max(0, min(1, (value ?? 0) / goal.target))
        daysLeft = goal.deadline.map { asOf.distance(to: $0) }
        let rest = goal.target - (value ?? 0)
        let addsUp = ![.quality, .custom].contains(goal.kind)
        // Days before the goal begins do not count for it.
        let daysToUse = goal.deadline.map { max(asOf, goal.start.advanced(by: -1)).distance(to: $0) }
        neededPerDay =
            status == .active && addsUp && goal.kind != .streak
            ? daysToUse.flatMap { $0 > 0 ? rest / Double($0) : nil } : nil
        milestones = GoalState.milestones(goal, history)
        finish =
            status == .active && addsUp
            ? GoalFinish.expected(goal, rest: rest, history: history, days: days, asOf: asOf, level: level)
            : .failure(
                .undefined(
                    status == .active
                        ? goal.kind == .quality
                            ? "a mean does not grow by the day" : "its value is supplied"
                        : "the goal is \(word: status.rawValue)")
            )
    }

    /// Active days of the newest streak that count for a goal that begins on a day.
    private static func activeDays(_ days: [LearningDay], from start: Day, length: Int) -> Int {
        days.suffix(length).count { $0.day >= start }
    }

    /// The value at the end of each day; nil where there is none yet.
    private static func values(
        _ goal: LearningGoal, _ days: [LearningDay], _ settings: LearningSettings
    ) -> [Double?] {
        var totals = LearningTotals()
        var topics: Set<String> = []
        var run = 0
        return days.map { day in
            totals.merge(day.totals)
            topics.formUnion(day.topics)
            // Days before the goal do not count for its streak.
            run = day.streak == 1 ? 1 : run + 1
            return switch goal.kind {
            case .streak: Double(run)
            case .sessions: Double(totals.sessions)
            case .topics: Double(topics.count)
            case .quality: totals.meanQuality.map { $0 * 100 }
            case .exchanges: Double(totals.exchanges)
            case .minutes: totals.minutes
            case .feedback: Double(totals.feedback)
            case .custom: nil
            }
        }
    }

    /// Check-points by the size of the target: none up to 5, halves up to 10, quarters up to 30, else six.
    private static func milestones(_ goal: LearningGoal, _ history: [Point]) -> [GoalMilestone] {
        let shares: [Double] =
            goal.kind == .quality || goal.kind == .custom || goal.target <= 5
            ? []
            : goal.target <= 10
                ? [0.5, 1] : goal.target <= 30 ? [0.25, 0.5, 0.75, 1] : [0.1, 0.25, 0.5, 0.75, 0.9, 1]
        return shares.map { share in
            let value = share * goal.target
            return GoalMilestone(
                share: share, value: value, reached: history.first { $0.value >= value - 1e-9 }?.day)
        }
    }
}

extension GoalFinish {
    /// The day on which what is missing is made up at the mean per day of the last weeks, days without activity included;
    /// the interval comes from Student's interval of that mean, days taken as independent. A streak grows by one a day
    /// at best, of whoever did something in these weeks; topics are those that were new for the goal, over its own days. No day before the goal's first is expected.
    static func expected(
        _ goal: LearningGoal, rest: Double, history: [GoalState.Point], days: [LearningDay], asOf: Day, level: Double
    ) -> Answer<GoalFinish> {
        let from = max(asOf, goal.start.advanced(by: -1))
        let after = { (value: Double) in from.advanced(by: Int(min(100_000, (rest / value).rounded(.up)))) }
        if goal.kind == .streak {
            // Of somebody who has stopped nothing is expected.
            guard days.contains(where: { (0..<GoalState.paceDays).contains($0.day.distance(to: asOf)) }) else {
                return .failure(.undefined("nothing was done in the last \(GoalState.paceDays) days"))
            }
            return .success(GoalFinish(perDay: 1, days: 0, day: after(1), earliest: after(1), latest: nil))
        }
        guard goal.kind != .topics else {
            let before = [0] + history.map(\.value)
            let steps = zip(history, before).map { (day: $0.day, value: $0.value - $1) }
            return pace(steps, days.first.map { max($0.day, goal.start) }, asOf, level, after)
        }
        let step = { (day: LearningDay) -> Double in
            switch goal.kind {
            case .sessions: Double(day.totals.sessions)
            case .exchanges: Double(day.totals.exchanges)
            case .minutes: day.totals.minutes
            default: Double(day.totals.feedback)
            }
        }
        return pace(days.map { ($0.day, step($0)) }, days.first?.day, asOf, level, after)
    }

    private static func pace(
        _ steps: [(day: Day, value: Double)], _ first: Day?, _ asOf: Day, _ level: Double, _ after: (Double) -> Day
    ) -> Answer<GoalFinish> {
        guard let first else { return .failure(.noRecords) }
        let length = max(0, min(GoalState.paceDays, first.distance(to: asOf) + 1))
        guard length >= 7 else { return .failure(.tooFew(.periods, found: length, needed: 7)) }
        var values = [Double](repeating: 0, count: length)
        for step in steps {
            let back = step.day.distance(to: asOf)
            if back < length { values[back] += step.value }
        }
        let mean = values.reduce(0, +) / Double(length)
        guard mean > 0 else { return .failure(.undefined("nothing was done in the last \(length) days")) }
        let reach = Moments(values).meanInterval(level: level, isProportion: false)
        return .success(
            GoalFinish(
                perDay: mean, days: length, day: after(mean), earliest: after(reach?.high ?? mean),
                latest: reach.map { $0.low > 0 ? after($0.low) : nil } ?? after(mean)))
    }
}

/// A goal that is proposed to a learner, with its reason.
public struct GoalSuggestion: Sendable, Hashable {
    /// What is counted.
    public var kind: LearningGoal.Kind
    /// How much.
    public var target: Double
    /// In how many days.
    public var days: Int
    /// The value on which the proposal rests, in the unit of the kind: of sessions and exchanges what the learner did in as many
    /// days up to the day of the report.
    public var current: Double
    /// The longest streak so far, where a streak is proposed.
    public var longest: Int?
    /// From 1, easy, to 5.
    public var difficulty: Int

    /// The rules, each with what is next for the learner; none of a kind of which a goal is active.
    ///
    /// - Parameter recent: what the learner did in the last so many days.
    static func all(
        totals: LearningTotals, recent: (Int) -> LearningTotals, topics: Int, streaks: StreakAccount,
        goals: [GoalState], settings: LearningSettings
    ) -> [GoalSuggestion] {
        let active = Set(goals.filter { $0.status == .active }.map(\.goal.kind))
        var found: [GoalSuggestion] = []
        let streak = Double(streaks.currentLength)
        let best = streaks.longest?.length ?? 0
        var next =
            best < 7
            ? GoalSuggestion(kind: .streak, target: 7, days: 14, current: streak, difficulty: 2)
            : GoalSuggestion(kind: .streak, target: 30, days: 45, current: streak, difficulty: best < 30 ? 4 : 3)
        next.longest = best
        // What goes on for longer already is nothing to aim at.
        if streak < next.target { found.append(next) }
        found.append(
            totals.sessions < 10
                ? .paced(.sessions, 10, in: 14, recent(14).sessions, difficulty: 2)
                : .paced(.sessions, 50, in: 30, recent(30).sessions, difficulty: 4))
        if topics < 10 {
            found.append(.init(kind: .topics, target: 10, days: 21, current: Double(topics), difficulty: 3))
        }
        if let quality = totals.meanQuality, quality < 0.95 {
            let target = quality < 0.75 ? 80.0 : quality < 0.85 ? 90 : 95
            found.append(
                .init(
                    kind: .quality, target: target, days: 30, current: quality * 100,
                    difficulty: target < 90 ? 3 : target < 95 ? 4 : 5))
        }
        found.append(.paced(.exchanges, 100, in: 14, recent(14).exchanges, difficulty: 2))
        return Array(found.filter { !active.contains($0.kind) }.prefix(settings.suggestions))
    }

    /// A usual target, or the next of 1, 2 or 5 times a power of ten above what the learner does anyway in as many days, so
    /// that it is something to aim at.
    private static func paced(
        _ kind: LearningGoal.Kind, _ usual: Int, in days: Int, _ done: Int, difficulty: Int
    ) -> GoalSuggestion {
        var target = usual
        while target <= done {
            let digits = "\(target)"
            target = digits.hasPrefix("2") ? target / 2 * 5 : target * 2
        }
        return GoalSuggestion(
            kind: kind, target: Double(target), days: days, current: Double(done), difficulty: difficulty)
    }
}
