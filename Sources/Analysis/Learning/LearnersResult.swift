import Model
import Statistics

/// What all learners did, as of a day.
public struct LearnersResult: Sendable, Hashable {
    /// The day that it describes.
    public var asOf: Day
    /// Everything so far.
    public var totals: LearningTotals
    /// One line for each learner, those with most minutes in the look-back period first.
    public var learners: [LearnerLine]
    /// Those whose figures are told in full, in the same order; the others have pages where `showsEverybody` says so.
    public var shown: [LearnerReport]
    /// Whether learners who are not among `shown` have pages, too.
    public var showsEverybody = false
    /// The smallest number of learners that figures of all learners are told of; nil where pages show each learner anyway.
    public var heldTo: Int?
    /// Topics that are left out because too few learners have them, or with those of whom they would tell.
    public var heldTopics = 0
    /// Kinds of goals of which too few learners have some of a status.
    public var heldGoalKinds = 0
    /// Calendar days from the first with a session to the day of the report, gap-filled; each in the learners' zones.
    public var days: [LearnersDay]
    /// Sessions by the local hour in which they start; nil where too few learners begin in it.
    public var hours: [Int?]
    /// Topics, those with most sessions first.
    public var topics: [TopicAccount]
    /// Achievements in the order of their definitions.
    public var achievements: [AchievementAccount]
    /// Goals by kind and status.
    public var goals: [LearningGoal.Kind: [GoalState.Status: Int]]
    /// The trends of all learners together.
    public var trends: [LearningTrend]
    /// The names of the zones, with learners.
    public var zones: [String: Int]
    /// Learners by the streak that goes on.
    public var streaks: [StreakBand]
    /// Learners with a session in the last seven days; nil where they are not told.
    public var active: Int?
    /// Learners whose streak is at risk; nil where they are not told.
    public var atRisk: Int?
    /// Topics that are mastered, of each learner; nil where they are not told.
    public var mastered: Int?
    /// Whether learners without pages are in no figure, because fewer than k of them never had any: figures are then of
    /// `shown` alone.
    public var leavesOthersOut = false

    /// Learners who have pages.
    public var withPages: [String] { showsEverybody ? learners.map(\.learner) : shown.map(\.state.learner) }

    /// Days without a session after which a learner is not active.
    static let activeDays = 7
}

/// One learner in a list.
public struct LearnerLine: Sendable, Hashable {
    /// Who.
    public var learner: String
    /// Everything so far.
    public var sessions: Int
    /// Hours so far.
    public var hours: Double
    /// Mean quality over sessions; nil without one.
    public var quality: Double?
    /// Minutes in the look-back period.
    public var recentMinutes: Double
    /// Sessions in the look-back period.
    public var recentSessions: Int
    /// Days of the streak that goes on.
    public var streak: Int
    /// Days of the longest streak.
    public var longestStreak: Int
    /// Whether the streak is at risk.
    public var isAtRisk: Bool
    /// Topics that are mastered.
    public var mastered: Int
    /// Topics.
    public var topics: Int
    /// Points of achievements.
    public var points: Int
    /// Goals that are pursued.
    public var activeGoals: Int
    /// Goals that were reached.
    public var completedGoals: Int
    /// The newest day with a session.
    public var lastDay: Day
}

/// One calendar day of all learners.
public struct LearnersDay: Sendable, Hashable {
    /// The day.
    public var day: Day
    /// What was done; active days count learners.
    public var totals: LearningTotals
    /// Whether nothing is told of it because too few learned, or with a day of which it would tell.
    public var isHeld = false

    /// A day.
    public init(day: Day, totals: LearningTotals = LearningTotals()) {
        self.day = day
        self.totals = totals
    }
}

/// One topic of all learners.
public struct TopicAccount: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// Sessions on it.
    public var sessions = 0
    /// Learners who have had it.
    public var learners = 0
    /// Whether that is told: of a number near that of all learners the rest would be few.
    public var tellsLearners = true
    /// Learners who have had it; nil where that is not told.
    public var toldLearners: Int? { tellsLearners ? learners : nil }
    /// Minutes, shared among the topics of a session.
    public var minutes = 0.0
    /// Sum of the quality of the sessions on it that have one, so that each of them counts once.
    public var quality = 0.0
    /// The sessions behind that sum.
    public var qualitySessions = 0
    /// Mean quality of the sessions that have one; nil without any.
    public var meanQuality: Double? { qualitySessions > 0 ? quality / Double(qualitySessions) : nil }
    /// Learners at each level, by name; nil where too few are at one of them.
    public var levels: [String: Int]? = [:]
    /// Scores of the learners who have one.
    public var scores = Moments()
    /// The first day with it; nil where it would be that of one learner.
    public var first: Day?
    /// The last day with it; nil where it would be that of one learner.
    public var last: Day?
    /// Learners' days with it, in the last days (`LearningTrend.emergingDays`) and in as many before.
    var growthDays = ClusteredShareTest.Part()
    /// Whether it grows as a share of all learners' topic days; fails where there is too little.
    public var growth: Answer<TopicGrowth> = .failure(.noRecords)
    /// The learners with the highest scores, at most ten.
    public var best: [Best] = []

    /// A learner on the topic.
    public struct Best: Sendable, Hashable {
        /// Who.
        public var learner: String
        /// The score.
        public var score: Double
        /// The sessions behind it.
        public var sessions: Int
        /// The level.
        public var level: String
    }
}

/// An achievement over all learners.
public struct AchievementAccount: Sendable, Hashable {
    /// Which.
    public var definition: AchievementDefinition
    /// Learners who have met it; nil where too few have, or have not.
    public var learners: Int? = 0
    /// The day on which it was first met by anyone.
    public var first: Day?
}
