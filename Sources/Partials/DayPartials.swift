import Model
import Statistics

/// How much of a day's partials is at hand.
public enum DayDetail: Int, Sendable, Hashable, Comparable {
    /// Numbers and moments of all records and of each value of a dimension.
    case series
    /// Their counts and extremes, too: distributions and quantiles.
    case counts
    /// Pairs of dimensions and the sample, too.
    case all

    /// By how much is at hand.
    public static func < (left: DayDetail, right: DayDetail) -> Bool { left.rawValue < right.rawValue }
}

/// Everything that the analyses may ask about one day: a partial per metric and group, records per group and hour, and
/// a sample of whole records per group.
///
/// Equal records give equal values and equal bytes, whatever their order. Counts and the sample stay packed and are
/// unpacked on demand, so that a year of days fits in memory.
public struct DayPartials: Sendable, Hashable {
    /// A metric as it was when the partials were made.
    public struct Column: Sendable, Hashable {
        /// The metric's name.
        public let name: String
        /// Its bins.
        public let bins: BinScheme
    }

    /// The day.
    public let day: Day
    /// Metrics, dimensions, sample sizes and groups.
    let shape: DayShape
    /// For each dimension how many values got no partials because the day has more than `sizes.valuesPerDimension`.
    public let valuesLeftOut: [Int]
    /// Records of each group.
    private let records: [Int]
    /// The sample threshold of each group.
    private let thresholds: [UInt64?]
    /// Records by local hour, 24 of each group.
    private var hours: [Int]
    /// One per group and metric, group by group; without values where the group has none.
    private let moments: [Moments]
    /// The smallest and the largest value of each cell; nil where only series are at hand.
    private let extremes: [Extremes]?
    /// The counts of each cell, packed; nil where only series are at hand.
    private let heldCounts: PackedCounts?
    /// The counts of the values themselves where those are told in levels.
    private let testedCounts: PackedCounts?
    /// The records of all samples together, in the order of their ranks, packed; nil in an outline.
    private let heldSample: PackedSample?
    /// Whether values are told in levels of several people, so that counts and extremes are not those of the records.
    private(set) var areValuesHeld: Bool

    /// The metrics that the partials were made for.
    public var metrics: [Column] { shape.metrics }
    /// The dimensions that they were made for, by name.
    public var dimensions: [String] { shape.dimensions }
    /// How large samples are.
    public var sizes: SampleSizes { shape.sizes }
    /// The groups that have records, ascending: all records first.
    public var groups: [Group] { shape.groups }

    /// What is known of a group besides its metrics.
    struct Tally: Sendable, Hashable {
        /// How many records.
        var records: Int
        /// How many by local hour.
        var hours: [Int]
        /// The smallest rank that is not in the group's sample; nil when the sample is complete.
        var threshold: UInt64?
    }

    /// What is known of a metric in a group besides its counts.
    struct Cell: Sendable, Hashable {
        var moments: Moments
        var minimum: Double
        var maximum: Double
    }

    private struct Extremes: Sendable, Hashable {
        let minimum: Double
        let maximum: Double
    }

    init(
        day: Day, shape: DayShape, valuesLeftOut: [Int], tallies: [Tally], cells: [Cell?], counts: PackedCounts?,
        sample: PackedSample?, areValuesHeld: Bool = false, tested: PackedCounts? = nil
    ) {
        self.day = day
        self.shape = shape
        self.valuesLeftOut = valuesLeftOut
        records = tallies.map(\.records)
        thresholds = tallies.map(\.threshold)
        hours = tallies.flatMap(\.hours)
        moments = cells.map { $0?.moments ?? Moments() }
        extremes = counts == nil ? nil : cells.map { Extremes(minimum: $0?.minimum ?? 0, maximum: $0?.maximum ?? 0) }
        heldCounts = counts
        testedCounts = tested
        heldSample = sample
        self.areValuesHeld = areValuesHeld
    }

    /// A day under another shape, whose groups are the first of its own: what is left is of them, in no more than that detail.
    init(_ other: DayPartials, shape: DayShape, keeping detail: DayDetail = .all) {
        let cells = shape.groups.count * shape.metrics.count
        let isWhole = shape.groups.count == other.shape.groups.count
        day = other.day
        self.shape = shape
        valuesLeftOut = other.valuesLeftOut
        areValuesHeld = other.areValuesHeld
        records = isWhole ? other.records : Array(other.records.prefix(shape.groups.count))
        thresholds = isWhole ? other.thresholds : Array(other.thresholds.prefix(shape.groups.count))
        hours = isWhole ? other.hours : Array(other.hours.prefix(shape.groups.count * 24))
        moments = isWhole ? other.moments : Array(other.moments.prefix(cells))
        extremes = detail < .counts ? nil : isWhole ? other.extremes : other.extremes.map { Array($0.prefix(cells)) }
        heldCounts = detail < .counts ? nil : isWhole ? other.heldCounts : other.heldCounts?.prefix(cells)
        testedCounts = detail < .counts ? nil : isWhole ? other.testedCounts : other.testedCounts?.prefix(cells)
        heldSample = detail < .all ? nil : other.heldSample
    }

