/// The Ljung–Box test that the first m autocorrelations are zero: Q = n(n + 2) Σ r_k²/(n − k).
///
/// Source: G. M. Ljung, G. E. P. Box, Biometrika 65 (1978), doi:10.1093/biomet/65.2.297.
public struct LjungBox: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// The number of lags m.
    public let lags: Int
    /// The statistic.
    public let q: Double
    /// m less the number of fitted parameters.
    public let df: Int
    /// P(χ² > q).
    public let p: Double

    /// - Parameters:
    ///   - data: The series or the residuals of a fit, in order.
    ///   - lags: The number of lags, 1..<n.
    ///   - fitted: How many parameters were fitted to give these residuals; less than `lags`.
    ///
    /// Throws `.tooFew` below two values, `.nonFinite`, `.constant`, `.outOfDomain`. Cost: n·lags.
    public init(_ data: [Double], lags: Int, fitted: Int = 0) throws(Undefined) {
        let acf = try Autocorrelation(data, maxLag: lags).values
        guard lags >= 1, fitted >= 0, fitted < lags else { throw .outOfDomain("lags exceed the fitted parameters") }
        let size = Double(data.count)
        let sum = (1...lags).map { acf[$0] * acf[$0] / (size - Double($0)) }.compensatedSum
        (n, self.lags, df) = (data.count, lags, lags - fitted)
        q = size * (size + 2) * sum
        p = ChiSquared.upperTail(q, df: Double(lags - fitted))
    }
}
