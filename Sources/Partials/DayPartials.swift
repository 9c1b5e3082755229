import Model
import Statistics

/// How much of a day's partials is at hand.
public enum DayDetail: Int, Sendable, Hashable, Comparable {
    /// Numbers, means and extremes of all records and of each value of a dimension.
    case series
    /// Their counts, too: distributions and quantiles.
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
    /// The metrics that the partials were made for.
    public let metrics: [Column]
    /// The dimensions that they were made for, by name.
    public let dimensions: [String]
    /// How large samples are.
    public let sizes: SampleSizes
    /// The groups that have records, ascending: all records first.
    public let groups: [Group]
    /// For each dimension how many values got no partials because the day has more than `sizes.valuesPerDimension`.
    public let valuesLeftOut: [Int]
    /// Records, hours and sample threshold of each group.
    let tallies: [Tally]
    /// One per group and metric, group by group; nil where the group has no value.
    let cells: [Cell?]
    /// The counts of each cell, packed; nil where only series are at hand.
    private let heldCounts: PackedCounts?
    /// The records of all samples together, in the order of their ranks, packed; nil in an outline.
    private let heldSample: PackedSample?
    /// Whether values are told in levels of several people, so that counts and extremes are not those of the records.
    let areValuesHeld: Bool
    /// The place of each group.
    private let places: [Group: Int]

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

    init(
        day: Day, metrics: [Column], dimensions: [String], sizes: SampleSizes, groups: [Group], valuesLeftOut: [Int],
        tallies: [Tally], cells: [Cell?], counts: PackedCounts?, sample: PackedSample?,
        areValuesHeld: Bool = false
    ) {
        self.day = day
        self.metrics = metrics
        self.dimensions = dimensions
        self.sizes = sizes
        self.groups = groups
        self.valuesLeftOut = valuesLeftOut
        self.tallies = tallies
        self.cells = cells
        heldCounts = counts
        heldSample = sample
        self.areValuesHeld = areValuesHeld
        places = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    }

    /// The same partials without a name for metrics whose bins are not those of a catalogue: they do not add up.
    func hidingMetrics(unlike catalogue: Catalogue) -> DayPartials {
        let isOther = metrics.map { column in
            catalogue.metric(named: column.name).map { $0.bins != column.bins } ?? false
        }
        guard isOther.contains(true) else { return self }
        return DayPartials(
            day: day, metrics: zip(metrics, isOther).map { $1 ? Column(name: "", bins: $0.bins) : $0 },
            dimensions: dimensions, sizes: sizes, groups: groups, valuesLeftOut: valuesLeftOut, tallies: tallies,
            cells: cells, counts: heldCounts, sample: heldSample, areValuesHeld: areValuesHeld)
    }

    /// What is known about a metric in a group; nil if the group has no value of it.
    public func partial(metric: String, group: Group) -> Partial? {
        guard let row = places[group], let column = metrics.firstIndex(where: { $0.name == metric }) else {
            return nil
        }
        return partial(column: column, row: row)
    }

    /// Number, mean and power sums of a metric in a group, without unpacking its counts; nil if it has no value.
    public func moments(metric: String, group: Group) -> Moments? {
        guard let row = places[group], let column = metrics.firstIndex(where: { $0.name == metric }) else {
            return nil
        }
        return cells[row * metrics.count + column]?.moments
    }

    /// What the day says about a group, by the places of the metrics in `metrics`; nil if the group has no records.
    func groupDay(_ group: Group, columns: [Int?]) -> PartialTable.GroupDay? {
        guard let row = places[group], tallies[row].records > 0 else { return nil }
        let first = row * metrics.count
        return PartialTable.GroupDay(
            day: day, records: tallies[row].records,
            moments: columns.map { column in column.flatMap { cells[first + $0]?.moments } })
    }

    /// How many records a group has; 0 where there are none.
    public func recordCount(of group: Group = .all) -> Int { places[group].map { tallies[$0].records } ?? 0 }

    /// The records of a group by local hour, 24 of them; a record whose time has no clock part is in none.
    public func hourCounts(of group: Group = .all) -> [Int] {
        places[group].map { tallies[$0].hours } ?? Array(repeating: 0, count: 24)
    }

    /// The smallest rank that is not in the group's sample; nil when the sample is complete or the group is absent.
    func threshold(of group: Group) -> UInt64? { places[group].flatMap { tallies[$0].threshold } }

    /// The same day with no more than that at hand, in less memory. Pairs are as if the day had no records of them; to ask for
    /// counts or the sample of a day that does not have them is a mistake of the caller and ends the program.
    public func kept(_ detail: DayDetail) -> DayPartials {
        guard detail < .all else { return self }
        let kept = groups.prefix { !$0.isPair }.count
        let ends = heldCounts?.ends.prefix(kept * metrics.count) ?? []
        let counts = heldCounts.map { PackedCounts(bytes: Array($0.bytes.prefix(ends.last ?? 0)), ends: Array(ends)) }
        return DayPartials(
            day: day, metrics: metrics, dimensions: dimensions, sizes: sizes, groups: Array(groups.prefix(kept)),
            valuesLeftOut: valuesLeftOut, tallies: Array(tallies.prefix(kept)),
            cells: Array(cells.prefix(kept * metrics.count)), counts: detail < .counts ? nil : counts, sample: nil,
            areValuesHeld: areValuesHeld)
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
        guard let cell = cells[place] else { return nil }
        return Partial(
            missing: tallies[row].records - cell.moments.n, moments: cell.moments, minimum: cell.minimum,
            maximum: cell.maximum, counts: counts.unpacked(at: place, bins: Bins(metrics[column].bins)),
            areValuesHeld: areValuesHeld)
    }
}
