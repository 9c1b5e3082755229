/// The season of a series by classical decomposition: ratios to, or differences from, a centred moving mean.
struct SeasonalIndices: Sendable, Hashable {
    /// One value per position modulo the period; they average 1 (ratios) or 0 (differences).
    let values: [Double]
    /// Whether the values are ratios.
    let multiplicative: Bool

    /// The mean squared standard error of an index, over the positions that occur at least twice; 0 where none does.
    let squaredError: Double

    /// Needs two whole seasons, and values above 0 for ratios. Throws `.tooFew` and `.outOfDomain`.
    init(_ data: [Double], period: Int, multiplicative: Bool) throws(Undefined) {
        guard period >= 2 else { throw .outOfDomain("a season has at least 2 steps, not \(period)") }
        try Undefined.require(data.count, atLeast: 2 * period)
        guard !multiplicative || data.allSatisfy({ $0 > 0 }) else { throw .outOfDomain("ratios need values above 0") }
        var own = [[Double]](repeating: [], count: period)
        let half = period / 2
        for t in half..<(data.count - half) {
            let trend = Self.centredMean(data, t, period)
            own[t % period].append(multiplicative ? data[t] / trend : data[t] - trend)
        }
        let means = own.map { $0.compensatedSum / Double($0.count) }
        let centre = means.compensatedSum / Double(period)
        values = means.map { multiplicative ? $0 / centre : $0 - centre }
        self.multiplicative = multiplicative
        let errors = zip(own, means).filter { $0.0.count > 1 }.map { values, mean in
            values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count * (values.count - 1))
        }
        squaredError = errors.isEmpty ? 0 : errors.compensatedSum / Double(errors.count)
    }

    private init(_ values: [Double], multiplicative: Bool, squaredError: Double) {
        (self.values, self.multiplicative, self.squaredError) = (values, multiplicative, squaredError)
    }

    /// The indices moved towards no season by the share of their spread that is error, as James and Stein would:
    /// w = (m − 3)/(m − 1)·V/(V + A) with V the squared error and A the variance of the m indices; no move below four.
    ///
    /// Source: D. M. Miller, D. Williams, Int. J. Forecast. 19 (2003) 669–684, doi:10.1016/S0169-2070(02)00077-8.
    var shrunk: SeasonalIndices {
        let size = Double(values.count)
        let centre: Double = multiplicative ? 1 : 0
        let spread = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / (size - 1)
        guard values.count > 3, squaredError + spread > 0 else { return self }
        let weight = (size - 3) / (size - 1) * squaredError / (squaredError + spread)
        return SeasonalIndices(
            values.map { $0 + weight * (centre - $0) }, multiplicative: multiplicative, squaredError: squaredError)
    }

    /// The mean over one period around t; an even period takes half of each end.
    private static func centredMean(_ data: [Double], _ t: Int, _ period: Int) -> Double {
        let half = period / 2
        let window = data[(t - half)...(t + half)].compensatedSum
        let ends = period % 2 == 0 ? (data[t - half] + data[t + half]) / 2 : 0
        return (window - ends) / Double(period)
    }

    /// A value without its season.
    func removed(_ value: Double, at index: Int) -> Double {
        let season = values[index % values.count]
        return multiplicative ? value / season : value - season
    }

    /// A value with its season.
    func restored(_ value: Double, at index: Int) -> Double {
        let season = values[index % values.count]
        return multiplicative ? value * season : value + season
    }

    /// A forecast with its season: the ends of an interval move as its value does.
    func restored(_ forecast: Forecast, from start: Int) -> Forecast {
        let intervals = forecast.intervals.enumerated().map { step, interval in
            Interval(
                low: restored(interval.low, at: start + step), high: restored(interval.high, at: start + step),
                level: interval.level)
        }
        return Forecast(
            values: forecast.values.enumerated().map { restored($1, at: start + $0) }, intervals: intervals,
            method: forecast.method)
    }
}
