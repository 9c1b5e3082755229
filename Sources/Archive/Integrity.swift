import GRDB

extension Archive {
    /// Refuses an archive that another process is writing to; takes nothing itself.
    public static func requireFree(_ path: String) throws {
        let (isHeld, holder) = ArchiveLock.holder(of: path + ".lock")
        if isHeld { throw ArchiveError.locked(by: holder) }
    }

    /// Whether an earlier version wrote an archive, so that a build would migrate it.
    public static func isOfEarlierSchema(_ path: String) throws -> Bool {
        let queue = try open(path, isReadOnly: true)
        return try ArchiveError.translating { try Schema.isEarlier(queue) }
    }

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
