/// Concordant and discordant pairs of two columns, counted by merging.
struct ConcordanceCount {
    /// Concordant minus discordant pairs.
    let s: Double
    /// Pairs that differ in x, and pairs that differ in y.
    let comparableX: Double, comparableY: Double
    /// The variance of S when the columns are unrelated, corrected for ties in both.
    let variance: Double

    /// Whether a column has ties.
    let isTied: Bool

    /// Cost: O(n log n).
    init(_ x: [Double], _ y: [Double]) {
        let n = Double(x.count)
        let pairs = n * (n - 1) / 2
        let orderY = FiniteSort.order(y)
        let order = FiniteSort.order(x, then: orderY)
        var joint = 0.0
        var run = 1.0
        for (left, right) in zip(order, order.dropFirst()) {
            // A new member of a run ties with all before it.
            if x[left] == x[right], y[left] == y[right] { joint += run }
            run = x[left] == x[right] && y[left] == y[right] ? run + 1 : 1
        }
        let (ranksX, ranksY) = (Ranks(x, ascending: order), Ranks(y, ascending: orderY))
        comparableX = pairs - ranksX.tiedPairs
        comparableY = pairs - ranksY.tiedPairs
        isTied = ranksX.tiedPairs + ranksY.tiedPairs > 0
        // Twice a mid-rank is whole.
        let discordant = Double(Inversions.count(order.map { Int32(2 * ranksY.ranks[$0]) }))
        s = pairs - ranksX.tiedPairs - ranksY.tiedPairs + joint - 2 * discordant
        variance = Self.variance(n, ranksX, ranksY)
    }

    private static func variance(_ n: Double, _ x: Ranks, _ y: Ranks) -> Double {
        func cubic(_ t: Double) -> Double { t * (t - 1) * (2 * t + 5) }
        func triple(_ t: Double) -> Double { t * (t - 1) * (t - 2) }
        let base = (cubic(n) - x.tieSum(cubic) - y.tieSum(cubic)) / 18
        let pairs = 2 * x.tiedPairs * y.tiedPairs / (n * (n - 1))
        let triples = n > 2 ? x.tieSum(triple) * y.tieSum(triple) / (9 * triple(n)) : 0
        return base + pairs + triples
    }
}
