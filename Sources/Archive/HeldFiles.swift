import GRDB

import struct Foundation.Data

/// What each name of a file last held, and whether a file that is offered brings anything.
///
/// 1. Under a name that last held other bytes a file is new content, whatever was loaded before: an export that was corrected and
///    is corrected back, or a withdrawal that is repeated.
/// 2. Bytes that are known under another name alone change nothing: a folder was renamed or copied. Where the newest statement
///    counts they are read if the newest file of the table holds others, or if their name has another day than before.
/// 3. What its name holds still is never read again, nor is what was taken out, unless it is taken back.
///
/// Names that several files of one delivery share tell nothing; known bytes change nothing there.
struct HeldFiles {
    private let db: Database
    /// Tables whose copies earlier programs did not note: their names are only noted this time.
    private let unnoted: Set<String>

    init(_ db: Database) throws {
        self.db = db
        unnoted = try Set(String.fetchAll(db, sql: "SELECT table_name FROM unnoted_tables"))
    }

    /// What is to be done with a file.
    enum Verdict {
        /// It is read.
        case new
        /// It changes nothing.
        case known
        /// It changes nothing because its name is shared; under a name of its own it would be read.
        case sharedName
        /// It was taken out and stays out.
        case takenOut
    }

    func verdict(on file: DeliveryFile, isNameless: Bool, takesBack: Bool) throws -> Verdict {
        let hash = Data(file.sha256)
        let isLive = try has("sha256 = ? AND is_live = 1", [hash])
        let held = isNameless ? nil : try held(file.name)
        if held == hash {
            let own = try Bool.fetchOne(
                db.cachedStatement(
                    sql: "SELECT is_live FROM delivery_files WHERE name = ? AND sha256 = ? ORDER BY id DESC LIMIT 1"),
                arguments: [file.name.storable, hash])
            if own ?? isLive { return .known }
            return takesBack ? .new : .takenOut
        }
        if held != nil, !file.sharesName { return .new }
        if isLive {
            if held != nil { return .sharedName }
            return try !isNameless && !file.sharesName && isNewer(file, hash) ? .new : .known
        }
        return try takesBack || !has("sha256 = ?", [hash]) ? .new : .takenOut
    }

    /// Whether known bytes under a new name are a statement that replaces that of the newest file of the table.
    private func isNewer(_ file: DeliveryFile, _ hash: Data) throws -> Bool {
        guard file.newestCounts, !unnoted.contains(file.table) else { return false }
        if file.namesDay {
            let names = try String.fetchAll(
                db.cachedStatement(sql: "SELECT name FROM delivery_files WHERE sha256 = ? AND is_live = 1"),
                arguments: [hash])
            return !names.contains { Self.lastPart($0) == Self.lastPart(file.name) }
        }
        let newest = try Data.fetchOne(
            db.cachedStatement(
                sql: "SELECT sha256 FROM delivery_files WHERE table_name = ? AND is_live = 1 ORDER BY id DESC LIMIT 1"),
            arguments: [file.table])
        return newest != hash
    }

    private static func lastPart(_ name: String) -> Substring { name.split(separator: "/").last ?? "" }

    /// Notes what a name holds now; a name that files share holds nothing that could be told. Whether that was not noted before.
    func note(_ name: String, sha256: [UInt8], isShared: Bool) throws -> Bool {
        if isShared {
            try db.cachedStatement(sql: "DELETE FROM held_files WHERE name = ?").execute(arguments: [name.storable])
            return db.changesCount > 0
        }
        guard try held(name) != Data(sha256) else { return false }
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO held_files (name, sha256) VALUES (?, ?)")
            .execute(arguments: [name.storable, Data(sha256)])
        return true
    }

    /// From now on the names of a table's copies are noted.
    func settle(_ tables: Set<String>) throws -> Bool {
        let due = unnoted.intersection(tables)
        for table in due.sorted() {
            try db.execute(sql: "DELETE FROM unnoted_tables WHERE table_name = ?", arguments: [table])
        }
        return !due.isEmpty
    }

    private func held(_ name: String) throws -> Data? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT sha256 FROM held_files WHERE name = ?"), arguments: [name.storable])
    }

    private func has(_ condition: String, _ arguments: StatementArguments) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM delivery_files WHERE \(condition) LIMIT 1"), arguments: arguments)
            ?? false
    }
}
