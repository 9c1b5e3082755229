import GRDB
import Model

import struct Foundation.Data

extension Archive {
    /// Whether a file with this SHA-256 is loaded.
    public func knows(sha256: [UInt8]) throws -> Bool {
        try access { db in
            try Int.fetchOne(
                db, sql: "SELECT 1 FROM delivery_files WHERE sha256 = ? AND is_live = 1",
                arguments: [Data(sha256)]) != nil
        }
    }

    /// Every delivery, those taken out again included, in the order of loading.
    public func deliveries() throws -> [Delivery] {
        try access { db in
            let rejects = try RejectStore(db).counts()
            let files = try Dictionary(
                grouping: Row.fetchAll(db, sql: "SELECT * FROM delivery_files ORDER BY id"),
                by: { $0["delivery"] as Int64 }
            ).mapValues { $0.map { Delivery.File($0, rejects: rejects) } }
            return try Row.fetchAll(db, sql: "SELECT * FROM deliveries ORDER BY id").map { row in
                Delivery(
                    id: row["id"], asOf: Day(number: row["as_of"]), isUndone: row["state"] == "undone",
                    files: files[row["id"]] ?? [], prunedRows: row["pruned_rows"],
                    counts: Delivery.Counts(
                        inserted: row["inserted"], replaced: row["replaced"], unchanged: row["unchanged"],
                        moved: row["moved"], pending: row["pending"]))
            }
        }
    }

    /// The refused rows and cells that were kept of a delivery, in the order of its files.
    public func rejects(delivery: Int64, limit: Int = 1_000) throws -> [Reject] {
        try access { try RejectStore($0).rejects(delivery: delivery, limit: limit) }
    }
}

extension Delivery.File {
    /// A row of `delivery_files`, with what was refused of each file.
    fileprivate init(_ row: Row, rejects: [Int64: [Delivery.RejectCount]]) {
        self.init(
            file: DeliveryFile(
                sha256: [UInt8](row["sha256"] as Data), name: row["name"], table: row["table_name"],
                bytes: row["bytes"]),
            rows: row["rows"], accepted: row["accepted"], rejects: rejects[row["id"]] ?? [],
            notes: (row["notes"] as String).split(separator: "\n").map(String.init))
    }
}

extension Archive {
    /// The newest day up to another one with a row of a table that holds, of those that a condition holds for; nil if there is none.
    func newestDay(in table: String, where condition: String = "TRUE", notAfter day: Day) throws -> Day? {
        try access { db in
            try Int32.fetchOne(
                db,
                sql: """
                    SELECT max(day) FROM \(table) JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' AND day <= ? AND \(condition)
                    """, arguments: [day.number]
            ).map { Day(number: $0) }
        }
    }
}
