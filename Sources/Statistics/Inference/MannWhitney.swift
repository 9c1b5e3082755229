/// The Mann–Whitney U (Wilcoxon rank-sum) test of two independent samples.
///
/// Exact for data without ties when both samples have at most 50 values, and given the ties for tied data of at most 20
/// values together; else normal with the variance corrected for ties and a continuity correction of ½. Source: H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18 (1947),
/// doi:10.1214/aoms/1177730491.
public struct MannWhitney: Sendable, Hashable {
    /// The sizes of the samples.
    public let n1: Int, n2: Int
    /// The pairs in which the first value is larger, ties counting half.
    public let u1: Double
    /// The pairs in which the second value is larger, ties counting half; u1 + u2 = n1·n2.
    public let u2: Double
    /// The standardised statistic without continuity correction, positive when the second sample tends to be larger.
    public let z: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// How p was found.
    public let method: RankMethod
    /// Whether any value occurs twice in the two samples together.
    public let ties: Bool

    /// (u2 − u1)/(n1·n2), from −1 to 1: how much more often the second value is the larger one (Cliff's δ).
    public var cliffsDelta: Double { (u2 - u1) / (Double(n1) * Double(n2)) }

    /// z/√(n1 + n2), the correlation-like effect size r.
    public var r: Double { z / Double(n1 + n2).squareRoot() }

    /// Tests two samples.
    ///
    /// - Parameters:
    ///   - first: The first sample, at least one value.
    ///   - second: The second sample, at least one value.
    ///   - method: Forces a method; nil chooses as described above.
    ///   - continuity: Whether the normal approximation moves the statistic by ½ towards its mean.
    ///   - tail: The alternative.
    ///
    /// Throws `.empty`, `.allTied` when every value is equal, `.tooMany` for the exact method with ties above 200 values
    /// together. Cost: the distinct values; the exact method n₁·n₂·u steps, with ties (n₁ + n₂)³·n₁ at most.
    public init(
        _ first: CountedSample, _ second: CountedSample, method: RankMethod? = nil, continuity: Bool = true,
        tail: Tail = .twoSided
    ) throws(Undefined) {
        guard first.n > 0, second.n > 0 else { throw .empty }
        let ranks = PooledRanks([first, second])
        let (size1, size2) = (Double(first.n), Double(second.n))
        (n1, n2, self.tail, ties) = (first.n, second.n, tail, ranks.isTied)
        u1 = ranks.rankSums[0] - size1 * (size1 + 1) / 2
        u2 = size1 * size2 - u1
        let variance = size1 * size2 / 12 * (size1 + size2 + 1) * ranks.tieFactor
        guard variance > 0 else { throw .allTied }
        let away = u2 - size1 * size2 / 2
        let sd = variance.squareRoot()
        z = away / sd
        let isSmall = ranks.isTied ? ranks.n <= 20 : Swift.max(first.n, second.n) <= 50
        self.method = method ?? (isSmall ? .exact : .normal)
        switch self.method {
        case .exact:
            guard !ranks.isTied else {
                p = try Self.exactP(first, second, ranks, tail)
                return
            }
            let lower = RankSumDistribution.lowerTails(n1, n2, through: Int(Swift.max(u1, u2)))
            p = tail.p(lower: lower[Int(u2)], upper: lower[Int(u1)])
        case .normal:
            let shift = continuity ? 0.5 : 0
            p = tail.p(lower: Normal.cdf((away + shift) / sd), upper: Normal.cdf(-(away - shift) / sd))
        }
    }

    /// The exact p-value given the ties.
    private static func exactP(
        _ first: CountedSample, _ second: CountedSample, _ ranks: PooledRanks, _ tail: Tail
    ) throws(Undefined) -> Double {
        guard ranks.n <= 200 else { throw .tooMany(found: ranks.n, limit: 200) }
        let (sum, whole) = (Int(2 * ranks.rankSums[0]), ranks.n * (ranks.n + 1))
        let lower = RankSumDistribution.drawnRankTails(
            RankSumDistribution.doubledRanks(first.merged(with: second)), drawn: first.n, through: whole)
        // A small rank sum of the first sample means that the second tends to be larger.
        let beyond = sum > 0 ? 1 - lower[sum - 1] : 1
        return tail.p(lower: Swift.min(1, beyond), upper: lower[sum])
    }

    /// Sorts both first. Throws as the other initializer, and `.nonFinite`.
    public init(
        _ first: [Double], _ second: [Double], method: RankMethod? = nil, continuity: Bool = true,
        tail: Tail = .twoSided
    ) throws(Undefined) {
        try self.init(
            CountedSample(first), CountedSample(second), method: method, continuity: continuity, tail: tail)
    }
}
