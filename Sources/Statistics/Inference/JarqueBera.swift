/// The Jarque–Bera test of normality: n/6·(g₁² + g₂²/4), χ² with 2 degrees of freedom, meant for large samples.
///
/// Source: C. M. Jarque, A. K. Bera, Econ. Lett. 6 (1980), doi:10.1016/0165-1765(80)90024-5.
public struct JarqueBera: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The statistic.
    public let statistic: Double
    /// P(χ²₂ > statistic).
    public let p: Double

    /// Throws `.tooFew` below two observations, `.constant`. Cost: three passes over the distinct values.
    public init(_ sample: CountedSample) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 2)
        let description = try Description(sample)
        guard let skewness = description.skewness, let kurtosis = description.kurtosis else { throw .constant }
        n = sample.n
        statistic = Double(sample.n) / 6 * (skewness * skewness + kurtosis * kurtosis / 4)
        p = exp(-statistic / 2)
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }
}
