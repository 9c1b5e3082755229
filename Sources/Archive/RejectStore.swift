import GRDB
import Model

/// Reads and writes what was refused.
struct RejectStore {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ rejects: [Reject], counts: [Delivery.RejectCount], file: Int64) throws {
        for count in counts {
            try db.cachedStatement(
                sql: "INSERT INTO reject_counts (file, cause, whole_row, n) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [file, count.cause.rawValue, count.isWholeRow, count.count])
        }
        for reject in rejects {
            try db.cachedStatement(
                sql: """
                    INSERT INTO rejects (file, line, position, column_name, cause, found, whole_row)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                file, reject.line, reject.position, reject.column?.storable, reject.cause.rawValue,
                reject.found.storable,
                reject.isWholeRow,
            ])
        }
    }

    /// What was refused of each file of which something was.
    func counts() throws -> [Int64: [Delivery.RejectCount]] {
        var counts: [Int64: [Delivery.RejectCount]] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT file, cause, whole_row, n FROM reject_counts ORDER BY file, cause, whole_row")
        while let row = try rows.next() {
            let count = Delivery.RejectCount(cause: try cause(row[1]), isWholeRow: row[2], count: row[3])
            counts[row[0], default: []].append(count)
        }
        return counts
    }

    func rejects(delivery: Int64, limit: Int) throws -> [Reject] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT name, line, column_name, cause, found, whole_row, position
                FROM rejects JOIN delivery_files ON delivery_files.id = file
                WHERE delivery = ? ORDER BY rejects.id LIMIT ?
                """, arguments: [delivery, limit]
        ).map { row in
            Reject(
                file: row[0], line: row[1], position: row[6], column: row[2], cause: try cause(row[3]), found: row[4],
                isWholeRow: row[5])
        }
    }

    private func cause(_ text: String) throws -> Reject.Cause {
        guard let cause = Reject.Cause(rawValue: text) else {
            throw ArchiveError.damaged("unknown cause of a reject: \(text)")
        }
        return cause
    }
}
