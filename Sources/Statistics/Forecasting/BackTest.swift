/// The errors of a forecasting method at rolling origins: fit on the past, forecast, move on.
///
/// Source of MASE: R. J. Hyndman, A. B. Koehler, Int. J. Forecast. 22 (2006) 679–688,
/// doi:10.1016/j.ijforecast.2006.03.001.
public struct BackTest: Sendable, Hashable {
    /// How many origins gave a forecast.
    public let origins: Int
    /// How many forecast values were compared.
    public let n: Int
    /// Mean |error|, in the unit of the data.
    public let meanAbsoluteError: Double
    /// √(mean error²), in the unit of the data.
    public let rootMeanSquare: Double
    /// Mean 200·|error|/(|value| + |forecast|), 0 to 200; a pair of zeros counts 0.
    public let sMAPE: Double
    /// The mean absolute error over the mean |yₜ − yₜ₋ₚ| of the first training part; nil when that is 0.
    public let mase: Double?
    /// The share of values inside their prediction intervals.
    public let coverage: Double
    /// The nominal level of those intervals.
    public let level: Double

    /// Tests a method on a series without gaps.
    ///
    /// - Parameters:
    ///   - data: The values in order.
    ///   - horizon: The steps forecast at every origin, at least 1.
    ///   - origins: The most origins used; they end one horizon before the end and lie one step apart.
    ///   - training: The least number of values to fit on, at least `period + 1`.
    ///   - period: The season of the MASE scale; 1 for none.
    ///   - forecast: The method: the past and the number of steps to a forecast of that many.
    ///
    /// Throws `.tooFew` when no origin fits, `.outOfDomain`, and what the method throws.
    public init(
        _ data: [Double], horizon: Int, origins: Int, training: Int, period: Int = 1,
        forecast: ([Double], Int) throws(Undefined) -> Forecast
    ) throws(Undefined) {
        guard horizon >= 1, origins >= 1 else {
            throw .outOfDomain("horizon and origins are at least 1")
        }
        let last = data.count - horizon
        try self.init(
            data, horizon: horizon, from: Array(max(training, last - origins + 1)...max(training, last)),
            training: training, period: period, forecast: forecast)
    }

    /// The same from origins that are named: how many values were known at each.
    ///
    /// - Parameter places: those that leave no whole horizon, or too few values to fit on, are left out.
    ///
    /// Throws as the first initializer.
    public init(
        _ data: [Double], horizon: Int, from places: [Int], training: Int, period: Int = 1,
        forecast: ([Double], Int) throws(Undefined) -> Forecast
    ) throws(Undefined) {
        guard horizon >= 1, period >= 1, training > period else {
            throw .outOfDomain("horizon and period are at least 1 and the training longer than a season")
        }
        try Undefined.require(data.count, atLeast: training + horizon)
        try Undefined.requireFinite(data)
        let used = places.filter { $0 >= training && $0 <= data.count - horizon }.sorted()
        guard let first = used.first else { throw .tooFew(found: data.count, needed: training + horizon) }
        var errors = Errors()
        for origin in used {
            let made = try forecast(Array(data[..<origin]), horizon)
            guard made.values.count == horizon else { throw .unequalLengths(made.values.count, horizon) }
            for step in 0..<horizon { errors.add(data[origin + step], made.values[step], made.intervals[step]) }
        }
        let scale = zip(data[period..<first], data).map { abs($0 - $1) }.compensatedSum / Double(first - period)
        let size = Double(errors.n)
        (self.origins, n, level) = (used.count, errors.n, errors.level)
        meanAbsoluteError = errors.absolute.value / size
        rootMeanSquare = (errors.square.value / size).squareRoot()
        sMAPE = errors.relative.value / size
        mase = scale > 0 ? meanAbsoluteError / scale : nil
        coverage = Double(errors.inside) / size
    }

    private struct Errors {
        var absolute = CompensatedSum(), square = CompensatedSum(), relative = CompensatedSum()
        var n = 0, inside = 0, level = 0.0

        mutating func add(_ value: Double, _ expected: Double, _ interval: Interval) {
            absolute.add(abs(value - expected))
            square.add((value - expected) * (value - expected))
            let size = abs(value) + abs(expected)
            relative.add(size > 0 ? 200 * abs(value - expected) / size : 0)
            inside += interval.contains(value) ? 1 : 0
            level = interval.level
            n += 1
        }
    }
}
