/// The adjusted Rand index: how far two labellings of the same rows agree, 1 for the same, about 0 for chance.
///
/// Source: L. Hubert, P. Arabie, J. Classif. 2 (1985) 193–218, doi:10.1007/BF01908075.
public struct AdjustedRand: Sendable, Hashable {
    /// The number of rows.
    public let n: Int
    /// The index; 1 when both labellings have one cluster or both have only clusters of one.
    public let index: Double

    /// Throws `.unequalLengths` and `.tooFew` below two rows. Cost: one pass and the pairs of labels that occur.
    public init(_ first: [Int], _ second: [Int]) throws(Undefined) {
        guard first.count == second.count else { throw .unequalLengths(first.count, second.count) }
        try Undefined.require(first.count, atLeast: 2)
        let joint = Self.pairs(zip(first, second).map { [$0, $1] })
        let (left, right) = (Self.pairs(first.map { [$0] }), Self.pairs(second.map { [$0] }))
        let all = Double(first.count) * Double(first.count - 1) / 2
        let expected = left * right / all
        let most = (left + right) / 2
        n = first.count
        index = most == expected ? 1 : (joint - expected) / (most - expected)
    }

    /// The pairs of rows with the same key.
    private static func pairs(_ keys: [[Int]]) -> Double {
        var sizes: [[Int]: Int] = [:]
        for key in keys { sizes[key, default: 0] += 1 }
        return sizes.values.reduce(0.0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }
}
