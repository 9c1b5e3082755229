import Model
import Testing

@testable import Analysis

/// Planted incidents are found in time; quiet nights stay quiet.
@Suite struct DetectionTests {
    private func change(_ fill: (inout AlertTerms) -> Void = { _ in }) -> AlertTerms {
        var terms = AlertTerms(
            .change(baselineDays: 56, bad: .above), levels: [AlertLevel(.warning, 5), AlertLevel(.critical, 8)])
        fill(&terms)
        return terms
    }

    private var anomaly: AlertTerms {
        AlertTerms(.anomaly(bad: nil), levels: [AlertLevel(.warning, 5), AlertLevel(.critical, 8)])
    }

    /// 200 nights without an incident, with and without weekdays: nothing fires, with the usual limits and one night enough.
    @Test(arguments: [(1, 0.0), (3, 0.4), (4, -0.4)] as [(UInt64, Double)])
    func quietNightsStayQuiet(seed: UInt64, weekdays: Double) throws {
        let table = try AlertSample.table(AlertSample.noisy(nights: 200, seed: seed, weekdays: weekdays))
        for terms in [change(), anomaly] {
            let result = try AlertSample.result(terms, table)
            #expect(result.episodes.isEmpty, "\(terms.condition.name): \(result.episodes)")
            #expect(result.judged >= 179)
        }
        var limit = AlertSample.slow
        limit.levels = [AlertLevel(.warning, 2.6)]
        #expect(try AlertSample.result(limit, table).episodes.isEmpty)
    }

    /// A quarter more on night 101 is seen on that night; with 2 of 3 on the next.
    @Test func aStepIsSeenOnItsFirstNight() throws {
        let values = AlertSample.noisy(nights: 120, seed: 11, weekdays: 0.4) { $0 >= 100 ? 0.5 : 0 }
        let table = try AlertSample.table(values)
        let one = try AlertSample.result(change(), table)
        #expect(one.episodes.first?.fired == november(101) && one.episodes.count == 1)
        #expect(one.open?.severity == .critical)
        let two = try AlertSample.result(change { ($0.breaches, $0.within) = (2, 3) }, table)
        #expect(two.episodes.map(\.fired) == [november(102)] && two.episodes[0].first == november(101))
        // An improvement of the same size is no alert for who watches one side.
        let better = try AlertSample.table(AlertSample.noisy(nights: 130, seed: 11) { $0 >= 100 ? -0.5 : 0 })
        #expect(try AlertSample.result(change(), better).episodes.isEmpty)
        let either = change { $0.condition = .change(baselineDays: 56, bad: nil) }
        #expect(try AlertSample.result(either, better).episodes.first?.fired == november(101))
    }

    @Test func aSpikeIsSeenOnItsNightAndEndsThreeNightsLater() throws {
        let table = try AlertSample.table(AlertSample.noisy(nights: 120, seed: 3, weekdays: 0.4) { $0 == 90 ? 0.8 : 0 })
        let result = try AlertSample.result(anomaly, table)
        #expect(result.episodes.map(\.fired) == [november(91)])
        #expect(result.episodes.first?.recovered == november(92))
        #expect(result.episodes.first?.resolved == november(94))
        #expect(result.episodes.first?.severity == .critical)
    }

    /// A slow drift that no single night shows is seen by the week against the eight weeks before.
    @Test func aDriftIsSeenByTheWeek() throws {
        let table = try AlertSample.table(
            AlertSample.noisy(nights: 160, seed: 8) { $0 >= 100 ? 0.004 * Double($0 - 100) : 0 })
        let found = try AlertSample.result(
            change {
                $0.overDays = 7
                $0.levels = [AlertLevel(.note, 3)]
            }, table)
        let fired = try #require(found.episodes.first?.fired)
        #expect(november(105) < fired && fired < november(135), "\(fired.iso)")
    }

    /// Mean + 3 σ over ten sessions that hold the suspect cannot fire: the largest z is (n − 1)/√n = 2.85.
    @Test func aSuspectIsNotInItsOwnBaseline() throws {
        let values = AlertSample.noisy(nights: 22, seed: 21) { $0 == 21 ? 5 : 0 }
        let result = try AlertSample.result(change(), try AlertSample.table(values))
        #expect(result.nights.prefix(21).allSatisfy { !$0.isJudged })
        #expect(result.nights[13].value.absence == .tooFew(.periods, found: 13, needed: 21))
        #expect(result.state.firing == .critical)
        #expect((result.newest?.reading ?? 0) > 20)
    }

    /// Weekends that are always slow are expected to be; a Wednesday like them is not.
    @Test func weekdaysAreExpected() throws {
        let values = AlertSample.noisy(nights: 100, seed: 17, weekdays: 1) { $0 == 94 ? 1 : 0 }
        let result = try AlertSample.result(change(), try AlertSample.table(values))
        // Night 95 is Wednesday, 3 February 2027.
        #expect(november(95).weekday == 2)
        #expect(result.episodes.map(\.fired) == [november(95)])
        let saturday = try #require(result.nights.first { $0.day == november(91) })
        #expect(saturday.day.weekday == 5)
        #expect(abs((saturday.expected ?? 0) - 3) < 0.1, "\(saturday)")
    }

    @Test func aSeriesWithoutNoiseHasNoStandardError() throws {
        let table = try AlertSample.table((0..<40).map { _ in [2, 2] })
        var terms = change()
        terms.minimum = 1
        let result = try AlertSample.result(terms, table)
        #expect(result.state == .unknown(.constant))
    }

    /// By hand: 1, 1, 2, 2 … 15, 15 have the median 8; absolute differences have the median 4 (of 0, 0, 1, 1, 1, 1 … 7, 7, 7, 7).
    /// All nights are of one weekday, so that there is nothing else to take out.
    @Test func theStandardErrorOfAChange() throws {
        let nights = (0..<30).map { (day: november(1 + 7 * $0), value: Double($0 / 2 + 1)) }
        let next = november(1 + 7 * 30)
        let noise = try AlertBaseline(nights, level: .window, settings: AnalysisSettings())
        let expected = try noise.expected(of: 20, on: [next], own: nil)
        #expect(near(expected.value, 8))
        #expect(near(expected.standardError, 4 * 1.482602218505602 * (1 + Double.pi / 2 / 30).squareRoot()))
        #expect(near(expected.score(of: 20), 12 / expected.standardError))
        #expect(try noise.expected(of: 20, on: [next], own: 100).standardError == 100)
        // Median of the last seven: 12, 13, 13, 14, 14, 15, 15.
        let recent = try AlertBaseline(nights, level: .recent, settings: AnalysisSettings())
        #expect(try recent.expected(of: 20, on: [next], own: nil).value == 14)
        #expect(throws: Absence.undefined("this weekday is too rare to know what is usual")) {
            try noise.expected(of: 20, on: [november(2)], own: nil)
        }
    }
}
