import Model

/// Records as bytes, column by column, each at the smallest width; what day partials keep and the archive stores.
///
/// Layout: version 1, number of records, keys, ids, times, days, minutes, metric columns with their numbers, dimension
/// columns with theirs. Which metric a number means is up to the caller, so that columns can be added and dropped.
/// Dictionaries are not written. −0 comes back as 0.
public enum RecordCoding {
    private static let version: UInt8 = 1

    /// The number of each column of a catalogue within an encoding.
    public struct ColumnNumbers: Sendable, Hashable {
        /// For each metric.
        public let metrics: [Int]
        /// For each dimension.
        public let dimensions: [Int]

        /// Names the columns; numbers are not negative and distinct.
        public init(metrics: [Int], dimensions: [Int]) {
            self.metrics = metrics
            self.dimensions = dimensions
        }

        /// Every column at its own place.
        public init(of catalogue: Catalogue) {
            self.init(metrics: Array(catalogue.metrics.indices), dimensions: Array(catalogue.dimensions.indices))
        }
    }

    /// The bytes of a batch.
    public static func encode(_ batch: RecordBatch, numbers: ColumnNumbers) -> [UInt8] {
        encodeMarked(batch, numbers: numbers).bytes
    }

    /// The bytes of a batch, and how many of the first ones are keys and ids, which do not shrink when they are packed.
    public static func encodeMarked(
        _ batch: RecordBatch, numbers: ColumnNumbers
    ) -> (bytes: [UInt8], identity: Int) {
        var writer = ByteWriter()
        writer.write(byte: version)
        writer.write(batch.count)
        IntegerCoding.write(fixed: batch.keys, to: &writer)
        let keysEnd = writer.bytes.count
        IdCoding.write(batch.ids, to: &writer)
        let isPacked = batch.ids.bytes.count >= 2 * (writer.bytes.count - keysEnd)
        let identity = isPacked ? writer.bytes.count : keysEnd
        writeTimes(batch.times, to: &writer)
        IntegerCoding.write(batch.days.map { Int64($0) }, to: &writer)
        IntegerCoding.write(batch.minutes.map { Int64($0) }, to: &writer)
        let metrics = zip(numbers.metrics, batch.metrics).compactMap { number, column in column.map { (number, $0) } }
        writer.write(metrics.count)
        for (number, column) in metrics {
            writer.write(number)
            NumberCoding.write(column, to: &writer)
        }
        let dimensions = zip(numbers.dimensions, batch.dimensions).compactMap { number, column in
            column.map { (number, $0) }
        }
        writer.write(dimensions.count)
        for (number, column) in dimensions {
            writer.write(number)
            IntegerCoding.write(column.map { Int64($0) }, to: &writer)
        }
        return (writer.bytes, identity)
    }

    /// The batch of bytes; columns with numbers that are not asked for are left out, others that are not there absent.
    public static func decode(
        _ bytes: [UInt8], table: String, numbers: ColumnNumbers
    ) throws(DecodingFailure) -> RecordBatch {
        var reader = ByteReader(bytes)
        let batch = try decode(from: &reader, table: table, numbers: numbers)
        guard reader.isAtEnd else { throw .invalid("bytes after the last column") }
        return batch
    }

    /// - Parameter withIds: Whether ids are wanted; they are most of the work where records have few metrics.
    static func decode(
        from reader: inout ByteReader, table: String, numbers: ColumnNumbers, withIds: Bool = true
    ) throws(DecodingFailure) -> RecordBatch {
        let found = try reader.byte()
        guard found == version else { throw .unknownVersion(found) }
        // A key has eight bytes, which bounds what a damaged number can ask for.
        let count = try reader.count(atMost: (reader.end - reader.position) / 8)
        var batch = RecordBatch(table: table, numbers: numbers)
        batch.keys = try IntegerCoding.readFixed(count: count, from: &reader)
        if withIds {
            batch.ids = try IdCoding.read(count: count, from: &reader)
        } else {
            try IdCoding.skip(count: count, in: &reader)
        }
        batch.times = try readTimes(count, from: &reader)
        batch.days = try narrowed(try IntegerCoding.read(count: count, from: &reader), "day")
        batch.minutes = try narrowed(try IntegerCoding.read(count: count, from: &reader), "minute")
        for _ in 0..<(try reader.count(atMost: 1 << 20)) {
            let number = try reader.count()
            let column = try NumberCoding.read(count: count, from: &reader)
            if let place = numbers.metrics.firstIndex(of: number) { batch.metrics[place] = column }
        }
        for _ in 0..<(try reader.count(atMost: 1 << 20)) {
            let number = try reader.count()
            let column: [UInt32] = try narrowed(try IntegerCoding.read(count: count, from: &reader), "code")
            if let place = numbers.dimensions.firstIndex(of: number) { batch.dimensions[place] = column }
        }
        return batch
    }

    /// Times in the coarsest of seconds, milliseconds and microseconds that is exact.
    private static func writeTimes(_ times: [Int64], to writer: inout ByteWriter) {
        let isSeconds = times.allSatisfy { $0 % 1_000_000 == 0 }
        let isMilliseconds = isSeconds || times.allSatisfy { $0 % 1_000 == 0 }
        let unit: Int64 = isSeconds ? 1_000_000 : isMilliseconds ? 1_000 : 1
        writer.write(byte: isSeconds ? 2 : isMilliseconds ? 1 : 0)
        IntegerCoding.write(unit == 1 ? times : times.map { $0 / unit }, allowingSteps: true, to: &writer)
    }

    private static func readTimes(_ count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> [Int64] {
        let code = try reader.byte()
        guard code <= 2 else { throw .invalid("unit of times") }
        let unit: Int64 = code == 2 ? 1_000_000 : code == 1 ? 1_000 : 1
        let values = try IntegerCoding.read(count: count, from: &reader)
        return unit == 1 ? values : values.map { $0 &* unit }
    }

    private static func narrowed<Narrow: FixedWidthInteger>(
        _ values: [Int64], _ name: String
    ) throws(DecodingFailure) -> [Narrow] {
        guard values.allSatisfy({ Narrow(exactly: $0) != nil }) else { throw .invalid(name) }
        return values.map { Narrow(truncatingIfNeeded: $0) }
    }
}

extension RecordBatch {
    /// An empty batch with as many columns as have numbers, all absent.
    init(table: String, numbers: RecordCoding.ColumnNumbers) {
        self.init(table: table, metrics: numbers.metrics.count, dimensions: numbers.dimensions.count)
    }
}
