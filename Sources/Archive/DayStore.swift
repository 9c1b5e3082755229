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
                INSERT INTO day_partials (day, records, revision, hash, cells_hash, cells, counts, sample)
                VALUES (?, ?, 1, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET records = excluded.records, revision = revision + 1, hash = excluded.hash,
                  cells_hash = excluded.cells_hash, cells = excluded.cells, counts = excluded.counts,
                  sample = excluded.sample
                """
        ).execute(arguments: [
            day, packed.records, packed.hash, packed.cellsHash, Data(packed.cells), Data(packed.counts),
            Data(packed.sample),
        ])
        return true
    }

    /// Takes the partials of a day away; false if there are none.
    func delete(_ day: Int32) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM day_partials WHERE day = ?").execute(arguments: [day])
        return db.changesCount > 0
    }

    /// The days of a period that have partials, ascending.
    func days(_ period: Period) throws -> [Int32] {
        try Int32.fetchAll(
            db, sql: "SELECT day FROM day_partials WHERE day >= ? AND day < ? ORDER BY day",
            arguments: [period.start.number, period.end.number])
    }

    /// The partials of a day as they are stored; for series the cells alone, whose pages come first.
    func read(_ day: Int32, _ detail: DayDetail = .all) throws -> StoredDay {
        if detail == .series, let series = try row(of: day, "cells_hash, cells"), let hash = series[0] as Int64? {
            return StoredDay(day: day, hash: hash, parts: [[UInt8](series[1] as Data)])
        }
        guard let row = try row(of: day, "hash, cells, counts, sample") else {
            throw ArchiveError.damaged("the partials of a day are missing")
        }
        return StoredDay(day: day, hash: row[0], parts: (1...3).map { [UInt8](row[$0] as Data) })
    }

    private func row(of day: Int32, _ columns: String) throws -> Row? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM day_partials WHERE day = ?"), arguments: [day])
    }
}

/// The partials of a day as they were read; unpacking them needs nothing else and may be done anywhere.
public struct StoredDay: Sendable {
    let day: Int32
    let hash: Int64
    /// Cells, counts and sample, or cells alone.
    let parts: [[UInt8]]

    /// As much of the partials as is asked for, as they may be told, and what is left out; without people as they are.
    public func partials(
        _ detail: DayDetail, heldTo people: RecordPeople?
    ) throws -> (partials: DayPartials?, held: HeldBack) {
        guard let people else { return (try partials(detail), HeldBack()) }
        let (told, held) = try partials().held(to: people)
        return (told?.kept(detail), held)
    }

    /// As much of the partials as is asked for, which is no more than was read.
    ///
    /// - Throws: `ArchiveError.damaged` if the bytes are not the ones that were written.
    public func partials(_ detail: DayDetail = .all) throws -> DayPartials {
        try ArchiveError.translating {
            let bare = try parts.map { try Frame.unwrap($0) }
            guard Int64(bitPattern: ContentHash.of(bare)) == hash else {
                throw ArchiveError.damaged("the partials of day \(day) are not the bytes that were written")
            }
            guard bare.count == 3 else { return try DayPartials(trustedSeries: bare[0]) }
            return try DayPartials(trusted: EncodedDay(cells: bare[0], counts: bare[1], sample: bare[2])).kept(detail)
        }
    }
}

/// The partials of a day as they are stored.
struct PackedDay: Sendable {
    let records: Int
    let hash: Int64
    let cellsHash: Int64
    let cells: [UInt8]
    let counts: [UInt8]
    let sample: [UInt8]

    init(_ partials: DayPartials) {
        let encoded = partials.encoded()
        records = partials.recordCount()
        hash = Int64(bitPattern: ContentHash.of([encoded.cells, encoded.counts, encoded.sample]))
        cellsHash = Int64(bitPattern: ContentHash.of([encoded.cells]))
        cells = Frame.wrap(encoded.cells)
        counts = Frame.wrap(encoded.counts)
        sample = Frame.wrap(encoded.sample)
    }
}
