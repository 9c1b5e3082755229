import Model
import Statistics

/// The partials of a period: all that the analyses read.
///
/// Metrics and dimensions are named as in `catalogue`; an unknown name has no groups, no partials and no records.
/// Days without records are absent, not zero.
public struct PartialTable: Sendable {
    /// What was measured.
    public let catalogue: Catalogue
    /// The period that was asked for.
    public let period: Period
    /// The partials of each day that has records, ascending.
    public let entries: [DayPartials]
    /// What was left out of the days because it would be of too few people.
    public let held: HeldBack

    /// A day with what is known about one metric in one group on it.
    public struct DayPartial: Sendable, Hashable {
        /// The day.
        public let day: Day
        /// What is known.
        public let partial: Partial
    }

    /// A day with number, mean and power sums of one metric in one group on it.
    public struct DayMoments: Sendable, Hashable {
        /// The day.
        public let day: Day
        /// What is known without the counts.
        public let moments: Moments
    }

    /// A table of days; those outside the period are left out, and of days that were made for another catalogue the
    /// metrics whose bins are others now.
    public init(catalogue: Catalogue, period: Period, days: [DayPartials], held: HeldBack = HeldBack()) {
        self.catalogue = catalogue
        self.held = held
        self.period = period
        entries = days.filter { period.contains($0.day) }.map { $0.hidingMetrics(unlike: catalogue) }
            .sorted { $0.day < $1.day }
    }

    /// The days that have records, ascending.
    public var days: [Day] { entries.map(\.day) }

    /// The days of a period that have records.
    func entries(over period: Period) -> ArraySlice<DayPartials> {
        let start = entries.partitioningIndex { $0.day >= period.start }
        let end = entries.partitioningIndex { $0.day >= period.end }
        return entries[start..<max(start, end)]
    }

    /// The partials of a metric in a group, day by day; days on which the group has no value of it are absent.
    public func series(metric: String, group: Group) -> [DayPartial] {
        entries.compactMap { day in
            day.partial(metric: metric, group: group).map { DayPartial(day: day.day, partial: $0) }
        }
    }

    /// The same days as `series` without counts and extremes, about a hundred times faster.
    public func momentSeries(metric: String, group: Group) -> [DayMoments] {
        entries.compactMap { day in
            day.moments(metric: metric, group: group).map { DayMoments(day: day.day, moments: $0) }
        }
    }

    /// What a day says about every metric in one group.
    public struct GroupDay: Sendable, Hashable {
        /// The day.
        public let day: Day
        /// How many records the group has.
        public let records: Int
        /// Number, mean and power sums, in the catalogue's order; nil where the group has no value.
        public let moments: [Moments?]
    }

    /// Every day on which a group has records, with all metrics at once: one look-up for each day.
    public func days(of group: Group) -> [GroupDay] {
        var (named, columns): ([DayPartials.Column], [Int?]) = ([], [])
        return entries.compactMap { entry in
            if entry.metrics != named {
                named = entry.metrics
                columns = catalogue.metrics.map { metric in named.firstIndex { $0.name == metric.name } }
            }
            return entry.groupDay(group, columns: columns)
        }
    }

    /// What is known about a metric in a group over a period; nil if there is no value. Days on which it is left out because it would
    /// be of too few people count neither as values nor as missing.
    public func merged(metric: String, group: Group, over period: Period) -> Partial? {
        guard let bins = catalogue.metric(named: metric)?.bins else { return nil }
        var sum = PartialSum(bins: Bins(bins))
        for day in entries(over: period) {
            if let partial = day.partial(metric: metric, group: group) {
                sum.add(partial)
            } else if !held.leavesOut(metric, of: group, on: day.day) {
                sum.add(missing: day.recordCount(of: group))
            }
        }
        return sum.total
    }

    /// The smallest value of a metric over all records of a period; nil if there is none.
    public func smallest(of metric: String, over period: Period) -> Double? {
        entries(over: period).compactMap { $0.smallest(of: metric) }.min()
    }

    /// Whether a metric of a group is left out on some day of a period because it would be of too few people.
    public func leavesOut(_ metric: String, of group: Group, over period: Period) -> Bool {
        entries(over: period).contains { held.leavesOut(metric, of: group, on: $0.day) }
    }

    /// Every value of a dimension that occurs, as groups, in the order of their bytes.
    public func groups(of dimension: String) -> [Group] {
        var found: Set<Group> = []
        for day in entries {
            for group in day.groups {
                if case .value(dimension, _) = group { found.insert(group) }
            }
        }
        return found.sorted()
    }

    /// Every group that occurs, including pairs: all records first.
    public var groups: [Group] { Set(entries.flatMap(\.groups)).sorted() }

    /// How many records a group has on a day; 0 where there are none.
    public func recordCount(day: Day, group: Group = .all) -> Int {
        let index = entries.partitioningIndex { $0.day >= day }
        guard index < entries.count, entries[index].day == day else { return 0 }
        return entries[index].recordCount(of: group)
    }

    /// How many records a group has in a period.
    public func recordCount(over period: Period, group: Group = .all) -> Int {
        entries(over: period).reduce(0) { $0 + $1.recordCount(of: group) }
    }
}

extension Array {
    /// The first index whose element satisfies a condition that all later ones satisfy too.
    func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
