/// The median absolute deviation from the median.
public struct MedianDeviation: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The median of the sample.
    public let median: Double
    /// The median of |x − median|, unscaled; 0 when more than half of the values are equal.
    public let mad: Double

    /// `mad` times 1.482602…, which estimates the standard deviation of normal data.
    public var scaled: Double { mad * 1.482602218505602 }

    /// Computes both medians. Throws `.empty`. Cost: one sort of the distinct deviations.
    public init(_ sample: CountedSample) throws(Undefined) {
        let median = try Quantiles(sample).median
        n = sample.n
        self.median = median
        mad = try Quantiles(sample.mapped { abs($0 - median) }).median
    }

    /// Sorts first. Throws `.empty` or `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }
}
