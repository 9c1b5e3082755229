/// The median absolute deviation from the median.
///
/// Source: F. R. Hampel, J. Am. Stat. Assoc. 69 (1974) 383–393, doi:10.1080/01621459.1974.10482962.
public struct MedianDeviation: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The median of the sample.
    public let median: Double
    /// The median of |x − median|, unscaled; 0 when more than half of the values are equal.
    public let mad: Double

    /// `mad` times 1.482602…, which estimates the standard deviation of normal data.
    public var scaled: Double { mad * 1.482602218505602 }

    /// Computes both medians. Throws `.empty`, `.overflow` for a range beyond the largest Double. Cost: the number of distinct values.
    public init(_ sample: CountedSample) throws(Undefined) {
        try self.init(sample, median: Quantiles(sample).median)
    }

    /// With the median at hand; the sample is not empty.
    init(_ sample: CountedSample, median: Double) throws(Undefined) {
        n = sample.n
        self.median = median
        guard (sample.values[sample.values.count - 1] - sample.values[0]).isFinite else { throw .overflow }
        mad = Self.middle(sample, median)
    }

    /// The median of the deviations, which ascend from the median outwards on both sides.
    private static func middle(_ sample: CountedSample, _ median: Double) -> Double {
        var right = 0
        var end = sample.values.count
        while right < end {
            let middle = (right + end) / 2
            if sample.values[middle] < median { right = middle + 1 } else { end = middle }
        }
        var left = right - 1
        var passed = 0
        var low: Double?
        while true {
            let below = left >= 0 ? median - sample.values[left] : .infinity
            let above = right < sample.values.count ? sample.values[right] - median : .infinity
            let deviation = min(below, above)
            if below <= above {
                passed += sample.counts[left]
                left -= 1
            } else {
                passed += sample.counts[right]
                right += 1
            }
            // The middle observation, or the mean of the two in the middle.
            if let low { return deviation - (deviation - low) * 0.5 }
            if passed > sample.n / 2 { return deviation }
            if passed == sample.n / 2, sample.n % 2 == 0 { low = deviation }
        }
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }
}
