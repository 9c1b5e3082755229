import Model
import Partials

/// That a key was delivered for a day.
struct KeyEntry: Hashable {
    /// The key.
    var hash: UInt64
    /// The day, or `pending` for rows that came before their day was known.
    var day: Int32
    /// The chunk of keys that it was written with; chunks belong to deliveries.
    var chunk: Int32

    /// Stands for a day that is not known yet.
    static let pending = RecordBatch.noDay
}

/// Some thousand key entries as bytes, ascending by hash and, for one hash, in the order of delivery.
enum KeyPage {
    /// Entries of a full page; a page has some thirty kilobytes.
    static let capacity = 4096

    static func encode(_ entries: ArraySlice<KeyEntry>) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(entries.count)
        var last: UInt64 = 0
        var steps: [Int64] = []
        steps.reserveCapacity(entries.count)
        for entry in entries {
            steps.append(Int64(bitPattern: entry.hash &- last))
            last = entry.hash
        }
        // The first hash is far from 0; on its own it does not widen the steps.
        writer.write(fixed: entries.first?.hash ?? 0)
        IntegerCoding.write(Array(steps.dropFirst()), to: &writer)
        IntegerCoding.write(entries.map { Int64($0.day) }, to: &writer)
        IntegerCoding.write(entries.map { Int64($0.chunk) }, to: &writer)
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [KeyEntry] {
        var reader = ByteReader(bytes)
        let count = try reader.count(atMost: capacity)
        guard count > 0 else { throw DecodingFailure.invalid("empty page of keys") }
        var hash = try reader.fixed()
        let steps = try IntegerCoding.read(count: count - 1, from: &reader)
        let days = try IntegerCoding.read(count: count, from: &reader)
        let chunks = try IntegerCoding.read(count: count, from: &reader)
        guard reader.isAtEnd else { throw DecodingFailure.invalid("bytes after a page of keys") }
        var entries: [KeyEntry] = []
        entries.reserveCapacity(count)
        for index in 0..<count {
            if index > 0 { hash = hash &+ UInt64(bitPattern: steps[index - 1]) }
            guard let day = Int32(exactly: days[index]), let chunk = Int32(exactly: chunks[index]) else {
                throw DecodingFailure.invalid("entry of a key")
            }
            entries.append(KeyEntry(hash: hash, day: day, chunk: chunk))
        }
        return entries
    }
}
