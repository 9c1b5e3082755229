/// Wilson's score interval of a proportion.
///
/// Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212, doi:10.1080/01621459.1927.10502953.
public struct WilsonInterval: Sendable, Hashable {
    /// The number of successes.
    public let successes: Int
    /// The number of trials.
    public let n: Int
    /// The interval, inside [0, 1] and never of width 0.
    public let interval: Interval

    /// successes/n.
    public var proportion: Double { Double(successes) / Double(n) }

    /// Throws `.empty` without trials, `.outOfDomain` for successes outside 0…n or a level outside (0, 1). Cost:
    /// constant.
    public init(successes: Int, of n: Int, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        guard n > 0 else { throw .empty }
        guard (0...n).contains(successes) else { throw .outOfDomain("successes lie in 0 to \(n), not \(successes)") }
        (self.successes, self.n) = (successes, n)
        interval = Self.interval(Double(successes), of: Double(n), level: level)
    }

    /// The interval of a proportion whose trials count in part: k weighted successes of a weighted number n of trials.
    ///
    /// With whole numbers it is the interval of these. Throws `.empty` for n that is not above 0, `.outOfDomain` for k
    /// outside 0…n. Cost: constant.
    public static func weighted(_ k: Double, of n: Double, level: Double = 0.95) throws(Undefined) -> Interval {
        try Undefined.requireLevel(level)
        guard n > 0, n.isFinite else { throw .empty }
        guard k >= 0, k <= n else { throw .outOfDomain("weighted successes lie in 0 to \(n), not \(k)") }
        return interval(k, of: n, level: level)
    }

    private static func interval(_ k: Double, of size: Double, level: Double) -> Interval {
        let z = -Normal.quantile((1 - level) / 2)
        let failures = size - k
        let reach = z * (k * failures / size + z * z / 4).squareRoot()
        let low = k == 0 ? 0 : (k + z * z / 2 - reach) / (size + z * z)
        let high = k == size ? 1 : (k + z * z / 2 + reach) / (size + z * z)
        return Interval(low: low, high: high, level: level)
    }
}
