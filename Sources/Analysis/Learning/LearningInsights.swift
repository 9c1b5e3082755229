import Model
import Statistics

/// Something that stands out about a learner, with what it rests on.
public struct LearningInsight: Sendable, Hashable {
    /// What is claimed.
    public var claim: Claim
    /// Which kind of insight it is.
    public var category: Category
    /// From 1 to 5, 5 for the most important.
    public var importance: Int
    /// How sure it is, 0 to 1: 1 where it is counted, 1 − the corrected p where it is tested.
    public var confidence: Double
    /// The test behind it; nil where it is counted.
    public var test: TestFigures?
    /// The days that a tested claim rests on; nil where it is counted, which needs no number of days.
    public var n: Int?
    /// The last day on which it is worth reading.
    public var validUntil: Day

    /// What insights are about.
    public enum Category: String, Sendable, Hashable, CaseIterable {
        /// Something was achieved.
        case achievement
        /// Something got better.
        case improvement
        /// Something needs a look.
        case attention
        /// Something that was not known.
        case discovery
        /// Something to try.
        case suggestion
        /// Something moves.
        case trend
        /// Something unusual.
        case anomaly
        /// A mark is passed or near.
        case milestone
    }

    /// What is claimed; Report finds the words.
    public enum Claim: Sendable, Hashable {
        /// A trend over the look-back period.
        case trend(LearningTrend.Kind, perDay: Double, interval: Interval, isRising: Bool)
        /// The last days against as many before.
        case change(LearningTrend.Kind, days: Int, difference: Double, interval: Interval)
        /// The slope turned within two weeks.
        case reversal(LearningTrend.Kind)
        /// Weekdays differ: the best and the worst, 0 for Monday, with their distance from the mean.
        case weekdays(LearningTrend.Kind, best: Int, above: Double, worst: Int, below: Double)
        /// An unusual day.
        case anomaly(LearningAnomaly)
        /// No session for so many days.
        case gap(days: Int, since: Day)
        /// The streak needs a session.
        case streakAtRisk(length: Int)
        /// The streak is the longest ever.
        case longestStreak(length: Int)
        /// The streak is near a milestone.
        case streakNear(length: Int, milestone: Int)
        /// A topic was mastered in the last week.
        case mastered(topic: String, level: String, day: Day)
        /// A topic is not mastered any more.
        case faded(topic: String, idleDays: Int)
        /// A topic takes a larger share than before.
        case emerging(topic: String, recent: Double, before: Double)
        /// Many topics, few of them mastered.
        case manyTopics(topics: Int, mastered: Int)
        /// Exchanges per hour are high or low.
        case velocity(perHour: Double, isHigh: Bool)
        /// A goal is more than half reached, the nearest.
        case goalNear(LearningGoal, value: Double)
        /// A goal will be missed at this pace.
        case goalLate(id: String, title: String, expected: Day, deadline: Day)
        /// A goal was reached in the last week.
        case goalReached(id: String, title: String, day: Day)
        /// Achievements of the last week.
        case achieved(id: String, title: String, day: Day)
    }

    /// The unusual day that is claimed.
    var anomaly: LearningAnomaly? { if case .anomaly(let anomaly) = claim { anomaly } else { nil } }
}

extension LearningInsight {
    /// Everything that stands out, by importance, then by confidence, then in a fixed order; p-values are corrected over all
    /// tests that were asked for this learner (Benjamini–Hochberg), and a tested claim stands below α only.
    static func all(
        _ report: LearnerReport, anomalies: [LearningAnomaly], settings: AnalysisSettings
    ) -> [LearningInsight] {
        let asOf = report.state.asOf
        var found =
            counted(report, asOf, settings)
            + anomalies.map { anomaly in
                let p = anomaly.test.pAdjusted ?? anomaly.test.p
                // One in twenty ordinary days lies beyond z = 2: what chance brings stays in the list, below everything else.
                return LearningInsight(
                    claim: .anomaly(anomaly), category: .anomaly,
                    importance: p < settings.alpha ? anomaly.isBad ? 4 : 3 : 1, confidence: 1 - p, test: anomaly.test,
                    n: report.days.count, validUntil: asOf.advanced(by: 3))
            }
        if report.state.days.count >= settings.learning.minimumDays { found += tested(report, asOf, settings) }
        return found.enumerated().sorted {
            ($1.element.importance, $1.element.confidence, $0.offset)
                < ($0.element.importance, $0.element.confidence, $1.offset)
        }.map(\.element)
    }

