import GRDB

import struct Foundation.Data

/// What each place of a file, by its whole path, last held, and whether a file that is offered brings anything.
///
/// 1. In a place that last held other bytes a file is new content, whatever was loaded before: an export that was corrected and
///    is corrected back, or a withdrawal that is repeated.
/// 2. Bytes that are known from another place alone change nothing: a folder was renamed or copied, or an older night is built
///    again. Where the newest statement counts they are read if the newest file of the table holds others, or if their
///    name has another day than before.
/// 3. What its place holds still is never read again, nor is what was taken out, unless it is taken back, or the check for names
///    took it out: that is read, and stopped, again until it holds other bytes or what named somebody is mended.
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
        /// It was taken out and stays out.
        case takenOut
    }

    func verdict(on file: DeliveryFile, at place: String?, takesBack: Bool) throws -> Verdict {
        let hash = Data(file.sha256)
        let isLive = try has("sha256 = ? AND is_live = 1", [hash])
        let held = try place.flatMap { try self.held($0) }
        if held == hash {
            let own = try Bool.fetchOne(
                db.cachedStatement(
                    sql: "SELECT is_live FROM delivery_files WHERE name = ? AND sha256 = ? ORDER BY id DESC LIMIT 1"),
                arguments: [file.name.storable, hash])
            if own ?? isLive { return .known }
            return try takesBack || wasStopped(hash) ? .new : .takenOut
        }
        if held != nil { return .new }
        if isLive { return try place != nil && isNewer(file, hash) ? .new : .known }
        return try takesBack || !has("sha256 = ?", [hash]) || wasStopped(hash) ? .new : .takenOut
    }

    /// Whether the newest delivery of some bytes was taken out by the check for names.
    private func wasStopped(_ hash: Data) throws -> Bool {
        let newest = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT max(delivery) FROM delivery_files WHERE sha256 = ?"), arguments: [hash])
        return try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM stopped_deliveries WHERE delivery = ?"), arguments: [newest])
            ?? false
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

    /// Notes what a place holds now. Whether that was not noted before.
    func note(_ place: String, sha256: [UInt8]) throws -> Bool {
        guard try held(place) != Data(sha256) else { return false }
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO held_files (place, sha256) VALUES (?, ?)")
            .execute(arguments: [place.storable, Data(sha256)])
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

    private func held(_ place: String) throws -> Data? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT sha256 FROM held_files WHERE place = ?"), arguments: [place.storable])
    }

    private func has(_ condition: String, _ arguments: StatementArguments) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM delivery_files WHERE \(condition) LIMIT 1"), arguments: arguments)
            ?? false
    }
}
