import GRDB
import Partials

/// Keys whose rows are stored under another day than the one they belong to now; there are few.
struct Strays {
    /// For each key the days under which rows of it are stored although it belongs elsewhere.
    private(set) var storedDays: [UInt64: Set<Int32>] = [:]
    /// Where they belong, if that is known.
    private(set) var homes: [UInt64: Int32] = [:]
    private let db: Database

    init(_ db: Database) throws {
        self.db = db
        for row in try Row.fetchAll(db, sql: "SELECT hash, stored_day, home_day FROM strays") {
            let hash = UInt64(bitPattern: row[0])
            storedDays[hash, default: []].insert(row[1])
            homes[hash] = row[2]
        }
    }

    /// Records where a key's rows are stored and where they belong (nil: no day is known).
    mutating func settle(_ hash: UInt64, stored: Set<Int32>, home: Int32?) throws {
        let bits = Int64(bitPattern: hash)
        if storedDays[hash] != nil {
            try db.cachedStatement(sql: "DELETE FROM strays WHERE hash = ?").execute(arguments: [bits])
        }
        let astray = stored.filter { $0 != home && $0 != KeyEntry.pending }
        storedDays[hash] = astray.isEmpty ? nil : astray
        homes[hash] = astray.isEmpty ? nil : home
        for day in astray {
            try db.cachedStatement(sql: "INSERT INTO strays (hash, stored_day, home_day) VALUES (?, ?, ?)")
                .execute(arguments: [bits, day, home])
        }
    }

    /// The keys with rows stored under a day that belong elsewhere.
    static func leaving(_ day: Int32, _ db: Database) throws -> Set<UInt64> {
        Set(
            try Int64.fetchAll(db, sql: "SELECT hash FROM strays WHERE stored_day = ?", arguments: [day])
                .map { UInt64(bitPattern: $0) })
    }

    /// The keys that belong to a day but have rows elsewhere, by the day where those are.
    static func arriving(at day: Int32, _ db: Database) throws -> [Int32: Set<UInt64>] {
        var found: [Int32: Set<UInt64>] = [:]
        for row in try Row.fetchAll(
            db, sql: "SELECT hash, stored_day FROM strays WHERE home_day = ?", arguments: [day])
        {
            found[row[1], default: []].insert(UInt64(bitPattern: row[0]))
        }
        return found
    }
}
