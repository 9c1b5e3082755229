/// The usual figures of one sample.
///
/// All are in the unit of the data, except variance (its square) and skewness, kurtosis and cv (no unit). One
/// observation has every location figure; what needs more is nil. Source of the corrections for bias: D. N. Joanes, C.
/// A. Gill, The Statistician 47 (1998) 183–189, doi:10.1111/1467-9884.00122.
public struct Description: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The arithmetic mean.
    public let mean: Double
    /// The sample variance, divisor n − 1; nil for one observation.
    public let variance: Double?
    /// Skewness m₃/m₂^1.5 of the moments with divisor n (g₁, not corrected for bias); nil for constant data.
    public let skewness: Double?
    /// Excess kurtosis m₄/m₂² − 3 of the moments with divisor n (g₂, not corrected for bias); nil for constant data.
    public let kurtosis: Double?
    /// The smallest observation.
    public let min: Double
    /// The largest observation.
    public let max: Double
    /// The type 7 quartile at ¼.
    public let q1: Double
    /// The median.
    public let median: Double
    /// The type 7 quartile at ¾.
    public let q3: Double
    /// The median absolute deviation from the median, unscaled.
    public let mad: Double
    /// The most frequent value, the smallest of them when several are; it says nothing while `modeCount` is 1.
    public let mode: Double
    /// How often the mode occurs; 1 when no value occurs twice.
    public let modeCount: Int
    /// The number of distinct values.
    public let distinct: Int

    /// Describes a sample. Throws `.empty` or `.overflow`. Cost: three passes over the distinct values.
    public init(_ sample: CountedSample) throws(Undefined) {
        let moments = try CentralMoments(sample)
        let quantiles = try Quantiles(sample)
        n = sample.n
        mean = moments.mean
        variance = n > 1 ? moments.sum2 / Double(sample.n - 1) : nil
        (skewness, kurtosis) = (moments.shape?.skewness, moments.shape?.kurtosis)
        min = quantiles.orderStatistic(0)
        max = quantiles.orderStatistic(n - 1)
        (q1, median, q3) = (quantiles.unchecked(0.25), quantiles.median, quantiles.unchecked(0.75))
        mad = try MedianDeviation(sample, median: median).mad
        (mode, modeCount) = Self.mode(sample)
        distinct = sample.values.count
    }

    /// Sorts and describes an array. Throws `.empty`, `.nonFinite` or `.overflow`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }

    private static func mode(_ sample: CountedSample) -> (Double, Int) {
        var best = (value: sample.values[0], count: sample.counts[0])
        for (value, count) in zip(sample.values, sample.counts) where count > best.count { best = (value, count) }
        return best
    }

    /// The standard deviation, divisor n − 1; nil for one observation.
    public var sd: Double? { variance?.squareRoot() }

    /// The standard error of the mean, sd/√n; nil for one observation.
    public var standardError: Double? { variance.map { ($0 / Double(n)).squareRoot() } }

    /// The coefficient of variation sd/|mean|; nil for one observation or a mean of zero.
    public var cv: Double? { mean == 0 ? nil : sd.map { $0 / abs(mean) } }

    /// The distance between the extremes.
    public var range: Double { max - min }

    /// The distance between the quartiles.
    public var iqr: Double { q3 - q1 }

    /// Skewness corrected for bias under normality (G₁); nil below three observations or for constant data.
    public var unbiasedSkewness: Double? {
        guard let skewness, n >= 3 else { return nil }
        let size = Double(n)
        return skewness * (size * (size - 1)).squareRoot() / (size - 2)
    }

    /// Excess kurtosis corrected for bias under normality (G₂); nil below four observations or for constant data.
    public var unbiasedKurtosis: Double? {
        guard let kurtosis, n >= 4 else { return nil }
        let size = Double(n)
        return (size - 1) / ((size - 2) * (size - 3)) * ((size + 1) * kurtosis + 6)
    }
}
