import Model
import Statistics

/// One learner with everything that a page tells: the state, and what statistics make of it.
public struct LearnerReport: Sendable, Hashable {
    /// What is counted.
    public var state: LearnerState
    /// Calendar days of the look-back period, gap-filled.
    public var days: [SpanProgress]
    /// Weeks, months, quarters and years, gap-filled.
    public var spans: [LearningSpan: [SpanProgress]]
    /// The trends.
    public var trends: [LearningTrend]
    /// Topics whose share is compared with before, by name.
    public var growth: [String: Answer<TopicGrowth>]
    /// What stands out, the most important first.
    public var insights: [LearningInsight]
    /// The score from 0 to 100 with its parts.
    public var health: LearningHealth
    /// What to do, the most pressing first.
    public var recommendations: [LearningRecommendation]
    /// Goals that are proposed.
    public var suggestions: [GoalSuggestion]
    /// The achievements that are nearest.
    public var next: [AchievementState]

    /// Spans of each kind that are kept.
    private static let shown: [LearningSpan: Int] = [.week: 53, .month: 24, .quarter: 12, .year: 10]

    /// Computes it.
    public init(_ state: LearnerState, settings: AnalysisSettings) {
        self.state = state
        days = state.progress(by: .day, limit: settings.lookBackDays)
        var spans: [LearningSpan: [SpanProgress]] = [:]
        for (span, limit) in Self.shown { spans[span] = state.progress(by: span, limit: limit) }
        self.spans = spans
        let all = state.progress(by: .day, limit: settings.lookBackDays + 90)
        let figures = all.map { LearningDayFigures($0.period.start, $0.totals) }
        trends = LearningTrend.all(figures, asOf: state.asOf, settings: settings)
        growth = TopicGrowth.all(state.days, asOf: state.asOf, level: settings.level)
        next = AchievementState.next(state.achievements)
        suggestions = GoalSuggestion.all(
            totals: state.totals, recent: { state.totals(in: Period(days: $0, through: state.asOf)) },
            topics: state.topics.count, streaks: state.streaks, goals: state.goals,
            settings: settings.learning)
        let anomalies = LearningAnomaly.all(figures, asOf: state.asOf, settings: settings)
        health = LearningHealth(state, trends: trends, anomalies: anomalies, asOf: state.asOf)
        insights = []
        recommendations = []
        insights = LearningInsight.all(self, anomalies: anomalies.value ?? [], settings: settings)
        recommendations = LearningRecommendation.all(self, settings: settings)
    }

    /// The trend of one thing.
    public func trend(_ kind: LearningTrend.Kind) -> LearningTrend? { trends.first { $0.kind == kind } }

    /// The anomalies of the newest days.
    public var anomalies: [LearningAnomaly] { insights.compactMap(\.anomaly) }
}

/// The score of a learner from 0 to 100.
///
/// 50, plus half a point for each per cent by which quality rose over the last seven days against the seven before (at most
/// 15 either way), two points for each day of the streak that goes on (at most 20), 0.3 points for each per cent by which
/// exchanges grew over the same days (at most 15, none for a loss), less five for each unusual day on the bad side.
/// What has no base to be a per cent of counts 0 and says so.
public struct LearningHealth: Sendable, Hashable {
    /// From 0 to 100.
    public var score: Double
    /// What it is made of, in order; their sum with 50 is the score but for its limits.
    public var parts: [Part]

    /// One part.
    public struct Part: Sendable, Hashable {
        /// What it is.
        public var kind: Kind
        /// The figure behind it: per cent, days or anomalies; fails where it is not known.
        public var figure: Answer<Double>
        /// The points.
        public var points: Double
    }

    /// What the parts are.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Change of quality in per cent.
        case quality
        /// Days of the streak.
        case streak
        /// Growth of exchanges in per cent.
        case exchanges
        /// Unusual days on the bad side.
        case anomalies
    }

    init(
        _ state: LearnerState, trends: [LearningTrend], anomalies: Answer<[LearningAnomaly]>, asOf: Day
    ) {
        let week = Period(days: 7, through: asOf)
        let before = Period(days: 7, through: week.start.advanced(by: -1))
        let (now, then) = (state.totals(in: week), state.totals(in: before))
        let growth = { (new: Double?, old: Double?) -> Answer<Double> in
            guard let new else { return .failure(.undefined("the last seven days had none")) }
            guard let old, old != 0 else { return .failure(.undefined("the week before had none")) }
            return .success((new - old) / old * 100)
        }
        let quality = growth(now.meanQuality, then.meanQuality)
        let exchanges = growth(Double(now.exchanges), Double(then.exchanges))
        let bad = anomalies.map { Double($0.count(where: \.isBad)) }
        parts = [
            Part(kind: .quality, figure: quality, points: max(-15, min(15, 0.5 * (quality.value ?? 0)))),
            Part(
                kind: .streak, figure: .success(Double(state.streaks.currentLength)),
                points: min(20, 2 * Double(state.streaks.currentLength))),
            Part(kind: .exchanges, figure: exchanges, points: max(0, min(15, 0.3 * (exchanges.value ?? 0)))),
            Part(kind: .anomalies, figure: bad, points: -5 * (bad.value ?? 0)),
        ]
        score = max(0, min(100, 50 + parts.reduce(0) { $0 + $1.points }))
    }
}
