/// The Theil–Sen line: the median of the slopes of all pairs of points, with Sen's interval.
///
/// The interval takes the slopes at the ranks (N ∓ z·σ)/2 of the N slopes, σ² being the variance of Kendall's S corrected
/// for ties in x and y. Source: P. K. Sen, J. Am. Stat. Assoc. 63 (1968), doi:10.1080/01621459.1968.10480934.
public struct TheilSen: Sendable, Hashable {
    /// The number of points.
    public let n: Int
    /// The pairs of points with different x.
    public let pairs: Int
    /// The median slope in units of y per unit of x.
    public let slope: Double
    /// median(y) − slope·median(x).
    public let intercept: Double
    /// The interval of the slope.
    public let interval: Interval

    /// Throws `.unequalLengths`, `.tooFew` below two points, `.nonFinite`, `.constant` when all x are equal.
    ///
    /// Cost: expected O(n log n); up to 256 points all slopes are sorted, above they are selected from seeded samples of
    /// pairs that decide the time and never the result. Two slopes that the rounding of y − slope·x cannot tell apart may
    /// stand for one another.
    public init(x: [Double], y: [Double], level: Double = 0.95) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.requirePairs(x, y, atLeast: 2)
        let order = FiniteSort.order(x, then: y)
        var slopes = PairSlopes([LineOrder(x: order.map { x[$0] }, y: order.map { y[$0] })])
        guard slopes.count > 0 else { throw .constant }
        n = x.count
        pairs = slopes.count
        let middle = (slopes.count - 1) / 2
        let central = slopes.select(middle)
        slope = central + (slopes.select(slopes.count / 2) - central) / 2
        intercept = try Quantiles(y).median - slope * Quantiles(x).median
        let reach = -Normal.quantile((1 - level) / 2) * Self.variance(x, y).squareRoot()
        let whole = Double(slopes.count)
        let high = min(((whole + reach) / 2).rounded(.toNearestOrEven), whole - 1)
        let low = max(((whole - reach) / 2).rounded(.toNearestOrEven) - 1, 0)
        interval = Interval(low: slopes.select(Int(low)), high: slopes.select(Int(high)), level: level)
    }

    /// Fits values against their positions 0, 1, 2 … Throws and costs as the other initializer.
    public init(_ y: [Double], level: Double = 0.95) throws(Undefined) {
        try self.init(x: y.indices.map(Double.init), y: y, level: level)
    }

    /// The height of the line at x.
    public func callAsFunction(_ x: Double) -> Double { intercept + slope * x }

    private static func variance(_ x: [Double], _ y: [Double]) -> Double {
        func cubic(_ t: Double) -> Double { t * (t - 1) * (2 * t + 5) }
        return (cubic(Double(x.count)) - Ranks(x).tieSum(cubic) - Ranks(y).tieSum(cubic)) / 18
    }
}
