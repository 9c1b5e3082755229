import Model
import Partials
import Testing

@testable import Analysis

/// What rules say over whole histories.
@Suite struct AlertReplayTests {
    private func names(_ result: AlertResult) -> String {
        result.nights.map { night in
            switch night.state {
            case .quiet: "."
            case .pending: "p"
            case .firing(let severity, let isStale): isStale ? "s" : severity.rawValue.prefix(1).uppercased()
            case .unknown: "?"
            }
        }.joined()
    }

    @Test func anAlertEscalatesAndCalmsDown() throws {
        let table = try AlertSample.table([1, 3, 5, 3, 3, 3, 2, 2, 2, 1].map { [$0] })
        let result = try AlertSample.result(AlertSample.slow, table)
        // Critical ends after three nights below 4, the warning after three below 2.5.
        #expect(names(result) == ".WCCCWWW..")
        let episode = try #require(result.episodes.first)
        #expect(result.episodes.count == 1)
        #expect(episode.first == november(2) && episode.fired == november(2))
        #expect(episode.recovered == november(7) && episode.resolved == november(9))
        #expect(episode.severity == .critical && episode.worst == 5 && episode.worstDay == november(3))
        #expect(episode.breaches == 5 && episode.days == 5)
        #expect(result.longestBreach == AlertRun(first: november(2), last: november(6), nights: 5))
        #expect(result.judged == 10 && result.breaches == 5)
        #expect(result.meanDaysToRecover == 5 && result.meanDaysToDetect == 0)
        // scipy 1.17.1: binomtest(5, 10).proportion_ci(method="wilson").
        let share = try #require(result.availability(level: 0.95).value)
        #expect(near(share.value, 0.5) && near(share.interval.low, 0.236593, 1e-5))
    }

    /// An earlier tool raised everything faster than 8,000 ms as critical.
    @Test func aFastResponseIsNoAlert() throws {
        let lower = try #require(MetricStatistic.mean.badSide(for: .lower))
        #expect(lower == .above)
        #expect(MetricStatistic.mean.badSide(for: .higher) == .below)
        #expect(MetricStatistic.shareBelow(2).badSide(for: .lower) == .below)
        #expect(MetricStatistic.shareBelow(0.5).badSide(for: .higher) == .above)
        #expect(MetricStatistic.count.badSide(for: .lower) == .below)
        #expect(MetricStatistic.missingShare.badSide(for: .higher) == .above)
        #expect(MetricStatistic.mean.badSide(for: .neutral) == nil)
        let table = try AlertSample.table([0.1, 0.2, 9].map { [$0] })
        #expect(names(try AlertSample.result(AlertSample.slow, table)) == "..C")
    }

    @Test func aScoreBelowItsLimitIsOne() throws {
        var terms = AlertTerms(.limit(.below), levels: [AlertLevel(.warning, 0.8), AlertLevel(.critical, 0.6)])
        terms.minimum = 1
        let table = try AlertSample.table([0.9, 0.8, 0.79, 0.5].map { [$0] }, of: 1)
        let result = try AlertSample.result(terms, table, metric: "quality")
        // The limit itself is good.
        #expect(names(result) == "..WC")
        #expect(result.open?.worst == 0.5)
    }

    /// What swings around a limit is one alert, not one a night.
    @Test func hysteresisSuppressesFlapping() throws {
        let table = try AlertSample.table((0..<40).map { [$0 % 2 == 0 ? 2.6 : 2.4] })
        var terms = AlertSample.slow
        terms.clearNights = 1
        #expect(try AlertSample.result(terms, table).episodes.count == 20)
        terms.levels = [AlertLevel(.warning, 2.5, clear: 2.2)]
        #expect(try AlertSample.result(terms, table).episodes.count == 1)
        terms.levels = [AlertLevel(.warning, 2.5)]
        terms.clearNights = 3
        #expect(try AlertSample.result(terms, table).episodes.count == 1)
    }

    /// An earlier tool raised the same alert every 30 seconds, because its id held the second.
    @Test func aLastingBreachIsOneAlert() throws {
        let table = try AlertSample.table(Array(repeating: [3], count: 60))
        let result = try AlertSample.result(AlertSample.slow, table)
        #expect(result.episodes.count == 1 && result.id == "rule")
        #expect(result.episodes[0].breaches == 60)
    }

    /// Earlier tools judged blocks of one session, so that a single error was 100 %.
    @Test func aNightOfFewRecordsIsNotJudged() throws {
        var terms = AlertSample.slow
        terms.minimum = 3
        terms.staleDays = 2
        let table = try AlertSample.table([[1, 1, 1], [9], [9, 9], [1, 1, 1], [9]])
        let result = try AlertSample.result(terms, table)
        #expect(names(result) == ".....")
        #expect(result.nights[1].value.absence == .tooFew(.records, found: 1, needed: 3))
        #expect(result.judged == 2 && result.breaches == 0)
    }

    @Test func withoutJudgementTheStateIsUnknown() throws {
        var terms = AlertSample.slow
        terms.staleDays = 2
        let table = try AlertSample.table([[1], [], [], [], [], [1]])
        #expect(names(try AlertSample.result(terms, table)) == "...??.")
        // A firing alert stays: no data is not good.
        let firing = try AlertSample.table([[3], [], [], [], [], [1]])
        #expect(names(try AlertSample.result(terms, firing)) == "WWWssW")
        // Records after asOf are not known yet.
        #expect(names(try AlertSample.result(terms, firing, asOf: november(4))) == "WWWs")
    }

