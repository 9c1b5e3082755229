/// Student's t for a difference whose chance error is skewed, as means of a few waiting times or counts are.
///
/// The error has the third moment of a gamma distribution (Pearson's type III), taken to a symmetric one by the cube root of
/// E. B. Wilson and M. M. Hilferty 1931, doi:10.1073/pnas.17.12.684: t′ = 6/γ · ((1 + γ t / 2)^⅓ − 1) + γ / 6. Only the long
/// side is taken in; on the short one t stays, so that p is never below Student's and no interval lies within his. With γ = 0
/// it is Student's t.
public struct SkewedStudent: Sendable, Hashable {
    /// γ, the skewness of the error.
    public let skewness: Double
    /// Degrees of freedom of its standard error, above 0.
    public let degreesOfFreedom: Double

    /// From both; a skewness that is not finite counts as none.
    public init(skewness: Double, degreesOfFreedom: Double) {
        // Below this the cube root says nothing beyond rounding.
        self.skewness = skewness.isFinite && abs(skewness) > 1e-6 ? skewness : 0
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The two-sided p of an error of t standard errors.
    public func p(_ t: Double) -> Double {
        var reach = abs(t)
        if t * skewness > 0 {
            let size = abs(skewness)
            reach = min(reach, max(0, 6 / size * (cbrt(1 + size * reach / 2) - 1) + size / 6))
        }
        return min(1, 2 * StudentT.cdf(-reach, df: degreesOfFreedom))
    }

    /// Between which errors, in standard errors, a share `level` of them lies.
    public func bounds(level: Double) -> ClosedRange<Double> {
        let reach = StudentT.quantile((1 + level) / 2, df: degreesOfFreedom)
        guard skewness != 0 else { return -reach...reach }
        let size = abs(skewness)
        let root = 1 + size * (reach - size / 6) / 6
        let long = max(reach, 2 / size * (root * root * root - 1))
        return skewness > 0 ? -reach...long : -long...reach
    }
}
