import Model
import Testing

@testable import Analysis

@Suite struct KPITests {
    private func kpi(_ metric: String, _ statistic: MetricStatistic = .mean, target: Double, bad: LimitSide) -> KPI {
        KPI(
            id: "k", title: "K", metric: metric, statistic: statistic, target: target, bad: bad, owner: "Kim", days: 10)
    }

    private func result(_ kpi: KPI, _ values: [[Double]], of metric: Int) throws -> KPIResult {
        let table = try AlertSample.table(values, of: metric)
        let found = try #require(try AlertSample.catalogue().metric(named: kpi.metric))
        return KPIResult(
            kpi, metric: found, table: table, asOf: november(values.count), settings: AnalysisSettings())
    }

    /// 35 of 40 solved: scipy 1.17.1: binomtest(35, 40).proportion_ci(method="wilson") = 0.738879, 0.945405.
    @Test func aShareHasWilsonsIntervalAndABudget() throws {
        let values = [Array(repeating: 1.0, count: 35) + Array(repeating: 0, count: 5)]
        let found = try result(kpi("solved", target: 0.7, bad: .below), values, of: 2)
        let interval = try #require(found.figure.value?.interval.value)
        #expect(near(interval.low, 0.738879, 1e-5) && near(interval.high, 0.945405, 1e-5))
        #expect(found.verdict == .met)
        let budget = try #require(found.budget.value)
        #expect(near(budget.allowed, 12) && budget.bad == 5 && near(budget.left, 7))
        #expect(try result(kpi("solved", target: 0.8, bad: .below), values, of: 2).verdict == .unclear)
        #expect(try result(kpi("solved", target: 0.95, bad: .below), values, of: 2).verdict == .missed)
    }

    /// 1 … 20: mean 10.5, scipy 1.17.1 t.interval(0.95, 19, loc=10.5, scale=sem) = 7.731189, 13.268811.
    @Test func aMeanHasStudentsInterval() throws {
        let values = [(1...20).map(Double.init)]
        let found = try result(kpi("response_time", target: 14, bad: .above), values, of: 0)
        let interval = try #require(found.figure.value?.interval.value)
        #expect(near(interval.low, 7.731189, 1e-5) && near(interval.high, 13.268811, 1e-5))
        #expect(found.verdict == .met && found.budget.absence == .notDeclared)
        #expect(try result(kpi("response_time", target: 7, bad: .above), values, of: 0).verdict == .missed)
        // Missing it from the other side is meeting it.
        #expect(try result(kpi("response_time", target: 7, bad: .below), values, of: 0).verdict == .met)
    }

    /// The median of 1 … 50 with the percentile bootstrap's interval (scipy binom: places 18 and 33), the 95th percentile
    /// without one.
    @Test func aQuantileHasTheBootstrapsInterval() throws {
        let values = [(1...50).map(Double.init)]
        let median = try result(kpi("response_time", .quantile(0.5), target: 20, bad: .above), values, of: 0)
        let interval = try #require(median.figure.value?.interval.value)
        #expect(interval.low == 18 && interval.high == 33 && median.figure.value?.value == 25.5)
        let high = try result(kpi("response_time", .quantile(0.95), target: 20, bad: .above), values, of: 0)
        #expect(high.figure.value?.value == 47.55)
        #expect(high.figure.value?.interval.absence == .tooFew(.records, found: 50, needed: 72))
        #expect(high.verdict == .unclear)
    }

    /// More distinct values than bins keep apart, yet all records are at hand: numpy 2.4.6 percentile(k² / 1000, 95) of 1 to 400 is
    /// 144.43805; the interval by the places 370 and 388 of scipy's binom.
    @Test func aQuantileIsExactWhereEveryRecordIsAtHand() throws {
        let values: [[Double]] = (0..<4).map { (day: Int) -> [Double] in
            (1...100).map { (place: Int) -> Double in
                let number = Double(100 * day + place)
                return number * number / 1000
            }
        }
        let found = try result(kpi("response_time", .quantile(0.95), target: 100, bad: .above), values, of: 0)
        let figure = try #require(found.figure.value)
        #expect(near(figure.value, 144.43805, 1e-9) && figure.exactness == .exact)
        #expect(figure.interval.value?.low == 370 * 370 / 1000.0 && figure.interval.value?.high == 388 * 388 / 1000.0)
    }

    /// Earlier tools called errors per session a percentage, which may exceed 100.
    @Test func errorsPerRecordAndTheShareWithErrorsAreApart() throws {
        let errors = [[0.0, 0, 3, 5, 0, 0, 9, 0, 0, 0]]
        let mean = try result(kpi("response_time", target: 1, bad: .above), errors, of: 0)
        let share = try result(kpi("response_time", .shareAbove(0), target: 0.5, bad: .above), errors, of: 0)
        #expect(near(mean.figure.value?.value, 1.7))
        #expect(near(share.figure.value?.value, 0.3))
        #expect((share.figure.value?.interval.value?.high ?? 2) < 1)
    }

    @Test func theDaysBeforeAndTheSameWeekday() throws {
        // 35 nights; Sundays (nights 1, 8 …) have 9, other nights 1.
        let values = (0..<36).map { $0 % 7 == 0 ? [9.0, 9] : [1, 1] }
        var weekly = kpi("response_time", target: 2, bad: .above)
        weekly.days = 7
        let found = try result(weekly, values, of: 0)
        #expect(found.newest.value?.day == november(36) && found.newest.value?.value == 9)
        #expect(found.sameWeekday.value == 9)
        #expect(near(found.previous.value?.value, 15.0 / 7))
        #expect(found.period.length == 7)
    }

    @Test func withoutRecordsThereIsNothingToJudge() throws {
        let found = try result(kpi("response_time", target: 2, bad: .above), [[1, 2], [], []], of: 1)
        #expect(found.verdict == .noData && found.figure.value == nil)
        #expect(found.days.allSatisfy { $0.value == nil })
    }

    @Test(
        arguments: [
            ("mean", nil, "mean"), ("p95", nil, "p95"), ("p1", nil, "p1"), ("n", nil, "n"),
            ("share_above", 2, "share_above"),
            ("p0", nil, nil), ("p100", nil, nil), ("p095", nil, nil), ("p95", 2, nil), ("share_above", nil, nil),
            ("median", nil, nil),
        ] as [(String, Double?, String?)])
    func namesOfStatistics(name: String, limit: Double?, expected: String?) {
        #expect(MetricStatistic(name: name, limit: limit)?.name == expected)
    }
}
