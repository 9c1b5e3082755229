import Model
import Statistics

/// The next days of one learner by two plain methods, cheap enough for many learners: the line through the daily values
/// with its prediction interval, and exponential smoothing of the level with the interval of its variance formula.
///
/// Gaps are bridged as in `RegularSeries`, but not those of quality: a day without a session has none and lacks nothing. Its line
/// goes through the days that have one, each in its place, and the level goes on from one of them to the next; the
/// interval of the level is that of as many days with a session as days are looked ahead, so that it is wide enough for fewer.
/// Values and bounds are held within the range.
enum LearningForecast {
    /// What is fitted.
    enum Method: String, CaseIterable {
        /// The least-squares line.
        case line
        /// Exponential smoothing of the level.
        case smoothedLevel = "smoothed level"
    }

    /// Both forecasts; each fails below `minimumForecast` values, where more than a fifth of the days are gaps that are bridged, and
    /// where the last value is older than a week.
    static func all(
        _ trend: TrendResult, hasBridges: Bool, range: ClosedRange<Double>, asOf: Day, settings: AnalysisSettings
    ) -> [Answer<ForecastFigures>] {
        let series = trend.behaviour.series
        let places = series.values.indices.filter { hasBridges || series.values[$0] != nil }
        let data = places.map { series.bridged[$0] }
        let horizon = trend.steps.steps(in: settings.learning.forecastDays, after: series.values.count - 1)
        let methods: [(Method, @Sendable ([Double], Int) throws(Undefined) -> Forecast)] = [
            (
                .line,
                { (data, steps) throws(Undefined) in
                    // The back-test takes the first of the days.
                    let days = places.prefix(data.count).map(Double.init)
                    let fit = try LinearFit(x: days, y: data, level: settings.level)
                    let x = (0..<steps).map { (days.last ?? 0) + 1 + Double($0) }
                    return Forecast(
                        values: x.map { fit($0) },
                        intervals: try x.map { (x) throws(Undefined) in
                            try fit.predictionInterval(at: x, level: settings.level)
                        })
                }
            ),
            (
                .smoothedLevel,
                { (data, steps) throws(Undefined) in
                    try ExponentialSmoothing(data, model: SmoothingModel()).forecast(
                        steps: steps, level: settings.level)
                }
            ),
        ]
        return methods.map { name, method in
            caught { () throws(Absence) in
                try (hasBridges ? series : RegularSeries(data)).require(max(5, settings.minimumForecast))
                let last = trend.day(of: series.values.count - 1)
                guard last.distance(to: asOf) <= 7 else { throw .undefined("no value since \(last.iso)") }
                let made = try computed { () throws(Undefined) in try method(data, horizon) }.get()
                return ForecastFigures(
                    name.rawValue, series, made, range: range, level: settings.level,
                    backTest: backTest(data, horizon: horizon, method, settings))
            }
        }
    }

    private static func backTest(
        _ data: [Double], horizon: Int, _ method: ([Double], Int) throws(Undefined) -> Forecast,
        _ settings: AnalysisSettings
    ) -> Answer<BackTestFigures> {
        computed { () throws(Undefined) in
            let test = try BackTest(
                data, horizon: min(horizon, settings.backTestHorizon), origins: settings.backTestOrigins,
                training: settings.minimumForecast, period: 1, forecast: method)
            return BackTestFigures(
                horizon: min(horizon, settings.backTestHorizon), origins: test.origins, mae: test.meanAbsoluteError,
                smape: test.sMAPE, mase: test.mase, coverage: test.coverage)
        }
    }
}

extension ForecastFigures {
    fileprivate init(
        _ model: String, _ series: RegularSeries, _ forecast: Forecast, range: ClosedRange<Double>, level: Double,
        backTest: Answer<BackTestFigures>
    ) {
        let held = { (value: Double) in min(range.upperBound, max(range.lowerBound, value)) }
        let points = zip(forecast.values, forecast.intervals).enumerated().map { step, pair in
            ForecastPoint(
                step: step + 1, value: held(pair.0),
                interval: Interval(low: held(pair.1.low), high: held(pair.1.high), level: level))
        }
        self.init(
            model: model, n: series.n, outOf: series.n, gaps: series.gaps, points: points, level: level,
            isClamped: zip(points, forecast.values).contains { $0.value != $1 }, backTest: backTest)
    }
}
