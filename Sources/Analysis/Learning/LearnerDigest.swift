import Model
import Statistics

/// What tables of all learners need of one learner on any day from the newest session on: made of the whole log, and independent of
/// the day that is described, so that it can be kept from night to night.
public struct LearnerDigest: Sendable, Hashable {
    /// Who.
    public var learner: String
    /// The name of the zone of the learner's days.
    public var zone: String
    /// Sessions.
    var sessions: Int
    /// Minutes.
    var minutes: Double
    /// Mean quality over sessions; nil without one.
    var quality: Double?
    /// Sessions by the local hour in which they start.
    var hours: [Int]
    /// The newest streak; nil without a session.
    var streak: NewestStreak?
    /// Active days of the longest streak.
    var longestStreak: Int
    /// Topics, those with most sessions first.
    var topics: [TopicStanding]
    /// When achievements were met, in the order of their definitions.
    var met: [Day?]
    /// Goals, as far as they depend on sessions.
    var goals: [GoalStanding]
    /// The days with sessions, in their order.
    var days: [ActiveDay]
    /// The newest of them, as far back as a table of any later day reaches.
    var recent: [RecentDay]

    /// A streak that may go on.
    struct NewestStreak: Sendable, Hashable {
        /// Active days.
        var length: Int
        /// The last of them.
        var end: Day
        /// The last day at whose end it goes on without a session.
        var grace: Day
    }

    /// A day with sessions.
    struct ActiveDay: Sendable, Hashable {
        var day: Day
        /// A bit for a quality, then one for each part of it.
        var has: UInt8

        /// Whether a session has a quality.
        var hasQuality: Bool { has & 1 != 0 }
        /// Whether a session has a part of the quality.
        func has(part place: Int) -> Bool { has & (2 << UInt8(place)) != 0 }
    }

    /// A day whose sessions still count by themselves.
    struct RecentDay: Sendable, Hashable {
        var day: Day
        var sessions: Int
        var minutes: Double
        /// Its topics, by their places among the learner's.
        var topics: [Int]
    }

    /// The newest day with a session; nil without one.
    public var lastDay: Day? { days.last?.day }

    init(
        _ log: LearnerLog, days: [LearningDay], streaks: StreakAccount, topics: [TopicStanding], met: [Day?],
        goals: [GoalStanding], settings: AnalysisSettings
    ) {
        learner = log.learner
        zone = log.zone.name
        let totals = days.reduce(into: LearningTotals()) { $0.merge($1.totals) }
        (sessions, minutes, quality) = (totals.sessions, totals.minutes, totals.meanQuality)
        hours = log.sessions.reduce(into: [Int](repeating: 0, count: 24)) { $0[$1.localSecond / 3_600] += 1 }
        streak = streaks.history.last.map {
            NewestStreak(length: $0.length, end: $0.end, grace: streaks.lastDayOfGrace ?? $0.end)
        }
        longestStreak = streaks.longest?.length ?? 0
        self.topics = topics
        self.met = met
        self.goals = goals
        self.days = days.map { day in
            var has: UInt8 = day.totals.quality.n > 0 ? 1 : 0
            for (place, part) in day.totals.parts.enumerated() where part.n > 0 { has |= 2 << UInt8(place) }
            return ActiveDay(day: day.day, has: has)
        }
        let places = Dictionary(topics.enumerated().map { ($1.topic, $0) }) { first, _ in first }
        let reach = max(settings.lookBackDays, 2 * LearningTrend.emergingDays)
        let first = days.last.map { $0.day.advanced(by: 1 - reach) }
        recent = days.filter { day in first.map { day.day >= $0 } ?? false }.map { day in
            RecentDay(
                day: day.day, sessions: day.totals.sessions, minutes: day.totals.minutes,
                topics: day.topics.compactMap { places[$0] })
        }
    }

    /// Made of a log whose sessions all lie at or before the days that will be described. O(sessions).
    public init(_ log: LearnerLog, goals: [LearningGoal], settings: AnalysisSettings) {
        let rules = settings.learning
        let last = log.sessions.map(\.day).max() ?? Day(number: 0)
        let streaks = StreakAccount(log, asOf: last, settings: rules)
        let days = log.days(streaks: streaks.lengths)
        self.init(
            log, days: days, streaks: streaks, topics: TopicState.all(log, rules).map(\.standing),
            met: AchievementState.all(
                log, days: days, running: streaks.currentLength, definitions: rules.achievements
            ).map(\.met),
            goals: rules.goals(of: log.learner, besides: goals).map {
                GoalStanding(
                    GoalState($0, days: days, streaks: streaks, asOf: last, settings: rules, level: settings.level))
            }, settings: settings)
    }

    /// Days of the streak that goes on at the end of a day; 0 without one.
    func currentStreak(asOf: Day) -> Int { streak.map { asOf <= $0.grace ? $0.length : 0 } ?? 0 }

    /// Whether the streak that goes on is longer than the setting and the day has no session.
    func isAtRisk(asOf: Day, _ settings: LearningSettings) -> Bool {
        streak.map { asOf <= $0.grace && $0.end < asOf && $0.length > settings.atRiskDays } ?? false
    }

    /// The points of the achievements that are met.
    func points(_ definitions: [AchievementDefinition]) -> Int {
        zip(met, definitions).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1.points) }
    }
}

/// What of a goal depends on sessions; its status on a day follows.
struct GoalStanding: Sendable, Hashable {
    var kind: LearningGoal.Kind
    var isReached: Bool
    var declared: LearningGoal.Declaration
    var deadline: Day?

    init(kind: LearningGoal.Kind, isReached: Bool, declared: LearningGoal.Declaration, deadline: Day?) {
        (self.kind, self.isReached, self.declared, self.deadline) = (kind, isReached, declared, deadline)
    }

    init(_ state: GoalState) {
        self.init(
            kind: state.goal.kind, isReached: state.status == .completed, declared: state.goal.declared,
            deadline: state.goal.deadline)
    }

    /// Reached stays; what people say comes before a deadline that passed.
    func status(asOf: Day) -> GoalState.Status {
        if isReached { return .completed }
        switch declared {
        case .abandoned: return .abandoned
        case .paused: return .paused
        case .active: return deadline.map { $0 < asOf } ?? false ? .expired : .active
        }
    }
}

extension LearningSettings {
    /// The goals of a learner and those of everybody, of the configuration first.
    func goals(of learner: String, besides others: [LearningGoal]) -> [LearningGoal] {
        (goals + others).filter { $0.learner == nil || $0.learner == learner }
    }
}
