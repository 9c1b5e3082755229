import GRDB

extension Archive {
    /// Lets SQLite check the file; `full` also compares indexes with their tables, which reads everything.
    ///
    /// - Throws: `ArchiveError.damaged` with what it found.
    public func checkIntegrity(full: Bool) throws {
        try access { db in
            let found = try String.fetchAll(db, sql: full ? "PRAGMA integrity_check" : "PRAGMA quick_check")
            guard found == ["ok"] else { throw ArchiveError.damaged(found.prefix(5).joined(separator: "; ")) }
            let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
            guard orphans == 0 else { throw ArchiveError.damaged("\(orphans) rows refer to rows that are gone") }
        }
    }
}
