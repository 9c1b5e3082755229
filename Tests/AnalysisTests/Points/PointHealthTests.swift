import Analysis
import Model
import Partials
import Testing

/// Points of health metrics; the expected figures are counted by hand from the points.
@Suite struct PointHealthTests {
    /// 2026-11-19.
    private static let day = Day(number: 20_776)
    private static let midnight = Int64(day.number) * 86_400_000_000

    /// Points at minutes of the day.
    private func points(_ values: [(minute: Double, value: Double)], kind: MetricPoint.Kind = .gauge) -> [MetricPoint] {
        values.map {
            MetricPoint(
                name: "response_ms", kind: kind, day: Self.day, time: Self.midnight + Int64($0.minute * 60_000_000),
                value: $0.value)
        }
    }

    private func health(
        _ points: [MetricPoint], _ rule: PointRule? = nil, untilMinute: Double = 1_440, zone: ZoneRules = .utc,
        days: Int = 2
    ) throws -> PointHealth {
        try #require(
            PointHealth(
                points, stages: [], rules: rule.map { [$0] } ?? [], stageLimits: .usual, asOf: Self.day,
                until: Self.midnight + Int64(untilMinute * 60_000_000), period: Period(days: days, through: Self.day),
                zone: zone))
    }

    private func rule(_ bad: LimitSide = .above, _ warning: Double? = 300, _ critical: Double? = 800) -> PointRule {
        PointRule(id: "response", metric: "response_ms", bad: bad, warning: warning, critical: critical)
    }

    /// 100 for 10 min, 400 for 1 min, 100 for 9 min: (1000 + 400 + 900) ÷ 20 = 115, not the mean of the points, 200.
    @Test func meansAndAvailabilityAreWeightedByTime() throws {
        let found = try health(points([(0, 100), (10, 400), (11, 100)]), rule(), untilMinute: 20).series[0]
        #expect(found.spans[0].mean == 115 && found.spans[0].n == 3)
        #expect(found.time.knownMinutes == 20 && found.time.breachMinutes == 1)
        #expect(found.time.availability == 0.95)
    }

    /// 99.5 % of 1,000 known minutes leaves 5; 10 bad minutes overdraw it by 5 at a burn of 2.
    @Test func errorBudgetAndBurnOfTime() throws {
        var declared = rule()
        declared.objective = 0.995
        declared.staleMinutes = 2_000
        let time = try health(points([(440, 100), (500, 400), (510, 100)]), declared).series[0].time
        #expect(time.knownMinutes == 1_000 && time.breachMinutes == 10)
        #expect(abs((time.allowedMinutes ?? 0) - 5) < 1e-9 && abs((time.leftMinutes ?? 0) + 5) < 1e-9)
        #expect(abs((time.burn ?? 0) - 2) < 1e-9)
    }

    @Test func itOpensEscalatesAndEndsAfterThreeGoodPoints() throws {
        let values: [(Double, Double)] = [
            (0, 100), (5, 400), (10, 900), (15, 500), (20, 100), (25, 100), (30, 400), (35, 100), (40, 100), (45, 100),
        ]
        let found = try health(points(values), rule(), untilMinute: 50).series[0]
        let episode = try #require(found.episodes.first)
        let minute = { (time: Int64?) in time.map { ($0 - Self.midnight) / 60_000_000 } }
        #expect(found.episodes.count == 1, "two good points between breaches end nothing")
        #expect(minute(episode.began) == 5 && minute(episode.fired) == 5 && minute(episode.escalated) == 10)
        #expect(minute(episode.ended) == 35 && episode.worst == .critical && episode.extreme == 900)
        #expect(found.meanMinutesToRecover == 30 && found.level == .healthy)
    }

    @Test func whatOpensAgainIsAnotherEpisodeAndTheMeanCountsBoth() throws {
        let good = (0..<3).map { (20.0 + Double($0) * 5, 100.0) }
        let values: [(Double, Double)] =
            [(0, 100), (10, 400)] + good + [(40, 400), (50, 400)] + good.map { ($0.0 + 40, $0.1) }
        let found = try health(points(values), rule(), untilMinute: 90).series[0]
        #expect(found.episodes.compactMap(\.minutesToRecover) == [10, 20] && found.meanMinutesToRecover == 15)
    }

    @Test func betweenTheLimitsNothingEnds() throws {
        var declared = rule()
        declared.clearWarning = 200
        let values: [(Double, Double)] = [(0, 400), (5, 250), (10, 250), (15, 250), (20, 250)]
        #expect(try health(points(values), declared, untilMinute: 25).series[0].level == .warning)
        #expect(try health(points(values), rule(), untilMinute: 25).series[0].level == .healthy)
    }

    @Test func healthyBecomesUnknownOnceStaleAndFiringStays() throws {
        let quiet = try health(points([(0, 100), (10, 100)]), rule(), untilMinute: 41).series[0]
        #expect(quiet.level == .unknown && quiet.lastKnown == .healthy)
        #expect(try health(points([(0, 100), (10, 100)]), rule(), untilMinute: 40).series[0].level == .healthy)
        #expect(try health(points([(0, 400), (10, 400)]), rule(), untilMinute: 41).series[0].level == .warning)
    }

    @Test func aGapIsNeitherGoodNorBad() throws {
        // Known for 30 min after each point only.
        let time = try health(points([(0, 100), (300, 400)]), rule(), untilMinute: 600).series[0].time
        #expect(time.knownMinutes == 60 && time.breachMinutes == 30 && time.availability == 0.5)
    }

    /// Hours before the first point are unknown, those with known time healthy.
    @Test func theStripSaysWhatIsNotKnown() throws {
        let hours = try health(points([(1_390, 100), (1_410, 400), (1_430, 100)]), rule()).series[0].hours
        #expect(hours.count == 24 && hours[22] == .unknown && hours[23] == .warning)
        let days = try health(points([(1_390, 100)]), rule()).overall.days
        #expect(days.map(\.level) == [.unknown, .healthy])
    }

    /// Critical from 2:00 to 2:30, a warning until 5:00: two critical hours would be one too many, and the next day none is.
    @Test func theStripIsCriticalOnlyWhileItWas() throws {
        let values = stride(from: 0.0, to: 360, by: 10).map { minute in
            (minute, minute < 120 ? 100.0 : minute < 150 ? 900 : minute < 300 ? 400 : 100)
        }
        let found = try health(points(values), rule(), untilMinute: 360).series[0]
        #expect(found.hours.suffix(4) == [.critical, .warning, .warning, .healthy])
        #expect(found.episodes.map(\.criticalSpells.count) == [1] && found.episodes[0].worst == .critical)
        let late = values.map { ($0.0 + 1_200, $0.1) }
        let next = try #require(
            PointHealth(
                points(late), stages: [], rules: [rule()], stageLimits: .usual, asOf: Self.day.advanced(by: 1),
                until: Self.midnight + 2_880 * 60_000_000,
                period: Period(days: 2, through: Self.day.advanced(by: 1)), zone: .utc)
        ).series[0].days
        #expect(next.map(\.level) == [.critical, .warning])
    }

    /// A file that came twice under two names, or points of several sessions, make no good points in a row of one.
    @Test func pointsOfOneInstantAreOneLook() throws {
        let once: [(Double, Double)] = [(0, 400), (1, 400), (2, 100), (3, 400), (4, 400)]
        let thrice = once.flatMap { [$0, $0, $0] }
        let found = try health(points(thrice), rule(), untilMinute: 5).series[0]
        #expect(found.episodes.count == 1 && found.level == .warning)
        // The worst of an instant is what it says.
        let mixed: [(Double, Double)] = [(0, 400), (1, 100), (1, 400), (2, 100), (2, 400), (3, 100), (3, 400)]
        #expect(try health(points(mixed), rule(), untilMinute: 4).series[0].level == .warning)
    }

    @Test func countersAreTheirIncreaseAMinuteAndStartAnew() throws {
        // 10 in 5 min, then a restart that counted to 4 in 2 min.
        let found = try health(points([(0, 100), (5, 110), (7, 4)], kind: .counter), untilMinute: 8).series[0]
        #expect(found.shown.map(\.value) == [2, 2] && found.unit == "a minute")
    }

    @Test func aClockChangeMakesNoHourLongerOrShorter() throws {
        // Berlin 2026-10-25: 25 hours; 03:00 becomes 02:00 at 01:00 UTC.
        let berlin = try #require(
            ZoneRules(name: "Europe/Berlin", transitions: [1_792_890_000], offsets: [7_200, 3_600]))
        let change = try #require(Day(iso: "2026-10-25"))
        let first = berlin.utc(fromLocal: Int64(change.number) * 86_400) * 1_000_000
        let points = (0..<25).map { hour in
            MetricPoint(name: "response_ms", day: change, time: first + Int64(hour) * 3_600_000_000, value: 100)
        }
        var declared = rule()
        declared.staleMinutes = 60
        let end = berlin.utc(fromLocal: Int64(change.number + 1) * 86_400) * 1_000_000
        let found = try #require(
            PointHealth(
                points, stages: [], rules: [declared], stageLimits: .usual, asOf: change, until: end,
                period: Period(days: 1, through: change), zone: berlin)
        )
        #expect(found.series[0].time.knownMinutes == 1_500 && found.series[0].days.map(\.level) == [.healthy])
        #expect(berlin.stamp(first + 2 * 3_600_000_000) == "2026-10-25T02:00:00+02:00")
        #expect(berlin.stamp(first + 3 * 3_600_000_000) == "2026-10-25T02:00:00+01:00")
    }

    @Test func stagesOverTheirLimitAndThoseThatNeverEnded() throws {
        let run = { (stage: String, item: String, start: Double, end: Double?) in
            StageRun(
                stage: stage, item: item, day: Self.day, started: Self.midnight + Int64(start * 60_000_000),
                ended: end.map { Self.midnight + Int64($0 * 60_000_000) })
        }
        let runs = [
            run("extraction", "a", 0, 10), run("extraction", "b", 0, 25), run("graph_load", "c", 100, nil),
            run("unheard_of", "d", 0, 15), run("validation", "e", 0, 200),
        ]
        let found = try #require(
            PointHealth(
                [], stages: runs, rules: [], stageLimits: .usual, asOf: Self.day,
                until: Self.midnight + 130 * 60_000_000,
                period: Period(days: 1, through: Self.day), zone: .utc)?.stages)
        // The end of e lies behind the moment: it has run for 130 min so far.
        #expect(found.overruns.map(\.run.item) == ["e", "c", "b"])
        #expect(
            found.overruns.map(\.minutes) == [130, 30, 25] && found.overruns.map(\.isStuck) == [true, true, false])
        #expect(found.stages.first { $0.name == "extraction" }?.median == 17.5)
        // Begun again after 20 min: it was over its 10 min, but is not stuck, and says nothing of how long the stage takes.
        let again = try #require(
            PointHealth(
                [], stages: [run("extraction", "a", 0, nil), run("extraction", "a", 20, 24)], rules: [],
                stageLimits: .usual, asOf: Self.day, until: Self.midnight + 1_000 * 60_000_000,
                period: Period(days: 1, through: Self.day), zone: .utc)?.stages)
        #expect(again.overruns.map(\.minutes) == [20] && again.overruns.map(\.isStuck) == [false])
        #expect(again.stages.map(\.open) == [0] && again.stages.map(\.median) == [4])
    }

    /// An exporter that changes from seconds to milliseconds overnight.
    @Test func aChangeOfUnitIsConvertedOrLeftOut() throws {
        var all = points([(0, 0.25), (5, 250), (10, 3)])
        (all[0].unit, all[1].unit, all[2].unit) = ("s", "ms", "ms")
        #expect(try health(all, untilMinute: 11).series[0].shown.map(\.value) == [250, 250, 3])
        all[0].unit = "requests"
        let found = try health(all, untilMinute: 11).series[0]
        #expect(found.shown.map(\.value) == [250, 3] && found.otherUnits == 1)
    }

    /// A label with an id in it makes hundreds of series; those with a rule are judged all the same.
    @Test func manyLabelsPushNoRuleOut() throws {
        let many = (0..<300).map { n in
            MetricPoint(name: "a", context: "id=\(1_000 + n)", day: Self.day, time: Self.midnight, value: 1)
        }
        let found = try health(many + points([(0, 900)]), rule(), untilMinute: 1)
        #expect(found.series.count == 200 && found.leftOut == 101 && found.overall.level == .critical)
    }

    // MARK: Mistakes of earlier tools (DOMAIN.md 5.5)

    /// "Threshold direction inverted for milliseconds (anything faster than 8,000 ms is raised as critical)."
    @Test func aFastAnswerIsNoAlertAndALowRateIs() throws {
        let response = MetricPoint(
            name: "ragie_response_time", unit: "ms", day: Self.day, time: Self.midnight, value: 900)
        var slow = response
        slow.value = 8_001
        #expect(try health([response], untilMinute: 1).series[0].level == .healthy)
        #expect(try health([slow], untilMinute: 1).series[0].level == .critical)
        var rate = response
        (rate.name, rate.value) = ("context_preservation_rate", 0.84)
        #expect(try health([rate], untilMinute: 1).series[0].level == .critical)
        rate.value = 0.96
        #expect(try health([rate], untilMinute: 1).series[0].level == .healthy)
        // The limit itself is good on either side.
        rate.value = 0.95
        #expect(try health([rate], untilMinute: 1).series[0].level == .healthy)
    }

    /// "Duration rule counts points, not breaches."
    @Test func aBurstOfPointsIsNoDuration() throws {
        var declared = rule()
        declared.minutes = 5
        let burst = (0..<10).map { (Double($0) / 10, 400.0) }
        #expect(try health(points(burst), declared, untilMinute: 2).series[0].level == .healthy)
        // Five minutes with a good point between are no five minutes beyond the limit.
        #expect(
            try health(points([(0, 400), (3, 100), (4, 400), (8, 400)]), declared, untilMinute: 9).series[0].level
                == .healthy)
        let lasting = try health(points([(0, 400), (3, 400), (5, 400)]), declared, untilMinute: 6).series[0]
        #expect(lasting.level == .warning && lasting.episodes[0].minutesToFire == 5)
    }

    /// "Alert id contains the second so nothing de-duplicates."
    @Test func aBreachThatLastsIsOneEpisode() throws {
        let values = (0..<500).map { (Double($0), 400 + Double($0 % 7)) }
        #expect(try health(points(values), rule(), untilMinute: 500).series[0].episodes.count == 1)
    }

    /// "`< 0.9` applied to constants of 0.78/0.87, so the overall state is always warning": a metric without limits has no state.
    @Test func whatNothingIsExpectedOfHasNoState() throws {
        var point = points([(0, 0.78)])[0]
        point.name = "citation_extraction_rate"
        let found = try health([point], untilMinute: 1)
        #expect(found.series[0].level == nil && found.components.isEmpty)
    }

    /// Slope, Theil–Sen and S of 100, 112, 109, 121, 130, 128, 141 on seven days: SciPy 1.x, `linregress(x, y).slope`,
    /// `theilslopes(y, x).slope`, and the number of rising less falling pairs (17 of 21, `kendalltau` 0.8095).
    @Test func daysGoThroughTheTestsOfEveryTrend() throws {
        let means = [100.0, 112, 109, 121, 130, 128, 141]
        let values = means.enumerated().flatMap { place, mean -> [MetricPoint] in
            let day = Self.day.advanced(by: place - 6)
            // Weighted by time: 20 minutes 3 below the mean and 10 minutes 6 above, until the value is stale.
            return [(0.0, mean - 3), (20.0, mean + 6), (30.0, mean)].map { minute, value in
                MetricPoint(
                    name: "response_ms", kind: .gauge, day: day,
                    time: Int64(day.number) * 86_400_000_000 + Int64(minute * 60_000_000), value: value)
            }
        }
        let found = try health(values, rule(), days: 10)
        let trend = found.series[0].trend
        #expect(trend.days == 7 && trend.direction == .insufficient)
        #expect(abs((trend.line.value?.slope ?? 0) - 6.285714285714286) < 1e-9)
        #expect(abs((trend.theilSen.value?.slope ?? 0) - 6.333333333333333) < 1e-9)
        #expect(trend.mannKendall.value?.s == 17)
        // In a report the claim is one of all tests.
        let catalogue = try #require(Catalogue(metrics: [], dimensions: []))
        let table = PartialTable(catalogue: catalogue, period: Period(days: 10, through: Self.day), days: [])
        let report = analyse(table, asOf: Self.day, points: found)
        #expect(report.ledger.tests == 1 && report.ledger.rejected == 1)
        let told = try #require(report.points?.series[0].trend)
        #expect(told.direction == .rising && told.line.value?.claim.pAdjusted == told.line.value?.claim.p)
        // Four days are too few.
        let short = try health(values.filter { $0.day >= Self.day.advanced(by: -3) }, rule(), days: 10).series[0].trend
        #expect(short.days == 4 && short.line.value == nil)
    }
}