    // MARK: Tested

    private static func tested(
        _ report: LearnerReport, _ asOf: Day, _ settings: AnalysisSettings
    ) -> [LearningInsight] {
        var asked = report.trends.flatMap { trendClaims($0, asOf, settings) }
        for (topic, growth) in report.growth.sorted(by: { $0.key < $1.key }) {
            guard let growth = growth.value else { continue }
            asked.append(
                LearningInsight(
                    claim: .emerging(topic: topic, recent: growth.recent, before: growth.before), category: .discovery,
                    importance: growth.recent > growth.before ? 3 : 0, confidence: 0, test: growth.test,
                    n: report.state.days.count, validUntil: asOf.advanced(by: 14)))
        }
        let corrected = adjusted(asked.map { $0.test?.p ?? 1 }, by: .benjaminiHochberg)
        for (place, p) in corrected.enumerated() {
            asked[place].test?.pAdjusted = p
            asked[place].confidence = 1 - (p ?? 1)
        }
        // What shrinks is tested beside what grows, and not worth telling.
        return asked.filter { ($0.test?.pAdjusted ?? 1) < settings.alpha && $0.importance > 0 }
    }

    private static func trendClaims(
        _ trend: LearningTrend, _ asOf: Day, _ settings: AnalysisSettings
    ) -> [LearningInsight] {
        var asked: [LearningInsight] = []
        let isQuality = trend.kind == .quality
        if let line = trend.trend.line.value {
            asked.append(
                LearningInsight(
                    claim: .trend(trend.kind, perDay: line.slope, interval: line.interval, isRising: line.slope > 0),
                    category: .trend, importance: isQuality ? 4 : 3, confidence: 0, test: line.claim,
                    n: trend.trend.days, validUntil: asOf.advanced(by: 7)))
        }
        for comparison in trend.comparisons {
            guard let change = comparison.change.value else { continue }
            asked.append(
                LearningInsight(
                    claim: .change(
                        trend.kind, days: comparison.days, difference: change.difference, interval: change.interval),
                    category: change.difference > 0 ? .improvement : .attention, importance: isQuality ? 4 : 3,
                    confidence: 0, test: change.test, n: change.current.days + change.baseline.days,
                    validUntil: asOf.advanced(by: 7)))
        }
        if let season = trend.trend.behaviour.season.value,
            let best = season.levels.max(by: { $0.offset < $1.offset }),
            let worst = season.levels.min(by: { $0.offset < $1.offset })
        {
            asked.append(
                LearningInsight(
                    claim: .weekdays(
                        trend.kind, best: best.position, above: best.offset, worst: worst.position, below: worst.offset),
                    category: .discovery, importance: 2, confidence: 0, test: season.test,
                    n: season.levels.reduce(0) { $0 + $1.n }, validUntil: asOf.advanced(by: 30)))
        }
        return asked
    }

    // MARK: Counted

