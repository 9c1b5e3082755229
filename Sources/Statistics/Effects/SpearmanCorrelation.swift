/// Spearman's rank correlation: Pearson's r of mid-ranks.
///
/// Source: C. Spearman, Am. J. Psychol. 15 (1904) 72–101, doi:10.2307/1412159.
public struct SpearmanCorrelation: Sendable, Hashable {
    /// The number of pairs.
    public let n: Int
    /// ρ from −1 to 1.
    public let rho: Double
    /// The p-value of ρ = 0; nil for two pairs.
    ///
    /// Exact up to nine pairs, from all orders of the ranks that were found; above from t = ρ√((n − 2)/(1 − ρ²)), and
    /// never less than the n! orders allow; 0 where it is less than the smallest number that a `Double` holds.
    public let p: Double?
    /// How p was found; `.normal` stands for the t approximation.
    public let method: RankMethod
    /// The alternative.
    public let tail: Tail
    /// Fisher's z with the standard error √((1 + ρ²/2)/(n − 3)) of Bonett and Wright (doi:10.1007/BF02294183); nil below
    /// four pairs and for |ρ| = 1.
    public let interval: Interval?
    /// Whether a column has ties.
    public let ties: Bool

    /// Throws `.unequalLengths`, `.tooFew` below two pairs, `.nonFinite`, `.constant` when a column does not vary.
    /// Cost: two sorts; up to nine pairs at most 9! orders.
    public init(_ x: [Double], _ y: [Double], tail: Tail = .twoSided, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.requirePairs(x, y, atLeast: 2)
        let (rankX, rankY) = (Ranks(x), Ranks(y))
        let rho = try CrossMoments(rankX.ranks, rankY.ranks).correlation
        (n, self.rho, self.tail) = (x.count, rho, tail)
        method = x.count <= 9 ? .exact : .normal
        if x.count <= 9 {
            p = x.count > 2 ? Self.exactP(rankX.ranks, rankY.ranks, tail) : nil
        } else {
            let orders = (2...x.count).reduce(1) { $0 * Double($1) }
            let least = (tail == .twoSided ? 2 : 1) / orders
            p = max(least, PearsonCorrelation.p(rho, df: Double(x.count - 2), tail))
        }
        let error = ((1 + rho * rho / 2) / Double(x.count - 3)).squareRoot()
        interval = x.count > 3 ? FisherZ.interval(rho, error: error, level: level) : nil
        ties = rankX.tiedPairs + rankY.tiedPairs > 0
    }

    /// The share of the orders of y whose Σ rank·rank is as extreme as the one found.
    private static func exactP(_ x: [Double], _ y: [Double], _ tail: Tail) -> Double {
        let (left, right) = (x.map { Int(2 * $0) }, y.map { Int(2 * $0) })
        var orders = Orders(left, right, found: zip(left, right).reduce(0) { $0 + $1.0 * $1.1 })
        orders.visit(0, used: 0, sum: 0)
        let all = Double(orders.all)
        return tail.p(lower: Double(orders.notAbove) / all, upper: Double(orders.notBelow) / all)
    }

    /// Counts the orders of a few ranks by their sum of products with others.
    private struct Orders {
        let left: [Int]
        let right: [Int]
        let found: Int
        private(set) var all = 0
        private(set) var notAbove = 0
        private(set) var notBelow = 0

        init(_ left: [Int], _ right: [Int], found: Int) { (self.left, self.right, self.found) = (left, right, found) }

        mutating func visit(_ place: Int, used: Int, sum: Int) {
            guard place < left.count else {
                all += 1
                notAbove += sum <= found ? 1 : 0
                notBelow += sum >= found ? 1 : 0
                return
            }
            for next in right.indices where used & (1 << next) == 0 {
                visit(place + 1, used: used | (1 << next), sum: sum + left[place] * right[next])
            }
        }
    }
}
