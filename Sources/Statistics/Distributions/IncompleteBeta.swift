/// The regularised incomplete beta function.
///
/// By a continued fraction on the side where it converges fast, scaled by Loader's saddle-point weight;
/// relative error about 1e-15 while the weight does not underflow. Cost grows with √max(a, b).
public enum IncompleteBeta {
    /// I_x(a, b), for a, b > 0 and x in [0, 1]; NaN elsewhere.
    public static func lower(_ a: Double, _ b: Double, _ x: Double) -> Double { lower(a, b, x: x, y: 1 - x) }

    /// I_x(a, b) where the caller also knows y = 1 − x without rounding, so that both tails keep their digits.
    static func lower(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        guard a > 0, b > 0, x >= 0, y >= 0 else { return .nan }
        if x == 0 { return 0 }
        if y == 0 { return 1 }
        if x <= (a + 1) / (a + b + 2) { return side(a, b, x, y) }
        return 1 - side(b, a, y, x)
    }

    private static func side(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        min(1, SaddlePoint.betaWeight(a, b, x, y) / fraction(a, b, x, y))
    }

    /// The fraction of DiDonato and Morris (doi:10.1145/131766.131776), which reads y and so keeps its digits near x = 1.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let lead = a * y - b * x + 1
        var value = nonZero(a * lead / (a + 1))
        var c = value
        var d = 0.0
        for i in 1...10_000_000 {
            let m = Double(i)
            let base = a + 2 * m - 1
            let top = (a + m - 1) / base * ((a + b + m - 1) / base) * m * (b - m) * x * x
            let bottom = m + m * (b - m) * x / base + (a + m) * (lead + m * (2 - x)) / (a + 2 * m + 1)
            d = 1 / nonZero(bottom + top * d)
            c = nonZero(bottom + top / c)
            value *= c * d
            if abs(c * d - 1) < 2e-16 { break }
        }
        return value
    }

    private static func nonZero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