    private static func counted(
        _ report: LearnerReport, _ asOf: Day, _ settings: AnalysisSettings
    ) -> [LearningInsight] {
        let state = report.state
        var found: [LearningInsight] = []
        func add(_ claim: Claim, _ category: Category, _ importance: Int, days: Int = 7) {
            found.append(
                LearningInsight(
                    claim: claim, category: category, importance: importance, confidence: 1, n: nil,
                    validUntil: asOf.advanced(by: days)))
        }
        let isNew = { (day: Day?) in day.map { $0.distance(to: asOf) < 7 } ?? false }
        if let idle = state.idleDays, let last = state.days.last?.day, idle >= settings.learning.gapDays {
            add(.gap(days: idle, since: last), .attention, 5)
        }
        addStreak(state.streaks, settings.learning, add)
        for topic in state.topics {
            if let newest = topic.reached.filter({ $0.level.isMastered && isNew($0.day) }).last {
                add(.mastered(topic: topic.topic, level: newest.level.name, day: newest.day), .achievement, 4)
            }
            if topic.hasFaded {
                add(.faded(topic: topic.topic, idleDays: topic.last.distance(to: asOf)), .suggestion, 2, days: 14)
            }
        }
        for item in state.achievements where isNew(item.met) {
            add(
                .achieved(id: item.definition.id, title: item.definition.title, day: item.met ?? asOf), .achievement, 2)
        }
        addGoals(state.goals, asOf, isNew, add)
        if state.topics.count > 10, state.mastered * 10 < state.topics.count * 3 {
            add(.manyTopics(topics: state.topics.count, mastered: state.mastered), .suggestion, 2, days: 30)
        }
        let recent = state.totals(in: Period(days: 30, through: asOf))
        if let velocity = recent.velocity, recent.sessions >= settings.learning.minimumDays {
            if velocity > settings.learning.highVelocity {
                add(.velocity(perHour: velocity, isHigh: true), .discovery, 1)
            }
            if velocity < settings.learning.lowVelocity {
                add(.velocity(perHour: velocity, isHigh: false), .attention, 2)
            }
        }
        for trend in report.trends where trend.isReversed { add(.reversal(trend.kind), .trend, 2) }
        return found
    }

    private static func addStreak(
        _ streaks: StreakAccount, _ settings: LearningSettings, _ add: (Claim, Category, Int, Int) -> Void
    ) {
        guard let current = streaks.current else { return }
        if streaks.isAtRisk { add(.streakAtRisk(length: current.length), .attention, 5, 1) }
        if current == streaks.longest, streaks.history.count > 1, current.length > settings.atRiskDays {
            add(.longestStreak(length: current.length), .achievement, 3, 1)
        }
        if let near = streaks.near { add(.streakNear(length: current.length, milestone: near), .milestone, 3, 3) }
    }

    private static func addGoals(
        _ goals: [GoalState], _ asOf: Day, _ isNew: (Day?) -> Bool, _ add: (Claim, Category, Int, Int) -> Void
    ) {
        let near = goals.filter { $0.status == .active && $0.progress > 0.5 }.max { $0.progress < $1.progress }
        if let near {
            add(.goalNear(near.goal, value: near.value ?? 0), .milestone, 3, 7)
        }
        for goal in goals {
            if let day = goal.completed, isNew(day) {
                add(.goalReached(id: goal.goal.id, title: goal.goal.title, day: day), .achievement, 4, 7)
            }
            if goal.status == .active, let deadline = goal.goal.deadline, let finish = goal.finish.value,
                finish.day > deadline
            {
                add(
                    .goalLate(id: goal.goal.id, title: goal.goal.title, expected: finish.day, deadline: deadline),
                    .attention, 4, 7)
            }
        }
    }
}

/// Something to do, with its reason.
public struct LearningRecommendation: Sendable, Hashable {
    /// What to do; Report finds the words.
    public var action: Action
    /// What it may bring, 0 to 1.
    public var impact: Double
    /// How hard it is, 1 to 5.
    public var difficulty: Int
    /// How pressing it is.
    public var priority: Priority
    /// Days until it may show.
    public var daysToEffect: Int

    /// How pressing something is.
    public enum Priority: String, Sendable, Hashable, CaseIterable {
        /// Impact of 0.8 or more at a difficulty of at most 2.
        case urgent
        /// Impact of 0.6 or more.
        case high
        /// Impact of 0.4 or more.
        case medium
        /// Less.
        case low
    }

