import Testing

@testable import Statistics

/// `data/reference/07_forecast.json`: statsmodels 0.15.0, with the calls named there.
@Suite(.enabled(if: ReferenceFile.exists("07_forecast.json"), "the reference data are not beside the project"))
struct ForecastReferenceTests {
    static let series = ((try? ReferenceFile.read("07_forecast.json")) ?? JSON(nil))["series"].list  // absent: no cases

    private func training(_ series: JSON) throws -> [Double] {
        let horizon = try #require(series["horizon"].integer)
        return try Array(#require(series["values"].numbers).dropLast(horizon))
    }

    @Test(arguments: series, ["ses", "holt", "holt_damped", "holt_winters_add", "holt_winters_mul"])
    func fixedWeights(series: JSON, name: String) throws {
        let expected = series["fixed_parameters_exact"][name]
        guard expected.exists else { return }
        let holt = series["fixed_parameters_exact"]["holt"]
        let period = try #require(series["season"].integer)
        let model = try SmoothingModel(
            trend: name == "ses" ? .none : name == "holt_damped" ? .damped : .additive,
            season: name.hasSuffix("add") ? .additive : name.hasSuffix("mul") ? .multiplicative : .none, period: period)
        let weights = SmoothingWeights(
            alpha: try #require(expected["alpha"].number), beta: expected["beta_star"].number ?? 0,
            gamma: expected["gamma"].number ?? 0, phi: expected["phi"].number ?? 1)
        let state = SmoothingState(
            level: try #require(expected["initial_level"].number ?? holt["initial_level"].number),
            slope: name == "ses" ? 0 : try #require(expected["initial_trend"].number ?? holt["initial_trend"].number),
            seasonal: expected["initial_seasonal"].numbers ?? [])
        let fit = try ExponentialSmoothing(training(series), model: model, weights: weights, initial: state)
        #expect(isClose(fit.sumOfSquares, expected["sse"].number, relative: 1e-8))
        let values = try #require(expected["forecast"].numbers)
        let found = try fit.forecast(steps: values.count, paths: 100).values
        // At whole seasons ahead statsmodels repeats the season from before its last update (its holtwinters model writes
        // s[nobs − 1] over s[nobs + m − 1]); Holt and Winters' formula takes the updated one.
        for step in values.indices where model.season == .none || (step + 1) % period != 0 {
            #expect(isClose(found[step], values[step], relative: 1e-8))
        }
    }

    /// Our search may not end with errors more than 1 % above the reference optimum.
    @Test(arguments: series) func fittedWeights(series: JSON) throws {
        let data = try training(series)
        let plain = try ExponentialSmoothing(data, model: SmoothingModel())
        let plainSquares = try #require(series["optimised"]["ses"]["sse"].number)
        #expect(plain.sumOfSquares <= 1.01 * plainSquares)
        let expected = series["optimised"]["holt_winters_damped"]
        let period = try #require(series["season"].integer)
        let model = try SmoothingModel(
            trend: .damped, season: expected["seasonal"].text == "mul" ? .multiplicative : .additive,
            period: period)
        let fit = try ExponentialSmoothing(data, model: model)
        let squares = try #require(expected["sse"].number)
        #expect(fit.sumOfSquares <= 1.01 * squares)
    }

    /// The mean absolute error of Theta within 5 % of the reference or below it.
    @Test(arguments: series) func theta(series: JSON) throws {
        let test = try #require(series["test_values"].numbers)
        let period = try #require(series["season"].integer)
        let found = try Theta(training(series), period: period).forecast(steps: test.count)
        let error = zip(found.values, test).map { abs($0 - $1) }.compensatedSum / Double(test.count)
        let theirs = try #require(series["accuracy"]["theta"]["MAE"].number)
        #expect(error <= 1.05 * theirs)
    }

    @Test(arguments: series) func seasonalNaive(series: JSON) throws {
        let period = try #require(series["season"].integer)
        let found = try SeasonalNaive(training(series), period: period)
        let theirs = try #require(series["forecasts"]["seasonal_naive"].numbers)
        #expect(try found.forecast(steps: theirs.count).values == theirs)
    }
}

/// `data/reference/07_forecast.json`, part `stl_full_series`: statsmodels 0.15.0 `tsa.seasonal.STL`.
@Suite(.enabled(if: ReferenceFile.exists("07_forecast.json"), "the reference data are not beside the project"))
struct STLReferenceTests {
    @Test(arguments: ForecastReferenceTests.series, [false, true]) func decomposition(series: JSON, robust: Bool) throws
    {
        let expected = series["stl_full_series"][robust ? "robust" : "plain"]
        let period = try #require(series["season"].integer)
        let found = try STL(#require(series["values"].numbers), period: period, robust: robust)
        #expect(found.trendSpan == expected["config"]["trend"].integer)
        #expect(found.lowPassSpan == expected["config"]["low_pass"].integer)
        let size = try #require(expected["trend"].numbers).map(abs).max() ?? 0
        for (key, part) in [("trend", found.trend), ("seasonal", found.seasonal), ("resid", found.rest)] {
            let theirs = try #require(expected[key].numbers)
            #expect(part.count == theirs.count)
            let worst = zip(part, theirs).map { abs($0 - $1) }.max() ?? .infinity
            #expect(worst <= (robust ? 1e-5 : 1e-8) * size, "\(key)")
        }
        #expect(isClose(found.trendStrength, expected["trend_strength"].number, relative: 1e-4))
        #expect(isClose(found.seasonalStrength, expected["seasonal_strength"].number, relative: 1e-4))
    }
}
