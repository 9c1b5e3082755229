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
        let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
        var joint = 0.0
        var run = 1.0
        for (left, right) in zip(order, order.dropFirst()) {
            // A new member of a run ties with all before it.
            if x[left] == x[right], y[left] == y[right] { joint += run }
            run = x[left] == x[right] && y[left] == y[right] ? run + 1 : 1
        }
        let (ranksX, ranksY) = (Ranks(x), Ranks(y))
        comparableX = pairs - ranksX.tiedPairs
        comparableY = pairs - ranksY.tiedPairs
        isTied = ranksX.tiedPairs + ranksY.tiedPairs > 0
        let discordant = Double(Inversions.count(order.map { y[$0] }))
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

/// Inversions of a sequence.
enum Inversions {
    /// The pairs i < j with data[i] > data[j], or ≥ when equal ones count too. Cost: O(n log n).
    static func count(_ data: [Double], equalToo: Bool = false) -> Int {
        var source = data
        var target = data
        var width = 1
        var total = 0
        while width < data.count {
            for start in stride(from: 0, to: data.count, by: 2 * width) {
                let middle = min(start + width, data.count)
                total += merge(source, into: &target, start, middle, min(middle + width, data.count), equalToo)
            }
            swap(&source, &target)
            width *= 2
        }
        return total
    }

    private static func merge(
        _ source: [Double], into target: inout [Double], _ start: Int, _ middle: Int, _ end: Int,
        _ equalToo: Bool
    ) -> Int {
        var (left, right, crossed) = (start, middle, 0)
        for index in start..<end {
            let first =
                left < middle && right < end
                && (equalToo ? source[left] < source[right] : source[left] <= source[right])
            if right == end || first {
                target[index] = source[left]
                left += 1
            } else {
                target[index] = source[right]
                right += 1
                crossed += middle - left
            }
        }
        return crossed
    }
}
