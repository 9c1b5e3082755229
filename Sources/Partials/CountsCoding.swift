import Statistics

/// The counts of one cell as bytes: mode, number of entries, then ascending values or bins as steps, then counts.
///
/// Mode 0 to 6: exact values with that many decimal places; 7: exact values as bits; 8: bins.
enum CountsCoding {
    private static let bits: UInt8 = 7
    private static let binned: UInt8 = 8

    static func write(_ counts: BinnedCounts, to writer: inout ByteWriter) {
        switch counts.content {
        case .exact(let values, let numbers): write(values: values, counts: numbers, to: &writer)
        case .binned(let indices, let numbers): write(indices: indices, counts: numbers, to: &writer)
        }
    }

    static func write(values: [Double], counts: [Int], to writer: inout ByteWriter) {
        let places = NumberCoding.decimalPlaces(values)
        writer.write(byte: places.map { UInt8($0) } ?? bits)
        writer.write(values.count)
        if let places {
            write(ascending: NumberCoding.integers(values, places: places), counts, to: &writer)
        } else {
            for value in values { writer.write(value) }
            for count in counts { writer.write(count) }
        }
    }

    static func write(indices: [Int32], counts: [Int], to writer: inout ByteWriter) {
        writer.write(byte: binned)
        writer.write(indices.count)
        write(ascending: indices.map { Int64($0) }, counts, to: &writer)
    }

    /// The first number, the steps to the others, then the counts.
    private static func write(ascending: [Int64], _ counts: [Int], to writer: inout ByteWriter) {
        guard let first = ascending.first else { return }
        writer.write(signed: first)
        writer.write(upTo: 20 * counts.count) { cursor in
            var last = first
            for value in ascending.dropFirst() {
                cursor.put(UInt64(bitPattern: value &- last))
                last = value
            }
            for count in counts { cursor.put(UInt64(count)) }
        }
    }

    static func read(bins: Bins, from reader: inout ByteReader) throws(DecodingFailure) -> BinnedCounts {
        let mode = try reader.byte()
        guard mode <= binned else { throw .invalid("mode of counts") }
        let entries = try reader.count(atMost: reader.end - reader.position)
        let content: BinnedCounts.Content
        switch mode {
        case bits:
            var values: [Double] = []
            for _ in 0..<entries { values.append(try reader.double()) }
            content = .exact(values: values, counts: try readCounts(entries, from: &reader))
        case binned:
            var indices: [Int32] = []
            indices.reserveCapacity(entries)
            for step in try readSteps(entries, from: &reader) {
                guard let index = Int32(exactly: step) else { throw .invalid("number of a bin") }
                indices.append(index)
            }
            content = .binned(indices: indices, counts: try readCounts(entries, from: &reader))
        default:
            let values = NumberCoding.doubles(try readSteps(entries, from: &reader), places: Int(mode))
            content = .exact(values: values, counts: try readCounts(entries, from: &reader))
        }
        guard let counts = BinnedCounts(bins: bins, content: content) else { throw .invalid("counts of a cell") }
        return counts
    }

    private static func readSteps(_ count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> [Int64] {
        var values: [Int64] = []
        guard count > 0 else { return values }
        values.reserveCapacity(count)
        var last = try reader.signed()
        values.append(last)
        for step in try reader.numbers(count - 1) {
            last = last &+ Int64(bitPattern: step)
            values.append(last)
        }
        return values
    }

    private static func readCounts(_ count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> [Int] {
        // What does not fit turns negative and is refused with the other counts that cannot be true.
        try reader.numbers(count).map { Int(truncatingIfNeeded: $0) }
    }
}
