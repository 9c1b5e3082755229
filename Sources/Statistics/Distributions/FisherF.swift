/// The F distribution with `d1` and `d2` > 0 degrees of freedom, which need not be whole.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17, https://dlmf.nist.gov/8.17. Cost: that of `IncompleteBeta`,
/// some ten times that for a quantile.
public enum FisherF {
    /// The density at x; 0 below 0.
    public static func density(_ x: Double, _ d1: Double, _ d2: Double) -> Double {
        guard x > 0 else { return x < 0 || d1 > 2 ? 0 : d1 == 2 ? 1 : .infinity }
        let (low, high) = parts(x, d1, d2)
        return SaddlePoint.betaWeight(d1 / 2, d2 / 2, low, high) / x
    }

    /// P(X ≤ x); 0 below 0.
    public static func cdf(_ x: Double, _ d1: Double, _ d2: Double) -> Double {
        guard x > 0 else { return x.isNaN ? .nan : 0 }
        let (low, high) = parts(x, d1, d2)
        return IncompleteBeta.lower(d1 / 2, d2 / 2, x: low, y: high)
    }

    /// P(X > x) with full relative precision; 1 below 0.
    public static func upperTail(_ x: Double, _ d1: Double, _ d2: Double) -> Double {
        guard x > 0 else { return x.isNaN ? .nan : 1 }
        let (low, high) = parts(x, d1, d2)
        return IncompleteBeta.lower(d2 / 2, d1 / 2, x: high, y: low)
    }

    /// The x with P(X ≤ x) = p: 0 at 0, ∞ at 1, NaN outside [0, 1].
    public static func quantile(_ p: Double, _ d1: Double, _ d2: Double) -> Double {
        guard p > 0, p < 1, d1 > 0, d2 > 0 else { return p == 0 ? 0 : p == 1 ? .infinity : .nan }
        let rising = p <= 0.5
        return RootFinding.quantile(
            target: rising ? p : 1 - p, rising: rising, start: 1,
            tail: { rising ? cdf($0, d1, d2) : upperTail($0, d1, d2) }, density: { density($0, d1, d2) })
    }

    /// d1 x/(d1 x + d2) and its complement, each without cancellation.
    private static func parts(_ x: Double, _ d1: Double, _ d2: Double) -> (low: Double, high: Double) {
        x == .infinity ? (1, 0) : (1 / (1 + d2 / (d1 * x)), 1 / (1 + d1 * x / d2))
    }
}
