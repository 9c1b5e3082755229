/// Kendall's τ-b: (concordant − discordant)/√((pairs − ties in x)(pairs − ties in y)).
///
/// p is exact for at most 50 pairs without ties, else from the normal approximation with the tie-corrected variance.
/// Source: M. G. Kendall, Biometrika 33 (1945), doi:10.1093/biomet/33.3.239; W. R. Knight 1966 for the O(n log n) count.
public struct KendallCorrelation: Sendable, Hashable {
    /// The number of pairs of observations.
    public let n: Int
    /// τ-b from −1 to 1.
    public let tau: Double
    /// Concordant minus discordant pairs.
    public let s: Double
    /// The standardised statistic without continuity correction.
    public let z: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// How p was found.
    public let method: RankMethod
    /// Fisher's z with the standard error √(0.437/(n − 4)) of Fieller, Hartley and Pearson
    /// (doi:10.1093/biomet/44.3-4.470); nil below five pairs and for |τ| = 1.
    public let interval: Interval?
    /// Whether a column has ties.
    public let ties: Bool

    /// Throws `.unequalLengths`, `.tooFew` below two pairs, `.nonFinite`, `.constant` when a column does not vary,
    /// `.outOfDomain` for the exact method with ties. Cost: two sorts and one merge count.
    public init(
        _ x: [Double], _ y: [Double], method: RankMethod? = nil, tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.requirePairs(x, y, atLeast: 2)
        let count = ConcordanceCount(x, y)
        guard count.comparableX > 0, count.comparableY > 0 else { throw .constant }
        (n, s, self.tail, ties) = (x.count, count.s, tail, count.isTied)
        tau = max(-1, min(1, count.s / count.comparableX.squareRoot() / count.comparableY.squareRoot()))
        z = count.s / count.variance.squareRoot()
        self.method = method ?? (!count.isTied && x.count <= 50 ? .exact : .normal)
        switch self.method {
        case .exact:
            guard !count.isTied else { throw .outOfDomain("the exact Kendall distribution holds without ties") }
            let pairs = x.count * (x.count - 1) / 2
            let discordant = (pairs - Int(count.s)) / 2
            let lower = RankSumDistribution.inversionTails(x.count, through: max(discordant, pairs - discordant))
            p = tail.p(lower: lower[pairs - discordant], upper: lower[discordant])
        case .normal: p = tail.normalP(z)
        }
        let error = x.count > 4 ? (0.437 / Double(x.count - 4)).squareRoot() : 0
        interval = x.count > 4 ? FisherZ.interval(tau, error: error, level: level) : nil
    }
}
