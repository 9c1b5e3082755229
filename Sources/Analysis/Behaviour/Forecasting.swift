import Statistics

extension ForecastFigures {
    /// The next steps of a series by exponential smoothing, the form of which an information criterion chooses.
    ///
    /// - Parameters:
    ///   - season: steps in a season; used where at least three of them are there.
    ///   - range: values and bounds are held within it.
    ///
    /// The back-test fits the chosen form anew at up to `settings.backTestOrigins` past steps and compares
    /// `settings.backTestHorizon` steps (the horizon, if shorter). Fails below `settings.minimumForecast` values.
    init(
        _ series: RegularSeries, season: Int, horizon: Int, range: ClosedRange<Double>?, settings: AnalysisSettings
    ) throws(Absence) {
        try series.require(Swift.max(5, settings.minimumForecast))
        let data = series.bridged
        let period = season >= 2 && data.count >= 3 * season ? season : 1
        let fitted: Answer<ExponentialSmoothing> = computed { () throws(Undefined) in
            try ExponentialSmoothing(automatic: data, period: period)
        }
        let chosen = try fitted.get()
        let held = { (value: Double) in
            range.map { Swift.min($0.upperBound, Swift.max($0.lowerBound, value)) } ?? value
        }
        let made: Answer<Forecast> = computed { () throws(Undefined) in
            try chosen.forecast(steps: horizon, level: settings.level)
        }
        let forecast = try made.get()
        var isClamped = false
        let points = zip(forecast.values, forecast.intervals).enumerated().map { step, pair in
            let interval = Interval(low: held(pair.1.low), high: held(pair.1.high), level: pair.1.level)
            let value = held(pair.0)
            isClamped = isClamped || value != pair.0 || interval != pair.1
            return ForecastPoint(step: step + 1, value: value, interval: interval)
        }
        self.init(
            model: chosen.model.name, n: series.n, gaps: series.gaps, points: points, level: settings.level,
            isClamped: isClamped,
            backTest: caught { () throws(Absence) in
                try BackTestFigures(
                    data, model: chosen.model, horizon: Swift.min(horizon, settings.backTestHorizon), period: period,
                    settings: settings)
            })
    }
}

extension BackTestFigures {
    fileprivate init(
        _ data: [Double], model: SmoothingModel, horizon: Int, period: Int, settings: AnalysisSettings
    ) throws(Absence) {
        let training = Swift.max(settings.minimumForecast, 3 * period + 1)
        let found: Answer<BackTest> = computed { () throws(Undefined) in
            try BackTest(
                data, horizon: horizon, origins: settings.backTestOrigins, training: training, period: period,
                forecast: { (past, steps) throws(Undefined) in
                    try ExponentialSmoothing(past, model: model).forecast(steps: steps, level: settings.level)
                })
        }
        let test = try found.get()
        self.init(
            horizon: horizon, origins: test.origins, mae: test.meanAbsoluteError, smape: test.sMAPE, mase: test.mase,
            coverage: test.coverage)
    }
}

extension SmoothingModel {
    /// `level`, `level, additive trend, season of 7` and the like.
    fileprivate var name: String {
        var parts = ["level"]
        if trend != .none { parts.append("\(trend.rawValue) trend") }
        if season != .none { parts.append("\(season.rawValue) season of \(period)") }
        return parts.joined(separator: ", ")
    }
}
