/// Pearson's product-moment correlation with its t test and Fisher's z interval.
///
/// r = Σ(x − x̄)(y − ȳ)/√(Σ(x − x̄)²·Σ(y − ȳ)²). Source: R. A. Fisher, Biometrika 10 (1915) 507–521,
/// doi:10.1093/biomet/10.4.507.
public struct PearsonCorrelation: Sendable, Hashable {
    /// The number of pairs.
    public let n: Int
    /// r from −1 to 1.
    public let r: Double
    /// The p-value of r = 0 for normal data, from t = r√((n − 2)/(1 − r²)); nil for two pairs, and 0 for |r| = 1,
    /// which normal data that do not depend on each other never show.
    public let p: Double?
    /// The alternative.
    public let tail: Tail
    /// tanh(atanh r ± z/√(n − 3)); nil below four pairs and for |r| = 1, where it has no ends.
    public let interval: Interval?

    /// Throws `.unequalLengths`, `.tooFew` below two pairs, `.nonFinite`, `.constant` when a column does not vary.
    /// Cost: two passes.
    public init(_ x: [Double], _ y: [Double], tail: Tail = .twoSided, level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        let moments = try CrossMoments(x, y)
        n = x.count
        r = try moments.correlation
        self.tail = tail
        p = n > 2 ? Self.p(r, df: Double(n - 2), tail) : nil
        interval = n > 3 ? FisherZ.interval(r, error: 1 / Double(n - 3).squareRoot(), level: level) : nil
    }

    /// The t test of a correlation; for |r| = 1 the p-value is its limit.
    static func p(_ r: Double, df: Double, _ tail: Tail) -> Double {
        let rest = (1 - r) * (1 + r)
        if rest <= 0 { return tail.p(lower: r > 0 ? 1 : 0, upper: r > 0 ? 0 : 1) }
        return tail.studentP(r * (df / rest).squareRoot(), df: df)
    }
}

/// Intervals of correlations on Fisher's scale.
enum FisherZ {
    /// tanh(atanh r ± z·error); nil for |r| = 1: points on a line do not prove that no other point lies beside it.
    static func interval(_ r: Double, error: Double, level: Double) -> Interval? {
        guard abs(r) < 1 else { return nil }
        let reach = -Normal.quantile((1 - level) / 2) * error
        return Interval(low: tanh(atanh(r) - reach), high: tanh(atanh(r) + reach), level: level)
    }
}
