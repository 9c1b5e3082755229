import Model
import Statistics

/// What one night says to a rule before any memory: the value, and the number that limits are compared with.
struct AlertReading: Sendable, Hashable {
    /// The statistic, the age or the number of empty nights.
    var value: Double
    /// What limits are compared with; larger is worse but for a limit from below.
    var reading: Double
    /// What was expected of the value.
    var expected: Double?
    /// Records that the value comes from.
    var n: Int
    /// Whether the group is gone for good.
    var isGone = false
}

extension AlertNights {
    /// What a night says to a rule's terms; fails where it cannot be judged.
    func reading(at place: Int, _ terms: AlertTerms, settings: AnalysisSettings) -> Answer<AlertReading> {
        switch terms.condition {
        case .limit:
            return figure(at: place, terms).map { AlertReading(value: $0.value, reading: $0.value, n: $0.n) }
        case .change(let baselineDays, let bad):
            return surprise(at: place, terms, from: baselineDays, bad: bad, level: .window, settings: settings)
        case .anomaly(let bad):
            return surprise(
                at: place, terms, from: settings.lookBackDays, bad: bad, level: .recent, settings: settings)
        case .freshness: return age(at: place)
        case .absence(let withinDays): return emptiness(at: place, withinDays: withinDays, settings: settings)
        }
    }

    /// The distance of a night's figure from what the days before its window led us to expect.
    private func surprise(
        at place: Int, _ terms: AlertTerms, from baselineDays: Int, bad: LimitSide?, level: AlertBaseline.Level,
        settings: AnalysisSettings
    ) -> Answer<AlertReading> {
        figure(at: place, terms).flatMap { figure in
            caught { () throws(Absence) in
                let end = place - terms.overDays
                var single = terms
                single.overDays = 1
                let earlier = (max(0, end + 1 - baselineDays)..<max(0, end + 1)).compactMap { index in
                    self.figure(at: index, single).value.map { (day: day(at: index), value: $0.value) }
                }
                let noise = try AlertBaseline(earlier, level: level, settings: settings)
                let days = (max(0, end + 1)...place).filter { n(at: $0) > 0 }.map { day(at: $0) }
                let expected = try noise.expected(of: figure.value, on: days, own: figure.standardError)
                let score = expected.score(of: figure.value)
                let reading =
                    switch bad {
                    case .above: score
                    case .below: -score
                    case nil: abs(score)
                    }
                return AlertReading(value: figure.value, reading: reading, expected: expected.value, n: figure.n)
            }
        }
    }

    /// Days since the newest record; fails before the first.
    private func age(at place: Int) -> Answer<AlertReading> {
        guard let newest = (0...place).last(where: { n(at: $0) > 0 }) else { return .failure(.noRecords) }
        let age = Double(place - newest)
        return .success(AlertReading(value: age, reading: age, n: n(at: newest)))
    }

    /// Expected nights in a row, this one the last, without a record.
    ///
    /// A night is expected if the group had records on at least half of the same weekdays of the weeks before its last
    /// record (`settings.weekdayWeeks`); with fewer than two such weekdays, if it had records on every night of a week or
    /// more. A night that was not expected is not judged. A group that has been silent for more than `withinDays` is gone.
    private func emptiness(at place: Int, withinDays: Int, settings: AnalysisSettings) -> Answer<AlertReading> {
        guard let newest = (0...place).last(where: { n(at: $0) > 0 }) else { return .failure(.noRecords) }
        if newest == place { return .success(AlertReading(value: 0, reading: 0, n: n(at: place))) }
        if place - newest > withinDays {
            return .success(AlertReading(value: Double(place - newest), reading: 0, n: 0, isGone: true))
        }
        let first = (0...newest).first { n(at: $0) > 0 } ?? newest
        let isExpected = { (index: Int) -> Bool in
            let same = (1...max(1, settings.weekdayWeeks + withinDays / 7)).map { index - 7 * $0 }
                .filter { $0 <= newest && $0 >= first }.prefix(settings.weekdayWeeks)
            if same.count < 2 { return newest - first >= 6 && (first...newest).allSatisfy { n(at: $0) > 0 } }
            return same.count { n(at: $0) > 0 } * 2 >= same.count
        }
        guard isExpected(place) else { return .failure(.undefined("no records are expected on this weekday")) }
        let empty = Double(((newest + 1)...place).count(where: isExpected))
        return .success(AlertReading(value: empty, reading: empty, n: 0))
    }
}

extension AlertTerms {
    /// What a reading says to a level.
    func judgement(of reading: AlertReading, at level: AlertLevel) -> AlertJudgement {
        if reading.isGone { return .gone }
        if case .limit(let side) = condition {
            if side.holds(reading.reading, of: level.limit) { return .breach }
            return side.holds(reading.reading, of: level.clear) ? .between : .clear
        }
        if reading.reading >= level.limit { return .breach }
        // Without a limit of its own to clear, whatever is no breach is good.
        return level.clear < level.limit && reading.reading >= level.clear ? .between : .clear
    }
}
