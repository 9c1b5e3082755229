/// The interval of a quantile from one observation to another, whatever the distribution.
public struct QuantileInterval: Sendable, Hashable {
    /// How the two observations are chosen.
    public enum Method: Sendable, Hashable {
        /// The lower end is the l-th value from below with the largest l for which the chance of fewer than l values below the
        /// quantile, P(Bin(n, p) < l), is at most (1 − level)/2; the upper end the same from above with 1 − p. Covers the
        /// quantile with at least the level. Source: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 7.1.
        case orderStatistics
        /// The percentile bootstrap with every possible draw: the k-th value of a draw with replacement is at most the i-th
        /// observation with the chance P(Bin(n, i/n) ≥ k), so that nothing needs to be drawn. The ends are where this chance
        /// reaches (1 − level)/2 for k = ⌊(n − 1)p⌋ + 1 and (1 + level)/2 for k = ⌈(n − 1)p⌉ + 1, the two values between which
        /// the quantile of type 7 lies. Covers the level approximately. Source: B. Efron, Bootstrap methods: another look at
        /// the jackknife, 1979, section 3, https://doi.org/10.1214/aos/1176344552.
        case bootstrap
    }

    /// The number of observations.
    public let n: Int
    /// The share that the quantile belongs to.
    public let share: Double
    /// How its ends were chosen.
    public let method: Method
    /// From one observation to another.
    public let interval: Interval

    /// Throws `.outOfDomain` for a share or level outside (0, 1), and, by either method, `.tooFew` where the order statistics
    /// would lie beyond the outermost observation: a 95 % interval of the median needs 6 values, of the 95th percentile 72. With
    /// fewer a bootstrap has an interval, too, but none that covers its level, because no draw exceeds the largest value.
    /// Cost: O(log n) tails of the binomial and the distinct values.
    public init(
        _ sample: CountedSample, share: Double, level: Double = 0.95, method: Method = .orderStatistics
    ) throws(Undefined) {
        try Undefined.requireLevel(level)
        guard share > 0, share < 1 else { throw .outOfDomain("a share lies between 0 and 1, not \(share)") }
        let n = sample.n
        guard let low = Self.depth(n: n, share: share, level: level),
            let high = Self.depth(n: n, share: 1 - share, level: level)
        else {
            throw n == 0 ? .empty : .tooFew(found: n, needed: Self.smallest(share: share, level: level))
        }
        let places =
            switch method {
            case .orderStatistics: (low: low, high: n + 1 - high)
            case .bootstrap: Self.bootstrapPlaces(n: n, share: share, level: level)
            }
        (self.n, self.share, self.method) = (n, share, method)
        let order = try Quantiles(sample)
        interval = Interval(
            low: order.orderStatistic(places.low - 1), high: order.orderStatistic(places.high - 1), level: level)
    }

    /// The places, from 1, of the observations at both ends of the bootstrap's interval.
    static func bootstrapPlaces(n: Int, share: Double, level: Double) -> (low: Int, high: Int) {
        let place = Double(n - 1) * share
        return (
            bootstrapPlace(rank: Int(place.rounded(.down)) + 1, n: n, chance: (1 - level) / 2),
            bootstrapPlace(rank: Int(place.rounded(.up)) + 1, n: n, chance: (1 + level) / 2)
        )
    }

    /// The smallest i with P(Bin(n, i/n) ≥ rank) ≥ chance.
    private static func bootstrapPlace(rank: Int, n: Int, chance: Double) -> Int {
        var (below, reached) = (0, n)
        while reached - below > 1 {
            let middle = (below + reached) / 2
            // P(Bin(n, q) ≥ k) = I_q(k, n − k + 1).
            let found = BetaDistribution.cdf(Double(middle) / Double(n), Double(rank), Double(n - rank + 1))
            if found >= chance { reached = middle } else { below = middle }
        }
        return reached
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
