/// The alternative against which a test weighs its null hypothesis.
///
/// For two samples the direction is that of `second − first`; for one sample or a series, that of the statistic.
public enum Tail: String, Sendable, Hashable, CaseIterable {
    /// Different in either direction.
    case twoSided
    /// The second sample tends to be smaller, or the statistic is negative.
    case less
    /// The second sample tends to be larger, or the statistic is positive.
    case greater
}

extension Tail {
    /// The p-value from the probabilities at or below and at or above the observed statistic.
    ///
    /// The two-sided value doubles the smaller one and is cut at 1.
    func p(lower: Double, upper: Double) -> Double {
        switch self {
        case .twoSided: min(1, 2 * min(lower, upper))
        case .less: lower
        case .greater: upper
        }
    }

    /// The p-value of a standard normal statistic.
    func normalP(_ z: Double) -> Double { p(lower: Normal.cdf(z), upper: Normal.cdf(-z)) }

    /// The p-value of a Student t statistic.
    func studentP(_ t: Double, df: Double) -> Double {
        p(lower: StudentT.cdf(t, df: df), upper: StudentT.cdf(-t, df: df))
    }
}