    /// What to do.
    public enum Action: Sendable, Hashable {
        /// Learn before the streak ends.
        case keepStreak(length: Int)
        /// Begin again after a gap.
        case resume(idleDays: Int)
        /// Repeat a topic that faded.
        case review(topic: String, score: Double)
        /// Do more for a goal that will be missed.
        case hurry(goal: String, needed: Double, perDay: Double)
        /// Ask less often again: clarifications per exchange.
        case clarify(share: Double)
        /// Use the best weekday.
        case useWeekday(Int, above: Double)
        /// Finish what is nearest.
        case finish(achievement: String, progress: Double)
        /// Go deeper into fewer topics.
        case deepen(topics: Int, mastered: Int)
    }

    private init(_ action: Action, impact: Double, difficulty: Int, daysToEffect: Int) {
        self.action = action
        self.impact = impact
        self.difficulty = difficulty
        self.daysToEffect = daysToEffect
        priority =
            impact >= 0.8 && difficulty <= 2 ? .urgent : impact >= 0.6 ? .high : impact >= 0.4 ? .medium : .low
    }

    /// Everything that the figures ask for, by priority, impact and difficulty.
    static func all(_ report: LearnerReport, settings: AnalysisSettings) -> [LearningRecommendation] {
        let state = report.state
        var found: [LearningRecommendation] = []
        if state.streaks.isAtRisk {
            found.append(
                .init(.keepStreak(length: state.streaks.currentLength), impact: 0.9, difficulty: 1, daysToEffect: 1))
        }
        if let idle = state.idleDays, idle >= settings.learning.gapDays {
            found.append(.init(.resume(idleDays: idle), impact: 0.8, difficulty: 2, daysToEffect: 7))
        }
        for goal in state.goals where goal.status == .active {
            guard let finish = goal.finish.value, let deadline = goal.goal.deadline, finish.day > deadline,
                let needed = goal.neededPerDay
            else { continue }
            let isFar = needed > 2 * finish.perDay
            found.append(
                .init(
                    .hurry(goal: goal.goal.title, needed: needed, perDay: finish.perDay), impact: 0.7,
                    difficulty: isFar ? 4 : 3, daysToEffect: max(1, goal.daysLeft ?? 1)))
        }
        for topic in state.topics.filter(\.hasFaded).prefix(3) {
            found.append(
                .init(
                    .review(topic: topic.topic, score: topic.score.value ?? 0), impact: 0.6, difficulty: 2,
                    daysToEffect: 7))
        }
        let recent = state.totals(in: Period(days: 30, through: state.asOf))
        if recent.exchanges >= 30, recent.clarifications * 5 > recent.exchanges {
            let share = Double(recent.clarifications) / Double(recent.exchanges)
            found.append(.init(.clarify(share: share), impact: 0.5, difficulty: 3, daysToEffect: 14))
        }
        for insight in report.insights {
            if case .weekdays(.quality, let best, let above, _, _) = insight.claim {
                found.append(.init(.useWeekday(best, above: above), impact: 0.4, difficulty: 2, daysToEffect: 14))
            }
        }
        if let next = report.next.first, next.progress >= 0.8 {
            found.append(
                .init(
                    .finish(achievement: next.definition.title, progress: next.progress), impact: 0.3, difficulty: 1,
                    daysToEffect: 7))
        }
        if state.topics.count > 10, state.mastered * 10 < state.topics.count * 3 {
            found.append(
                .init(
                    .deepen(topics: state.topics.count, mastered: state.mastered), impact: 0.5, difficulty: 3,
                    daysToEffect: 30))
        }
        let rank = { (item: LearningRecommendation) in Priority.allCases.firstIndex(of: item.priority) ?? 0 }
        return found.enumerated().sorted {
            (rank($0.element), -$0.element.impact, $0.element.difficulty, $0.offset)
                < (rank($1.element), -$1.element.impact, $1.element.difficulty, $1.offset)
        }.map(\.element)
    }
}
