/// The standard normal distribution.
public enum Normal {
    static let logRootTwoPi = 0.918938533204672741780329736406
    private static let rootHalf = 0.707106781186547524400844362105
    private static let rootTwoLow = -9.667293313452913e-17
    private static let rootTwo = 1.4142135623730951

    /// The density exp(−x²/2) / √(2π).
    public static func density(_ x: Double) -> Double { exp(-0.5 * x * x - logRootTwoPi) }

    /// P(Z ≤ x), with full relative precision in the lower tail; the upper tail is `cdf(-x)`.
    ///
    /// From the library's erfc, corrected for the rounding of x/√2 so that the tail keeps its digits. NaN for NaN.
    public static func cdf(_ x: Double) -> Double {
        let y = -x * rootHalf
        let half = 0.5 * erfc(y)
        guard abs(x) < 40 else { return half }
        // y is off from −x/√2 by `rest`; erfc′(y) = −2/√π · exp(−y²).
        let rest = ((-x).addingProduct(-y, rootTwo) - y * rootTwoLow) * rootHalf
        return half - rest * exp(-y * y) * 0.564189583547756286948
    }

    /// log P(Z ≤ x), finite for every finite x. NaN for NaN.
    ///
    /// Below −30 from the asymptotic series of the tail, elsewhere from `cdf`.
    public static func logCdf(_ x: Double) -> Double {
        if x > 0 { return log1p(-cdf(-x)) }
        if x > -30 { return log(cdf(x)) }
        let r = 1 / (x * x)
        let series = r * (-1 + r * (3 + r * (-15 + r * (105 + r * (-945 + r * 10395)))))
        return -0.5 * x * x - logRootTwoPi - log(-x) + log1p(series)
    }

    /// The x with P(Z ≤ x) = p: −∞ at 0, ∞ at 1, NaN outside [0, 1]; relative error about 1e-16.
    ///
    /// Source: M. J. Wichura, algorithm AS 241 (PPND16), Appl. Statist. 37 (1988), doi:10.2307/2347330.
    public static func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * ratio(centralTop, centralBottom, r)
        }
        let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
        let tail = r <= 5 ? ratio(middleTop, middleBottom, r - 1.6) : ratio(farTop, farBottom, r - 5)
        return q < 0 ? -tail : tail
    }

    /// Eight coefficients, the constant one first.
    private typealias Coefficients = InlineArray<8, Double>

    private static func ratio(_ top: Coefficients, _ bottom: Coefficients, _ r: Double) -> Double {
        var (above, below) = (top[7], bottom[7])
        for place in stride(from: 6, through: 0, by: -1) {
            above = above * r + top[place]
            below = below * r + bottom[place]
        }
        return above / below
    }

    private static let centralTop: Coefficients = [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ]
    private static let centralBottom: Coefficients = [
        1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
        3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ]
    private static let middleTop: Coefficients = [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ]
    private static let middleBottom: Coefficients = [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
        1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ]
    private static let farTop: Coefficients = [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ]
    private static let farBottom: Coefficients = [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ]
}
