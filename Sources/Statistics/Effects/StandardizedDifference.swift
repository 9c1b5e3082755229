/// The difference of two means in units of their common standard deviation.
///
/// d = (m₂ − m₁)/s with the pooled s; g = J·d with J = Γ(df/2)/(√(df/2)·Γ((df − 1)/2)), which is unbiased under normality.
/// The interval is that of the population difference δ from the noncentral t distribution: exact for normal data with equal
/// variances; for unequal ones from Welch's t with its degrees of freedom, whose noncentrality is scaled by the ratio of
/// Welch's standard error to s, so that it excludes 0 exactly where Welch's test rejects. Sources: L. V. Hedges, J. Educ.
/// Stat. 6 (1981), doi:10.3102/10769986006002107; G. Shieh, Behav. Res. Methods 45 (2013), doi:10.3758/s13428-013-0320-4.
public struct StandardizedDifference: Sendable, Hashable {
    /// The sizes of the groups.
    public let n1: Int, n2: Int
    /// Cohen's d, positive when the second mean is larger.
    public let cohenD: Double
    /// Hedges' g, d corrected for small-sample bias.
    public let hedgesG: Double
    /// The interval of the population difference.
    public let interval: Interval

    /// What is taken of the variances of the groups.
    public enum Variances: Sendable, Hashable {
        /// They are the same: the classical interval.
        case equal
        /// They may differ; with equal ones the interval is a little wider where a group is small.
        case unequal
    }

    /// Throws `.tooFew` below four observations in all or, for unequal variances, two in a group; `.constant` when the
    /// pooled variance is 0, `.notConverged` when no end of the interval is found. Cost: two root searches of the
    /// noncentral t distribution, some hundred evaluations of its cdf.
    public init(
        _ first: GroupSummary, _ second: GroupSummary, variances: Variances = .equal, level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.require(first.n + second.n, atLeast: 4)
        let variance = first.pooledVariance(with: second)
        guard variance > 0 else { throw .constant }
        let free = Double(first.n + second.n - 2)
        var (df, scale) = (free, (1 / Double(first.n) + 1 / Double(second.n)).squareRoot())
        if variances == .unequal {
            let welch = try WelchTTest(first, second, level: level)
            (df, scale) = (welch.df, welch.standardError / variance.squareRoot())
        }
        let d = (second.mean - first.mean) / variance.squareRoot()
        let side = (1 - level) / 2
        guard let low = NoncentralT.shift(t: d / scale, df: df, p: 1 - side),
            let high = NoncentralT.shift(t: d / scale, df: df, p: side)
        else { throw .notConverged(iterations: 40) }
        (n1, n2, cohenD) = (first.n, second.n, d)
        hedgesG = d * Self.correction(df: free)
        interval = Interval(low: low * scale, high: high * scale, level: level)
    }

    /// Throws as the other initializer, `.empty` and `.nonFinite`.
    public init(
        _ first: [Double], _ second: [Double], variances: Variances = .equal, level: Double = 0.95
    ) throws(Undefined) {
        try self.init(GroupSummary(first), GroupSummary(second), variances: variances, level: level)
    }

    /// Hedges' exact J for df > 1.
    static func correction(df: Double) -> Double {
        exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / (df / 2).squareRoot()
    }
}
