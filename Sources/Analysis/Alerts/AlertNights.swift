import Model
import Partials
import Statistics

/// The nights of one metric in one group, as alert rules read them: gap-filled, from the first day of the history to asOf.
///
/// A statistic over several days is that of all their records together.
struct AlertNights {
    /// The day of the first place.
    let start: Day
    /// Records on each day.
    let records: [Int]
    /// Sums over the values on each day; for records as such their number alone.
    let moments: [Moments]
    private let metric: Metric?
    private let entries: [DayPartials?]
    private let group: Group

    /// The nights up to asOf; empty for a table without days.
    init(_ table: PartialTable, metric: Metric?, group: Group, asOf: Day) {
        let used = table.entries.filter { $0.day <= asOf }
        let first = used.first?.day ?? asOf.advanced(by: 1)
        let length = max(0, first.distance(to: asOf) + 1)
        var entries: [DayPartials?] = Array(repeating: nil, count: length)
        for entry in used { entries[first.distance(to: entry.day)] = entry }
        start = first
        records = entries.map { $0?.recordCount(of: group) ?? 0 }
        moments = entries.map { entry in
            metric.flatMap { entry?.moments(metric: $0.name, group: group) } ?? Moments()
        }
        self.metric = metric
        self.entries = entries
        self.group = group
    }

    /// The place of a day; it may lie outside.
    func place(of day: Day) -> Int { start.distance(to: day) }

    /// The day of a place.
    func day(at place: Int) -> Day { start.advanced(by: place) }

    /// Records that count on a day: those with a value, or all where no metric is named.
    func n(at place: Int) -> Int { metric == nil ? records[place] : moments[place].n }

    /// What a statistic says on a night, with the records that it comes from.
    ///
    /// Fails without records, with fewer than `minimum` values, and where the statistic is not defined. A count needs no
    /// minimum, and is 0 on a night without records once the group had some.
    func figure(at place: Int, _ terms: AlertTerms) -> Answer<AlertFigure> {
        let days = max(0, place + 1 - terms.overDays)...place
        let n = days.reduce(0) { $0 + self.n(at: $1) }
        if terms.statistic == .count {
            guard records[...place].contains(where: { $0 > 0 }) else { return .failure(.noRecords) }
            return .success(AlertFigure(value: Double(n), n: n, standardError: nil))
        }
        let records = days.reduce(0) { $0 + self.records[$1] }
        let judged = terms.statistic == .missingShare ? records : n
        guard judged > 0 else { return .failure(.noRecords) }
        guard judged >= terms.minimum else {
            return .failure(.tooFew(.records, found: judged, needed: terms.minimum))
        }
        return value(over: days, records: records, terms.statistic)
    }

    private func value(
        over days: ClosedRange<Int>, records: Int, _ statistic: MetricStatistic
    ) -> Answer<AlertFigure> {
        guard let metric else { return .failure(.notDeclared) }
        var sum = Moments()
        for place in days { sum.merge(moments[place]) }
        switch statistic {
        case .mean:
            let error = sum.variance.map { ($0 / Double(sum.n)).squareRoot() }
            return .success(AlertFigure(value: sum.mean, n: sum.n, standardError: error))
        case .missingShare:
            let share = Double(records - sum.n) / Double(records)
            return .success(AlertFigure(value: share, n: records, standardError: nil))
        case .count: return .success(AlertFigure(value: Double(sum.n), n: sum.n, standardError: nil))
        case .quantile(let share):
            let held = counts(over: days, metric).quantile(share)?.value
            return held.map { .success(AlertFigure(value: $0, n: sum.n, standardError: nil)) } ?? .failure(.noRecords)
        case .shareAbove, .shareBelow:
            let counts = counts(over: days, metric)
            let sample: Answer<CountedSample> = computed { () throws(Undefined) in try ValueCounts(counts).sample }
            return sample.map {
                let share = Double(statistic.hits(in: $0)) / Double(sum.n)
                return AlertFigure(value: share, n: sum.n, standardError: nil)
            }
        }
    }

    private func counts(over days: ClosedRange<Int>, _ metric: Metric) -> BinnedCounts {
        var sum = BinnedCountsSum(bins: Bins(metric.bins))
        for place in days {
            if let partial = entries[place]?.partial(metric: metric.name, group: group) { sum.add(partial.counts) }
        }
        return sum.total
    }
}

/// A statistic on a night.
struct AlertFigure: Sendable, Hashable {
    /// The number.
    var value: Double
    /// Records that it comes from.
    var n: Int
    /// The standard error of a mean over its records; nil for other statistics and a single record.
    var standardError: Double?
}
