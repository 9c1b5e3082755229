/// The noncentral t distribution: (Z + shift)/S with Z standard normal and S² = χ²/df independent of it.
///
/// Definition: N. L. Johnson, B. L. Welch, Biometrika 31 (1940) 362–389, doi:10.1093/biomet/31.3-4.362.
public enum NoncentralT {
    /// P(T ≤ t); absolute error about 1e-14.
    ///
    /// For |shift| up to 20 + 4√(2 df) the expectation over S of Φ(t·S − shift), whose steps grow as fine as the shift
    /// is large; beyond, the expectation over Z of P(S ≥ (Z + shift)/t), whose steps do not. Cost: at most some two
    /// thousand evaluations of the normal cdf, or 650 (mostly 80) of the χ² tail, whatever the arguments.
    public static func cdf(_ t: Double, df: Double, shift: Double) -> Double {
        guard df > 0, t.isFinite, shift.isFinite else { return .nan }
        if df == .infinity { return Normal.cdf(t - shift) }
        guard abs(shift) > 20 + 4 * (2 * df).squareRoot() else {
            return ScaledChi(df: df, sharpness: abs(shift) + 1).expectation { Normal.cdf(t * $0 - shift) }
        }
        // Z + shift has the sign of the shift but for a chance below 1e-88.
        guard t != 0, (t > 0) == (shift > 0) else { return shift > 0 ? 0 : 1 }
        let beyond = exceeding(abs(t), df: df, shift: abs(shift))
        return t > 0 ? beyond : 1 - beyond
    }

    /// P(S·t ≥ Z + shift) for t > 0 and shift > 20, by the trapezoid rule in z, whose error falls exponentially with
    /// the step.
    private static func exceeding(_ t: Double, df: Double, shift: Double) -> Double {
        // How slowly the tail of S turns in z. Below an eighth S would have to exceed 16, where nothing is left of it.
        let width = t / (2 * df).squareRoot()
        guard width >= 0.125 else { return 0 }
        let step = 0.25 * min(1, width)
        let last = Int((9.5 / step).rounded(.up))
        var sum = CompensatedSum()
        for index in -last...last {
            let z = Double(index) * step
            let s = (z + shift) / t
            sum.add(Normal.density(z) * ChiSquared.upperTail(df * s * s, df: df))
        }
        return min(1, sum.value * step)
    }

    /// P(T > t).
    public static func upperTail(_ t: Double, df: Double, shift: Double) -> Double { cdf(-t, df: df, shift: -shift) }

    /// The shift at which P(T ≤ t) equals p in (0, 1); the ends of an interval for a noncentrality.
    static func shift(t: Double, df: Double, p: Double) -> Double? {
        // The spread of T about the shift, by which the normal approximation tells where to look first.
        let spread = (1 + t / (2 * df) * t).squareRoot()
        let guess = t - Normal.quantile(p) * spread
        var reach = spread / 4
        for _ in 0..<40 {
            let tail = tails(of: t, df: df, shifts: guess - reach...guess + reach)
            let root = RootFinding.brent(guess - reach, guess + reach) { tail($0) - p }
            if let root { return root }
            reach *= 4
        }
        return nil
    }

    /// P(T ≤ t) as a function of the shift, within bounds over which one set of nodes serves.
    private static func tails(of t: Double, df: Double, shifts: ClosedRange<Double>) -> (Double) -> Double {
        let farthest = max(abs(shifts.lowerBound), abs(shifts.upperBound))
        guard df < .infinity, farthest <= 20 + 4 * (2 * df).squareRoot() else { return { cdf(t, df: df, shift: $0) } }
        let chi = ScaledChi(df: df, sharpness: farthest + 1)
        return { shift in chi.expectation { Normal.cdf(t * $0 - shift) } }
    }
}
