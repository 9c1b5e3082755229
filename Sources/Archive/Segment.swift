import GRDB
import Model
import Partials

import struct Foundation.Data

/// Rows of one delivery and table that are stored together.
struct Segment {
    /// Where rows stand in the order in which they replace each other.
    struct Place: Comparable, Hashable {
        var asOf: Int32
        var delivery: Int64
        var table: Int
        var ordinal: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.asOf, left.delivery, left.table, left.ordinal)
                < (right.asOf, right.delivery, right.table, right.ordinal)
        }
    }

    let id: Int64
    let place: Place
    let table: String
    /// The day under which the rows are stored; nil while it is not known.
    let day: Int32?
    let n: Int

    /// The rows that stored bytes hold.
    func unpacked(_ framed: [UInt8], numbers: RecordCoding.ColumnNumbers) throws -> RecordBatch {
        let batch = try RecordCoding.decode(try Frame.unwrap(framed), table: table, numbers: numbers)
        guard batch.count == n else { throw ArchiveError.damaged("a segment has another number of rows") }
        return batch
    }
}

/// Rows that are to be stored as a segment; packing them needs nothing else and may be done anywhere.
public struct SegmentWork: Sendable {
    let batch: RecordBatch
    let delivery: Int64
    let table: Int
    let ordinal: Int
    let day: Int32?
    let numbers: RecordCoding.ColumnNumbers

    /// The rows as bytes. O(values).
    public func packed() -> PackedSegment {
        let (bytes, identity) = RecordCoding.encodeMarked(batch, numbers: numbers)
        return PackedSegment(
            delivery: delivery, name: batch.table, table: table, ordinal: ordinal, day: day, n: batch.count,
            records: Frame.wrap(bytes, bare: identity))
    }
}

/// A segment as it is stored.
public struct PackedSegment: Sendable {
    let delivery: Int64
    let name: String
    let table: Int
    let ordinal: Int
    let day: Int32?
    let n: Int
    let records: [UInt8]
}

/// Reads and writes segments.
struct SegmentStore {
    let db: Database
    let numbers: RecordCoding.ColumnNumbers

    /// Stores a batch, whose codes are the archive's.
    func write(_ batch: RecordBatch, delivery: Int64, table: Int, ordinal: Int, day: Int32?) throws {
        guard batch.count > 0 else { return }
        try write(
            SegmentWork(
                batch: batch, delivery: delivery, table: table, ordinal: ordinal, day: day, numbers: numbers
            ).packed())
    }

    func write(_ segment: PackedSegment) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO segments (delivery, table_name, table_place, ordinal, day, n, records)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            segment.delivery, segment.name, segment.table, segment.ordinal, segment.day, segment.n,
            Data(segment.records),
        ])
    }

    /// The live segments that a condition selects, in the order in which they replace each other.
    func find(_ condition: String, _ arguments: StatementArguments = []) throws -> [Segment] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT segments.id, as_of, delivery, table_place, ordinal, table_name, day, n
                FROM segments JOIN deliveries ON deliveries.id = delivery WHERE \(condition)
                """, arguments: arguments)
        return rows.map { row in
            Segment(
                id: row[0], place: .init(asOf: row[1], delivery: row[2], table: row[3], ordinal: row[4]),
                table: row[5], day: row[6], n: row[7])
        }.sorted { $0.place < $1.place }
    }

    func read(_ segment: Segment) throws -> RecordBatch {
        try segment.unpacked(bytes(of: segment), numbers: numbers)
    }

    /// The rows of a segment as they are stored.
    func bytes(of segment: Segment) throws -> [UInt8] {
        guard
            let framed = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT records FROM segments WHERE id = ?"), arguments: [segment.id])
        else { throw ArchiveError.damaged("a segment is missing") }
        return [UInt8](framed)
    }

    func delete(_ segment: Segment) throws {
        try db.cachedStatement(sql: "DELETE FROM segments WHERE id = ?").execute(arguments: [segment.id])
    }
}
