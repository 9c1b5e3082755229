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
        let z = -Normal.quantile((1 - level) / 2)
        let (k, size) = (Double(successes), Double(n))
        let failures = size - k
        let reach = z * (k * failures / size + z * z / 4).squareRoot()
        let low = successes == 0 ? 0 : (k + z * z / 2 - reach) / (size + z * z)
        let high = successes == n ? 1 : (k + z * z / 2 + reach) / (size + z * z)
        (self.successes, self.n) = (successes, n)
        interval = Interval(low: low, high: high, level: level)
    }
}
