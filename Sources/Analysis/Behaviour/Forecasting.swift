import Statistics

extension ForecastFigures {
    /// The next steps of a series by the median of several methods (`AutomaticForecast`).
    ///
    /// - Parameters:
    ///   - season: steps in a season; used where at least three of them are there.
    ///   - range: values and bounds are held within it.
    ///
    /// The back-test fits them anew at up to `settings.backTestOrigins` past steps, `settings.backTestSpacing` apart, and
    /// compares every horizon of `settings.backTestHorizons` (at most the one forecast) from the same fits. Fails below
    /// `settings.minimumForecast` values.
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
        let used = series.values.suffix(chosen.used).count { $0 != nil }
        self.init(
            model: chosen.name, n: used, outOf: series.n, gaps: chosen.used - used, points: points,
            level: settings.level,
            isClamped: isClamped,
            backTest: caught { () throws(Absence) in
                try BackTestFigures(
                    data, horizon: Swift.min(horizon, settings.backTestHorizon), upTo: horizon, period: period,
                    settings: settings)
            })
    }
}

extension BackTestFigures {
    fileprivate init(
        _ data: [Double], horizon: Int, upTo longest: Int, period: Int, settings: AnalysisSettings
    ) throws(Absence) {
        let training = Swift.max(settings.minimumForecast, 3 * period + 1)
        let steps = Set(settings.backTestHorizons.map { Swift.min(longest, $0) } + [horizon]).sorted()
        let places = Self.origins(steps, in: data.count, training: training, settings: settings)
        var made: [Int: Forecast] = [:]
        // What no forecast is fitted to has no part in the scale of MASE.
        let window = Swift.max(AutomaticForecast.longestTraining, 4 * period)
        let test = { (horizon: Int) in
            computed { () throws(Undefined) in
                let origins = places.filter { $0 <= data.count - horizon }.suffix(settings.backTestOrigins)
                let start = Swift.max(0, (origins.first ?? 0) - window)
                return try BackTest(
                    Array(data[start...]), horizon: horizon, from: origins.map { $0 - start }, training: training,
                    period: period,
                    forecast: { (past, horizon) throws(Undefined) in
                        if let known = made[past.count + start] { return known.first(horizon) }
                        let whole = try AutomaticForecast(past, period: period).forecast(
                            steps: steps[steps.count - 1], level: settings.level)
                        made[past.count + start] = whole
                        return whole.first(horizon)
                    })
            }
        }
        let main = try test(horizon).get()
        self.init(
            horizon: horizon, origins: main.origins, mae: main.meanAbsoluteError, smape: main.sMAPE, mase: main.mase,
            coverage: main.coverage,
            horizons: steps.compactMap { steps in
                test(steps).value.map {
                    Horizon(
                        $0, steps, from: places.filter { $0 <= data.count - steps }.suffix(settings.backTestOrigins))
                }
            })
    }

    /// The newest origins, and those that the longest horizons need: each is fitted once for all horizons.
    private static func origins(
        _ steps: [Int], in count: Int, training: Int, settings: AnalysisSettings
    ) -> [Int] {
        let oldest = count - steps[steps.count - 1]
        let newest = (0..<settings.backTestOrigins).map { count - steps[0] - $0 * settings.backTestSpacing }
            .filter { abs($0 - oldest) >= settings.backTestSpacing }
        return Set(newest + steps.map { count - $0 }).filter { $0 >= training }.sorted()
    }
}

extension BackTestFigures.Horizon {
    fileprivate init(_ test: BackTest, _ steps: Int, from places: ArraySlice<Int>) {
        self.init(
            steps: steps, origins: test.origins, distinct: Set(places.flatMap { $0..<($0 + steps) }).count,
            mae: test.meanAbsoluteError, coverage: test.coverage)
    }
}

extension AutomaticForecast {
    /// `median of 4 methods, season of 7` and the like.
    fileprivate var name: String {
        if line != nil { return "straight line" }
        let methods = 2 + (logTheta == nil ? 0 : 1) + (logDamped == nil ? 0 : 1)
        return "median of \(methods) methods" + (seasonal == nil ? "" : ", season of \(period)")
    }
}
