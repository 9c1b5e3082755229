/// D'Agostino and Pearson's omnibus test of normality: K² = z(skewness)² + z(kurtosis)², χ² with 2 degrees of freedom.
///
/// Sources: R. B. D'Agostino, Biometrika 57 (1970), doi:10.1093/biomet/57.3.679; F. J. Anscombe, W. J. Glynn, Biometrika 70
/// (1983), doi:10.1093/biomet/70.1.227.
public struct DAgostinoK2: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The standardised skewness.
    public let skewnessZ: Double
    /// The standardised kurtosis; its approximation is meant for n ≥ 20.
    public let kurtosisZ: Double
    /// The statistic.
    public let k2: Double
    /// P(χ²₂ > k2).
    public let p: Double

    /// Throws `.tooFew` below eight observations, `.constant`. Cost: three passes over the distinct values.
    public init(_ sample: CountedSample) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 8)
        let description = try Description(sample)
        guard let skewness = description.skewness, let kurtosis = description.kurtosis else { throw .constant }
        n = sample.n
        skewnessZ = Self.skewnessZ(skewness, n: Double(sample.n))
        kurtosisZ = Self.kurtosisZ(kurtosis + 3, n: Double(sample.n))
        k2 = skewnessZ * skewnessZ + kurtosisZ * kurtosisZ
        p = exp(-k2 / 2)
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }

    private static func skewnessZ(_ g1: Double, n: Double) -> Double {
        let y = g1 * ((n + 1) * (n + 3) / (6 * (n - 2))).squareRoot()
        let beta =
            3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
        let w2 = -1 + (2 * (beta - 1)).squareRoot()
        let delta = 1 / (0.5 * log(w2)).squareRoot()
        return delta * asinh(y / (2 / (w2 - 1)).squareRoot())
    }

    private static func kurtosisZ(_ b2: Double, n: Double) -> Double {
        let mean = 3 * (n - 1) / (n + 1)
        let variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5))
        let x = (b2 - mean) / variance.squareRoot()
        let root = (6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3))).squareRoot()
        let beta = 6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9)) * root
        let a = 6 + 8 / beta * (2 / beta + (1 + 4 / (beta * beta)).squareRoot())
        let base = 1 + x * (2 / (a - 4)).squareRoot()
        return (1 - 2 / (9 * a) - cbrt((1 - 2 / a) / base)) / (2 / (9 * a)).squareRoot()
    }
}
