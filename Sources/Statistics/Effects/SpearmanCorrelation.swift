/// Spearman's rank correlation: Pearson's r of mid-ranks.
///
/// Source: C. Spearman, Am. J. Psychol. 15 (1904) 72–101, doi:10.2307/1412159.
public struct SpearmanCorrelation: Sendable, Hashable {
    /// The number of pairs.
    public let n: Int
    /// ρ from −1 to 1.
    public let rho: Double
    /// The p-value of ρ = 0 from t = ρ√((n − 2)/(1 − ρ²)), an approximation that is good from about ten pairs; nil for
    /// two pairs.
    public let p: Double?
    /// The alternative.
    public let tail: Tail
    /// Fisher's z with the standard error √((1 + ρ²/2)/(n − 3)) of Bonett and Wright (doi:10.1007/BF02294183); nil below
    /// four pairs.
    public let interval: Interval?
    /// Whether a column has ties.
    public let ties: Bool

    /// Throws `.unequalLengths`, `.tooFew` below two pairs, `.nonFinite`, `.constant` when a column does not vary.
    /// Cost: two sorts.
    public init(_ x: [Double], _ y: [Double], tail: Tail = .twoSided, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.requirePairs(x, y, atLeast: 2)
        let (rankX, rankY) = (Ranks(x), Ranks(y))
        let rho = try CrossMoments(rankX.ranks, rankY.ranks).correlation
        (n, self.rho, self.tail) = (x.count, rho, tail)
        p = x.count > 2 ? PearsonCorrelation.p(rho, df: Double(x.count - 2), tail) : nil
        let error = ((1 + rho * rho / 2) / Double(x.count - 3)).squareRoot()
        interval = x.count > 3 ? FisherZ.interval(rho, error: error, level: level) : nil
        ties = rankX.tiedPairs + rankY.tiedPairs > 0
    }
}
