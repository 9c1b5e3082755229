/// The Kruskal–Wallis test: one-way analysis of variance on ranks, corrected for ties, with a χ²(k − 1) p-value.
///
/// Source: W. H. Kruskal, W. A. Wallis, J. Am. Stat. Assoc. 47 (1952), doi:10.1080/01621459.1952.10483441.
public struct KruskalWallis: Sendable, Hashable {
    /// The sizes of the groups, in the order given.
    public let sizes: [Int]
    /// The mean ranks of the groups in the pooled data.
    public let meanRanks: [Double]
    /// The statistic, corrected for ties.
    public let h: Double
    /// k − 1.
    public let df: Int
    /// P(χ² > h).
    public let p: Double
    /// Whether any value occurs twice in the pooled data.
    public let ties: Bool

    /// The number of observations in all.
    public var n: Int { sizes.reduce(0, +) }

    /// ε² = H/(N − 1), from 0 to 1: the share of the variance of ranks that lies between the groups.
    /// Source: T. L. Kelley, PNAS 21 (1935) 554–559, doi:10.1073/pnas.21.9.554, on ranks.
    public var epsilonSquared: Double { h / Double(n - 1) }

    /// Throws `.tooFew` below two groups, `.empty` for an empty group, `.allTied` when all values are equal. Cost:
    /// distinct values times the logarithm of the groups.
    public init(_ groups: [CountedSample]) throws(Undefined) {
        try Undefined.require(groups.count, atLeast: 2)
        for group in groups where group.isEmpty { throw .empty }
        let ranks = PooledRanks(groups)
        let size = Double(ranks.n)
        guard ranks.n > 1, ranks.tieFactor > 0 else { throw .allTied }
        let middle = (size + 1) / 2
        let spread = zip(groups, ranks.rankSums).map {
            let d = $1 / Double($0.n) - middle
            return Double($0.n) * d * d
        }.compensatedSum
        sizes = groups.map(\.n)
        meanRanks = zip(groups, ranks.rankSums).map { $1 / Double($0.n) }
        h = 12 / (size * (size + 1)) * spread / ranks.tieFactor
        df = groups.count - 1
        p = ChiSquared.upperTail(h, df: Double(df))
        ties = ranks.isTied
    }

    /// Sorts each group first. Throws as the other initializer, and `.nonFinite`.
    public init(_ groups: [[Double]]) throws(Undefined) { try self.init(CountedSample.samples(groups)) }
}

extension CountedSample {
    /// Each array sorted and counted.
    static func samples(_ groups: [[Double]]) throws(Undefined) -> [CountedSample] {
        try groups.map { (group) throws(Undefined) -> CountedSample in try CountedSample(group) }
    }
}
