/// The comparison of two independent proportions.
///
/// z with the pooled standard error; the interval of the difference is Newcombe's hybrid of the two Wilson intervals
/// (method 10), which stays inside [−1, 1]. Source: R. G. Newcombe, Stat. Med. 17 (1998) 873–890,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
public struct TwoProportionTest: Sendable, Hashable {
    /// The first proportion with its own interval.
    public let first: WilsonInterval
    /// The second proportion with its own interval.
    public let second: WilsonInterval
    /// Second − first.
    public let difference: Double
    /// The interval of the difference.
    public let interval: Interval
    /// The statistic, with the sign of the difference.
    public let z: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail

    /// Cohen's h = 2 asin √p₂ − 2 asin √p₁.
    public var cohensH: Double { Self.angle(second.proportion) - Self.angle(first.proportion) }

    /// Throws `.empty` without trials, `.outOfDomain` for impossible counts, `.constant` when both proportions are 0 or
    /// both are 1. Cost: constant.
    public init(
        successes first: Int, of n1: Int, and second: Int, of n2: Int, tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        let a = try WilsonInterval(successes: first, of: n1, level: level)
        let b = try WilsonInterval(successes: second, of: n2, level: level)
        let pooled = Double(first + second) / Double(n1 + n2)
        let squared = pooled * (1 - pooled) * (1 / Double(n1) + 1 / Double(n2))
        guard squared > 0 else { throw .constant }
        let (p1, p2) = (a.proportion, b.proportion)
        difference = p2 - p1
        z = (p2 - p1) / squared.squareRoot()
        p = tail.normalP(z)
        interval = Self.interval(a, b)
        (self.first, self.second, self.tail) = (a, b, tail)
    }

    /// Newcombe's interval of second − first, which is defined where the test is not, too: for proportions that are both
    /// 0 or both 1. It has the level of the first.
    public static func interval(_ first: WilsonInterval, _ second: WilsonInterval) -> Interval {
        Interval.difference(
            of: second.proportion, in: second.interval, less: first.proportion, in: first.interval)
    }

    private static func angle(_ p: Double) -> Double { 2 * asin(p.squareRoot()) }
}