    @Test func aRuleIsReplayedAlikeForEarlierDays() throws {
        let table = try AlertSample.table(AlertSample.noisy(nights: 70, seed: 5, shift: { $0 > 50 ? 0.6 : 0 }))
        var terms = AlertTerms(.change(baselineDays: 42, bad: .above), levels: [AlertLevel(.warning, 4)])
        (terms.breaches, terms.within) = (2, 3)
        let whole = try AlertSample.result(terms, table)
        for day in [20, 45, 53, 60] {
            let part = try AlertSample.result(terms, table, asOf: november(day))
            #expect(part.nights == Array(whole.nights.prefix(day)), "night \(day)")
        }
    }

    @Test func valuesOfADimensionAreJudgedByThemselves() throws {
        let catalogue = try AlertSample.catalogue()
        let rows = (1...3).flatMap { night in
            [("a", 1.0), ("b", 9.0)].map {
                Row(day: november(night), values: [$0.1, nil, nil], groups: [$0.0])
            }
        }
        let table = try table(rows, catalogue)
        let account = try AlertSample.account(AlertSample.slow, table, scope: .each(dimension: "tier"))
        #expect(account.results.map(\.id) == ["rule/tier=a", "rule/tier=b"])
        #expect(account.firing.map(\.id) == ["rule/tier=b"])
        #expect(account.firing(atLeast: .critical) == 1)
        let gone = try AlertSample.account(AlertSample.slow, table, scope: .one(dimension: "tier", value: "c"))
        #expect(gone.withoutData.map(\.rule) == ["rule"] && gone.firing.isEmpty)
        #expect(gone.results[0].state == .unknown(.noRecords))
    }

    @Test func aMuteEndsWithItsDay() throws {
        let table = try AlertSample.table([[3], [3], [3]])
        let mute = AlertSilence(.mute, owner: "Kim", reason: "move of the data centre", until: november(2))
        let known = AlertSilence(.acknowledge, owner: "Ann", reason: "ordered", until: november(9))
        let during = try AlertSample.account(AlertSample.slow, table, asOf: november(2), silences: [known, mute])
        #expect(during.firing.isEmpty && during.muted.count == 1)
        #expect(during.results[0].silence == mute)
        let after = try AlertSample.account(AlertSample.slow, table, silences: [known, mute])
        // An acknowledged alert counts.
        #expect(after.firing.count == 1 && after.muted.isEmpty)
        #expect(after.results[0].silence == known && after.results[0].expired == [mute])
    }

    @Test func newOngoingAndRecovered() throws {
        let table = try AlertSample.table([1, 3, 1, 1, 1, 3, 3].map { [$0] })
        let at = { (day: Int) in try AlertSample.account(AlertSample.slow, table, asOf: november(day)) }
        #expect(try at(2).new(since: november(1)).count == 1)
        #expect(try at(3).ongoing(since: november(2)).count == 1)
        #expect(try at(5).recovered(since: november(4)).count == 1)
        #expect(try at(7).new(since: november(5)).count == 1)
        #expect(try at(7).new(since: november(6)).isEmpty)
    }

    @Test func whatIsLeftOfAnErrorBudget() throws {
        var terms = AlertSample.slow
        terms.objective = 0.9
        terms.objectiveDays = 20
        let table = try AlertSample.table((0..<40).map { [[0, 25, 30].contains($0) ? 3 : 1] })
        let budget = try #require(try AlertSample.result(terms, table).budget.value)
        // 20 nights, a tenth of them allowed, 2 bad.
        #expect(near(budget.allowed, 2) && near(budget.left, 0) && near(budget.burn, 1) && budget.bad == 2)
        terms.objective = nil
        #expect(try AlertSample.result(terms, table).budget.absence == .notDeclared)
    }

    @Test func ageAndAbsence() throws {
        var terms = AlertTerms(.freshness, levels: [AlertLevel(.warning, 2), AlertLevel(.critical, 4)])
        terms.clearNights = 1
        let table = try AlertSample.table([[1], [], [], [], [], [1]])
        let age = try AlertSample.result(terms, table, metric: nil)
        #expect(names(age) == "..WWC.")
        #expect(age.episodes.first?.worst == 4)
        // 1 November 2026 is a Sunday: five weeks of working days, then a silent week.
        let working = (0..<42).map { night in november(1 + night).weekday < 5 && night < 35 ? [1.0] : [] }
        var absence = AlertTerms(.absence(withinDays: 28), levels: [AlertLevel(.warning, 2)])
        absence.staleDays = 9
        let silent = try AlertSample.result(
            absence, AlertSample.table(working), metric: nil, asOf: november(42))
        // Weekends are never expected; Monday is the first empty night, Tuesday the second.
        #expect(silent.episodes.map(\.fired) == [november(38)])
        #expect(silent.episodes.first?.first == november(38) && silent.state.firing == .warning)
    }

    @Test func aSilentGroupIsGoneInTheEnd() throws {
        var absence = AlertTerms(.absence(withinDays: 5), levels: [AlertLevel(.warning, 1)])
        absence.staleDays = 2
        let table = try AlertSample.table(Array(repeating: [1], count: 14))
        let result = try AlertSample.result(absence, table, metric: nil, asOf: november(22))
        #expect(names(result) == "..............WWWWW???")
        #expect(result.episodes.first?.isGone == true && result.meanDaysToRecover == nil)
    }

    @Test func recordsAreCountedAlsoWhereThereAreNone() throws {
        var terms = AlertTerms(.limit(.below), levels: [AlertLevel(.warning, 2)])
        terms.statistic = .count
        let table = try AlertSample.table([[], [1, 1], [1], [], [1, 1]])
        let result = try AlertSample.result(terms, table, metric: nil, asOf: november(5))
        // Nothing is known before the first record, 0 is known after it.
        #expect(result.nights.map(\.value.value) == [2, 1, 0, 2])
        #expect(result.breaches == 2)
    }
}
