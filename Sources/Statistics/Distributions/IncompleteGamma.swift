/// The regularised incomplete gamma functions P and Q.
///
/// For x below a by the power series, above by the continued fraction (Lentz), each scaled by Loader's saddle-point
/// weight; relative error about 1e-15 while the weight itself does not underflow. Cost grows with √a near x = a.
/// Source: NIST Digital Library of Mathematical Functions, 8.7 and 8.9, https://dlmf.nist.gov/8; weight: C. Loader, Fast and
/// accurate computation of binomial probabilities (2000).
public enum IncompleteGamma {
    /// P(a, x) = γ(a, x)/Γ(a), for a > 0 and x ≥ 0; NaN elsewhere.
    public static func lower(_ a: Double, _ x: Double) -> Double {
        guard a > 0, x >= 0 else { return .nan }
        if x == 0 { return 0 }
        if x == .infinity { return 1 }
        return x < max(1, a) ? series(a, x) : 1 - fraction(a, x)
    }

    /// Q(a, x) = 1 − P(a, x), for a > 0 and x ≥ 0; NaN elsewhere.
    public static func upper(_ a: Double, _ x: Double) -> Double {
        guard a > 0, x >= 0 else { return .nan }
        if x == 0 { return 1 }
        if x == .infinity { return 0 }
        return x < max(1, a) ? 1 - series(a, x) : fraction(a, x)
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var k = a
        while term > sum * 1e-17 {
            k += 1
            term *= x / k
            sum += term
        }
        return min(1, SaddlePoint.gammaWeight(a, x) * sum)
    }

    private static func fraction(_ a: Double, _ x: Double) -> Double {
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / (b == 0 ? 1e-300 : b)
        var value = d
        for i in 1...10_000_000 {
            let an = -Double(i) * (Double(i) - a)
            b += 2
            d = 1 / nonZero(an * d + b)
            c = nonZero(b + an / c)
            value *= d * c
            if abs(d * c - 1) < 2e-16 { break }
        }
        return min(1, SaddlePoint.gammaWeight(a, x) * a * value)
    }

    private static func nonZero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
