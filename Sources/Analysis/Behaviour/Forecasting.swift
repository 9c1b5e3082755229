import Statistics

extension ForecastFigures {
    /// The next steps of a series by the median of several methods (`AutomaticForecast`).
    ///
    /// - Parameters:
    ///   - season: steps in a season; used where at least three of them are there.
    ///   - range: values and bounds are held within it.
    ///
    /// The back-test fits them anew at up to `settings.backTestOrigins` past steps and compares
    /// `settings.backTestHorizon` steps (the horizon, if shorter). Fails below `settings.minimumForecast` values.
    init(
        _ series: RegularSeries, season: Int, horizon: Int, range: ClosedRange<Double>?, settings: AnalysisSettings
    ) throws(Absence) {
        try series.require(Swift.max(5, settings.minimumForecast))
        let data = series.bridged
        let period = season >= 2 && data.count >= 3 * season ? season : 1
        let fitted: Answer<AutomaticForecast> = computed { () throws(Undefined) in
            try AutomaticForecast(data, period: period)
        }
        let chosen = try fitted.get()
        let made: Answer<Forecast> = computed { () throws(Undefined) in
            try chosen.forecast(steps: horizon, level: settings.level)
        }
        let forecast = try made.get()
        var isClamped = false
        let points = zip(forecast.values, forecast.intervals).enumerated().map { step, pair in
            let interval = pair.1.held(within: range)
            let value = range?.holding(pair.0) ?? pair.0
            isClamped = isClamped || value != pair.0 || interval != pair.1
            return ForecastPoint(step: step + 1, value: value, interval: interval)
        }
        self.init(
            model: chosen.name, n: series.n, gaps: series.gaps, points: points, level: settings.level,
            isClamped: isClamped,
            backTest: caught { () throws(Absence) in
                try BackTestFigures(
                    data, horizon: Swift.min(horizon, settings.backTestHorizon), period: period,
                    settings: settings)
            })
    }
}

extension BackTestFigures {
    fileprivate init(
        _ data: [Double], horizon: Int, period: Int, settings: AnalysisSettings
    ) throws(Absence) {
        let training = Swift.max(settings.minimumForecast, 3 * period + 1)
        let found: Answer<BackTest> = computed { () throws(Undefined) in
            try BackTest(
                data, horizon: horizon, origins: settings.backTestOrigins, training: training, period: period,
                forecast: { (past, steps) throws(Undefined) in
                    try AutomaticForecast(past, period: period).forecast(steps: steps, level: settings.level)
                })
        }
        let test = try found.get()
        self.init(
            horizon: horizon, origins: test.origins, mae: test.meanAbsoluteError, smape: test.sMAPE, mase: test.mase,
            coverage: test.coverage)
    }
}

extension AutomaticForecast {
    /// `median of 4 methods, season of 7` and the like.
    fileprivate var name: String {
        let methods = 2 + (logTheta == nil ? 0 : 1) + (logDamped == nil ? 0 : 1)
        return "median of \(methods) methods" + (seasonal == nil ? "" : ", season of \(period)")
    }
}
