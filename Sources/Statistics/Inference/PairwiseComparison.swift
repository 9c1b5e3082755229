/// One pair of groups in a test that follows an analysis of variance.
public struct PairwiseComparison: Sendable, Hashable {
    /// The position of the first group.
    public let first: Int
    /// The position of the second group, after the first.
    public let second: Int
    /// Second − first: of means for Tukey and Games–Howell, of mean ranks for Dunn.
    public let difference: Double
    /// The standard error of the difference.
    public let standardError: Double
    /// The statistic: q with its sign for Tukey and Games–Howell, z for Dunn.
    public let statistic: Double
    /// Degrees of freedom; infinity for Dunn.
    public let df: Double
    /// The two-sided p-value, adjusted for all pairs (Dunn: as its method says).
    public let p: Double
    /// The simultaneous interval of the difference; nil for Dunn.
    public let interval: Interval?
}
