import Model

/// Every rule by which sessions of learners become states, with the defaults that users of such reports know.
public struct LearningSettings: Sendable, Hashable {
    /// Hours since the last activity within which a streak goes on, even over a day without any.
    public var graceHours = 36.0
    /// Days beyond which a streak without activity on the day of the report is called at risk.
    public var atRiskDays = 3
    /// Lengths of a streak that are worth telling.
    public var streakMilestones = [3, 7, 14, 30, 60, 90, 100, 180, 365]
    /// Days before a milestone from which it is called near.
    public var nearDays = 3
    /// Quality from which a session counts as a success where the export does not say.
    public var successQuality = 0.6
    /// Sessions that the prior of mastery is worth.
    public var priorSessions = 4.0
    /// Mean of the prior of mastery: what is assumed of a topic that nobody has tried.
    public var priorMean = 0.5
    /// Share of the evidence of mastery that a day takes away.
    public var decayPerDay = 0.01
    /// Weight of the newest session in the smoothed quality of a topic.
    public var qualitySmoothing = 0.2
    /// Share of the success rate in the score of mastery; the rest is the smoothed quality.
    public var successShare = 0.6
    /// Levels of mastery, the highest first; below all of them a topic is at the level of a beginner.
    public var levels = MasteryLevel.usual
    /// Active days that statistical insights need.
    public var minimumDays = 5
    /// Days with a score from which a learner's anomalies are told.
    public var minimumAnomalyDays = 10
    /// Standard deviations from which a day is an anomaly.
    public var anomalyZ = 2.0
    /// Days without a session from which a gap is told.
    public var gapDays = 7
    /// Exchanges per hour above which a learner is told to be quick.
    public var highVelocity = 10.0
    /// Exchanges per hour below which a learner is told to be slow.
    public var lowVelocity = 2.0
    /// Days that the progress of a learner is compared over: this many against as many before.
    public var comparedDays = [7, 30]
    /// Days that are forecast.
    public var forecastDays = 14
    /// Sessions that a quality goal needs before it can be reached.
    public var goalSessions = 5
    /// Goals that are suggested at most.
    public var suggestions = 5
    /// Insights that are shown at most.
    public var insights = 5
    /// What can be achieved.
    public var achievements: [AchievementDefinition] = []
    /// Goals of the configuration.
    public var goals: [LearningGoal] = []
    /// Learners who get pages of their own where only some do: those with most minutes in the look-back period.
    public var topLearners = 50
    /// Topics that get pages of their own, those with most sessions first.
    public var topTopics = 60

    /// The defaults.
    public init() {}
}

/// A level of mastery: the least score and sessions that it needs.
public struct MasteryLevel: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The least score.
    public var score: Double
    /// The least number of sessions.
    public var sessions: Int
    /// Whether a topic at this level is called mastered.
    public var isMastered: Bool

    /// A level.
    public init(name: String, score: Double, sessions: Int, isMastered: Bool = false) {
        self.name = name
        self.score = score
        self.sessions = sessions
        self.isMastered = isMastered
    }

    /// The usual levels, the highest first.
    public static let usual = [
        MasteryLevel(name: "expert", score: 0.90, sessions: 50, isMastered: true),
        MasteryLevel(name: "advanced", score: 0.75, sessions: 25, isMastered: true),
        MasteryLevel(name: "intermediate", score: 0.60, sessions: 10),
        MasteryLevel(name: "developing", score: 0, sessions: 3),
    ]
    /// The level below all others.
    public static let lowest = MasteryLevel(name: "beginner", score: 0, sessions: 0)
}
