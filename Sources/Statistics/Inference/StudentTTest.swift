/// Student's t test of equal means with one common variance.
///
/// t = (m₂ − m₁)/(s√(1/n₁ + 1/n₂)) with the pooled s and n₁ + n₂ − 2 degrees of freedom. Welch's test is the safer
/// default. Source: Student, Biometrika 6 (1908) 1–25, doi:10.1093/biomet/6.1.1.
public struct StudentTTest: Sendable, Hashable {
    /// The first group.
    public let first: GroupSummary
    /// The second group.
    public let second: GroupSummary
    /// m₂ − m₁.
    public let difference: Double
    /// The standard error of the difference.
    public let standardError: Double
    /// n₁ + n₂ − 2.
    public let df: Double
    /// The statistic, with the sign of the difference.
    public let t: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// The two-sided interval of the difference.
    public let interval: Interval

    /// Throws `.tooFew` below three observations in all, `.constant` when the pooled variance is 0. Cost: constant.
    public init(
        _ first: GroupSummary, _ second: GroupSummary, tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.require(first.n + second.n, atLeast: 3)
        let squared = first.pooledVariance(with: second) * (1 / Double(first.n) + 1 / Double(second.n))
        let df = Double(first.n + second.n - 2)
        let compared = try MeanDifference(second.mean - first.mean, squaredError: squared, df: df)
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

extension GroupSummary {
    /// The variance within both groups, weighted by their degrees of freedom.
    func pooledVariance(with other: GroupSummary) -> Double {
        (Double(n - 1) * variance + Double(other.n - 1) * other.variance) / Double(n + other.n - 2)
    }
}
