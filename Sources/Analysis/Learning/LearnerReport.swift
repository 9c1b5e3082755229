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
        trends = LearningTrend.all(
            all.map { LearningDayFigures($0.period.start, $0.totals) }, asOf: state.asOf, settings: settings)
        growth = TopicGrowth.all(state.days, asOf: state.asOf, level: settings.level)
        next = AchievementState.next(state.achievements)
        suggestions = GoalSuggestion.all(
            totals: state.totals, recent: { state.totals(in: Period(days: $0, through: state.asOf)) },
            topics: state.topics.count, streaks: state.streaks, goals: state.goals,
            settings: settings.learning)
        let anomalies = LearningAnomaly.all(trends, asOf: state.asOf, settings: settings.learning)
        health = LearningHealth(state, trends: trends, anomalies: anomalies, asOf: state.asOf)
        insights = []
        recommendations = []
        insights = LearningInsight.all(self, anomalies: anomalies, settings: settings)
        recommendations = LearningRecommendation.all(self, settings: settings)
    }

    /// The trend of one thing.
    public func trend(_ kind: LearningTrend.Kind) -> LearningTrend? { trends.first { $0.kind == kind } }

    /// The anomalies of the newest days.
    public var anomalies: [LearningAnomaly] { insights.compactMap(\.anomaly) }
}

/// A day that is unusual for what the learner's other days led us to expect.
public struct LearningAnomaly: Sendable, Hashable {
    /// What is unusual.
    public var kind: LearningTrend.Kind
    /// The day.
    public var day: Day
    /// The value.
    public var value: Double
    /// What was expected.
    public var expected: Double
    /// Robust standard deviations between them.
    public var z: Double
    /// How grave it is.
    public var severity: Severity
    /// Whether a day so far from what was expected comes by chance.
    public var test: TestFigures
    /// Whether it lies on the bad side.
    public var isBad: Bool { z < 0 }

    /// How grave an anomaly is, by |z|.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// From 2.
        case low
        /// From 2.5.
        case medium
        /// From 3.
        case high
        /// From 4.
        case critical

        init(_ z: Double) { self = abs(z) >= 4 ? .critical : abs(z) >= 3 ? .high : abs(z) >= 2.5 ? .medium : .low }
    }

    /// The anomalies of the last seven days, the newest first; none below `minimumAnomalyDays` days with a value.
    ///
    /// Each day is asked whether it is unusual: p is two-sided, of the z as a normal deviate, and corrected over all values of these
    /// seven days (Benjamini–Hochberg; those nearer to what was expected have larger p and lower none of them below it).
    static func all(_ trends: [LearningTrend], asOf: Day, settings: LearningSettings) -> [LearningAnomaly] {
        var asked = 0
        var found = trends.flatMap { trend -> [LearningAnomaly] in
            guard let steps = trend.trend.behaviour.expectations.value, steps.count >= settings.minimumAnomalyDays
            else { return [] }
            return steps.compactMap { step in
                let day = trend.trend.day(of: step.index)
                guard day.distance(to: asOf) < 7 else { return nil }
                asked += 1
                guard abs(step.score) >= settings.anomalyZ else { return nil }
                return LearningAnomaly(
                    kind: trend.kind, day: day, value: step.value, expected: step.expected, z: step.score,
                    severity: Severity(step.score),
                    test: TestFigures(
                        method: .robustZ, statistic: step.score, degreesOfFreedom: [],
                        p: 2 * Normal.cdf(-abs(step.score))))
            }
        }
        var least = 1.0
        for (rank, place) in found.indices.sorted(by: { abs(found[$0].z) < abs(found[$1].z) }).enumerated() {
            least = min(least, found[place].test.p * Double(asked) / Double(found.count - rank))
            found[place].test.pAdjusted = least
        }
        return found.sorted { ($1.day, abs($1.z)) < ($0.day, abs($0.z)) }
    }
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

    init(_ state: LearnerState, trends: [LearningTrend], anomalies: [LearningAnomaly], asOf: Day) {
        let week = Period(days: 7, through: asOf)
        let before = Period(days: 7, through: week.start.advanced(by: -1))
        let (now, then) = (state.totals(in: week), state.totals(in: before))
        let growth = { (new: Double?, old: Double?) -> Answer<Double> in
            guard let new, let old else { return .failure(.noRecords) }
            return old == 0 ? .failure(.undefined("the week before had none")) : .success((new - old) / old * 100)
        }
        let quality = growth(now.meanQuality, then.meanQuality)
        let exchanges = growth(Double(now.exchanges), Double(then.exchanges))
        let bad = anomalies.count(where: \.isBad)
        parts = [
            Part(kind: .quality, figure: quality, points: max(-15, min(15, 0.5 * (quality.value ?? 0)))),
            Part(
                kind: .streak, figure: .success(Double(state.streaks.currentLength)),
                points: min(20, 2 * Double(state.streaks.currentLength))),
            Part(kind: .exchanges, figure: exchanges, points: max(0, min(15, 0.3 * (exchanges.value ?? 0)))),
            Part(kind: .anomalies, figure: .success(Double(bad)), points: -5 * Double(bad)),
        ]
        score = max(0, min(100, 50 + parts.reduce(0) { $0 + $1.points }))
    }
}
