/// The beta distribution with shapes a, b > 0 on [0, 1].
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17, https://dlmf.nist.gov/8.17. Cost: that of `IncompleteBeta`,
/// some ten times that for a quantile.
public enum BetaDistribution {
    /// P(X ≤ x).
    public static func cdf(_ x: Double, _ a: Double, _ b: Double) -> Double {
        IncompleteBeta.lower(a, b, min(1, max(0, x)))
    }

    /// The x with P(X ≤ x) = p: 0 at 0, 1 at 1, NaN outside [0, 1].
    ///
    /// Through the quantile of F, to which X/(1−X) · b/a belongs, so that both ends keep their digits.
    public static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? 0 : p == 1 ? 1 : .nan }
        return 1 / (1 + b / (a * FisherF.quantile(p, 2 * a, 2 * b)))
    }
}
