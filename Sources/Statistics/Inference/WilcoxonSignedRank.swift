/// Wilcoxon's signed-rank test that paired differences are symmetric about zero.
///
/// Differences of zero are dropped (Wilcoxon's own rule). Differences of pairs that rounding alone tells apart are tied, and those
/// that it alone tells from zero are dropped: 0.4 − 0.3 and 0.8 − 0.7 are the same. Exact for at most 50 remaining differences, else normal with
/// the variance corrected for ties. The exact distribution is that over all signs of the mid-ranks that were found, so
/// that it holds with ties and after zeros were dropped, too. Source: F. Wilcoxon, Biometrics Bull. 1 (1945),
/// doi:10.2307/3001968.
public struct WilcoxonSignedRank: Sendable, Hashable {
    /// The differences that are not zero.
    public let n: Int
    /// How many differences of zero were dropped.
    public let zeros: Int
    /// The sum of the ranks of positive differences (second − first).
    public let positiveRankSum: Double
    /// The sum of the ranks of negative differences.
    public let negativeRankSum: Double
    /// The standardised statistic without continuity correction, positive when the second values tend to be larger.
    public let z: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// How p was found.
    public let method: RankMethod
    /// Whether absolute differences are tied.
    public let ties: Bool

    /// (positive − negative)/(sum of both), from −1 to 1: the matched-pairs rank correlation.
    public var rankCorrelation: Double {
        (positiveRankSum - negativeRankSum) / (positiveRankSum + negativeRankSum)
    }

    /// Tests counted differences second − first.
    ///
    /// - Parameters:
    ///   - differences: The differences.
    ///   - grain: What rounding may leave between differences that are equal on paper.
    ///   - method: Forces a method; nil chooses as described above.
    ///   - continuity: Whether the normal approximation moves the statistic by ½ towards its mean; off as in SciPy.
    ///   - tail: The alternative.
    ///
    /// Throws `.empty` without differences, `.constant` when all are zero. Cost:
    /// one sort of the sizes of the differences; the exact method n·w steps.
    public init(
        differences: CountedSample, grain: Double = 0, method: RankMethod? = nil, continuity: Bool = false,
        tail: Tail = .twoSided
    ) throws(Undefined) {
        guard !differences.isEmpty else { throw .empty }
        let (above, below) = Self.sides(differences, grain: grain)
        let (positive, negative) = try (CountedSample(pairs: above), CountedSample(pairs: below))
        let ranks = PooledRanks([positive, negative])
        guard ranks.n > 0 else { throw .constant }
        let size = Double(ranks.n)
        (n, zeros, self.tail, ties) = (ranks.n, differences.n - ranks.n, tail, ranks.isTied)
        (positiveRankSum, negativeRankSum) = (ranks.rankSums[0], ranks.rankSums[1])
        let sd = (size * (size + 1) * (2 * size + 1) / 24 - ranks.tieSum / 48).squareRoot()
        let away = positiveRankSum - size * (size + 1) / 4
        z = away / sd
        self.method = method ?? (ranks.n <= 50 ? .exact : .normal)
        switch self.method {
        case .exact:
            let (unit, used) =
                ranks.isTied
                ? (2.0, RankSumDistribution.doubledRanks(positive.merged(with: negative))) : (1, Array(1...ranks.n))
            let lower = RankSumDistribution.signedRankTails(
                used, through: Int(unit * Swift.max(positiveRankSum, negativeRankSum)))
            p = tail.p(lower: lower[Int(unit * positiveRankSum)], upper: lower[Int(unit * negativeRankSum)])
        case .normal:
            let shift = continuity ? 0.5 : 0
            p = tail.p(lower: Normal.cdf((away + shift) / sd), upper: Normal.cdf(-(away - shift) / sd))
        }
    }

    /// Pairs by position. Throws as the other initializer, `.unequalLengths` and `.nonFinite`.
    public init(
        _ first: [Double], _ second: [Double], method: RankMethod? = nil, continuity: Bool = false,
        tail: Tail = .twoSided
    ) throws(Undefined) {
        try Undefined.requirePairs(first, second, atLeast: 1)
        let largest = zip(first, second).reduce(0) { Swift.max($0, abs($1.0), abs($1.1)) }
        try self.init(
            differences: CountedSample(zip(first, second).map { $1 - $0 }), grain: 4 * .ulpOfOne * largest,
            method: method, continuity: continuity, tail: tail)
    }

    private typealias Side = [(value: Double, count: Int)]

    /// The sizes of the differences above and below zero with their counts; those within a grain of a smaller one are that one.
    private static func sides(_ differences: CountedSample, grain: Double) -> (above: Side, below: Side) {
        let counted = zip(differences.values, differences.counts)
        var sides: [Side] = [
            counted.filter { $0.0 > grain }.map { (value: $0.0, count: $0.1) },
            counted.filter { $0.0 < -grain }.map { (value: -$0.0, count: $0.1) }.reversed(),
        ]
        var next = [0, 0]
        var first = -Double.infinity
        while let side = (0..<2).filter({ next[$0] < sides[$0].count }).min(by: {
            sides[$0][next[$0]].value < sides[$1][next[$1]].value
        }) {
            let value = sides[side][next[side]].value
            if value - first <= grain { sides[side][next[side]].value = first } else { first = value }
            next[side] += 1
        }
        return (sides[0], sides[1])
    }
}
