import Model
import Statistics

/// The days of the records in a scope and of those outside of it.
struct ControlArms {
    /// The records in scope.
    let treated: [DayFigures]
    /// The others of the same days.
    let control: [DayFigures]
    /// The mean in scope less the mean outside, of each day that has both; number and spread are those in scope.
    let differences: [DayFigures]

    /// nil for a scope of all records, which leaves none outside.
    init?(_ subject: Subject, days: [DayFigures], table: some MeasuredTable) {
        guard subject.group != .all else { return nil }
        treated = days
        control = Self.outside(table.days(of: Subject(metric: subject.metric, group: .all)), days)
        var others: [Day: Double] = [:]
        for day in control { others[day.day] = day.mean }
        differences = days.compactMap { day in
            guard day.n > 0, let other = others[day.day] else { return nil }
            let moments = day.moments
            return DayFigures(
                day: day.day,
                moments: Moments(
                    n: moments.n, mean: moments.mean - other, m2: moments.m2, m3: moments.m3, m4: moments.m4),
                missing: day.missing)
        }
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
    /// The change in scope less the change outside of it, each day's mean counting once. Fails where the records outside
    /// are fewer than `settings.minimumGroup` before or after.
    init(
        _ arms: ControlArms, _ before: Period, _ after: Period, settings: AnalysisSettings
    ) throws(Absence) {
        for period in [before, after] {
            let found = arms.control.reduce(0) { $0 + (period.contains($1.day) ? $1.n : 0) }
            guard found >= settings.minimumGroup else {
                throw found == 0 ? .noRecords : .tooFew(.records, found: found, needed: settings.minimumGroup)
            }
        }
        let samples = [(arms.treated, before), (arms.treated, after), (arms.control, before), (arms.control, after)]
            .map { days, period in days.filter { $0.n > 0 && period.contains($0.day) }.map(\.mean) }
        let summaries: Answer<[GroupSummary]> = computed { () throws(Undefined) in
            try samples.map { (values) throws(Undefined) in try GroupSummary(values) }
        }
        let cells = try summaries.get()
        let fit = caught { () throws(Absence) in
            try SegmentedFigures(
                arms.differences, start: after.start, through: after.last, range: nil, settings: settings)
        }
        let dependence =
            fit.value?.dependence
            ?? FirstOrderDependence(
                residuals: zip(samples, cells).map { values, cell in values.map { $0 - cell.mean } })
        let made: Answer<DifferenceInDifferences> = computed { () throws(Undefined) in
            try DifferenceInDifferences(
                treated: (cells[0], cells[1]), control: (cells[2], cells[3]), dependence: dependence,
                level: settings.level)
        }
        let found = try made.get()
        let records = arms.treated.moments(in: Period(from: before.start, through: after.last ?? after.start))
        self.init(
            treatedChange: cells[1].mean - cells[0].mean, controlChange: cells[3].mean - cells[2].mean,
            estimate: found.estimate, interval: found.interval,
            test: TestFigures(
                method: .differenceInDifferences, statistic: found.t, degreesOfFreedom: [found.df], p: found.p),
            standardised: records.summarySD.flatMap { $0 > 0 ? found.estimate / $0 : nil }, segmented: fit)
    }
}
