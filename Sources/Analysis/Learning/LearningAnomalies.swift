import Model
import Statistics

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

    /// Days back from the one that is described within which a day is worth telling of.
    private static let newestDays = 7

    /// The anomalies of the last seven days, the newest first; none of a kind below `minimumAnomalyDays` days with a value, and none at
    /// all, with the reason, where no kind can be judged.
    ///
    /// Each day with a session is asked whether it is unusual: p is two-sided, of the z as a normal deviate, and corrected over all
    /// values of these seven days (Benjamini–Hochberg; those nearer to what was expected have larger p and lower none of them below it).
    ///
    /// - Parameter days: every calendar day up to the one that is described, in order.
    static func all(
        _ days: [LearningDayFigures], asOf: Day, settings: AnalysisSettings
    ) -> Answer<[LearningAnomaly]> {
        let period = settings.lookBack(from: asOf)
        let active = days.filter { $0.sessions > 0 && period.contains($0.day) }
        guard let last = active.last?.day, last.distance(to: asOf) < newestDays else {
            return .failure(.undefined("no session in the last seven days"))
        }
        var asked = 0
        var isJudged = false
        var found: [LearningAnomaly] = []
        var reason: Absence?
        for kind in LearningTrend.Kind.allCases {
            switch expectations(LearningTrend.figures(kind, active), settings) {
            // Of equal values none is unusual.
            case .failure(.constant): isJudged = true
            case .failure(let absence): reason = reason ?? absence
            case .success(let steps):
                isJudged = true
                let newest = steps.filter { $0.day.distance(to: asOf) < newestDays }
                asked += newest.count
                found += newest.filter { abs($0.step.score) >= settings.learning.anomalyZ }.map { day, step in
                    LearningAnomaly(
                        kind: kind, day: day, value: step.value, expected: step.expected, z: step.score,
                        severity: Severity(step.score),
                        test: TestFigures(
                            method: .robustZ, statistic: step.score, degreesOfFreedom: [],
                            p: 2 * Normal.cdf(-abs(step.score))))
                }
            }
        }
        if !isJudged, let reason { return .failure(reason) }
        var least = 1.0
        for (rank, place) in found.indices.sorted(by: { abs(found[$0].z) < abs(found[$1].z) }).enumerated() {
            least = min(least, found[place].test.p * Double(asked) / Double(found.count - rank))
            found[place].test.pAdjusted = least
        }
        return .success(found.sorted { ($1.day, abs($1.z)) < ($0.day, abs($0.z)) })
    }

    /// What the learner's other days with a session lead us to expect of each: by the calendar of steps with its season, and where more
    /// than a fifth of its steps have no session by such days one after the other. A day without a session is no value of 0: after
    /// a gap everything would be unusual.
    private static func expectations(
        _ all: [DayFigures], _ settings: AnalysisSettings
    ) -> Answer<[(day: Day, step: Expectation)]> {
        let days = all.filter { $0.n > 0 }
        guard let first = days.first?.day else { return .failure(.noRecords) }
        let needed = settings.learning.minimumAnomalyDays
        guard days.count >= needed else { return .failure(.tooFew(.periods, found: days.count, needed: needed)) }
        let steps = StepCalendar(days.map(\.day), from: first)
        let regular = RegularSeries(days, steps)
        guard regular.gaps * 5 > regular.values.count else {
            return SeriesBehaviour(days, steps, settings: settings).expectations.map { found in
                found.map { (steps.day(of: $0.index), $0) }
            }
        }
        return SeriesBehaviour(RegularSeries(days.map(\.mean)), season: 1, settings: settings).expectations.map {
            found in
            found.map { (days[$0.index].day, $0) }
        }
    }
}
