import GRDB
import Model
import Partials

import struct Foundation.Data

/// Rows of one delivery and table that are stored together.
struct Segment {
    /// Where rows stand in the order in which they replace each other.
    struct Place: Comparable {
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
}

/// Reads and writes segments.
struct SegmentStore {
    let db: Database
    let numbers: RecordCoding.ColumnNumbers

    /// Stores a batch, whose codes are the archive's.
    func write(_ batch: RecordBatch, delivery: Int64, table: Int, ordinal: Int, day: Int32?) throws {
        guard batch.count > 0 else { return }
        let framed = Frame.wrap(RecordCoding.encode(batch, numbers: numbers))
        try db.cachedStatement(
            sql: """
                INSERT INTO segments (delivery, table_name, table_place, ordinal, day, n, records)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [delivery, batch.table, table, ordinal, day, batch.count, Data(framed)])
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
        guard
            let framed = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT records FROM segments WHERE id = ?"), arguments: [segment.id])
        else { throw ArchiveError.damaged("a segment is missing") }
        let batch = try RecordCoding.decode(
            try Frame.unwrap([UInt8](framed)), table: segment.table, numbers: numbers)
        guard batch.count == segment.n else { throw ArchiveError.damaged("a segment has another number of rows") }
        return batch
    }

    func delete(_ segment: Segment) throws {
        try db.cachedStatement(sql: "DELETE FROM segments WHERE id = ?").execute(arguments: [segment.id])
    }
}
