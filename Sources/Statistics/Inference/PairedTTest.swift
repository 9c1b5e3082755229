/// Student's t test that the mean of the paired differences is zero.
///
/// t = mean/(s/√n) of the n differences, with n − 1 degrees of freedom. Source: Student, Biometrika 6 (1908) 1–25,
/// doi:10.1093/biomet/6.1.1.
public struct PairedTTest: Sendable, Hashable {
    /// The differences second − first: their number, mean and variance.
    public let differences: GroupSummary
    /// The standard error of the mean difference.
    public let standardError: Double
    /// n − 1.
    public let df: Double
    /// The statistic, with the sign of second − first.
    public let t: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// The two-sided interval of the mean difference.
    public let interval: Interval

    /// The mean of second − first.
    public var difference: Double { differences.mean }

    /// The mean difference over the standard deviation of the differences (d_z).
    public var standardizedDifference: Double { differences.mean / differences.sd }

    /// Tests summed differences. Throws `.tooFew` below two pairs, `.constant` when all differences are equal. Cost:
    /// constant.
    public init(differences: GroupSummary, tail: Tail = .twoSided, level: Double = 0.95) throws(Undefined) {
        try differences.requireSpread()
        let compared = try MeanDifference(
            differences.mean, squaredError: differences.meanVariance, df: Double(differences.n - 1))
        interval = try compared.interval(level: level)
        (self.differences, self.tail) = (differences, tail)
        (standardError, df, t) = (compared.standardError, compared.df, compared.t)
        p = tail.studentP(compared.t, df: compared.df)
    }

    /// Pairs by position. Throws as the other initializer, `.unequalLengths` and `.nonFinite`.
    public init(
        _ first: [Double], _ second: [Double], tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.requirePairs(first, second, atLeast: 2)
        try self.init(differences: GroupSummary(zip(first, second).map { $1 - $0 }), tail: tail, level: level)
    }
}
