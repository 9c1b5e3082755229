import Model
import Testing

@testable import Analysis

/// Expected numbers: statsmodels 0.15.0, scipy 1.17.1, pymannkendall 1.4.3 and numpy 2.4.6 on the same values.
@Suite struct TrendTests {
    /// Days 1 to 40 but for every sixth, three records each: 0.5 + 0.004 d + ((37 d + 61 j) mod 19) / 100.
    static func uneven() throws -> TrendResult {
        let days = (1...40).filter { $0 % 6 != 0 }
        let rows: [Row] = days.flatMap { day -> [Row] in
            (0..<3).map { record -> Row in
                let scatter = Double((day * 37 + record * 61) % 19) / 100
                return Row(day: november(day), values: [0.5 + 0.004 * Double(day) + scatter])
            }
        }
        var settings = AnalysisSettings()
        settings.lookBackDays = 40
        let made = try analyse(
            table(rows, catalogue([score("quality")])), settings: settings, asOf: november(40))
        return try #require(made.trends.first)
    }

    @Test func lineThroughUnevenDays() throws {
        let trend = try Self.uneven()
        let line = try trend.line.get()
        // sm.OLS(y, [x, seven weekdays]).fit(cov_type='HAC', cov_kwds={'maxlags': 3, 'use_correction': True}, use_t=True)
        #expect(near(line.slope, 0.0035965757089352793))
        #expect(near(line.intercept, 0.6010468636892955))
        #expect(near(line.neweyWestInterval.low, 0.0024346156685421698, 1e-7))
        #expect(near(line.neweyWestInterval.high, 0.004758535749328389, 1e-7))
        // The standard error of the next test, and scipy.stats.t.ppf(.975, 4.846326793177345) times that.
        #expect(near(line.standardError, 0.0009616180786495225, 1e-7))
        #expect(near(line.interval.low, 0.001100894964032101, 1e-7))
        #expect(near(line.interval.high, 0.006092256453838457, 1e-7))
        // (x′y)² / (x′x · y′y) of both less the means of weekdays.
        #expect(near(line.rSquared, 0.7426942097401948))
        #expect(near(line.test.p * 1e9, 973.1245179974806, 1e-6))
        #expect((line.lag, line.span, trend.days, trend.n) == (3, 39, 34, 102))
        #expect(near(line.totalChange, 39 * 0.0035965757089352793))
        #expect(line.origin == november(1) && near(line.value(on: november(1)), line.intercept))
    }

    @Test func claimAllowsForAutocorrelation() throws {
        let claim = try Self.uneven().line.get().claim
        // numpy.linalg.lstsq on the day and seven weekdays, the formula of SlopeClaim with scipy.stats.t.sf.
        #expect(near(claim.degreesOfFreedom.first, 4.846326793177345, 1e-7))
        #expect(near(claim.statistic, 3.740129047892079, 1e-7))
        #expect(near(claim.p, 0.01421656019691436, 1e-7))
        #expect(claim.pAdjusted != nil)
    }

    @Test func robustSlopeAndRankTest() throws {
        let trend = try Self.uneven()
        let robust = try trend.theilSen.get()
        // stats.theilslopes(y, x, alpha=.95)
        #expect(near(robust.slope, 0.0037435897435897326))
        #expect(near(robust.interval.low, 0.002735632183908051))
        #expect(near(robust.interval.high, 0.004555555555555553))
        let ranks = try trend.mannKendall.get()
        // pymannkendall.original_test: Hamed and Rao's factor is 0.82 here, which must not make the test bolder.
        #expect(ranks.s == 335)
        #expect(near(ranks.z, 4.951364069970554))
        #expect(near(ranks.test.p * 1e7, 7.369508645549416))
        #expect(ranks.test.method == .mannKendall)
    }

