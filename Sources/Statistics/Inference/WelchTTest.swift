/// Welch's t test of equal means with unequal variances.
///
/// t = (m₂ − m₁)/√(s₁²/n₁ + s₂²/n₂), with the degrees of freedom of Satterthwaite.
/// Source: B. L. Welch, Biometrika 34 (1947) 28–35, doi:10.1093/biomet/34.1-2.28.
public struct WelchTTest: Sendable, Hashable {
    /// The first group.
    public let first: GroupSummary
    /// The second group.
    public let second: GroupSummary
    /// m₂ − m₁.
    public let difference: Double
    /// The standard error of the difference.
    public let standardError: Double
    /// Satterthwaite's degrees of freedom.
    public let df: Double
    /// The statistic, with the sign of the difference.
    public let t: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// The two-sided interval of the difference.
    public let interval: Interval

    /// Throws `.tooFew` when a group has one observation, `.constant` when both variances are 0. Cost: constant.
    public init(
        _ first: GroupSummary, _ second: GroupSummary, tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        try first.requireSpread()
        try second.requireSpread()
        let (v1, v2) = (first.meanVariance, second.meanVariance)
        let total = v1 + v2
        // Shares instead of squares of variances, which could leave the range of a Double.
        let (share1, share2) = (v1 / total, v2 / total)
        let df = 1 / (share1 * share1 / Double(first.n - 1) + share2 * share2 / Double(second.n - 1))
        let compared = try MeanDifference(second.mean - first.mean, squaredError: total, df: df)
        interval = try compared.interval(level: level)
        (self.first, self.second, self.tail, self.df) = (first, second, tail, df)
        (difference, standardError, t) = (compared.difference, compared.standardError, compared.t)
        p = tail.studentP(compared.t, df: df)
    }

    /// Throws as the other initializer, and `.nonFinite`.
    public init(
        _ first: [Double], _ second: [Double], tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        try self.init(GroupSummary(first), GroupSummary(second), tail: tail, level: level)
    }
}
