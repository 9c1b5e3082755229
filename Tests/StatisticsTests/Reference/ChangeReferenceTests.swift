import Testing

@testable import Statistics

/// `data/reference/04_trend_its.json` and `06_changepoint.json`: statsmodels 0.15.0, pymannkendall 1.4.3, ruptures 1.1.10.
@Suite(.enabled(if: ReferenceFile.exists("06_changepoint.json"), "the reference data are not beside the project"))
struct ChangeReferenceTests {
    static let trends = (try? ReferenceFile.read("04_trend_its.json")) ?? JSON(nil)  // absent: no cases
    static let changes = (try? ReferenceFile.read("06_changepoint.json")) ?? JSON(nil)  // absent: no cases

    private func check(_ fit: Regression, _ expected: JSON, _ errors: JSON, columns: [String]) {
        for (name, found) in zip(columns, fit.coefficients) {
            #expect(isClose(found.estimate, expected["ols"]["coef"][name].number, relative: 1e-10))
            #expect(isClose(found.standardError, errors["se"][name].number, relative: 1e-10))
            #expect(isClose(found.p, errors["p"][name].number, relative: 1e-10, absolute: 1e-300))
        }
    }

    @Test func seatbelts() throws {
        let expected = try #require(Self.trends["interrupted_time_series"].list.first)
        let y = try #require(expected["y"].numbers)
        let start = y.count - 23
        let columns = expected["design_columns"].list.compactMap(\.text)
        let months = columns.dropFirst(4).compactMap { Int($0.dropFirst(5)) }
        let design =
            [
                y.map { _ in 1 }, y.indices.map { Double($0 + 1) }, y.indices.map { $0 >= start ? 1 : 0 },
                y.indices.map { Double(max(0, $0 - start)) },
            ] + months.map { month in y.indices.map { $0 % 12 == month - 1 ? 1 : 0 } }
        check(try Regression(columns: design, y: y), expected, expected["ols"], columns: columns)
        for (lag, corrected) in [(3, false), (3, true), (12, false), (12, true)] {
            let fit = try Regression(columns: design, y: y, errors: .neweyWest(lag: lag), smallSample: corrected)
            let errors = expected["hac_lag\(lag)_\(corrected ? "small_sample_corrected" : "uncorrected")"]
            check(fit, expected, errors, columns: columns)
        }
        let series = try InterruptedTimeSeries(y, start: start, period: 12, errors: .neweyWest(lag: 3))
        #expect(isClose(series.levelChange.estimate, expected["ols"]["coef"]["law"].number, relative: 1e-10))
        #expect(isClose(series.slopeChange.estimate, expected["ols"]["coef"]["t_after"].number, relative: 1e-10))
        let last = try series.effect(at: y.count - 1)
        let gap = try series.fitted(at: y.count - 1).estimate - series.counterfactual(at: y.count - 1).estimate
        #expect(isClose(last.estimate, gap, relative: 1e-10))
    }

    @Test func nileLevel() throws {
        let expected = Self.trends["interrupted_time_series"][1]
        let y = try #require(expected["y"].numbers)
        let fit = try Regression(
            columns: [y.map { _ in 1 }, y.indices.map { $0 >= 28 ? 1 : 0 }], y: y, errors: .neweyWest(lag: 4))
        check(fit, expected, expected["hac_lag4_small_sample_corrected"], columns: ["const", "step"])
        #expect(isClose(fit.rSquared, expected["ols"]["r_squared"].number, relative: 1e-11))
    }

    @Test(arguments: [1, 2]) func seasonalMannKendall(index: Int) throws {
        let trend = Self.trends["trends"][index]
        let expected = trend["seasonal_mann_kendall"]
        let test = try SeasonalMannKendall(#require(trend["values"].numbers), period: 12)
        #expect(test.s == expected["s"].number)
        #expect(isClose(test.variance, expected["var_s"].number, relative: 1e-12))
        #expect(isClose(test.z, expected["z"].number, relative: 1e-12))
        #expect(isClose(test.p, expected["p"].number, relative: 1e-10, absolute: 1e-15))
        #expect(isClose(test.slope, expected["seasonal_sen_slope"].number, relative: 1e-12))
        // pymannkendall averages τ over the seasons; with seasons of one length that is the same.
        #expect(isClose(test.tau, expected["Tau"].number, relative: 1e-12))
    }

    /// Series scaled to mean 0 and variance 1 (divisor n).
    private func scaled(_ problem: JSON) throws -> [Double] {
        let path = try #require(problem["file"].text)
        let raw = try ReferenceFile.read("../\(path)")["series"][0]["raw"]
        let values = try #require(raw.numbers)
        let group = try GroupSummary(values)
        let sd = (group.variance * Double(values.count - 1) / Double(values.count)).squareRoot()
        return values.map { ($0 - group.mean) / sd }
    }

    @Test(arguments: 0..<3, [2, 3, 5, 10]) func pelt(index: Int, factor: Int) throws {
        let problem = Self.changes["exact_problems"][index]
        let expected = problem["pelt_l2_pen_\(factor)ln_n"]
        let z = try scaled(problem)
        let found = try ChangePoints(z, penalty: #require(expected["penalty"].number))
        let objective = try #require(expected["objective"].number)
        // ruptures may miss the minimum under a minimum length; ours may be equal or lower.
        #expect(found.objective <= objective * (1 + 1e-9))
        if found.objective > objective * (1 - 1e-9) {
            #expect(found.indices == expected["change_points"].numbers?.map { Int($0) })
        }
    }
}
