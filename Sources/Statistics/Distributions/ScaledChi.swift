/// Expectations over S = √(χ²/df), by which the normal theory of known spread becomes that of estimated spread.
struct ScaledChi {
    /// Where the trapezoid rule in log S, whose error falls exponentially with the step for smooth functions, looks.
    private var nodes: [(s: Double, weight: Double)]
    private let step: Double

    /// - Parameters:
    ///   - df: Degrees of freedom above 0.
    ///   - sharpness: An upper bound of how fast the functions turn in log S (1 for none); it narrows the step.
    init(df: Double, sharpness: Double = 1) {
        let a = df / 2
        let scale = log(2) + 0.5 * log(a) - Normal.logRootTwoPi - SaddlePoint.stirlingError(a)
        let spread = 1 / (2 * df).squareRoot()
        step = min(0.1, spread / 2, 0.4 / max(1, sharpness))
        nodes = [(s: 1, weight: exp(scale))]
        for side in [1.0, -1.0] {
            var index = 1.0
            while true {
                let u = side * index * step
                // log density of u = log S: df·(u − (e^(2u) − 1)/2) + scale.
                let weight = exp(df * (u - 0.5 * expm1(2 * u)) + scale)
                if weight < 1e-22, index * step > spread { break }
                nodes.append((s: exp(u), weight: weight))
                index += 1
            }
        }
    }

    /// E[g(S)].
    func expectation(_ g: (Double) -> Double) -> Double {
        var sum = CompensatedSum()
        for node in nodes { sum.add(node.weight * g(node.s)) }
        return sum.value * step
    }
}
