/// Cliff's δ = P(second > first) − P(second < first), with an interval that holds for ordinal data.
///
/// The interval is the asymmetric one of Feng and Cliff from the consistent variance estimate.
/// Source: N. Cliff, Psychol. Bull. 114 (1993), doi:10.1037/0033-2909.114.3.494; D. Feng, N. Cliff,
/// J. Mod. Appl. Stat. Methods 3 (2004), doi:10.22237/jmasm/1099267560.
public struct CliffsDelta: Sendable, Hashable {
    /// The sizes of the samples.
    public let n1: Int, n2: Int
    /// δ from −1 to 1, positive when second values tend to be larger.
    public let delta: Double
    /// The interval of δ; nil for complete separation (|δ| = 1) and for samples below two values, where its variance
    /// has no estimate.
    public let interval: Interval?

    /// Throws `.empty`. Cost: the distinct values of both samples.
    public init(_ first: CountedSample, _ second: CountedSample, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        guard first.n > 0, second.n > 0 else { throw .empty }
        let (size1, size2) = (Double(first.n), Double(second.n))
        // For each value, how much more of the other sample lies above it than below (and the reverse).
        let rows = Self.dominance(of: second, over: first).map { $0 / size2 }
        let columns = Self.dominance(of: first, over: second).map { -$0 / size1 }
        (n1, n2) = (first.n, second.n)
        delta = zip(rows, first.counts).map { $0 * Double($1) }.compensatedSum / size1
        let spread1 = Self.spread(rows, first.counts, around: delta)
        let spread2 = Self.spread(columns, second.counts, around: delta)
        let equal = Self.tiedPairs(first, second) / (size1 * size2)
        let cells = (1 - equal) - delta * delta
        let variance =
            (size2 * size2 * spread1 + size1 * size1 * spread2 - size1 * size2 * cells)
            / (size1 * size2 * (size1 - 1) * (size2 - 1))
        interval = Self.interval(delta, variance, level: level)
    }

    /// Sorts both first. Throws as the other initializer, and `.nonFinite`.
    public init(_ first: [Double], _ second: [Double], level: Double = 0.95) throws(Undefined) {
        try self.init(CountedSample(first), CountedSample(second), level: level)
    }

    /// For each distinct value of `base`, the observations of `other` above it minus those below it.
    private static func dominance(of other: CountedSample, over base: CountedSample) -> [Double] {
        var below = 0
        var next = 0
        return base.values.map { value in
            while next < other.values.count, other.values[next] < value {
                below += other.counts[next]
                next += 1
            }
            let equal = next < other.values.count && other.values[next] == value ? other.counts[next] : 0
            return Double(other.n - below - equal) - Double(below)
        }
    }

    private static func spread(_ means: [Double], _ counts: [Int], around centre: Double) -> Double {
        zip(means, counts).map { ($0 - centre) * ($0 - centre) * Double($1) }.compensatedSum
    }

    private static func tiedPairs(_ first: CountedSample, _ second: CountedSample) -> Double {
        var pairs = 0.0
        var next = 0
        for (value, count) in zip(first.values, first.counts) {
            while next < second.values.count, second.values[next] < value { next += 1 }
            if next < second.values.count, second.values[next] == value {
                pairs += Double(count) * Double(second.counts[next])
            }
        }
        return pairs
    }

    private static func interval(_ delta: Double, _ variance: Double, level: Double) -> Interval? {
        guard variance > 0, variance.isFinite, abs(delta) < 1 else { return nil }
        let z = -Normal.quantile((1 - level) / 2)
        let rest = 1 - delta * delta
        let root = (rest * rest + z * z * variance).squareRoot() * z * variance.squareRoot()
        let scale = rest + z * z * variance
        let middle = delta - delta * delta * delta
        return Interval(
            low: max(-1, (middle - root) / scale), high: min(1, (middle + root) / scale), level: level)
    }
}
