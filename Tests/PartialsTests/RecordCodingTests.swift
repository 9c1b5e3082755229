import Model
import Partials
import Statistics
import Testing

@Suite struct RecordCodingTests {
    static let hostile = [
        "", "a", "0", "007", "12", "3b0d2a52-52d6-4b61-8a5c-0f1f6f2f9d3e", "x\u{0}y", "'; DROP TABLE segments;--",
        "<script>alert(1)</script>", "../../etc/passwd", "\u{202E}evil", "\u{1F600}\u{1F3FD}", "a,b\"c\nd", "1e5", "-3",
        String(repeating: "long", count: 500),
    ]

    @Test(arguments: [
        hostile, Array(hostile.reversed()), ["s-001", "s-002", "s-100"], ["s1", "s20", "s3"], ["s01", "s1"],
        ["7", "7", "7"], ["3b0d2a52-52d6-4b61-8a5c-0f1f6f2f9d3e", "00000000-0000-0000-0000-000000000000"],
        ["3B0D2A52-52D6-4B61-8A5C-0F1F6F2F9D3E"], ["3b0d2a52-52d6-4b61-8a5c_0f1f6f2f9d3e"],
        ["99999999999999999999", "99999999999999999998"], ["", ""], ["s099ec6cd7363ca5", "sb9f24f7bae4a658"],
        ["s099ec6cd7363ca5", "sb9f24f7bae4a6586"], ["ab0f", "ab0F"], ["ab", "cd"], ["a", "f"], ["xa0g", "xa0b"],
    ]) func idsComeBackByteForByte(ids: [String]) throws {
        var batch = RecordBatch(table: "t", catalogue: SmallDay.catalogue)
        for (row, id) in ids.enumerated() { batch.append(id: id, key: UInt64(row)) }
        #expect(try roundTrip(batch) == batch)
    }

    @Test(arguments: [
        [0], [0.1, 0.25, 1], [.nan], [.nan, 1.5, .nan], [1e15, 1], [1e300, -1e-300], [0.1234567],
        [4503599627370497.5], [.greatestFiniteMagnitude, .leastNonzeroMagnitude], [-1, -0.5, 0.000001],
        [9007199254740992, 0.5], [123456.789012], [Double.pi], [1, 2, 3, .nan, 5, 6, 7, 8, .nan],
    ]) func numbersComeBackExactly(values: [Double]) throws {
        var batch = RecordBatch(table: "t", catalogue: SmallDay.catalogue)
        for row in values.indices { batch.append(id: "\(row)", key: UInt64(row)) }
        batch.metrics[1] = values
        let decoded = try #require(try roundTrip(batch).metrics[1])
        #expect(decoded.map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test(arguments: 0..<20) func anyRecordsComeBack(seed: UInt64) throws {
        let batch = SmallDay.records(Int(seed * seed), seed: seed)
        let decoded = try roundTrip(batch)
        #expect(decoded.keys == batch.keys)
        #expect(decoded.ids == batch.ids)
        #expect(decoded.times == batch.times)
        #expect(decoded.minutes == batch.minutes)
        #expect(decoded.dimensions == batch.dimensions)
        #expect(decoded.metrics.map { $0?.map(\.bitPattern) } == batch.metrics.map { $0?.map(\.bitPattern) })
    }

    @Test func absentColumnsStayAbsentAndUnknownOnesAreLeftOut() throws {
        var batch = RecordBatch(table: "t", catalogue: SmallDay.catalogue)
        batch.append(id: "a", key: 1)
        batch.metrics[0] = [0.5]
        batch.metrics[2] = [.nan]
        let bytes = RecordCoding.encode(batch, numbers: .init(metrics: [7, 8, 9], dimensions: [1, 2]))
        let decoded = try RecordCoding.decode(
            bytes, table: "t", numbers: .init(metrics: [9, 8, 100], dimensions: [1, 2]))
        #expect(decoded.metrics[0]?.first?.isNaN == true)
        #expect(decoded.metrics[1] == nil)
        #expect(decoded.metrics[2] == nil)
        #expect(decoded.dimensions == [nil, nil])
    }

    @Test(arguments: [
        [Int64.min, .max, 0], [.min], [], [5, 5, 5], [1, 2, 3, 4], [0, 1 << 40, 1 << 41], [.max, .min, .max],
        [-1, 1, -1, 300], [0, 65_535], [0, 65_536], [0, 1 << 24],
    ]) func integersComeBack(values: [Int64]) throws {
        for allowingSteps in [false, true] {
            var writer = ByteWriter()
            IntegerCoding.write(values, allowingSteps: allowingSteps, to: &writer)
            var reader = ByteReader(writer.bytes)
            #expect(try IntegerCoding.read(count: values.count, from: &reader) == values)
            #expect(reader.isAtEnd)
        }
    }

    /// A thousand records in a million: what the widths save. 8 keys + 2 scores + 8 latencies + 1 + 1 + 1 + id and time.
    @Test func columnsTakeTheirSmallestWidth() {
        let bytes = RecordCoding.encode(
            SmallDay.records(1000, seed: 1), numbers: .init(of: SmallDay.catalogue))
        #expect(bytes.count < 1000 * 27)
    }

    /// Every prefix and every changed byte is refused or decodes to some batch; nothing crashes or asks for the moon.
    @Test func damagedBytesAreRefusedOrHarmless() throws {
        let numbers = RecordCoding.ColumnNumbers(of: SmallDay.catalogue)
        let bytes = RecordCoding.encode(SmallDay.records(20, seed: 2), numbers: numbers)
        for length in 0..<bytes.count {
            #expect(throws: DecodingFailure.self) {
                try RecordCoding.decode(Array(bytes.prefix(length)), table: "t", numbers: numbers)
            }
        }
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            let decoded = try? RecordCoding.decode(damaged, table: "t", numbers: numbers)  // either is fine
            if let decoded { #expect(decoded.count <= bytes.count) }
        }
    }

    private func roundTrip(_ batch: RecordBatch) throws -> RecordBatch {
        let numbers = RecordCoding.ColumnNumbers(of: SmallDay.catalogue)
        return try RecordCoding.decode(
            RecordCoding.encode(batch, numbers: numbers), table: batch.table, numbers: numbers)
    }
}

extension RecordBatch {
    /// Adds a row without metrics.
    fileprivate mutating func append(id: String, key: UInt64) {
        keys.append(key)
        ids.append(id.utf8)
        times.append(RecordBatch.noTime)
        days.append(RecordBatch.noDay)
        minutes.append(RecordBatch.noMinute)
    }
}
