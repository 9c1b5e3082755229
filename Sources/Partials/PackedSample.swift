import Model

/// The records that the samples of a day share, packed: for each dimension the texts of its codes, then the records.
///
/// The sample of one group is those of its records with ranks below its threshold; the others belong to other groups.
struct PackedSample: Sendable, Hashable {
    private(set) var bytes: [UInt8]

    /// Packs records in the order of their ranks, with only the texts that occur, in the order of their bytes.
    init(_ records: RecordBatch) {
        var tidy = records
        var writer = ByteWriter()
        for dimension in records.dimensions.indices {
            let (texts, codes) = PackedSample.tidied(
                records.dimensions[dimension] ?? [], records.dictionaries[dimension])
            if records.dimensions[dimension] != nil { tidy.dimensions[dimension] = codes }
            writer.write(texts.count)
            for text in texts { writer.write(text) }
        }
        let numbers = RecordCoding.ColumnNumbers(
            metrics: Array(tidy.metrics.indices), dimensions: Array(tidy.dimensions.indices))
        writer.write(raw: RecordCoding.encode(tidy, numbers: numbers))
        bytes = writer.bytes
    }

    /// Checks what an encoding holds.
    init(checking bytes: [UInt8], metrics: Int, dimensions: Int) throws(DecodingFailure) {
        self.bytes = bytes
        _ = try PackedSample.read(bytes, metrics: metrics, dimensions: dimensions)
    }

    /// Bytes that are known to be what was written.
    init(trusted bytes: [UInt8]) { self.bytes = bytes }

    /// The records, in the order of their ranks.
    func unpacked(metrics: Int, dimensions: Int, withIds: Bool = true) -> RecordBatch {
        do {
            return try PackedSample.read(bytes, metrics: metrics, dimensions: dimensions, withIds: withIds)
        } catch {
            preconditionFailure("a packed sample does not unpack: \(error)")  // written by us or checked when decoded
        }
    }

    private static func read(
        _ bytes: [UInt8], metrics: Int, dimensions: Int, withIds: Bool = true
    ) throws(DecodingFailure) -> RecordBatch {
        var reader = ByteReader(bytes)
        var dictionaries: [[String]] = []
        for _ in 0..<dimensions {
            var texts = [""]
            for _ in 0..<(try reader.count(atMost: reader.end - reader.position)) { texts.append(try reader.text()) }
            dictionaries.append(texts)
        }
        let numbers = RecordCoding.ColumnNumbers(metrics: Array(0..<metrics), dimensions: Array(0..<dimensions))
        var records = try RecordCoding.decode(from: &reader, table: "", numbers: numbers, withIds: withIds)
        guard reader.isAtEnd else { throw .invalid("bytes after the sample") }
        records.dictionaries = dictionaries
        for dimension in 0..<dimensions {
            let known = dictionaries[dimension].count
            guard records.dimensions[dimension]?.allSatisfy({ $0 < known }) ?? true else { throw .invalid("code") }
        }
        return records
    }

    /// The texts that occur, ascending, and the codes that point into them (from 1; 0 stays missing).
    private static func tidied(_ codes: [UInt32], _ dictionary: [String]) -> (texts: [String], codes: [UInt32]) {
        let used = Set(codes).subtracting([0])
        let sorted = used.sorted { dictionary[Int($0)].utf8.lexicographicallyPrecedes(dictionary[Int($1)].utf8) }
        var places: [UInt32: UInt32] = [0: 0]
        for (place, code) in sorted.enumerated() { places[code] = UInt32(place) + 1 }
        return (sorted.map { dictionary[Int($0)] }, codes.map { places[$0] ?? 0 })
    }
}
