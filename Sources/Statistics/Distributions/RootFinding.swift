/// Roots of monotone functions.
enum RootFinding {
    /// The x > 0 at which a tail probability equals `target`, by Newton steps on its logarithm inside a shrinking bracket.
    ///
    /// - Parameters:
    ///   - target: The probability, above 0.
    ///   - rising: Whether `tail` grows with x (a cdf) or falls (a survival function).
    ///   - start: A first guess above 0.
    ///   - density: The absolute derivative of `tail`.
    static func quantile(
        target: Double, rising: Bool, start: Double, tail: (Double) -> Double, density: (Double) -> Double
    ) -> Double {
        var low = 0.0
        var high = Double.infinity
        var x = start
        for _ in 0..<400 {
            let value = tail(x)
            if value == target { return x }
            if (value > target) == rising { high = x } else { low = x }
            let slope = rising ? density(x) : -density(x)
            let excess = log(value / target)
            var next = x - excess * value / slope
            let isNewton = next > low && next < high
            if !isNewton { next = inside(low, high, x) }
            // What a Newton step leaves of the excess is of the order of its square.
            if isNewton && abs(excess) < 1e-8 || abs(next - x) <= 2e-16 * x { return next }
            x = next
        }
        return x
    }

    private static func inside(_ low: Double, _ high: Double, _ x: Double) -> Double {
        if high == .infinity { return 2 * x }
        return low > 0 ? (low * high).squareRoot() : high * 1e-3
    }

    /// A root between two points at which `f` has opposite signs, by Brent's method; nil when the signs agree.
    ///
    /// Source: R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.
    static func brent(_ low: Double, _ high: Double, tolerance: Double = 1e-14, _ f: (Double) -> Double) -> Double? {
        var a = low
        var b = high
        var fa = f(a)
        var fb = f(b)
        guard fa * fb <= 0 else { return nil }
        var (c, fc, d, e) = (a, fa, b - a, b - a)
        for _ in 0..<300 {
            if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
            let reach = 2 * Double.ulpOfOne * abs(b) + 0.5 * tolerance * max(abs(b), 1e-300)
            let middle = 0.5 * (c - b)
            if abs(middle) <= reach || fb == 0 { return b }
            if abs(e) >= reach, abs(fa) > abs(fb) {
                let step = interpolation(a, b, c, fa, fb, fc)
                let usable = step * middle > 0 && abs(2 * step) < min(abs(3 * middle) - reach, abs(e))
                (d, e) = usable ? (step, d) : (middle, middle)
            } else {
                (d, e) = (middle, middle)
            }
            (a, fa) = (b, fb)
            b += abs(d) > reach ? d : (middle > 0 ? reach : -reach)
            fb = f(b)
            if (fb > 0) == (fc > 0) { (c, fc, d, e) = (a, fa, b - a, b - a) }
        }
        return b
    }

    /// The secant step, or the inverse quadratic one where three points differ.
    private static func interpolation(
        _ a: Double, _ b: Double, _ c: Double, _ fa: Double, _ fb: Double, _ fc: Double
    ) -> Double {
        let s = fb / fa
        if a == c { return (c - b) * s / (s - 1) }
        let q = fa / fc
        let r = fb / fc
        let p = s * ((c - b) * q * (q - r) - (b - a) * (r - 1))
        return -p / ((q - 1) * (r - 1) * (s - 1))
    }
}