    @Test func changes() throws {
        let trend = try Self.uneven()
        let edges = try trend.change.get()
        // numpy: mean of the daily means (3 records each); scipy.stats.ttest_ind(equal_var=False) on daily means.
        #expect(near(edges.difference, 0.1156666666666667))
        #expect(near(edges.interval.low, 0.08574604772796939))
        #expect(near(edges.interval.high, 0.145587285605364))
        #expect(near(edges.test.p * 1e6, 6.147630355735027, 1e-8))
        #expect(edges.test.pAdjusted == nil)
        let week = try trend.sincePrevious.get()
        #expect(near(week.current.mean, 0.7181111111111111) && near(week.baseline.mean, 0.7294444444444445))
        #expect(near(week.test.p, 0.3935468561672732) && near(week.test.degreesOfFreedom.first, 9.796734628626604))
        #expect((week.current.days, week.current.n) == (6, 18))
        #expect(near(week.standardised, -0.011333333333333306 / 0.07033695973854083))
        let night = try trend.sinceSameWeekday.get()
        // Day 40 against days 33, 26, 19 and 5; day 12 has no records. numpy.linalg.lstsq on weekdays and a slope, then the
        // formulas of DayNoise and SkewedStudent (γ = 0.0529) with scipy.stats.t.
        #expect(night.baseline.days == 4)
        #expect(near(night.baseline.mean, 0.7376833433795457))
        #expect(near(night.interval.low, -0.6735165559352164) && near(night.interval.high, 0.6145898269684774))
        #expect(near(night.test.p, 0.9252916379143283))
    }

