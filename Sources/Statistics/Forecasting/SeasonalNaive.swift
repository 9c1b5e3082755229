/// The forecast that repeats the last season (with a period of 1, the last value): the yardstick for every other method.
///
/// Source: R. J. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (2021), 5.2 and 5.5, OTexts.
public struct SeasonalNaive: Sendable, Hashable {
    /// The length of a season.
    public let period: Int
    /// The last season.
    public let last: [Double]
    /// The mean square of yₜ − yₜ₋ₚ.
    public let variance: Double

    /// Throws `.outOfDomain` for a period below 1, `.tooFew` without one whole season and one value more, `.nonFinite`.
    /// Cost: one pass.
    public init(_ data: [Double], period: Int = 1) throws(Undefined) {
        guard period >= 1 else { throw .outOfDomain("a season has at least 1 step, not \(period)") }
        try Undefined.require(data.count, atLeast: period + 1)
        try Undefined.requireFinite(data)
        let steps = zip(data.dropFirst(period), data).map { ($0 - $1) * ($0 - $1) }
        self.period = period
        last = Array(data.suffix(period))
        variance = steps.compensatedSum / Double(steps.count)
    }

    /// The next `steps` values; the variance grows by one unit with every season.
    ///
    /// Throws `.outOfDomain` below one step or for the level. Cost: the number of steps.
    public func forecast(steps: Int, level: Double = 0.95) throws(Undefined) -> Forecast {
        try Undefined.requireLevel(level)
        guard steps >= 1 else { throw .outOfDomain("at least one step, not \(steps)") }
        return Forecast(
            values: (0..<steps).map { last[$0 % period] },
            variances: (0..<steps).map { variance * Double($0 / period + 1) }, level: level)
    }
}
