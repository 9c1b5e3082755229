import Model
import Statistics

/// Why the partials of two parts of a day cannot be added.
public enum MergeFailure: Error, Sendable, Hashable {
    /// They are of different days.
    case differentDays
    /// They were made for other metrics, bins, dimensions or sample sizes.
    case differentCatalogues
    /// One of them left values of this dimension out, so the sum would not be of all records.
    case valuesLeftOut(dimension: String)
}

extension DayPartials {
    /// The partials of the records of both parts, which must be disjoint (shards of one day).
    ///
    /// The same as making them from all records at once, up to the rounding of moments.
    public func merged(with other: DayPartials) throws(MergeFailure) -> DayPartials {
        guard day == other.day else { throw .differentDays }
        guard metrics == other.metrics, dimensions == other.dimensions, sizes == other.sizes else {
            throw .differentCatalogues
        }
        for (name, leftOut) in zip(dimensions, zip(valuesLeftOut, other.valuesLeftOut)) where leftOut != (0, 0) {
            throw .valuesLeftOut(dimension: name)
        }
        let union = Set(groups).union(other.groups).sorted()
        var cells: [Cell?] = []
        var writer = ByteWriter()
        var ends: [Int] = []
        for group in union {
            for metric in metrics {
                let parts = [self, other].compactMap { $0.partial(metric: metric.name, group: group) }
                cells.append(DayPartials.cell(adding: parts, to: &writer))
                ends.append(writer.bytes.count)
            }
        }
        let (sample, thresholds) = mergedSample(with: other, groups: union)
        let tallies = zip(union, thresholds).map { group, threshold in
            Tally(
                records: recordCount(of: group) + other.recordCount(of: group),
                hours: zip(hourCounts(of: group), other.hourCounts(of: group)).map { $0 + $1 }, threshold: threshold)
        }
        return DayPartials(
            day: day, shape: DayShape(metrics: metrics, dimensions: dimensions, sizes: sizes, groups: union),
            valuesLeftOut: valuesLeftOut, tallies: tallies, cells: cells,
            counts: PackedCounts(bytes: writer.bytes, ends: ends), sample: sample)
    }

    private static func cell(adding parts: [Partial], to writer: inout ByteWriter) -> Cell? {
        guard let first = parts.first else { return nil }
        let sum = parts.dropFirst().reduce(first) { $0.merged(with: $1) }
        CountsCoding.write(sum.counts, to: &writer)
        return Cell(moments: sum.moments, minimum: sum.minimum, maximum: sum.maximum)
    }

    private func mergedSample(with other: DayPartials, groups: [Group]) -> (PackedSample, [UInt64?]) {
        var columns = SampleColumns(metrics: metrics.map(\.name), dimensions: dimensions)
        for part in [self, other] {
            columns.append(
                part.sample.unpacked(metrics: metrics.count, dimensions: dimensions.count), of: part)
        }
        let order = KeyOrder.ascending(columns.records.keys.map { KeyRank.of($0) })
        let records = columns.records.rows(order)
        let ranks = records.keys.map { KeyRank.of($0) }
        var choice = SampleChoice(count: records.count, sizes: sizes)
        let thresholds = groups.map { group in
            let accepts = group.membership(in: records, dimensions: dimensions)
            let members = (0..<Int32(records.count)).filter { accepts(Int($0)) }
            let limit = [threshold(of: group), other.threshold(of: group)].compactMap { $0 }.min()
            return choice.choose(members[...], from: ranks, isAll: group == .all, limit: limit)
        }
        return (PackedSample(records.rows(choice.places.map { Int32($0) })), thresholds)
    }
}