    /// Fifty days of three records, 0.5 + ((7 d² + 3 d + 61 j) mod 19) / 100, and 0.08 more from day 41 on.
    @Test func lastingShift() throws {
        let rows: [Row] = (1...50).flatMap { day -> [Row] in
            (0..<3).map { record -> Row in
                let scatter = Double((day * day * 7 + record * 61 + day * 3) % 19) / 100
                return Row(day: november(day), values: [0.5 + (day >= 41 ? 0.08 : 0) + scatter])
            }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(50))
        let shift = try #require(made.trends.first).lastingShift.get()
        // numpy.linalg.lstsq on seven weekdays and a step on each day from the 8th to the 49th: the least residual sum of
        // squares, 0.0349, is that of the 41st; the formulas of DayNoise and SkewedStudent (γ = 0.125) with scipy.stats.t, p
        // times 42.
        #expect(shift.change.current.period.start == november(41) && shift.candidates == 42)
        #expect(
            near(shift.change.difference, 0.07784403669724717) && near(shift.change.baseline.mean, 0.5891559633027524))
        #expect(
            near(shift.change.interval.low, 0.05488489171356109)
                && near(shift.change.interval.high, 0.10010223357504283))
        #expect(
            near(shift.change.test.degreesOfFreedom.first, 42)
                && near(shift.change.test.p * 1e7, 76.02473613715212, 1e-7))
        #expect(shift.fitsBetterThanLine)
        let short = try analyse(
            table(rows.filter { $0.day < november(29) }, catalogue([score("quality")])), asOf: november(28))
        #expect(try #require(short.trends.first).lastingShift.absence == .tooFew(.periods, found: 28, needed: 30))
    }

    /// One bad day at the end or beside it, and six bad days that are over, are no level up to now.
    @Test(arguments: [[50], [49], [40, 41, 42, 43, 44, 45]]) func whatIsOverIsNoLastingShift(bad: [Int]) throws {
        let rows: [Row] = (1...50).flatMap { day -> [Row] in
            (0..<3).map { record -> Row in
                let scatter = Double((day * day * 7 + record * 61 + day * 3) % 19) / 100
                return Row(day: november(day), values: [0.5 - (bad.contains(day) ? 0.3 : 0) + scatter])
            }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(50))
        let shift = try #require(made.trends.first).lastingShift
        #expect(shift.value.map(\.change.test.p) ?? 1 > 0.05, "\(shift)")
        #expect(!made.standingFindings().contains { $0.kind == .levelShift })
    }

    /// Sixty days of two records of SD 1 and 2.5 more from day 50 on: told while it lasts, and not once five days are as before;
    /// nor one of 4 more once the newest day is.
    @Test(arguments: 1...20) func anIncidentOfFewRecordsIsOverOrLasts(seed: UInt64) throws {
        let shift = { (days: ClosedRange<Int>, size: Double) throws -> Double in
            var noise = Noise(seed: seed)
            let rows: [Row] = (1...60).flatMap { day in
                (0..<2).map { _ in
                    Row(day: november(day), values: [5 + (days.contains(day) ? size : 0) + noise.next()])
                }
            }
            let level = try #require(Metric(name: "level"))
            let made = try analyse(table(rows, catalogue([level])), asOf: november(60))
            return try #require(made.trends.first).lastingShift.value?.change.test.p ?? 1
        }
        #expect(try shift(50...60, 2.5) < 0.05)
        #expect(try shift(50...55, 2.5) > 0.05)
        #expect(try shift(50...60, 4) < 0.05)
        #expect(try shift(50...59, 4) > 0.05)
    }

    /// Ten of forty days on a second level, none of them off it: two of the C(40, 10) = 847,660,528 orders are steps. With other
    /// Sundays the days keep their weekdays: two of C(6, 2)³ · 5 · 5 · 6 · 6 = 3,037,500.
    @Test(arguments: [(0.0, 847_660_528.0), (0.1, 3_037_500.0)])
    func aStepBetweenConstantLevelsIsALastingShift(sunday: Double, orders: Double) throws {
        let rows = (1...40).flatMap { day in
            (0..<4).map { _ in
                Row(day: november(day), values: [0.3 + (day > 30 ? 0.2 : 0) + (day % 7 == 1 ? sunday : 0)])
            }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(40))
        let shift = try #require(made.trends.first).lastingShift.get()
        #expect(shift.change.current.period == Period(start: november(31), end: november(41)))
        #expect(near(shift.change.difference, 0.2) && shift.change.test.method == .stepPermutation)
        #expect(near(shift.change.test.p * orders, 2, 1e-6) && shift.change.test.isExact == true)
        #expect(made.findings.contains { $0.kind == .levelShift })
        let constant = (1...40).map { Row(day: november($0), values: [0.3 + ($0 % 7 == 1 ? sunday : 0)]) }
        let still = try analyse(table(constant, catalogue([score("quality")])), asOf: november(40))
        #expect(try #require(still.trends.first).lastingShift.absence == .constant)
    }

    /// Ninety days of five records about a level that moves by 0.05 on a day: told to have moved on that day, not later.
    @Test(arguments: [12, 21, 29, 46, 71]) func aLastingShiftIsToldFromItsFirstDay(first: Int) throws {
        let rows: [Row] = (1...90).flatMap { day -> [Row] in
            (0..<5).map { record -> Row in
                let scatter = Double((day * day * 7 + record * 61 + day * 3) % 19) / 200
                return Row(day: november(day), values: [0.4 + (day >= first ? 0.05 : 0) + scatter])
            }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(90))
        let trend = try #require(made.trends.first)
        let shift = try trend.lastingShift.get()
        #expect(shift.change.current.period.start == november(first) && shift.fitsBetterThanLine)
        #expect(made.standingFindings().contains { $0.kind == .levelShift })
        // A step is told although its slope may say nothing.
        #expect(OverallVerdict(of: made).improving == ["quality"])
    }

    /// Ninety days that rise by 0.0015 each and repeat a week of ±0.1. Without levels of weekdays p is 0.076 (the formula of
    /// SlopeClaim in numpy with scipy.stats.t).
    @Test func aWeekThatRepeatsHidesNoTrend() throws {
        let swing = [0.0, 0.08, 0.1, 0.04, -0.04, -0.1, -0.08]
        let rows: [Row] = (1...90).flatMap { day -> [Row] in
            (0..<3).map { record -> Row in
                let scatter = Double((day * 37 + record * 61) % 19) / 400
                return Row(day: november(day), values: [0.4 + 0.0015 * Double(day) + swing[day % 7] + scatter])
            }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(90))
        let trend = try #require(made.trends.first)
        #expect(trend.direction == .rising)
    }

    @Test func volatilityAndItsChanceShare() throws {
        let volatility = try Self.uneven().volatility.get()
        #expect(near(volatility.sd, 0.05015223408265955))
        #expect(near(volatility.cv, 0.0747578166310761))
        #expect(near(volatility.chanceShare, 0.48852393956287987))
        #expect(!volatility.isVolatile)
    }

    /// What the daily means of 30 days do, and the verdict on them.
    enum Course: CaseIterable {
        case rising, falling, onALine, constant, tinyScatter, wideScatter

        func mean(on day: Int) -> Double {
            let slope = Double(day) * 0.01
            let scatter = Double(day * 7 % 5)
            return switch self {
            case .rising: slope + scatter * 0.004
            case .falling: 0.9 - slope + scatter * 0.004
            case .onALine: Double(day) / 64
            case .constant: 0.3
            case .tinyScatter: 0.5 + scatter * 0.0001
            case .wideScatter: 0.2 + Double(day * 11 % 17) * 0.04
            }
        }

        /// How far the 40 records of a day lie from their mean, half of them on each side.
        var spread: Double { self == .constant ? 0 : 0.01 }

        var verdict: TrendDirection {
            switch self {
            case .rising, .onALine: .rising
            case .falling: .falling
            case .constant, .tinyScatter: .flat
            case .wideScatter: .inconclusive
            }
        }
    }

    @Test(arguments: Course.allCases)
    func direction(course: Course) throws {
        let rows: [Row] = (1...30).flatMap { day -> [Row] in
            (0..<40).map { record -> Row in
                let side: Double = record % 2 == 0 ? -1 : 1
                return Row(day: november(day), values: [course.mean(on: day) + side * course.spread])
            }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(30))
        #expect(made.trends.first?.direction == course.verdict)
    }

    @Test(arguments: [(1, 50), (4, 50), (10, 2)])
    func tooLittleIsInsufficient(days: Int, perDay: Int) throws {
        let rows = (1...days).flatMap { day in
            (0..<perDay).map { Row(day: november(day), values: [Double((day + $0) % 7) / 10]) }
        }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(days))
        let trend = try #require(made.trends.first)
        #expect(trend.direction == .insufficient)
        if days < 5 { #expect(trend.line.absence == .tooFew(.periods, found: days, needed: 5)) }
        #expect(made.findings.isEmpty)
    }

    @Test func aMetricWithoutValuesHasReasonsInsteadOfFigures() throws {
        let rows = (1...9).map { Row(day: november($0), values: [nil]) }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(9))
        let trend = try #require(made.trends.first)
        #expect(trend.direction == .insufficient && trend.n == 0)
        #expect(trend.change.absence == .noRecords)
        #expect(made.distributions.first?.moments.absence == .noRecords)
        #expect(made.distributions.first?.missing == 9)
        #expect(made.series.allSatisfy { $0.points.allSatisfy { $0.mean == nil } })
        #expect(made.coverage.metrics.first?.missingShare.value == 1)
    }

    @Test func noDataAtAll() throws {
        let made = try analyse(table([], catalogue([score("quality")], by: ["tier"])), asOf: november(9))
        #expect(made.coverage.newestDay == nil && made.coverage.ageInDays == nil)
        #expect(made.coverage.recordsPerDay.absence == .noRecords)
        #expect(made.findings.isEmpty && made.ledger.tests == 0)
        #expect(made.series.allSatisfy { $0.points.isEmpty })
    }
}
