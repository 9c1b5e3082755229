import Model
import Statistics

/// The days of the records in a scope and of those outside of it.
struct ControlArms {
    /// The records in scope.
    let treated: [DayFigures]
    /// The others of the same days.
    let control: [DayFigures]
    /// The mean in scope less the mean outside, of each day that has both, without what weekdays add; number and spread are those in
    /// scope.
    let differences: [DayFigures]

    /// nil for a scope of all records, which leaves none outside.
    init?(
        _ subject: Subject, days: [DayFigures], table: some MeasuredTable, before start: Day, settings: AnalysisSettings
    ) {
        guard subject.group != .all else { return nil }
        treated = days.withoutWeekdays(before: start, settings: settings)
        control = Self.outside(table.days(of: Subject(metric: subject.metric, group: .all)), days)
        var others: [Day: Double] = [:]
        for day in control { others[day.day] = day.mean }
        let differences = days.compactMap { day -> DayFigures? in
            guard day.n > 0, let other = others[day.day] else { return nil }
            let moments = day.moments
            return DayFigures(
                day: day.day,
                moments: Moments(
                    n: moments.n, mean: moments.mean - other, m2: moments.m2, m3: moments.m3, m4: moments.m4),
                missing: day.missing)
        }
        self.differences = differences.withoutWeekdays(before: start, settings: settings)
    }

    /// The means of each day's records that are not in the group.
    private static func outside(_ all: [DayFigures], _ inside: [DayFigures]) -> [DayFigures] {
        var known: [Day: Moments] = [:]
        for day in inside { known[day.day] = day.moments }
        return all.compactMap { day in
            let part = known[day.day] ?? Moments()
            let left = day.n - part.n
            guard left > 0 else { return nil }
            let mean = (Double(day.n) * day.mean - Double(part.n) * part.mean) / Double(left)
            return DayFigures(day: day.day, moments: Moments(n: left, mean: mean, m2: 0, m3: 0, m4: 0), missing: 0)
        }
    }
}

extension ControlFigures {
    /// The change in scope less the change outside of it, each day counting as its records in scope do.
    ///
    /// With the mean in scope t and the others' mean c of each day, and n its records in scope: (Σ n t / Σ n − Σ n c / Σ n) after
    /// less the same before, over days that have both. So the change in scope is that of its records, the change outside is that of
    /// the days on which they stand, and their difference is what the follow-ups tell of fewer days. The error is that of t − c
    /// between days (`DayCluster`), in which what moves both alike does not enter.
    ///
    /// Fails where the records outside are fewer than `settings.minimumGroup` before or after, and where no day differs.
    init(
        _ arms: ControlArms, _ before: Period, _ after: Period, settings: AnalysisSettings
    ) throws(Absence) {
        for period in [before, after] {
            let found = arms.control.reduce(0) { $0 + (period.contains($1.day) ? $1.n : 0) }
            guard found >= settings.minimumGroup else {
                throw found == 0 ? .noRecords : .tooFew(.records, found: found, needed: settings.minimumGroup)
            }
        }
        let fit = caught { () throws(Absence) in
            try SegmentedFigures(
                arms.differences, start: after.start, through: after.last, range: nil, settings: settings)
        }
        let used = Set(arms.differences.map(\.day))
        let treated = arms.treated.filter { used.contains($0.day) }
        let change = try ChangeFigures.betweenDependent(
            arms.differences, after, and: before, known: fit.value?.dependence,
            recordSD: treated.moments(in: Period(from: before.start, through: after.last ?? after.start)).summarySD,
            level: settings.level)
        let own = treated.moments(in: after).mean - treated.moments(in: before).mean
        var test = change.test
        test.method = .differenceInDifferences
        self.init(
            treatedChange: own, controlChange: own - change.difference, estimate: change.difference,
            interval: change.interval, test: test, standardised: change.standardised, segmented: fit)
    }
}
