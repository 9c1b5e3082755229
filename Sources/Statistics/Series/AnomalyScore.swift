/// How unusual one value of a series is for what came before it.
public struct AnomalyScore: Sendable, Hashable {
    /// What was unlike anything before.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The value itself.
        case value
        /// The mean of the last values.
        case level
        /// The mean absolute deviation of the last values.
        case spread
        /// The value less what its season led to expect.
        case season
    }

    /// The value; nil for a gap.
    public let value: Double?
    /// What the values before led to expect; nil where there were none.
    public let expected: Double?
    /// Where 95 % of values lay around what was expected, by the errors so far; before 20 errors Student's prediction
    /// interval of all values so far; nil before 10 values, and while all were equal.
    public let interval: Interval?
    /// 0 (familiar) to 1, a half at the threshold of an anomaly; nil for a gap.
    public let score: Double?
    /// What gave the score; nil at a score of 0 and for a gap.
    public let cause: Cause?
    /// Whether enough came before it to judge it; false for a gap. A value that is not judged has score 0.
    public let isJudged: Bool

    /// Whether the score is at least a half. An anomaly always lies outside the interval.
    public var isAnomaly: Bool { (score ?? 0) >= 0.5 }
}
