/// Noise in whole numbers, drawn exactly: every step compares whole numbers, so that nothing depends on how a machine
/// rounds, which is what makes noise in floating point tell the value that it should hide (I. Mironov 2012).
///
/// Source: C. L. Canonne, G. Kamath, T. Steinke, The discrete Gaussian for differential privacy, J. Privacy and
/// Confidentiality 12 (2022), doi:10.29012/jpc.784, algorithms 1 to 3.
public enum DiscreteNoise {
    /// A draw with P(x) ∝ exp(−|x|·denominator/numerator): the discrete Laplace distribution of scale
    /// numerator/denominator. A count with sensitivity Δ gets ε-differential privacy at scale Δ/ε.
    ///
    /// Throws `.outOfDomain` unless both are in 1…10⁹. Expected cost: a few draws.
    public static func laplace(
        numerator: Int, denominator: Int, using generator: inout some RandomNumberGenerator
    ) throws(Undefined) -> Int {
        guard (1...1_000_000_000).contains(numerator), (1...1_000_000_000).contains(denominator) else {
            throw .outOfDomain("a scale is made of whole numbers of 1 to 10⁹")
        }
        while true {
            let u = below(UInt64(numerator), &generator)
            guard decays(UInt64(u), UInt64(numerator), &generator) else { continue }
            var v = 0
            while decays(1, 1, &generator) { v += 1 }
            let y = (Int(u) + numerator * v) / denominator
            let isNegative = below(2, &generator) == 1
            if isNegative, y == 0 { continue }
            return isNegative ? -y : y
        }
    }

    /// The largest variance that is drawn: beyond it products of whole numbers would not fit.
    public static let largestVariance = 10_000_000

    /// A draw with P(x) ∝ exp(−x²/(2σ²)), σ² = numerator/denominator: the discrete Gaussian distribution. A count with
    /// sensitivity Δ gets ρ-zero-concentrated differential privacy at σ² = Δ²/(2ρ), hence
    /// (ρ + 2√(ρ·ln(1/δ)), δ)-differential privacy for every δ.
    ///
    /// Throws `.outOfDomain` unless the numerator is in 1…10⁷ and the denominator in 1…1000. Expected cost: a few draws of `laplace`.
    public static func gaussian(
        varianceNumerator numerator: Int, denominator: Int, using generator: inout some RandomNumberGenerator
    ) throws(Undefined) -> Int {
        guard (1...largestVariance).contains(numerator), (1...1_000).contains(denominator) else {
            throw .outOfDomain("a variance is a whole number of 1 to 10⁷ over one of 1 to 1000")
        }
        var t = 1
        while t * t * denominator <= numerator { t += 1 }
        while true {
            let y = try laplace(numerator: t, denominator: 1, using: &generator)
            // (|y| − σ²/t)² ÷ (2σ²) as a fraction of whole numbers.
            let part = abs(y) * t * denominator - numerator
            let square = part.magnitude.multipliedFullWidth(by: part.magnitude)
            // So far out that exp(−x) is below 2⁻⁶⁴ a thousand times over.
            guard square.high == 0 else { continue }
            let below = (2 * t * t).magnitude.multipliedReportingOverflow(by: (denominator * numerator).magnitude)
            guard !below.overflow else { throw .outOfDomain("the variance is too large to be drawn exactly") }
            if decays(UInt64(square.low), UInt64(below.partialValue), &generator) { return y }
        }
    }

    /// The variance with which Gaussian noise on a number of some sensitivity Δ is (ε, δ)-differentially private, rounded up: Δ²/(2ρ)
    /// with √ρ = √(ln(1/δ) + ε) − √ln(1/δ), from ρ + 2√(ρ·ln(1/δ)) = ε (M. Bun, T. Steinke 2016,
    /// doi:10.1007/978-3-662-53641-4_24).
    public static func variance(sensitivity: Int, epsilon: Double, delta: Double) -> Int {
        let rest = -log(delta)
        let root = (rest + epsilon).squareRoot() - rest.squareRoot()
        let variance = Double(sensitivity) * Double(sensitivity) / (2 * root * root)
        return variance < 1e15 ? Int(variance.rounded(.up)) : Int.max
    }

    /// The least ε at which `variance` stays within `largestVariance`: ε = ρ + 2√(ρ·ln(1/δ)) at ρ = Δ²/(2σ²).
    public static func leastEpsilon(sensitivity: Int, delta: Double) -> Double {
        let rho = Double(sensitivity) * Double(sensitivity) / (2 * Double(largestVariance))
        return rho + 2 * (rho * -log(delta)).squareRoot()
    }

    /// The width b·ln 20 within which Laplace noise of a scale b lies with 95 %.
    public static func laplaceReach(scale: Double) -> Double { scale * log(20) }

    /// True with probability exp(−numerator/denominator), for any fraction that is not negative.
    static func decays(
        _ numerator: UInt64, _ denominator: UInt64, _ generator: inout some RandomNumberGenerator
    ) -> Bool {
        for _ in 0..<numerator / denominator where !decaysWithinOne(1, 1, &generator) { return false }
        return decaysWithinOne(numerator % denominator, denominator, &generator)
    }

    /// The same for a fraction of at most 1: the parity of the first of the draws of γ, γ/2, γ/3 … that fails.
    private static func decaysWithinOne(
        _ numerator: UInt64, _ denominator: UInt64, _ generator: inout some RandomNumberGenerator
    ) -> Bool {
        var round: UInt64 = 1
        // γ/K happens where both γ and 1/K do.
        while below(denominator, &generator) < numerator, below(round, &generator) == 0 { round += 1 }
        return round % 2 == 1
    }

    /// A whole number below a bound, each with the same probability: bits that make a larger one are drawn again.
    static func below(_ bound: UInt64, _ generator: inout some RandomNumberGenerator) -> UInt64 {
        guard bound > 1 else { return 0 }
        let mask = UInt64.max >> UInt64((bound - 1).leadingZeroBitCount)
        while true {
            let drawn = generator.next() & mask
            if drawn < bound { return drawn }
        }
    }
}
