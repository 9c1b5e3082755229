import Model
import Partials
import Testing

@testable import Analysis

@Suite struct BackTestHorizonTests {
    @Test func everyHorizonIsToldFromDaysApart() throws {
        // Ninety days, one value each: origins with 83, 76 and 69 known values, and with 60 for the horizon of 30.
        let values = (0..<90).map { place -> Double? in
            let week: Double = place % 7 == 0 ? 0.05 : 0
            return 0.5 + Double(place * 37 % 11) / 110 + week
        }
        let forecast = try ForecastFigures(
            RegularSeries(values), season: 7, horizon: 30, range: 0...1, settings: AnalysisSettings())
        let test = try forecast.backTest.get()
        #expect(test.horizons.map(\.steps) == [7, 14, 30])
        #expect(test.horizons.map(\.origins) == [4, 3, 1])
        // Four weeks that share no day; 60..<74, 69..<83 and 76..<90 together; 60..<90.
        #expect(test.horizons.map(\.distinct) == [28, 30, 30])
        #expect((test.horizon, test.origins) == (14, 3))
        #expect(test.mae == test.horizons[1].mae && test.coverage == test.horizons[1].coverage)
    }

    @Test func aShortSeriesHasNoBackTest() throws {
        let values = (0..<40).map { place -> Double? in 0.5 + Double(place * 37 % 11) / 110 }
        let test = try ForecastFigures(
            RegularSeries(values), season: 7, horizon: 30, range: 0...1, settings: AnalysisSettings()
        ).backTest.value
        // Twenty-eight values to fit on leave twelve: a week, but no fortnight.
        #expect(test == nil)
    }
}
