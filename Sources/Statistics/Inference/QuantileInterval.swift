/// The interval of a quantile between two order statistics, whatever the distribution.
///
/// The lower end is the l-th value from below with the largest l for which the chance of fewer than l values below the
/// quantile, P(Bin(n, p) < l), is at most (1 − level)/2; the upper end the same from above with 1 − p. The interval covers
/// the quantile with at least its level. Source: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 7.1.
public struct QuantileInterval: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The share that the quantile belongs to.
    public let share: Double
    /// From one observation to another.
    public let interval: Interval

    /// Throws `.outOfDomain` for a share or level outside (0, 1), and `.tooFew` where an end would lie beyond the outermost
    /// observation: a 95 % interval of the median needs 6 values, of the 95th percentile 72. Cost: O(log n) tails of the
    /// binomial and the distinct values.
    public init(_ sample: CountedSample, share: Double, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        guard share > 0, share < 1 else { throw .outOfDomain("a share lies between 0 and 1, not \(share)") }
        guard let low = Self.depth(n: sample.n, share: share, level: level),
            let high = Self.depth(n: sample.n, share: 1 - share, level: level)
        else {
            throw sample.n == 0 ? .empty : .tooFew(found: sample.n, needed: Self.smallest(share: share, level: level))
        }
        (n, self.share) = (sample.n, share)
        let order = try Quantiles(sample)
        interval = Interval(
            low: order.orderStatistic(low - 1), high: order.orderStatistic(sample.n - high), level: level)
    }

    /// The largest l with P(Bin(n, share) ≤ l − 1) ≤ (1 − level) / 2; nil if there is none.
    public static func depth(n: Int, share: Double, level: Double) -> Int? {
        var (low, high) = (0, n + 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            // P(Bin(n, p) ≤ l − 1) = I_(1−p)(n − l + 1, l).
            let tail = BetaDistribution.cdf(1 - share, Double(n - middle + 1), Double(middle))
            if tail <= (1 - level) / 2 { low = middle } else { high = middle }
        }
        return low > 0 ? low : nil
    }

    /// The fewest observations for which both ends exist: max(p, 1 − p)ⁿ ≤ (1 − level) / 2.
    public static func smallest(share: Double, level: Double) -> Int {
        Int((log((1 - level) / 2) / log(max(share, 1 - share))).rounded(.up))
    }
}
