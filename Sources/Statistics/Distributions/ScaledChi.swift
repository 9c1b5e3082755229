/// Expectations over S = √(χ²/df), by which the normal theory of known spread becomes that of estimated spread.
enum ScaledChi {
    /// E[g(S)] by the trapezoid rule in log S, whose error falls exponentially with the step for smooth g.
    ///
    /// - Parameters:
    ///   - df: Degrees of freedom above 0.
    ///   - sharpness: An upper bound of how fast g turns in log S (1 for none); it narrows the step.
    static func expectation(df: Double, sharpness: Double = 1, _ g: (Double) -> Double) -> Double {
        let a = df / 2
        let scale = log(2) + 0.5 * log(a) - Normal.logRootTwoPi - SaddlePoint.stirlingError(a)
        let spread = 1 / (2 * df).squareRoot()
        let step = min(0.1, spread / 2, 0.4 / max(1, sharpness))
        var sum = CompensatedSum()
        sum.add(exp(scale) * g(1))
        for side in [1.0, -1.0] {
            var index = 1.0
            while true {
                let u = side * index * step
                // log density of u = log S: df·(u − (e^(2u) − 1)/2) + scale.
                let weight = exp(df * (u - 0.5 * expm1(2 * u)) + scale)
                if weight < 1e-22, index * step > spread { break }
                sum.add(weight * g(exp(u)))
                index += 1
            }
        }
        return sum.value * step
    }
}
