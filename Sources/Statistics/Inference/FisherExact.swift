/// Fisher's exact test of a 2 × 2 table [[a, b], [c, d]] with all margins given.
///
/// Source: R. A. Fisher, J. R. Stat. Soc. 85 (1922) 87–94, doi:10.2307/2340521.
public struct FisherExact: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// ad/(bc); infinity when b or c is 0 and ad is not, nil when the ratio is 0/0.
    public let oddsRatio: Double?
    /// The p-value; the two-sided one adds all tables that are no more probable than the observed one.
    public let p: Double
    /// The alternative: `.greater` means odds ratio above 1.
    public let tail: Tail

    /// Throws `.outOfDomain` for a negative count and `.empty` for a table of zeros. Cost: the smallest margin.
    public init(_ a: Int, _ b: Int, _ c: Int, _ d: Int, tail: Tail = .twoSided) throws(Undefined) {
        guard Swift.min(a, b, c, d) >= 0 else { throw .outOfDomain("a count is not negative") }
        n = a + b + c + d
        guard n > 0 else { throw .empty }
        let (cross, against) = (Double(a) * Double(d), Double(b) * Double(c))
        oddsRatio = against > 0 ? cross / against : cross > 0 ? .infinity : nil
        self.tail = tail
        let support = Swift.max(0, a + b - (b + d))...Swift.min(a + b, a + c)
        let logs = support.map { Hypergeometric.logWeight($0, marked: a + c, total: a + b + c + d, draws: a + b) }
        let observed = logs[a - support.lowerBound]
        var sum = CompensatedSum()
        for (k, weight) in zip(support, logs) where Self.counts(k, a, weight, observed, tail) { sum.add(exp(weight)) }
        p = Swift.min(1, sum.value)
    }

    /// Whether a table with k in the first cell is at least as extreme; equal weights may differ by rounding (1e-7).
    private static func counts(_ k: Int, _ a: Int, _ weight: Double, _ observed: Double, _ tail: Tail) -> Bool {
        switch tail {
        case .twoSided: weight <= observed + 1e-7
        case .less: k <= a
        case .greater: k >= a
        }
    }
}
