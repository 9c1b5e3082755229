/// Equal-width bins for a histogram.
public struct BinEdges: Sendable, Hashable {
    /// How the width was found.
    public enum Rule: String, Sendable, Hashable {
        /// 2·IQR/∛n (Freedman and Diaconis, doi:10.1007/BF01025868).
        case freedmanDiaconis
        /// range/(log₂ n + 1) (Sturges), taken when the quartiles coincide.
        case sturges
        /// One bin of width 1 around constant data.
        case constant
    }

    /// The edges in ascending order, one more than bins; the first is the minimum and the last the maximum (±½ for
    /// constant data). A bin holds its lower edge; the last bin holds both.
    public let edges: [Double]
    /// The rule that gave the number of bins.
    public let rule: Rule

    /// Chooses bins for a sample, at most `limit` of them.
    ///
    /// The width of the rule is rounded down so that whole bins fill the range. Throws `.empty`, or `.outOfDomain` for a
    /// limit below 1.
    public init(_ sample: CountedSample, limit: Int = 200) throws(Undefined) {
        guard limit >= 1 else { throw .outOfDomain("at least one bin is allowed, not \(limit)") }
        let quantiles = try Quantiles(sample)
        let low = quantiles.orderStatistic(0)
        let high = quantiles.orderStatistic(sample.n - 1)
        guard high > low else {
            edges = [low - 0.5, low + 0.5]
            rule = .constant
            return
        }
        let range = high - low
        guard range.isFinite else { throw .overflow }
        let (q1, q3) = quantiles.quartiles
        let size = Double(sample.n)
        rule = q3 > q1 ? .freedmanDiaconis : .sturges
        let wanted = q3 > q1 ? range / (2 * (q3 - q1) / cbrt(size)) : log(size) / log(2) + 1
        let bins = max(1, Int(min(Double(limit), wanted.rounded(.up))))
        edges = (0...bins).map { $0 == bins ? high : low + range * Double($0) / Double(bins) }
    }

    /// Sorts first. Throws `.empty`, `.nonFinite` or `.overflow`.
    public init(_ data: [Double], limit: Int = 200) throws(Undefined) {
        try self.init(CountedSample(data), limit: limit)
    }

    /// How many observations fall into each bin; observations outside the edges are not counted.
    public func counts(of sample: CountedSample) -> [Int] {
        var counts = [Int](repeating: 0, count: edges.count - 1)
        var bin = 0
        for (value, count) in zip(sample.values, sample.counts) where value >= edges[0] && value <= edges[counts.count]
        {
            while bin < counts.count - 1, value >= edges[bin + 1] { bin += 1 }
            counts[bin] += count
        }
        return counts
    }
}
