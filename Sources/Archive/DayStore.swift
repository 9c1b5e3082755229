import GRDB
import Model
import Partials

import struct Foundation.Data

/// Reads and writes the partials of days.
struct DayStore {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Stores the partials of a day; false if the same bytes are there already.
    func write(_ packed: PackedDay, on day: Int32) throws -> Bool {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT hash FROM day_partials WHERE day = ?"), arguments: [day])
        if known == packed.hash { return false }
        try db.cachedStatement(
            sql: """
                INSERT INTO day_partials (day, records, revision, hash, cells, counts, sample)
                VALUES (?, ?, 1, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET records = excluded.records, revision = revision + 1, hash = excluded.hash,
                  cells = excluded.cells, counts = excluded.counts, sample = excluded.sample
                """
        ).execute(arguments: [
            day, packed.records, packed.hash, Data(packed.cells), Data(packed.counts), Data(packed.sample),
        ])
        return true
    }

    /// Takes the partials of a day away; false if there are none.
    func delete(_ day: Int32) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM day_partials WHERE day = ?").execute(arguments: [day])
        return db.changesCount > 0
    }

    /// The partials of the days of a period, ascending.
    func read(_ period: Period) throws -> [DayPartials] {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT day, hash, cells, counts, sample FROM day_partials WHERE day >= ? AND day < ? ORDER BY day",
            arguments: [period.start.number, period.end.number])
        var days: [DayPartials] = []
        while let row = try rows.next() {
            let parts = try (2...4).map { try Frame.unwrap([UInt8](row[$0] as Data)) }
            let hash: Int64 = row[1]
            guard Int64(bitPattern: ContentHash.of(parts)) == hash else {
                throw ArchiveError.damaged("the partials of day \(row[0] as Int32) are not the bytes that were written")
            }
            days.append(
                try DayPartials(trusted: EncodedDay(cells: parts[0], counts: parts[1], sample: parts[2])))
        }
        return days
    }
}

/// The partials of a day as they are stored.
struct PackedDay: Sendable {
    let records: Int
    let hash: Int64
    let cells: [UInt8]
    let counts: [UInt8]
    let sample: [UInt8]

    init(_ partials: DayPartials) {
        let encoded = partials.encoded()
        records = partials.recordCount()
        hash = Int64(bitPattern: ContentHash.of([encoded.cells, encoded.counts, encoded.sample]))
        cells = Frame.wrap(encoded.cells)
        counts = Frame.wrap(encoded.counts)
        sample = Frame.wrap(encoded.sample)
    }
}
