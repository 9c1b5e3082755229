/// All pairwise comparisons of means by the studentized range.
///
/// Tukey–Kramer with the pooled variance, or Games–Howell with each pair's own variances and Welch's degrees of freedom.
/// Sources: C. Y. Kramer, Biometrics 12 (1956), doi:10.2307/3001469; P. A. Games, J. F. Howell, J. Educ. Stat. 1 (1976),
/// doi:10.3102/10769986001002113.
public struct TukeyHSD: Sendable, Hashable {
    /// Which variance the pairs are judged by.
    public enum Variance: String, Sendable, Hashable {
        /// One pooled variance (Tukey–Kramer).
        case pooled
        /// Each pair's own (Games–Howell).
        case separate
    }

    /// The groups as given.
    public let groups: [GroupSummary]
    /// Every pair, ordered by the first and then the second position.
    public let comparisons: [PairwiseComparison]
    /// Which variance was taken.
    public let variance: Variance

    /// Compares every pair, at most `limit` groups of them.
    ///
    /// Throws `.tooFew` below two groups or two observations in a group, `.constant` when a needed variance is 0,
    /// `.tooMany` above 100 groups, for which the studentized range is not proven here.
    public init(_ groups: [GroupSummary], variance: Variance = .pooled, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.require(groups.count, atLeast: 2)
        guard groups.count <= 100 else { throw .tooMany(found: groups.count, limit: 100) }
        for group in groups { try group.requireSpread() }
        let pooled = try variance == .pooled ? GroupSummary.pooled(groups) : nil
        var comparisons: [PairwiseComparison] = []
        for first in groups.indices {
            for second in groups.indices.dropFirst(first + 1) {
                comparisons.append(
                    try Self.compare(groups, first, second, pooled: pooled, level: level))
            }
        }
        (self.groups, self.comparisons, self.variance) = (groups, comparisons, variance)
    }

    /// Throws as the other initializer, `.empty` for an empty group and `.nonFinite`. Cost: one integral of the
    /// studentized range for each pair.
    public init(_ groups: [[Double]], variance: Variance = .pooled, level: Double = 0.95) throws(Undefined) {
        try self.init(GroupSummary.summaries(groups), variance: variance, level: level)
    }

    private static func compare(
        _ groups: [GroupSummary], _ first: Int, _ second: Int, pooled: (variance: Double, df: Double)?, level: Double
    ) throws(Undefined) -> PairwiseComparison {
        let (a, b) = (groups[first], groups[second])
        let squared: Double
        let df: Double
        if let pooled {
            squared = pooled.variance * (1 / Double(a.n) + 1 / Double(b.n))
            df = pooled.df
        } else {
            let welch = try WelchTTest(a, b, level: level)
            squared = a.meanVariance + b.meanVariance
            df = welch.df
        }
        let difference = b.mean - a.mean
        let error = (squared / 2).squareRoot()
        let q = difference / error
        let critical = StudentizedRange.quantile(level, groups: groups.count, df: df)
        return PairwiseComparison(
            first: first, second: second, difference: difference, standardError: error, statistic: q, df: df,
            p: StudentizedRange.upperTail(abs(q), groups: groups.count, df: df),
            interval: Interval(centre: difference, reach: critical * error, level: level))
    }
}
