/// The noncentral t distribution: (Z + shift)/S with Z standard normal and S² = χ²/df independent of it.
public enum NoncentralT {
    /// P(T ≤ t); absolute error about 1e-14. Cost: a few hundred evaluations of the normal cdf.
    public static func cdf(_ t: Double, df: Double, shift: Double) -> Double {
        guard df > 0, t.isFinite, shift.isFinite else { return .nan }
        if df == .infinity { return Normal.cdf(t - shift) }
        return ScaledChi.expectation(df: df, sharpness: abs(shift) + 1) { Normal.cdf(t * $0 - shift) }
    }

    /// P(T > t).
    public static func upperTail(_ t: Double, df: Double, shift: Double) -> Double { cdf(-t, df: df, shift: -shift) }

    /// The shift at which P(T ≤ t) equals p in (0, 1); the ends of an interval for a noncentrality.
    static func shift(t: Double, df: Double, p: Double) -> Double? {
        var reach = 10 + abs(t)
        for _ in 0..<40 {
            let root = RootFinding.brent(t - reach, t + reach) { cdf(t, df: df, shift: $0) - p }
            if let root { return root }
            reach *= 2
        }
        return nil
    }
}
