/// A straight line by least squares, y = intercept + slope·x, with t intervals.
///
/// Classical errors assume independent residuals of one variance; `.neweyWest` allows for correlation and unequal
/// variance along the order in which the points are given. Source of `.neweyWest`: W. K. Newey, K. D. West,
/// Econometrica 55 (1987) 703–708, doi:10.2307/1913610.
public struct LinearFit: Sendable, Hashable {
    /// How standard errors are found.
    public enum Errors: Sendable, Hashable {
        /// s²(X′X)⁻¹.
        case classical
        /// Bartlett weights 1 − l/(L + 1), scaled by n/(n − 2); nil takes L = ⌊4(n/100)^(2/9)⌋.
        /// W. K. Newey, K. D. West, Econometrica 55 (1987), doi:10.2307/1913610.
        case neweyWest(lag: Int?)
    }

    /// The number of points.
    public let n: Int
    /// The slope in units of y per unit of x.
    public let slope: Double
    /// The value of the line at x = 0.
    public let intercept: Double
    /// The standard error of the slope.
    public let slopeError: Double
    /// The standard error of the intercept.
    public let interceptError: Double
    /// The interval of the slope.
    public let slopeInterval: Interval
    /// The interval of the intercept.
    public let interceptInterval: Interval
    /// The two-sided p-value of a slope of zero; 0 when the points lie on a sloping line but for rounding.
    public let p: Double
    /// The share of the variance of y that the line explains; 0 for constant y.
    public let rSquared: Double
    /// √(Σ residual²/(n − 2)).
    public let residualSD: Double
    /// How the errors were found; a Newey–West lag is always given here.
    public let errors: Errors
    /// The mean of x and Σ(x − x̄)², which intervals along the line need.
    public let meanX: Double, sumOfSquaresX: Double

    /// n − 2.
    public var df: Int { n - 2 }

    /// slope/slopeError; infinite when the points lie exactly on a sloping line, 0 for constant y.
    public var t: Double { slope == 0 ? 0 : slope / slopeError }

    /// Throws `.unequalLengths`, `.tooFew` below three points, `.nonFinite`, `.constant` when all x are equal, and
    /// `.outOfDomain` for a lag outside 0..<n. Cost: two passes, and n·lag for Newey–West.
    public init(
        x: [Double], y: [Double], errors: Errors = .classical, level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.requireLevel(level)
        let moments = try CrossMoments(x, y, atLeast: 3)
        guard moments.xx > 0 else { throw .constant }
        let (line, residuals) = Self.settled(x, y, moments)
        let rss = residuals.lazy.map { $0 * $0 }.compensatedSum
        let df = Double(x.count - 2)
        let resolved = try Self.resolve(errors, n: x.count)
        let covariance = Self.covariance(x, residuals, moments, resolved, variance: rss / df)
        let critical = StudentT.critical(level: level, df: df)
        (n, slope, intercept, self.errors) = (x.count, line.slope, line.intercept, resolved)
        (meanX, sumOfSquaresX) = (moments.meanX, moments.xx)
        residualSD = (rss / df).squareRoot()
        rSquared = moments.yy > 0 ? max(0, min(1, 1 - rss / moments.yy)) : 0
        (slopeError, interceptError) = covariance
        slopeInterval = Interval(centre: slope, reach: critical * slopeError, level: level)
        interceptInterval = Interval(centre: intercept, reach: critical * interceptError, level: level)
        p = slope == 0 ? 1 : slopeError == 0 ? 0 : Tail.twoSided.studentP(slope / slopeError, df: df)
    }

    /// Fits values against their positions 0, 1, 2 … Throws and costs as the other initializer.
    public init(_ y: [Double], errors: Errors = .classical, level: Double = 0.95) throws(Undefined) {
        try self.init(x: y.indices.map(Double.init), y: y, errors: errors, level: level)
    }

    /// The height of the line at x.
    public func callAsFunction(_ x: Double) -> Double { intercept + slope * x }

    /// The interval of the line's height at x, from classical errors. Throws `.outOfDomain` for the level.
    public func meanInterval(at x: Double, level: Double = 0.95) throws(Undefined) -> Interval {
        try band(at: x, level: level, own: 0)
    }

    /// The interval for one further point at x, from classical errors. Throws `.outOfDomain` for the level.
    public func predictionInterval(at x: Double, level: Double = 0.95) throws(Undefined) -> Interval {
        try band(at: x, level: level, own: 1)
    }

    private func band(at x: Double, level: Double, own: Double) throws(Undefined) -> Interval {
        try Undefined.requireLevel(level)
        let d = x - meanX
        let error = residualSD * (own + 1 / Double(n) + d * d / sumOfSquaresX).squareRoot()
        return Interval(centre: self(x), reach: StudentT.critical(level: level, df: Double(df)) * error, level: level)
    }

    private struct Line {
        let slope: Double
        let intercept: Double

        init(slope: Double, _ moments: CrossMoments) {
            self.slope = slope
            intercept = (-slope).isFinite ? moments.meanY.addingProduct(-slope, moments.meanX) : .nan
        }
    }

    /// The line and what it leaves. Points that lie on it but for rounding (16 last places of the largest y) leave
    /// nothing, and a slope of no more than that is none: rounding is not tested against rounding.
    private static func settled(
        _ x: [Double], _ y: [Double], _ moments: CrossMoments
    ) -> (line: Line, residuals: [Double]) {
        let line = Line(slope: moments.xy / moments.xx, moments)
        let residuals = x.indices.map { y[$0] - moments.meanY - line.slope * (x[$0] - moments.meanX) }
        let grain = Rounding.grain(of: y)
        guard residuals.allSatisfy({ abs($0) <= grain }) else { return (line, residuals) }
        let rise = abs(line.slope) * x.reduce(0) { max($0, abs($1 - moments.meanX)) }
        return (rise <= grain ? Line(slope: 0, moments) : line, y.map { _ in 0 })
    }

    static func resolve(_ errors: Errors, n: Int) throws(Undefined) -> Errors {
        guard case .neweyWest(let lag) = errors else { return .classical }
        let used = lag ?? NeweyWest.defaultLag(n: n)
        guard (0..<n).contains(used) else { throw .outOfDomain("a lag lies in 0 to \(n - 1), not \(used)") }
        return .neweyWest(lag: used)
    }

    /// The standard errors of slope and intercept.
    private static func covariance(
        _ x: [Double], _ residuals: [Double], _ moments: CrossMoments, _ errors: Errors, variance: Double
    ) -> (slope: Double, intercept: Double) {
        let (n, mean, xx) = (moments.n, moments.meanX, moments.xx)
        guard case .neweyWest(let lag?) = errors else {
            return (
                (variance / xx).squareRoot(), (variance * (1 / n + mean * mean / xx)).squareRoot()
            )
        }
        // Rows of (X′X)⁻¹X′ times the residuals: the long-run variance of their sums is that of the estimates.
        let slopeParts = x.indices.map { (x[$0] - mean) / xx * residuals[$0] }
        let interceptParts = x.indices.map { (1 / n - mean * (x[$0] - mean) / xx) * residuals[$0] }
        let scale = n / (n - 2)
        return (
            (scale * NeweyWest.longRunSum(slopeParts, lag: lag)).squareRoot(),
            (scale * NeweyWest.longRunSum(interceptParts, lag: lag)).squareRoot()
        )
    }
}
