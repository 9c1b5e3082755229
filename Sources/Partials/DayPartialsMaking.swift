import Model
import Statistics

extension DayPartials {
    /// The partials of the records of one day.
    ///
    /// Each key stands once. The result does not depend on the order of the records. O(n · metrics · (1 + dimensions +
    /// pairs)); each metric is quantised once and then counted per group.
    public static func make(
        day: Day, records: RecordBatch, catalogue: Catalogue, sizes: SampleSizes = .standard
    ) -> DayPartials {
        let order = KeyOrder.ascending(records.keys.map { KeyRank.of($0) })
        let divided = DayGroupings(records, order: order, catalogue: catalogue, limit: sizes.valuesPerDimension)
        let members = divided.members
        let (cells, counts) = count(records, order: order, members: members, catalogue: catalogue)
        let minutes = order.map { records.minutes[Int($0)] }
        let ranked = order.map { KeyRank.of(records.keys[Int($0)]) }
        var chosen = SampleChoice(count: order.count, sizes: sizes)
        let tallies = members.map { member in
            Tally(
                records: member.order.count, hours: hours(of: member.order, minutes: minutes),
                threshold: chosen.choose(member.order, from: ranked, isAll: member.group == .all))
        }
        return DayPartials(
            day: day,
            shape: DayShape(
                metrics: catalogue.metrics.map { Column(name: $0.name, bins: $0.bins) },
                dimensions: catalogue.dimensions.map(\.name), sizes: sizes, groups: members.map(\.group)),
            valuesLeftOut: divided.valuesLeftOut, tallies: tallies, cells: cells, counts: counts,
            sample: PackedSample(sampled(records.rows(chosen.places.map { order[$0] }), on: day)))
    }

    /// The cells of every group and metric, group by group.
    private static func count(
        _ records: RecordBatch, order: [Int32], members: [GroupMembers], catalogue: Catalogue
    ) -> ([Cell?], PackedCounts) {
        var counter = CellCounter(records: order.count)
        var table = DistinctTable()
        let width = catalogue.metrics.count
        var cells = [Cell?](repeating: nil, count: members.count * width)
        var ranges = [Range<Int>](repeating: 0..<0, count: cells.count)
        var writer = ByteWriter()
        for (number, metric) in catalogue.metrics.enumerated() {
            guard let column = records.metrics[number],
                let quantised = QuantisedColumn(
                    order.map { column[Int($0)] }, bins: Bins(metric.bins), table: &table)
            else { continue }
            for (row, member) in members.enumerated() {
                let start = writer.bytes.count
                cells[row * width + number] = counter.cell(of: quantised, order: member.order, to: &writer)
                ranges[row * width + number] = start..<writer.bytes.count
            }
        }
        return (cells, PackedCounts(gathering: writer.bytes, ranges))
    }

    private static func hours(of order: ArraySlice<Int32>, minutes: [Int16]) -> [Int] {
        var hours = [Int](repeating: 0, count: 24)
        for place in order {
            let minute = Int(minutes[Int(place)])
            if (0..<1440).contains(minute) { hours[minute / 60] += 1 }
        }
        return hours
    }

    /// Sampled records with the day of the partials and with every column present.
    static func sampled(_ records: RecordBatch, on day: Day) -> RecordBatch {
        var whole = records
        whole.table = ""
        whole.days = Array(repeating: day.number, count: records.count)
        for place in whole.metrics.indices where whole.metrics[place] == nil {
            whole.metrics[place] = Array(repeating: .nan, count: records.count)
        }
        for place in whole.dimensions.indices where whole.dimensions[place] == nil {
            whole.dimensions[place] = Array(repeating: 0, count: records.count)
        }
        return whole
    }
}

/// A group and its records, as places in the order of ranks.
struct GroupMembers {
    let group: Group
    let order: ArraySlice<Int32>
}

extension DayGroupings {
    /// Every group that has records, ascending; all records stand first even when there are none.
    var members: [GroupMembers] {
        groupings.flatMap { grouping in
            grouping.groups.enumerated().map { number, group in
                GroupMembers(group: group, order: grouping.order[grouping.range(number)])
            }
        }.sorted { $0.group < $1.group }
    }
}

extension PackedCounts {
    /// Cells in another order than that in which they were written.
    init(gathering bytes: [UInt8], _ ranges: [Range<Int>]) {
        var ordered: [UInt8] = []
        ordered.reserveCapacity(bytes.count)
        var ends: [Int] = []
        for range in ranges {
            ordered += bytes[range]
            ends.append(ordered.count)
        }
        self.init(bytes: ordered, ends: ends)
    }
}
