import Model
import Statistics

extension DayPartials {
    static let version: UInt8 = 1

    /// The partials as bytes; equal partials give equal bytes on every machine.
    public func encoded() -> EncodedDay {
        var writer = ByteWriter()
        writer.write(byte: Self.version)
        writer.write(signed: Int64(day.number))
        writeColumns(to: &writer)
        writer.write(groups.count)
        for (group, tally) in zip(groups, tallies) {
            writer.write(group)
            write(tally, to: &writer)
        }
        for (place, cell) in cells.enumerated() {
            writer.write(counts.range(at: place).count)
            guard let cell else { continue }
            writer.write(cell.moments.n)
            for number in [
                cell.moments.mean, cell.moments.m2, cell.moments.m3, cell.moments.m4, cell.minimum, cell.maximum,
            ] {
                writer.write(number)
            }
        }
        return EncodedDay(cells: writer.bytes, counts: counts.bytes, sample: sample.bytes)
    }

    private func writeColumns(to writer: inout ByteWriter) {
        writer.write(sizes.all)
        writer.write(sizes.group)
        writer.write(sizes.valuesPerDimension)
        writer.write(metrics.count)
        for metric in metrics {
            writer.write(metric.name)
            writer.write(metric.bins)
        }
        writer.write(dimensions.count)
        for (name, leftOut) in zip(dimensions, valuesLeftOut) {
            writer.write(name)
            writer.write(leftOut)
        }
    }

    private func write(_ tally: Tally, to writer: inout ByteWriter) {
        writer.write(tally.records)
        for count in tally.hours { writer.write(count) }
        writer.write(byte: tally.threshold == nil ? 0 : 1)
        if let threshold = tally.threshold { writer.write(fixed: threshold) }
    }
}
