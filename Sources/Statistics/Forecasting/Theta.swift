/// The Theta method: simple exponential smoothing with half the slope of the straight line as drift, on the series without
/// its season.
///
/// The season is removed when the autocorrelation at the period is significant at 10 % (one-sided 5 %), by ratios where all
/// values are above 0, else by differences. Sources: V. Assimakopoulos, K. Nikolopoulos, Int. J. Forecast. 16 (2000),
/// doi:10.1016/S0169-2070(00)00066-2; R. J. Hyndman, B. Billah 2003, doi:10.1016/S0169-2070(01)00143-1.
public struct Theta: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// The smoothing of the series without its season.
    public let smoothing: ExponentialSmoothing
    /// The slope of the least-squares line through the series without its season, per step.
    public let slope: Double

    private let indices: SeasonalIndices?

    /// The seasonal indices, one per position modulo the period; nil when none were removed.
    public var seasonal: [Double]? { indices?.values }

    /// Whether the indices are ratios.
    public var multiplicative: Bool { indices?.multiplicative ?? false }

    /// Throws `.tooFew` below five values, `.nonFinite`, `.outOfDomain` for a period below 1. Cost: a few hundred
    /// passes for the smoothing weight.
    public init(_ data: [Double], period: Int = 1) throws(Undefined) {
        guard period >= 1 else { throw .outOfDomain("a season has at least 1 step, not \(period)") }
        try Undefined.require(data.count, atLeast: 5)
        try Undefined.requireFinite(data)
        let positive = data.allSatisfy { $0 > 0 }
        indices =
            try Self.isSeasonal(data, period)
            ? SeasonalIndices(data, period: period, multiplicative: positive) : nil
        let plain = data.indices.map { [indices] in indices?.removed(data[$0], at: $0) ?? data[$0] }
        n = data.count
        slope = try LinearFit(plain).slope
        smoothing = try ExponentialSmoothing(plain, model: SmoothingModel())
    }

    /// Whether |r at the period| exceeds so many standard errors √((1 + 2Σ r²)/n), from the lags before it.
    static func isSeasonal(_ data: [Double], _ period: Int, errors: Double = 1.645) throws(Undefined) -> Bool {
        guard period > 1, data.count >= 2 * period, try CentralMoments(data, shape: false).sum2 > 0 else {
            return false
        }
        let acf = try Autocorrelation(data, maxLag: period).values
        let before = acf[1..<period].reduce(0) { $0 + $1 * $1 }
        return abs(acf[period]) > errors * ((1 + 2 * before) / Double(data.count)).squareRoot()
    }

    /// The next `steps` values; the variance of step h is σ²(1 + (h − 1)α²) of the smoothing, scaled by the season.
    ///
    /// Throws `.outOfDomain` below one step or for the level. Cost: the number of steps.
    public func forecast(steps: Int, level: Double = 0.95) throws(Undefined) -> Forecast {
        let plain = try smoothing.forecast(steps: steps, level: level)
        let alpha = smoothing.weights.alpha
        let start = (1 - pow(1 - alpha, Double(n))) / alpha
        let drifted = plain.values.enumerated().map { $1 + slope / 2 * (Double($0) + start) }
        let centred = zip(drifted, plain.intervals).map { Interval(centre: $0, reach: $1.width / 2, level: level) }
        let moved = Forecast(values: drifted, intervals: centred, method: .analytic)
        return indices?.restored(moved, from: n) ?? moved
    }
}
