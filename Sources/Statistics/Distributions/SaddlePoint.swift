/// Stirling's error and the deviance part of gamma and binomial weights, which keep their digits where the plain
/// formulas with log Γ lose them.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
enum SaddlePoint {
    /// log Γ(x+1) − (x+½) log x + x − ½ log 2π, for x > 0; absolute error about 1e-16.
    static func stirlingError(_ x: Double) -> Double {
        var x = x
        var shifted = 0.0
        while x < 16 {
            shifted += (x + 0.5) * log1p(1 / x) - 1
            x += 1
        }
        let r = 1 / (x * x)
        let series = 1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360 - r / 156)))
        return shifted + (1.0 / 12 - r * (1.0 / 360 - r * series)) / x
    }

    /// x log(x/m) + m − x for positive x and m, without cancellation where they are close.
    static func deviance(_ x: Double, _ m: Double) -> Double {
        guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
        let v = (x - m) / (x + m)
        var sum = (x - m) * v
        var power = 2 * x * v
        var j = 3.0
        while true {
            power *= v * v
            let next = sum + power / j
            if next == sum { return sum }
            sum = next
            j += 2
        }
    }

    /// x^a e^(−x) / Γ(a+1) for positive a and x.
    static func gammaWeight(_ a: Double, _ x: Double) -> Double {
        exp(-stirlingError(a) - deviance(a, x)) / (2 * .pi * a).squareRoot()
    }

    /// x^a y^b / B(a, b) for positive a and b, with y = 1 − x.
    static func betaWeight(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        let n = a + b
        let exponent =
            stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
        return exp(exponent) * (a / n * b / (2 * .pi)).squareRoot()
    }
}
