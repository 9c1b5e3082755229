import Model
import Statistics

extension Flakiness {
    /// Whether a test comes and goes, from its outcomes in the order of runs.
    ///
    /// Runs that skipped the test or did not have it are left out; passed and warned are one outcome, failed and errored
    /// the other. A run is unstable if its attempts disagree, or if it begins an outcome that the test leaves again
    /// within fewer than `lastingRuns` runs: a failure that stays, or a repair that holds, is a change and no flakiness.
    /// The newest outcome has not been left yet and counts as lasting. rate = unstable ÷ runs with Wilson's interval.
    ///
    /// - Parameters:
    ///   - outcomes: the results of the test, the oldest first.
    ///   - isGood: the outcome of each, as the rules judge it.
    static func of(
        _ outcomes: [TestResult], isGood: [Bool], settings: ValidationSettings, level: Double
    ) -> Answer<Flakiness> {
        let n = outcomes.count
        guard n >= settings.minimumRuns else {
            return .failure(.tooFew(.runs, found: n, needed: settings.minimumRuns))
        }
        var unstable = Set(
            outcomes.indices.filter { place in
                let failed = outcomes[place].failedAttempts
                return failed > 0 && failed < outcomes[place].attempts
            })
        var begin = 0
        for place in 1...n where place == n || isGood[place] != isGood[place - 1] {
            // The first stretch began before the history does, the last one may go on.
            if begin > 0, place < n, place - begin < settings.lastingRuns { unstable.insert(begin) }
            begin = place
        }
        return Scorecard.share(unstable.count, of: n, level: level).map { rate in
            Flakiness(
                runs: n, unstable: unstable.count, rate: rate, isFlaky: unstable.count >= settings.unstableRuns)
        }
    }
}

extension Slowing {
    /// How durations move from run to run: Theil–Sen's slope and Mann–Kendall's test, not yet corrected.
    static func of(
        _ durations: [Double], settings: ValidationSettings, level: Double
    ) -> Answer<Slowing> {
        guard durations.count >= settings.minimumRuns else {
            return .failure(.tooFew(.runs, found: durations.count, needed: settings.minimumRuns))
        }
        return computed { () throws(Undefined) in
            let line = try TheilSen(durations, level: level)
            let test = try MannKendall(durations)
            let median = try Quantiles(durations).median
            let change = median > 0 ? line.slope * Double(durations.count - 1) / median : nil
            return Slowing(
                runs: durations.count, slope: line.slope, interval: line.interval, relativeChange: change, p: test.p,
                pAdjusted: test.p, isNotable: false)
        }
    }

    /// Corrects the tests of all durations together, and tells which stand.
    static func correct(_ tests: inout [TestAccount], settings: ValidationSettings, alpha: Double) {
        let places = tests.indices.filter { tests[$0].slowing.value != nil }
        let all = places.compactMap { tests[$0].slowing.value?.p }
        for (place, p) in zip(places, adjusted(all, by: .benjaminiHochberg)) {
            guard let p else { continue }
            tests[place].slowing.update { slowing in
                slowing.pAdjusted = p
                slowing.isNotable = p < alpha && abs(slowing.relativeChange ?? 0) >= settings.notableSlowing
            }
        }
    }
}
