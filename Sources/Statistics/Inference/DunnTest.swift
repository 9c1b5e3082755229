/// Dunn's pairwise comparison of mean ranks after Kruskal–Wallis, with the variance corrected for ties.
///
/// Source: O. J. Dunn, Technometrics 6 (1964) 241–252, doi:10.1080/00401706.1964.10490181.
public struct DunnTest: Sendable, Hashable {
    /// The sizes of the groups, in the order given.
    public let sizes: [Int]
    /// Every pair, with p-values adjusted by `adjustment`.
    public let comparisons: [PairwiseComparison]
    /// The two-sided p-values before adjustment, in the order of `comparisons`.
    public let unadjusted: [Double]
    /// How the p-values were adjusted.
    public let adjustment: Adjustment

    /// Throws `.tooFew` below two groups, `.empty` for an empty group, `.allTied` when all values are equal. Cost:
    /// distinct values times groups, and the square of the groups.
    public init(_ groups: [CountedSample], adjustment: Adjustment = .holm) throws(Undefined) {
        try Undefined.require(groups.count, atLeast: 2)
        for group in groups where group.isEmpty { throw .empty }
        let ranks = PooledRanks(groups)
        let size = Double(ranks.n)
        guard ranks.n > 1, ranks.tieFactor > 0 else { throw .allTied }
        let variance = size * (size + 1) / 12 * ranks.tieFactor
        let means = zip(groups, ranks.rankSums).map { $1 / Double($0.n) }
        let pairs = groups.indices.flatMap { i in groups.indices.dropFirst(i + 1).map { (i, $0) } }
        let measured = pairs.map { i, j in
            (means[j] - means[i], (variance * (1 / Double(groups[i].n) + 1 / Double(groups[j].n))).squareRoot())
        }
        unadjusted = measured.map { Tail.twoSided.normalP($0 / $1) }
        let adjusted = try adjustment.adjusted(unadjusted)
        comparisons = pairs.indices.map { index in
            let (difference, error) = measured[index]
            return PairwiseComparison(
                first: pairs[index].0, second: pairs[index].1, difference: difference, standardError: error,
                statistic: difference / error, df: .infinity, p: adjusted[index], interval: nil)
        }
        sizes = groups.map(\.n)
        self.adjustment = adjustment
    }

    /// Sorts each group first. Throws as the other initializer, and `.nonFinite`.
    public init(_ groups: [[Double]], adjustment: Adjustment = .holm) throws(Undefined) {
        try self.init(CountedSample.samples(groups), adjustment: adjustment)
    }
}
