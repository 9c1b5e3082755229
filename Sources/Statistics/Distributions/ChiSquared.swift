/// The χ² distribution with `df` > 0 degrees of freedom, which need not be whole.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.2, https://dlmf.nist.gov/8.2; start of the quantile: E. B. Wilson, M.
/// M. Hilferty, PNAS 17 (1931) 684–688, doi:10.1073/pnas.17.12.684. Cost: that of `IncompleteGamma`, some ten times that for
/// a quantile.
public enum ChiSquared {
    /// The density at x; 0 below 0.
    public static func density(_ x: Double, df: Double) -> Double {
        guard x > 0 else { return x < 0 || df > 2 ? 0 : df == 2 ? 0.5 : .infinity }
        return SaddlePoint.gammaWeight(df / 2, x / 2) * (df / 2) / x
    }

    /// P(X ≤ x); 0 below 0.
    public static func cdf(_ x: Double, df: Double) -> Double { IncompleteGamma.lower(df / 2, max(0, x / 2)) }

    /// P(X > x) with full relative precision; 1 below 0.
    public static func upperTail(_ x: Double, df: Double) -> Double { IncompleteGamma.upper(df / 2, max(0, x / 2)) }

    /// The x with P(X ≤ x) = p: 0 at 0, ∞ at 1, NaN outside [0, 1].
    public static func quantile(_ p: Double, df: Double) -> Double {
        guard p > 0, p < 1, df > 0 else { return p == 0 ? 0 : p == 1 ? .infinity : .nan }
        let spread = 2 / (9 * df)
        let cube = 1 - spread + Normal.quantile(p) * spread.squareRoot()
        let start = cube > 0 ? max(df * cube * cube * cube, 1e-10) : 1e-3
        let rising = p <= 0.5
        return RootFinding.quantile(
            target: rising ? p : 1 - p, rising: rising, start: start,
            tail: { rising ? cdf($0, df: df) : upperTail($0, df: df) }, density: { density($0, df: df) })
    }
}
