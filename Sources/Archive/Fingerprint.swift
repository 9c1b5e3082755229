import Crypto
import GRDB
import Partials

import struct Foundation.Data

/// A SHA-256 that is fed with values: each is written with its type and length, so that no two lists of values meet.
struct Fingerprint {
    private var hash = SHA256()

    mutating func add(_ bytes: [UInt8]) {
        var writer = ByteWriter()
        writer.write(bytes.count)
        hash.update(data: writer.bytes)
        hash.update(data: bytes)
    }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    /// Every column of a row, in its order.
    mutating func add(_ row: Row) {
        for (_, value) in row {
            switch value.storage {
            case .null: add([0])
            case .int64(let number): add("i\(number)")
            case .double(let number): add("d\(number.bitPattern)")
            case .string(let text): add("s" + text)
            case .blob(let data): add([1] + [UInt8](data))
            }
        }
    }

    /// The 32 bytes.
    var bytes: [UInt8] { Array(hash.finalize()) }

    static func of(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}

extension Archive {
    /// What stands for a table where its rows are too many or too long to be read: columns that change with them.
    private static let shorthand: [String: String?] = [
        "day_partials": "SELECT day, hash FROM day_partials ORDER BY day",
        "runs": "SELECT id, sequence, as_of, length(summary), manifest_hash FROM runs ORDER BY id",
        // Rows in them come and go with deliveries, which are read whole.
        "segments": nil, "key_chunks": nil, "key_runs": nil, "key_pages": nil, "strays": nil, "rejects": nil,
        "reject_counts": nil, "learning_sessions": nil, "dimension_values": nil, "sqlite_sequence": nil,
        "sqlite_stat1": nil,
        // Made of the rows of learners, and made again where they are gone.
        "kept_learners": nil, "changed_learners": nil, "kept_learning_days": nil,
        // Which files are read depends on them, but not what a report says.
        "held_files": nil, "unnoted_tables": nil, "known_ids": nil, "stopped_deliveries": nil,
    ]

    /// A SHA-256 over everything in the archive that a report depends on: equal ones give equal reports.
    ///
    /// Tables that are not known here are read whole, so that a later schema cannot be forgotten. O(deliveries + days).
    public func fingerprint() throws -> [UInt8] {
        try access { db in
            var fingerprint = Fingerprint()
            for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
            {
                let columns = try db.columns(in: table).count
                let order = (1...max(1, columns)).map(String.init).joined(separator: ", ")
                guard
                    let sql = Archive.shorthand[table]
                        ?? "SELECT * FROM \(table.quotedDatabaseIdentifier) ORDER BY \(order)"
                else { continue }
                fingerprint.add(table)
                let rows = try Row.fetchCursor(db, sql: sql)
                while let row = try rows.next() { fingerprint.add(row) }
            }
            return fingerprint.bytes
        }
    }
}
