/// Student's t distribution with `df` > 0 degrees of freedom, which need not be whole.
public enum StudentT {
    /// The density at t, by Loader's saddle-point form.
    public static func density(_ t: Double, df: Double) -> Double {
        guard df < .infinity else { return Normal.density(t) }
        let a = df / 2
        let ratio = SaddlePoint.stirlingError(a + 0.5) - SaddlePoint.stirlingError(a) - SaddlePoint.deviance(a, a + 0.5)
        let grown = t / df * t
        return exp(ratio - a * log1p(grown)) / (2 * .pi * (1 + grown)).squareRoot()
    }

    /// P(T ≤ t), with full relative precision in the lower tail; the upper tail is `cdf(-t, df:)`. NaN outside the domain.
    public static func cdf(_ t: Double, df: Double) -> Double {
        guard df > 0, !t.isNaN else { return .nan }
        if df == .infinity { return Normal.cdf(t) }
        if t.isInfinite { return t < 0 ? 0 : 1 }
        let grown = t / df * t
        let half = 0.5 * IncompleteBeta.lower(df / 2, 0.5, x: 1 / (1 + grown), y: 1 / (1 + 1 / grown))
        return t < 0 ? half : 1 - half
    }

    /// The t with P(T ≤ t) = p: −∞ at 0, ∞ at 1, NaN outside [0, 1].
    public static func quantile(_ p: Double, df: Double) -> Double {
        guard p > 0, p < 1, df > 0 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        if p == 0.5 { return 0 }
        if p > 0.5 { return upperQuantile(1 - p, df: df) }
        return -upperQuantile(p, df: df)
    }

    /// The t > 0 that a fraction `q` < ½ of the distribution exceeds.
    static func upperQuantile(_ q: Double, df: Double) -> Double {
        if df == .infinity { return -Normal.quantile(q) }
        let z = -Normal.quantile(q)
        // There the expansion is within 5e-17 of the quantile (against mpmath with 40 digits, q from 0.3 to 1e-15).
        if df >= 1000, z * z + 1 <= 0.003 * df { return z * expansion(z * z, df) }
        let start = max(z, 1e-8) * (df > 1 + z * z ? expansion(z * z, df) : 1 + (z * z + 1) / (4 * df))
        return RootFinding.quantile(
            target: q, rising: false, start: start, tail: { cdf(-$0, df: df) }, density: { density($0, df: df) })
    }

    /// The quantile over the normal one to the fourth order in 1/df: R. A. Fisher and E. A. Cornish, Technometrics 2 (1960)
    /// 209–225, doi:10.1080/00401706.1960.10489895.
    private static func expansion(_ w: Double, _ df: Double) -> Double {
        let first = (w + 1) / 4
        let second = ((5 * w + 16) * w + 3) / 96
        let third = (((3 * w + 19) * w + 17) * w - 15) / 384
        let fourth = ((((79 * w + 776) * w + 1482) * w - 1920) * w - 945) / 92160
        return 1 + (first + (second + (third + fourth / df) / df) / df) / df
    }

    /// The t for a two-sided interval of the given level.
    static func critical(level: Double, df: Double) -> Double { upperQuantile((1 - level) / 2, df: df) }
}
