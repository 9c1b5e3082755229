import Model
import Statistics

/// Everything that is counted of one learner, as of a day: reproducible from the log alone. O(sessions).
public struct LearnerState: Sendable, Hashable {
    /// Who.
    public var learner: String
    /// The name of the zone of the learner's days.
    public var zone: String
    /// The day that it describes.
    public var asOf: Day
    /// Everything so far.
    public var totals: LearningTotals
    /// The days with sessions, in their order.
    public var days: [LearningDay]
    /// Sessions by the local hour in which they start.
    public var hours: [Int]
    /// The streaks.
    public var streaks: StreakAccount
    /// Topics with their mastery, those with most sessions first.
    public var topics: [TopicMastery]
    /// Achievements in the order of their definitions.
    public var achievements: [AchievementState]
    /// The learner's goals, and those of everybody.
    public var goals: [GoalState]
    /// Marks that were passed.
    public var milestones: [LearningMilestone]
    /// What tables of all learners take from it.
    let digest: LearnerDigest

    /// Computes it from a log; goals of others are left out.
    public init(_ log: LearnerLog, asOf: Day, goals: [LearningGoal], settings: AnalysisSettings) {
        let rules = settings.learning
        learner = log.learner
        zone = log.zone.name
        self.asOf = asOf
        let streaks = StreakAccount(log, asOf: asOf, settings: rules)
        let days = log.days(streaks: streaks.lengths)
        totals = days.reduce(into: LearningTotals()) { $0.merge($1.totals) }
        hours = log.sessions.reduce(into: [Int](repeating: 0, count: 24)) { $0[$1.localSecond / 3_600] += 1 }
        let topicStates = TopicState.all(log, rules)
        topics = TopicMastery.all(topicStates, asOf: asOf, settings: rules, analysis: settings)
        achievements = AchievementState.all(
            log, days: days, running: streaks.currentLength, definitions: rules.achievements)
        self.goals = (rules.goals + goals).filter { $0.learner == nil || $0.learner == log.learner }.map {
            GoalState($0, days: days, streaks: streaks, asOf: asOf, settings: rules, level: settings.level)
        }
        milestones = LearningMilestone.all(days: days, streaks: streaks, topics: topics)
        self.streaks = streaks
        self.days = days
        digest = LearnerDigest(
            log, days: days, streaks: streaks, topics: topicStates.map(\.standing), met: achievements.map(\.met),
            goals: self.goals.map(GoalStanding.init), settings: settings)
    }

    /// The points of the achievements that are met.
    public var points: Int { achievements.reduce(0) { $0 + ($1.met == nil ? 0 : $1.definition.points) } }
    /// Topics that are mastered as of the day.
    public var mastered: Int { topics.count(where: \.level.isMastered) }
    /// Days since the newest session; nil without one.
    public var idleDays: Int? { days.last.map { $0.day.distance(to: asOf) } }

    /// What was done in a period, days without a session included as such.
    public func totals(in period: Period) -> LearningTotals {
        days.reduce(into: LearningTotals()) { sum, day in
            if period.contains(day.day) { sum.merge(day.totals) }
        }
    }
}
