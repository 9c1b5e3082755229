import Model
import Statistics
import Testing

@testable import Analysis

/// Series in which some weekdays bring nothing.
@Suite struct StepCalendarTests {
    /// 2026-06-01, a Monday.
    private static let monday = Day(year: 2026, month: 6, day: 1)

    private static func days(_ count: Int, where keeps: (Int) -> Bool) throws -> [Day] {
        let start = try #require(monday)
        return (0..<count).filter(keeps).map { start.advanced(by: $0) }
    }

    @Test func aWeekendIsNoGap() throws {
        let days = try Self.days(90) { $0 % 7 < 5 }
        let steps = StepCalendar(days, from: days[0])
        #expect(steps.weekdays == [0, 1, 2, 3, 4] && steps.leftOut == 0)
        #expect(days.indices.allSatisfy { steps.day(of: $0) == days[$0] && steps.step(from: days[$0]) == $0 })
        // Friday, 5 June is step 4; Saturday and Sunday are followed by step 5.
        let friday = days[4]
        #expect((0...3).map { steps.step(from: friday.advanced(by: $0)) } == [4, 5, 5, 5])
        // 30 days after a Friday: four weeks and a weekend.
        #expect(steps.steps(in: 30, after: 4) == 20)
        #expect(steps.label(of: 5) == "2026-06-08" && steps.day(of: -1).iso == "2026-05-29")
    }

    @Test func aSeriesMayBeginWithinAWeek() throws {
        let days = try Self.days(60) { $0 >= 2 && [0, 2, 4].contains($0 % 7) }
        let steps = StepCalendar(days, from: days[0])
        #expect(steps.weekdays == [0, 2, 4] && steps.phase == 1)
        #expect(days.indices.allSatisfy { steps.day(of: $0) == days[$0] && steps.step(from: days[$0]) == $0 })
    }

    /// A fifth of the days of a weekday, and days at random.
    @Test func irregularDaysKeepTheCalendar() throws {
        let fifth = try Self.days(70) { $0 % 7 < 5 || $0 == 5 || $0 == 40 }
        #expect(StepCalendar(fifth, from: fifth[0]).weekdays == [0, 1, 2, 3, 4, 5])
        let short = try Self.days(19) { $0 % 7 < 5 }
        #expect(!StepCalendar(short, from: short[0]).rests)
        var noise = Noise(seed: 5)
        let random = try Self.days(90) { $0 % 7 < 5 && noise.next() > 0 }
        #expect(!StepCalendar(random, from: random[0]).rests)
        #expect(!StepCalendar([], from: try #require(Self.monday)).rests)
    }

    /// One Saturday of thirteen: without it 24 of 89 days would have no value, more than a fifth.
    @Test func aSingleSaturdayIsLeftOut() throws {
        let days = try Self.days(89) { $0 % 7 < 5 || $0 == 33 }
        let steps = StepCalendar(days, from: days[0])
        #expect(steps.weekdays == [0, 1, 2, 3, 4] && steps.leftOut == 1)
        // Sundays alone leave gaps of a seventh: nothing need be left out.
        let sundays = try Self.days(89) { $0 % 7 < 6 || $0 == 34 }
        #expect(!StepCalendar(sundays, from: sundays[0]).rests)
    }

    private static func figures(_ days: [Day], _ values: [Double]) -> [DayFigures] {
        zip(days, values).map { DayFigures(day: $0, moments: Moments([$1]), missing: 0) }
    }

    /// The same values on Mondays to Fridays as on steps of a season of five.
    @Test func whatAnOfficeMeasuresIsForecast() throws {
        var noise = Noise(seed: 3)
        let days = try Self.days(89) { $0 % 7 < 5 }
        let values = days.indices.map { 20 + [3.0, 1, 0, -1, -3][$0 % 5] + ($0 == 40 ? 6 : 0) + 0.2 * noise.next() }
        let steps = StepCalendar(days, from: days[0])
        let found = SeriesBehaviour(Self.figures(days, values), steps, horizon: 14, settings: AnalysisSettings())
        let same = SeriesBehaviour(RegularSeries(values), season: 5, horizon: 10, settings: AnalysisSettings())
        #expect(found == same)
        let season = try found.season.get()
        #expect(season.levels.map(\.position) == [0, 1, 2, 3, 4] && season.test.p < 1e-6)
        #expect(try found.anomalies.get().map(\.index) == [40])
        // Two weeks after a Friday. One of the 18 Mondays has 6 more, which a mean of theirs would raise by a third.
        let forecast = try found.forecast.get()
        let last = days.count - 1
        #expect(
            days[last].weekday == 4
                && forecast.points.map { steps.day(of: last + $0.step).weekday } == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
        for point in forecast.points {
            let planted = 20 + [3.0, 1, 0, -1, -3][steps.day(of: last + point.step).weekday]
            #expect(abs(point.value - planted) < 0.6 && point.interval.contains(planted), "\(point)")
        }
    }

    @Test func oneDayAWeekHasNoWeekdaysToCompare() throws {
        let days = try Self.days(300) { $0 % 7 == 1 }
        let steps = StepCalendar(days, from: days[0])
        var noise = Noise(seed: 9)
        let found = SeriesBehaviour(
            Self.figures(days, days.map { _ in noise.next() }), steps, horizon: 30, settings: AnalysisSettings())
        #expect(found.season.absence == .tooFew(.groups, found: 1, needed: 2))
        #expect(try found.forecast.get().points.count == 4)
    }

    /// A slope of 1 per step is one of 5/7 per day, and a step of 10 on a Monday one of 10.
    @Test func whatAnInterventionDoesIsToldPerCalendarDay() throws {
        var noise = Noise(seed: 8)
        let days = try Self.days(90) { $0 % 7 < 5 }
        let start = try #require(Self.monday).advanced(by: 47)
        let values = days.indices.map { step in
            50 + 0.1 * noise.next() + (days[step] >= start ? 10 + Double(step - 35) : 0)
        }
        let found = try SegmentedFigures(
            Self.figures(days, values), start: start, through: days.last, range: nil, settings: AnalysisSettings())
        #expect(found.days == days.count && found.period.last == days.last)
        #expect(abs(found.slope.estimate - 5.0 / 7) < 0.02 && found.slope.interval.contains(5.0 / 7))
        #expect(abs(found.level.estimate - 10) < 0.3, "\(found.level)")
        #expect(found.counterfactual.allSatisfy { $0.day.weekday < 5 && abs($0.value - 50) < 0.5 })
    }

    /// What cannot be less than none is not forecast below it; a growth in per cent may be, and so may a delay of which some
    /// values are.
    @Test(arguments: [
        ("s", 0.1, 0.0), ("tokens", 0, 0), ("s", -1, -Double.infinity), ("", 0.1, -Double.infinity),
        ("%", 0.1, -Double.infinity),
    ])
    func amountsAreNotForecastBelowNothing(unit: String, smallest: Double, floor: Double) throws {
        let metric = try #require(Metric(name: "wait", unit: unit))
        let bounds = metric.bounds(smallest: smallest)
        #expect((bounds?.lowerBound ?? -Double.infinity) == floor && metric.bounds(smallest: nil) == nil)
        var noise = Noise(seed: 4)
        let values = (0..<60).map { _ in abs(noise.next()) }
        let forecast = try SeriesBehaviour(
            RegularSeries(values), season: 1, horizon: 14, range: bounds, settings: AnalysisSettings()
        ).forecast.get()
        #expect(forecast.points.contains { $0.interval.low < 0 } == (floor < 0))
        #expect(forecast.points.allSatisfy { $0.interval.low >= floor })
    }
}
