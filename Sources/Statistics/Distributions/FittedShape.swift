/// A well-known distribution fitted to a sample by maximum likelihood, with how near it comes.
public struct FittedShape: Sendable, Hashable {
    /// The distributions that can be fitted.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// Mean and standard deviation (divisor n).
        case normal
        /// The same of the logarithms; values above 0 only.
        case lognormal
        /// Even between the smallest and the largest value.
        case uniform
        /// Exponential from the smallest value on, with the mean distance from it.
        case exponential
    }

    /// The distribution.
    public let family: Family
    /// The number of values.
    public let n: Int
    /// The two fitted parameters: mean and SD, log-mean and log-SD, lower and upper end, start and rate.
    public let parameters: (Double, Double)
    /// The natural logarithm of the likelihood.
    public let logLikelihood: Double
    /// The largest |F(x) − share of values up to x|, ties at x counted half, 0 to 1.
    public let distance: Double

    /// Akaike's criterion, 2 · 2 − 2 log L (H. Akaike 1974, doi:10.1109/TAC.1974.1100705); smaller is better.
    public var aic: Double { 4 - 2 * logLikelihood }

    /// Fits a family.
    ///
    /// Throws `.tooFew` below two values, `.constant`, and `.outOfDomain` for a lognormal of values that are not all
    /// above 0. Cost: one pass over the distinct values.
    public init(_ sample: CountedSample, family: Family) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 2)
        guard !sample.isConstant, let low = sample.min, let high = sample.max else { throw .constant }
        let n = Double(sample.n)
        let spread: (GroupSummary) -> Double = { ($0.variance * (n - 1) / n).squareRoot() }
        switch family {
        case .normal:
            let found = try GroupSummary(sample)
            parameters = (found.mean, spread(found))
            logLikelihood = n * (-Normal.logRootTwoPi - 0.5 - log(parameters.1))
        case .lognormal:
            guard low > 0 else { throw .outOfDomain("a lognormal has values above 0, not \(low)") }
            let found = try GroupSummary(sample.mapped(log))
            guard found.variance > 0 else { throw .constant }
            parameters = (found.mean, spread(found))
            logLikelihood = n * (-Normal.logRootTwoPi - 0.5 - log(parameters.1) - found.mean)
        case .uniform:
            parameters = (low, high)
            logLikelihood = -n * log(high - low)
        case .exponential:
            let rate = 1 / (try GroupSummary(sample).mean - low)
            guard rate.isFinite else { throw .overflow }
            parameters = (low, rate)
            logLikelihood = n * (log(rate) - 1)
        }
        (self.family, self.n) = (family, sample.n)
        distance = FittedShape.distance(sample, family, parameters)
    }

    private static func distance(_ sample: CountedSample, _ family: Family, _ fit: (Double, Double)) -> Double {
        var below = 0
        var largest = 0.0
        for (value, count) in zip(sample.values, sample.counts) {
            let found = (Double(below) + Double(count) / 2) / Double(sample.n)
            largest = max(largest, abs(found - cdf(value, family, fit)))
            below += count
        }
        return largest
    }

    private static func cdf(_ x: Double, _ family: Family, _ fit: (Double, Double)) -> Double {
        switch family {
        case .normal: Normal.cdf((x - fit.0) / fit.1)
        case .lognormal: Normal.cdf((log(x) - fit.0) / fit.1)
        case .uniform: (x - fit.0) / (fit.1 - fit.0)
        case .exponential: -expm1(-fit.1 * (x - fit.0))
        }
    }

    /// Equal if family and figures are.
    public static func == (left: FittedShape, right: FittedShape) -> Bool {
        left.family == right.family && left.n == right.n && left.parameters == right.parameters
            && left.logLikelihood == right.logLikelihood && left.distance == right.distance
    }

    /// Feeds family and figures.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(family)
        hasher.combine(logLikelihood)
        hasher.combine(distance)
    }
}
