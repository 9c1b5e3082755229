import Model
import Testing

@testable import Analysis

@Suite struct SeriesTests {
    /// Three values on day 2, none on 3, one record without a value on 4, 10 values on 9.
    static func rows() -> [Row] {
        [0.2, 0.4, 0.9].map { Row(day: november(2), values: [$0]) } + [Row(day: november(4), values: [nil])]
            + (0..<10).map { _ in Row(day: november(9), values: [0.5]) }
    }

    @Test func daysWithoutValuesAreGaps() throws {
        let made = try analyse(table(Self.rows(), catalogue([score("quality")])), asOf: november(10))
        let series = try #require(made.series(Subject(metric: "quality", group: .all), by: .day))
        #expect(series.points.map(\.period.start) == (2...10).map(november))
        #expect(series.points.map(\.n) == [3, 0, 0, 0, 0, 0, 0, 10, 0])
        #expect(series.points.map(\.missing) == [0, 0, 1, 0, 0, 0, 0, 0, 0])
        #expect(series.points.map { $0.mean == nil } == [false, true, true, true, true, true, true, false, true])
        #expect(near(series.points[0].mean, 0.5))
        // scipy 1.17.1: stats.t.interval(.95, 2, mean, stats.sem([.2, .4, .9])) is −0.396 to 1.396; a score ends at 0 and 1.
        #expect(near(series.points[0].interval?.low, 0) && near(series.points[0].interval?.high, 1))
        let free = try #require(Metric(name: "quality"))
        let open = try analyse(table(Self.rows(), catalogue([free])), asOf: november(10))
        let reach = try #require(open.series(Subject(metric: "quality", group: .all), by: .day)?.points[0].interval)
        #expect(near(reach.low, -0.3956685895029599) && near(reach.high, 1.39566858950296))
        #expect(series.points[1].interval == nil)
        // Equal values do not prove the mean to any precision.
        #expect(series.points[7].mean == 0.5 && series.points[7].interval == nil)
    }

    @Test(arguments: [
        (Grain.week, ["2026-W45", "2026-W46"], [4, 10]), (.month, ["2026-11"], [14]), (.quarter, ["2026-Q4"], [14]),
    ])
    func volumesOfLongerPeriods(grain: Grain, labels: [String], records: [Int]) throws {
        let made = try analyse(table(Self.rows(), catalogue([score("quality")])), asOf: november(10))
        let volume = try #require(made.volume(of: .all, by: grain))
        #expect(volume.points.map { $0.period.label(grain) } == labels)
        #expect(volume.points.map(\.records) == records)
        #expect(volume.points.last?.isUnfinished == true)
        #expect(volume.points.dropLast().allSatisfy { !$0.isUnfinished })
    }

    @Test func weeksAddUpDays() throws {
        let made = try analyse(table(Self.rows(), catalogue([score("quality")])), asOf: november(10))
        let weeks = try #require(made.series(Subject(metric: "quality", group: .all), by: .week))
        #expect(weeks.points.map(\.n) == [3, 10])
        #expect(weeks.points.map(\.missing) == [1, 0])
        #expect(near(weeks.points[0].mean, 0.5))
    }

    @Test func aShareHasWilsonsInterval() throws {
        guard let solved = Metric(name: "solved", isProportion: true) else { throw Unusable.name("solved") }
        let rows = [1, 1, 0, 1].map { Row(day: november(2), values: [$0]) }
        let made = try analyse(table(rows, catalogue([solved])), asOf: november(2))
        let point = try #require(made.series(Subject(metric: "solved", group: .all), by: .day)?.points.first)
        #expect(near(point.mean, 0.75))
        // statsmodels 0.15.0: proportion_confint(3, 4, method='wilson').
        #expect(near(point.interval?.low, 0.30064184258240184))
        #expect(near(point.interval?.high, 0.9544127391902995))
    }

    @Test func theNewestPeriodsAreShown() throws {
        var settings = AnalysisSettings()
        settings.shownPeriods[.day] = 3
        let rows = (1...9).map { Row(day: november($0), values: [0.1 * Double($0)]) }
        let made = try analyse(
            table(rows, catalogue([score("quality")])), settings: settings, asOf: november(8))
        let series = try #require(made.series(Subject(metric: "quality", group: .all), by: .day))
        #expect(series.points.map(\.period.start) == [6, 7, 8].map(november))
        #expect(made.coverage.daysAfterAsOf == 1)
    }

    @Test func resultsAreFoundBySubject() throws {
        let rows = (0..<120).map { i -> Row in
            Row(day: november(1 + i % 4), values: [0.5, 0.25], groups: [i % 2 == 0 ? "b" : "a"])
        }
        let made = try analyse(
            table(rows, catalogue([score("quality"), score("safety")], by: ["tier"])), asOf: november(4))
        #expect(made.groups == [.all, .value(dimension: "tier", value: "a"), .value(dimension: "tier", value: "b")])
        for group in made.groups {
            for metric in ["quality", "safety"] {
                let subject = Subject(metric: metric, group: group)
                #expect(made.trend(of: subject)?.subject == subject)
                #expect(made.distribution(of: subject)?.subject == subject)
                for grain in Grain.allCases {
                    let found = made.series(subject, by: grain)
                    #expect(found?.subject == subject && found?.grain == grain)
                    #expect(made.volume(of: group, by: grain)?.grain == grain)
                }
            }
        }
        #expect(made.trend(of: Subject(metric: "quality", group: .value(dimension: "tier", value: "z"))) == nil)
    }
}
