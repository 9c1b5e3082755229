import Testing

@testable import Statistics

/// `data/reference/04_trend_its.json`: statsmodels 0.15.0, SciPy 1.17.1, pymannkendall 1.4.3, with the calls named there.
@Suite(.enabled(if: ReferenceFile.exists("04_trend_its.json"), "the reference data are not beside the project"))
struct TrendReferenceTests {
    static let file = (try? ReferenceFile.read("04_trend_its.json")) ?? JSON(nil)  // absent: no cases
    static let trends = file["trends"].list

    @Test(arguments: trends) func leastSquares(trend: JSON) throws {
        let values = try #require(trend["values"].numbers)
        let fit = try LinearFit(values)
        let expected = trend["ols"]
        #expect(isClose(fit.intercept, expected["intercept"].number, relative: 1e-12))
        #expect(isClose(fit.slope, expected["slope"].number, relative: 1e-12))
        #expect(isClose(fit.slopeError, expected["se_slope"].number, relative: 1e-12))
        #expect(isClose(fit.t, expected["t"].number, relative: 1e-11))
        #expect(isClose(fit.p, expected["p"].number, relative: 1e-10))
        #expect(isClose(fit.slopeInterval.low, expected["slope_ci95"][0].number, relative: 1e-11))
        #expect(isClose(fit.interceptInterval.high, expected["intercept_ci95"][1].number, relative: 1e-11))
        #expect(isClose(fit.rSquared, expected["r_squared"].number, relative: 1e-11))
        #expect(isClose(fit.residualSD, expected["residual_sd"].number, relative: 1e-12))
    }

    @Test(arguments: trends) func robustErrors(trend: JSON) throws {
        let values = try #require(trend["values"].numbers)
        let expected = trend["ols_hac"]
        let fit = try LinearFit(values, errors: .neweyWest(lag: nil))
        #expect(fit.errors == .neweyWest(lag: expected["maxlags"].integer))
        #expect(isClose(fit.slopeError, expected["se_slope"].number, relative: 1e-10))
        #expect(isClose(fit.p, expected["p"].number, relative: 1e-10))
        #expect(isClose(fit.slopeInterval.low, expected["slope_ci95"][0].number, relative: 1e-10))
    }

    @Test(arguments: trends) func theilSen(trend: JSON) throws {
        let line = try TheilSen(#require(trend["values"].numbers))
        let expected = trend["theil_sen"]
        #expect(isClose(line.slope, expected["slope"].number, relative: 1e-12))
        #expect(isClose(line.intercept, expected["intercept_median_y_minus_slope_median_x"].number, relative: 1e-12))
        #expect(isClose(line.interval.low, expected["slope_ci95"][0].number, relative: 1e-12))
        #expect(isClose(line.interval.high, expected["slope_ci95"][1].number, relative: 1e-12))
    }

    @Test(arguments: trends) func mannKendall(trend: JSON) throws {
        let values = try #require(trend["values"].numbers)
        for (correction, key) in [
            (MannKendall.Correction.none, "mann_kendall"), (.hamedRao(), "mann_kendall_hamed_rao"),
        ]
        where trend[key]["var_s"].number.map({ $0 > 0 }) ?? false {
            let test = try MannKendall(values, correction: correction)
            #expect(test.s == trend[key]["s"].number)
            #expect(isClose(test.tau, trend[key]["Tau"].number, relative: 1e-12))
            #expect(isClose(test.variance, trend[key]["var_s"].number, relative: 1e-10))
            #expect(isClose(test.z, trend[key]["z"].number, relative: 1e-10))
            #expect(isClose(test.p, trend[key]["p"].number, relative: 1e-10, absolute: 1e-15))
        }
    }
}
