/// The two-sample Kolmogorov–Smirnov test: the largest distance between two empirical distribution functions.
///
/// Exact while n₁·n₂ ≤ 4,000,000 (conservative with ties, as usual), else from the limit distribution of
/// (√n + 0.12 + 0.11/√n)·D with n = n₁n₂/(n₁+n₂). Sources: G. Schröer, D. Trenkler, Comput. Stat. Data Anal. 20 (1995) 185–202,
/// doi:10.1016/0167-9473(94)00040-P; M. A. Stephens, J. R. Stat. Soc. B 32 (1970) 115–122, doi:10.1111/j.2517-6161.1970.tb00821.x.
public struct TwoSampleKolmogorovSmirnov: Sendable, Hashable {
    /// How p was found.
    public enum Method: String, Sendable, Hashable {
        /// By counting all orders of the pooled values.
        case exact
        /// From the limit distribution.
        case asymptotic
    }

    /// The sizes of the samples.
    public let n1: Int, n2: Int
    /// The largest distance, 0 to 1.
    public let d: Double
    /// A value at which the distance is reached, in the unit of the data.
    public let location: Double
    /// The two-sided p-value.
    public let p: Double
    /// How p was found.
    public let method: Method
    /// Whether any value occurs twice in the two samples together.
    public let ties: Bool

    /// Throws `.empty` when a sample is empty. Cost: the distinct values, and n₁·n₂ for the exact p.
    public init(_ first: CountedSample, _ second: CountedSample, method: Method? = nil) throws(Undefined) {
        guard first.n > 0, second.n > 0 else { throw .empty }
        (n1, n2) = (first.n, second.n)
        let found = Self.distance(first, second)
        let cells = first.n.multipliedReportingOverflow(by: second.n)
        let size = Double(first.n) * Double(second.n)
        d = Double(found.scaled) / size
        location = found.location
        ties = found.ties
        self.method = method ?? (!cells.overflow && cells.partialValue <= 4_000_000 ? .exact : .asymptotic)
        switch self.method {
        case .exact: p = Self.exactUpperTail(first.n, second.n, scaled: found.scaled)
        case .asymptotic:
            let root = (size / Double(first.n + second.n)).squareRoot()
            p = Kolmogorov.upperTail((root + 0.12 + 0.11 / root) * d)
        }
    }

    /// Sorts both first. Throws as the other initializer, and `.nonFinite`.
    public init(_ first: [Double], _ second: [Double], method: Method? = nil) throws(Undefined) {
        try self.init(CountedSample(first), CountedSample(second), method: method)
    }

    /// The largest |i·n₂ − j·n₁| over the pooled values, in whole numbers.
    private static func distance(
        _ first: CountedSample, _ second: CountedSample
    ) -> (scaled: Int, location: Double, ties: Bool) {
        var (i, j, below1, below2, best) = (0, 0, 0, 0, 0)
        var location = Swift.min(first.values[0], second.values[0])
        var ties = first.isTied || second.isTied
        while i < first.values.count || j < second.values.count {
            let left = i < first.values.count ? first.values[i] : .infinity
            let right = j < second.values.count ? second.values[j] : .infinity
            if left == right { ties = true }
            if left <= right {
                below1 += first.counts[i]
                i += 1
            }
            if right <= left {
                below2 += second.counts[j]
                j += 1
            }
            let gap = abs(below1 * second.n - below2 * first.n)
            if gap > best { (best, location) = (gap, Swift.min(left, right)) }
        }
        return (best, location, ties)
    }

    /// The share of all orders whose path reaches the distance: the probability of having met it on the way to (i, j).
    private static func exactUpperTail(_ n: Int, _ m: Int, scaled: Int) -> Double {
        var row = (0...m).map { $0 * n >= scaled ? 1.0 : 0 }
        if scaled == 0 { return 1 }
        for j in 1...m { row[j] = Swift.max(row[j], row[j - 1]) }
        for i in 1...n {
            if i * m >= scaled { row[0] = 1 }
            for j in 1...m {
                let (left, whole) = (Double(i), Double(i + j))
                row[j] =
                    abs(i * m - j * n) >= scaled ? 1 : left / whole * row[j] + Double(j) / whole * row[j - 1]
            }
        }
        return row[m]
    }
}
