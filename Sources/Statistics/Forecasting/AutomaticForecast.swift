/// A forecast with nothing to choose: the median of up to four methods that err differently.
///
/// The members are exponential smoothing with the model of least AICc and, on the series without its season, the Theta
/// method and, where all values are above 0, the Theta method and damped smoothing of logarithms. The season is removed
/// where the autocorrelation at the period exceeds one standard error, by ratios or differences that are moved towards no
/// season by as much as they are error (`SeasonalIndices.shrunk`). Taking the middle of several
/// simple methods was better than each in the M3 and M4 competitions: S. Makridakis, E. Spiliotis, V. Assimakopoulos, Int. J.
/// Forecast. 36 (2020), doi:10.1016/j.ijforecast.2019.04.014; F. Petropoulos, I. Svetunkov, Int. J. Forecast. 36 (2020),
/// doi:10.1016/j.ijforecast.2019.01.006. The median keeps a member that runs away from mattering.
///
/// A prediction interval is the median ± t·√(v + 4s²) with v the larger variance of smoothing and Theta, s the standard
/// deviation of the members (divisor their number) and t Student's quantile with n − 4 degrees of freedom, at least 2: the
/// members share the data, so that their disagreement is about half of what none of them knows. Of the M3 series with even
/// numbers such 95 % intervals held 95 %, in either half of them.
///
/// Eight values or more that rise or fall on a straight line but for rounding (`LinearFit`) go on along it: the members would lag
/// behind, and their disagreement is no doubt about a line that leaves nothing.
public struct AutomaticForecast: Sendable, Hashable {
    /// The most values fitted, unless four seasons need more.
    public static let longestTraining = 1000

    /// The number of values given.
    public let n: Int
    /// The number of last values fitted.
    public let used: Int
    /// The length of a season; 1 without one, and where the series does not hold it twice.
    public let period: Int
    /// Exponential smoothing with the model of least AICc.
    public let smoothing: ExponentialSmoothing
    /// The Theta method on the series without season.
    public let theta: Theta
    /// The Theta method on logarithms without season; nil where a value is not above 0.
    public let logTheta: Theta?
    /// Damped smoothing of logarithms without season; nil where a value is not above 0, and below seven values.
    public let logDamped: ExponentialSmoothing?

    /// The line that all values used lie on but for rounding; nil without one, and for equal values.
    public let line: LinearFit?

    private static let fewestOnLine = 8
    private let indices: SeasonalIndices?

    /// The season that was removed for all members but the first, one index per position modulo the period of the values
    /// used; nil when none was.
    public var seasonal: [Double]? { indices?.values }

    /// Whether these indices are ratios.
    public var multiplicative: Bool { indices?.multiplicative ?? false }

    /// Fits all members to a series without gaps.
    ///
    /// A period that the series does not hold twice is taken for none. Throws `.tooFew` below five values, `.nonFinite`,
    /// `.outOfDomain` for a period below 1. Cost: some ten fits, of which seasonal ones solve for the first season.
    public init(_ data: [Double], period: Int = 1) throws(Undefined) {
        guard period >= 1 else { throw .outOfDomain("a season has at least 1 step, not \(period)") }
        try Undefined.require(data.count, atLeast: 5)
        try Undefined.requireFinite(data)
        let period = period <= data.count / 2 ? period : 1
        let last = Array(data.suffix(max(Self.longestTraining, 4 * period)))
        let positive = last.allSatisfy { $0 > 0 }
        let indices =
            try Theta.isSeasonal(last, period, errors: 1)
            ? SeasonalIndices(last, period: period, multiplicative: positive).shrunk : nil
        let plain = last.indices.map { indices?.removed(last[$0], at: $0) ?? last[$0] }
        (n, used, self.period, self.indices) = (data.count, last.count, period, indices)
        line = Self.exactLine(last)
        smoothing = try ExponentialSmoothing(automatic: last, period: period)
        theta = try Theta(plain)
        let logs = plain.map { log($0) }
        let damped = try SmoothingModel(trend: .damped)
        logTheta = try positive ? Theta(logs) : nil
        logDamped = try positive && SmoothingFit.allows(logs, damped) ? ExponentialSmoothing(logs, model: damped) : nil
    }

    /// The next `steps` values. Throws `.outOfDomain`, and `.overflow` where the members leave the finite numbers.
    public func forecast(steps: Int, level: Double = 0.95) throws(Undefined) -> Forecast {
        if let line { return try along(line, steps: steps, level: level) }
        let plain = try theta.forecast(steps: steps, level: level)
        let models = [
            try smoothing.forecast(steps: steps, level: level), indices?.restored(plain, from: used) ?? plain,
        ]
        let logs = [
            try logTheta?.forecast(steps: steps, level: level), try logDamped?.forecast(steps: steps, level: level),
        ]
        let restored = logs.compactMap { forecast in
            forecast?.values.enumerated().map { indices?.restored(exp($1), at: used + $0) ?? exp($1) }
        }
        let members = models.map(\.values) + restored.filter { $0.allSatisfy(\.isFinite) }
        let z = -Normal.quantile((1 - level) / 2)
        let t = StudentT.critical(level: level, df: Double(max(2, used - 4)))
        var (values, intervals) = ([Double](), [Interval]())
        for step in 0..<steps {
            let own = members.map { $0[step] }
            let value = try Quantiles(own).median
            let width = models.reduce(0) { max($0, $1.intervals[step].width) } / 2
            let mean = own.reduce(0) { $0 + $1 / Double(own.count) }
            let square = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(own.count) }
            let reach = t * (width / z * (width / z) + 4 * square).squareRoot()
            guard reach.isFinite else { throw .overflow }
            values.append(value)
            intervals.append(Interval(centre: value, reach: reach, level: level))
        }
        return Forecast(values: values, intervals: intervals, method: .combined)
    }

    private static func exactLine(_ data: [Double]) -> LinearFit? {
        guard data.count >= fewestOnLine else { return nil }
        do throws(Undefined) {
            let fit = try LinearFit(data)
            return fit.residualSD == 0 && fit.slope != 0 ? fit : nil
        } catch {
            // Values too large to fit a line to are no exact line.
            return nil
        }
    }

    private func along(_ line: LinearFit, steps: Int, level: Double) throws(Undefined) -> Forecast {
        guard steps >= 1 else { throw .outOfDomain("at least 1 step is forecast, not \(steps)") }
        let places = (used..<(used + steps)).map(Double.init)
        let intervals = try places.map { (place) throws(Undefined) in
            try line.predictionInterval(at: place, level: level)
        }
        guard intervals.allSatisfy({ $0.low.isFinite && $0.high.isFinite }) else { throw .overflow }
        return Forecast(values: places.map { line($0) }, intervals: intervals)
    }
}
