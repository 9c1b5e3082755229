/// A mean with its t interval: mean ± t(df)·s/√n, df = n − 1.
///
/// Source: Student, Biometrika 6 (1908) 1–25, doi:10.1093/biomet/6.1.1.
public struct MeanInterval: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The mean.
    public let mean: Double
    /// s/√n.
    public let standardError: Double
    /// The interval of the mean; of width 0 for constant data.
    public let interval: Interval

    /// Throws `.empty` or `.tooFew` below two observations and `.outOfDomain` for a level outside (0, 1). Cost: one
    /// quantile of Student's t.
    public init(_ group: GroupSummary, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        try group.requireSpread()
        n = group.n
        mean = group.mean
        standardError = group.meanVariance.squareRoot()
        let reach = StudentT.critical(level: level, df: Double(group.n - 1)) * standardError
        interval = Interval(centre: group.mean, reach: reach, level: level)
    }

    /// Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double], level: Double = 0.95) throws(Undefined) {
        try self.init(GroupSummary(data), level: level)
    }
}