    /// Records, hours and sample threshold of each group.
    var tallies: [Tally] {
        shape.groups.indices.map { row in
            Tally(records: records[row], hours: Array(hours[row * 24..<(row + 1) * 24]), threshold: thresholds[row])
        }
    }

    /// One per group and metric, group by group; nil where the group has no value.
    var cells: [Cell?] { moments.indices.map { cell(at: $0) } }

    private func cell(at place: Int) -> Cell? {
        guard moments[place].n > 0 else { return nil }
        guard let extremes else { preconditionFailure("only series of this day are at hand") }  // as `kept` says
        return Cell(moments: moments[place], minimum: extremes[place].minimum, maximum: extremes[place].maximum)
    }

    /// The same partials without a name for metrics whose bins are not those of a catalogue: they do not add up.
    func hidingMetrics(unlike catalogue: Catalogue) -> DayPartials {
        let isOther = metrics.map { column in
            catalogue.metric(named: column.name).map { $0.bins != column.bins } ?? false
        }
        guard isOther.contains(true) else { return self }
        return DayPartials(
            self,
            shape: DayShape(
                metrics: zip(metrics, isOther).map { $1 ? Column(name: "", bins: $0.bins) : $0 },
                dimensions: dimensions, sizes: sizes, groups: groups))
    }

    /// What is known about a metric in a group; nil if the group has no value of it.
    public func partial(metric: String, group: Group) -> Partial? {
        guard let row = shape.row(of: group), let column = shape.column(of: metric) else { return nil }
        return partial(column: column, row: row)
    }

    /// The smallest value of a metric over all records; nil without one, and where only series of the day are at hand.
    func smallest(of metric: String) -> Double? {
        guard let row = shape.row(of: .all), let column = shape.column(of: metric), let extremes else { return nil }
        let place = row * metrics.count + column
        return moments[place].n > 0 ? extremes[place].minimum : nil
    }

    /// Number, mean and power sums of a metric in a group, without unpacking its counts; nil if it has no value.
    public func moments(metric: String, group: Group) -> Moments? {
        guard let row = shape.row(of: group), let column = shape.column(of: metric) else { return nil }
        return values(row * metrics.count + column)
    }

    /// Moments of a cell; nil if it has no value.
    private func values(_ place: Int) -> Moments? { moments[place].n > 0 ? moments[place] : nil }

    /// What the day says about a group, by the places of the metrics in `metrics`; nil if the group has no records.
    func groupDay(_ group: Group, columns: [Int?]) -> PartialTable.GroupDay? {
        guard let row = shape.row(of: group), records[row] > 0 else { return nil }
        let first = row * metrics.count
        return PartialTable.GroupDay(
            day: day, records: records[row], moments: columns.map { column in column.flatMap { values(first + $0) } })
    }

    /// How many records a group has; 0 where there are none.
    public func recordCount(of group: Group = .all) -> Int { shape.row(of: group).map { records[$0] } ?? 0 }

    /// The records of a group by local hour, 24 of them; a record whose time has no clock part is in none.
    public func hourCounts(of group: Group = .all) -> [Int] {
        guard let row = shape.row(of: group) else { return Array(repeating: 0, count: 24) }
        return Array(hours[row * 24..<(row + 1) * 24])
    }

    /// The smallest rank that is not in the group's sample; nil when the sample is complete or the group is absent.
    func threshold(of group: Group) -> UInt64? { shape.row(of: group).flatMap { thresholds[$0] } }

    /// The same day with no more than that at hand, in less memory. Pairs are as if the day had no records of them; to ask for
    /// counts, extremes or the sample of a day that does not have them is a mistake of the caller and ends the program.
    public func kept(_ detail: DayDetail) -> DayPartials {
        guard detail < .all else { return self }
        return DayPartials(self, shape: shape.withoutPairs, keeping: detail)
    }

    /// The same day as one whose values are told in levels, with only some hours of all records and none of groups.
    func holding(hours isTold: [Bool]) -> DayPartials {
        var day = self
        day.areValuesHeld = true
        for place in hours.indices where groups[place / 24] != .all || !isTold[place % 24] { day.hours[place] = 0 }
        return day
    }

    /// Whether records can be asked for.
    var hasSample: Bool { heldSample != nil }

    /// Whether counts can be asked for.
    var hasCounts: Bool { heldCounts != nil }

    /// The counts of each cell, packed.
    var counts: PackedCounts {
        guard let heldCounts else { preconditionFailure("only series of this day are at hand") }  // as `kept` says
        return heldCounts
    }

    /// The records of all samples together, in the order of their ranks, packed.
    var sample: PackedSample {
        guard let heldSample else { preconditionFailure("this day's sample is not at hand") }  // as `kept` says
        return heldSample
    }

    func partial(column: Int, row: Int) -> Partial? {
        let place = row * metrics.count + column
        guard let cell = cell(at: place) else { return nil }
        return Partial(
            missing: records[row] - cell.moments.n, moments: cell.moments, minimum: cell.minimum,
            maximum: cell.maximum, counts: counts.unpacked(at: place, bins: Bins(metrics[column].bins)),
            areValuesHeld: areValuesHeld,
            tested: testedCounts?.unpacked(at: place, bins: Bins(metrics[column].bins)))
    }
}
