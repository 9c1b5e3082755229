import Model
import Partials
import Statistics

extension ImprovementResult {
    /// An intervention's metric before and after its start, up to its last day or asOf.
    ///
    /// - Parameters:
    ///   - measurements: those supplied for it, in any order.
    ///   - table: of days up to asOf.
    ///
    /// What is judged by days is so without what weekdays add (`withoutWeekdays`); means and tests of records are of the records
    /// as they are.
    init(
        _ intervention: Intervention, measurements: [Measurement], table: some MeasuredTable, asOf: Day,
        settings: AnalysisSettings
    ) {
        let metric = intervention.metric.flatMap { table.catalogue.metric(named: $0) }
        let subject = metric.map { Subject(metric: $0.name, group: intervention.scope) }
        let idle = Self.idle(intervention, asOf: asOf)
        let days = subject.map { table.days(of: $0) } ?? []
        let before = Period(days: settings.baselineDays, through: intervention.start.advanced(by: -1))
        let last = min(asOf, intervention.end ?? asOf)
        let start = intervention.start
        let usual = days.withoutWeekdays(before: start, settings: settings)
        let after = Period(start: start, end: max(start, last.advanced(by: 1))) ?? before
        let segmented = caught { () throws(Absence) in
            if let idle { throw idle }
            return try SegmentedFigures(
                usual, start: start, through: after.last, range: metric?.range, settings: settings)
        }
        let known = segmented.value?.dependence
        let arms = subject.flatMap { ControlArms($0, days: days, table: table, before: start, settings: settings) }
        let control = caught { () throws(Absence) in
            if let idle { throw idle }
            guard let arms else { throw .notDeclared }
            return try ControlFigures(arms, before, after, settings: settings)
        }
        // Days that do not stray from their level are held against those outside all the same.
        let isHeld = control.value != nil || [.constant, .constantSides].contains(control.absence)
        let credited = isHeld ? arms?.differences ?? usual : usual
        let fit =
            control.value?.segmented
            ?? (isHeld
                ? caught { () throws(Absence) in
                    try SegmentedFigures(credited, start: start, through: after.last, range: nil, settings: settings)
                } : segmented)
        let followUps = FollowUp.all(
            credited, start: start, baseline: before, through: last,
            known: fit.value?.dependence, isDifference: isHeld, idle: idle, settings: settings)
        self.init(
            intervention: intervention, subject: subject, before: before, after: after,
            figures: caught { () throws(Absence) in
                if let idle { throw idle }
                guard let subject else { throw .notDeclared }
                return try ImprovementFigures(
                    subject, before, after, table: table, days: days, usual: usual, known: known, settings: settings)
            },
            segmented: segmented, control: control,
            whole: idle != nil
                ? nil
                : CreditedEffect.whole(
                    credited, before, after, basis: isHeld ? .control : .days,
                    recordSD: days.moments(in: Period(from: before.start, through: after.last ?? start)).summarySD),
            creditedFit: fit,
            followUps: followUps,
            outcome: Outcome(followUps, days: credited, segmented: fit, level: settings.level),
            baselineShift: idle.map { .failure($0) } ?? BaselineShift.of(days, baseline: before, settings: settings),
            measurements: measurements.sorted { ($0.day, $0.id) < ($1.day, $1.id) }.map {
                MeasurementCheck(
                    $0, of: metric, from: start, baseline: before, days: days, known: known, idle: idle,
                    level: settings.level)
            })
    }

    /// Why an intervention is not judged whatever the records say; nil for one that is.
    private static func idle(_ intervention: Intervention, asOf: Day) -> Absence? {
        if intervention.status == .cancelled { return .cancelled }
        return intervention.status == .planned || intervention.start > asOf ? .notBegun : nil
    }
}

extension ImprovementFigures {
    /// The comparison of two periods; fails where one has fewer than `settings.minimumGroup` values. What needs values that
    /// vary is undefined by itself: a change of every record leaves its means, n and difference.
    fileprivate init(
        _ subject: Subject, _ before: Period, _ after: Period, table: some MeasuredTable, days: [DayFigures],
        usual: [DayFigures], known: FirstOrderDependence?, settings: AnalysisSettings
    ) throws(Absence) {
        let early = try PeriodValues(subject, before, table, days, needed: settings.minimumGroup)
        let late = try PeriodValues(subject, after, table, days, needed: settings.minimumGroup)
        let test = computed { () throws(Undefined) in
            try WelchTTest(early.summary, late.summary, level: settings.level)
        }
        let reason = { (absence: Absence) -> Absence in
            absence == .constant ? .unvarying(from: early.mean.mean, to: late.mean.mean) : absence
        }
        let shares = SharePair(early.counts, late.counts, level: settings.level)
        let ranks = early.counts.flatMap { first in
            late.counts.flatMap { second in
                computed { () throws(Undefined) in try MannWhitney(first.sample, second.sample) }
            }
        }
        let pooled = days.moments(in: Period(from: before.start, through: after.last ?? after.start))
        self.init(
            before: early.mean, after: late.mean, difference: late.mean.mean - early.mean.mean,
            interval: shares?.interval ?? test.value?.interval, welch: test.map(TestFigures.init).mapError(reason),
            shares: shares,
            byDay: caught { () throws(Absence) in
                try ChangeFigures.betweenDependent(
                    usual, after, and: before, known: known, recordSD: pooled.summarySD, level: settings.level)
            },
            mannWhitney: ranks.map(TestFigures.init),
            countsExactness: [early, late].compactMap { $0.counts.value?.exactness }.first { $0 != .exact }
                ?? .exact,
            hedgesG: EffectFigures.hedges(early.summary, late.summary, level: settings.level).mapError(reason))
    }
}

/// The values of a subject in one period.
private struct PeriodValues {
    let mean: PeriodMean
    let summary: GroupSummary
    let counts: Answer<ValueCounts>

    init(
        _ subject: Subject, _ period: Period, _ table: some MeasuredTable, _ days: [DayFigures], needed: Int
    ) throws(Absence) {
        let needed = max(2, needed)
        guard let partial = table.partial(of: subject, over: period) else {
            throw .noRecords
        }
        guard partial.n >= needed else { throw .tooFew(.records, found: partial.n, needed: needed) }
        summary = try computed { () throws(Undefined) in try partial.summary() }.get()
        counts = computed { () throws(Undefined) in try ValueCounts(partial.tested) }
        let used = days.filter { $0.n > 0 && period.contains($0.day) }.map(\.day)
        mean = PeriodMean(
            period: used.first.flatMap { first in used.last.map { Period(from: first, through: $0) } } ?? period,
            days: used.count, n: partial.n, mean: partial.moments.mean)
    }
}
