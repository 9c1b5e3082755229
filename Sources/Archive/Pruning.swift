import GRDB
import Model

/// From which day on rows are kept.
struct Retention {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// The first day whose rows are kept; `Int32.min` while nothing has been pruned.
    var firstDay: Int32 {
        get throws { try Int32.fetchOne(db, sql: "SELECT first_day FROM retention") ?? Int32.min }
    }

    /// The figures of pruned days as the audit trail holds them; nil while nothing has been pruned.
    var statement: String? {
        get throws {
            let first = try firstDay
            return first == Int32.min ? nil : try AuditTrail(db, at: "").statement(ofDaysBefore: first)
        }
    }
}

/// What pruning did.
public struct PruneOutcome: Sendable, Hashable {
    /// The first day whose rows are kept.
    public var firstDay: Day
    /// How many days lost their rows.
    public var days = 0
    /// How many rows are gone.
    public var rows = 0
}

extension Archive {
    /// The first day whose rows are kept; nil while nothing has been pruned.
    public func firstKeptDay() throws -> Day? {
        try access { db in
            let first = try Retention(db).firstDay
            return first == Int32.min ? nil : Day(number: first)
        }
    }

    /// Drops the rows of the days before one and keeps their partials, registers, runs and everything else.
    ///
    /// Lost with them: late rows and corrections of these days are refused from then on, a delivery that has rows there
    /// cannot be taken out any more, and metrics or dimensions that are added later stay missing on them. Rows that are
    /// stored there but belong to a later day stay. The day never moves back.
    ///
    /// - Throws: `ArchiveError.catalogueChanged` while `adoptCatalogue` is due, which needs the rows.
    public func prune(before day: Day) throws -> PruneOutcome {
        try checkCatalogue()
        return try transaction {
            try access { db in
                let first = max(day.number, try Retention(db).firstDay)
                var outcome = PruneOutcome(firstDay: Day(number: first))
                let store = SegmentStore(db: db, numbers: try CatalogueStore(db, catalogue: catalogue).numbers)
                var days: Set<Int32> = []
                for segment in try store.find("day < ?", [first]) {
                    guard let stored = segment.day else { continue }
                    let gone = try drop(segment, stored, store, first, db)
                    outcome.rows += gone
                    if gone > 0 { days.insert(stored) }
                }
                outcome.days = days.count
                outcome.rows += try PointStore(db).prune(before: first)
                guard outcome.rows > 0 else { return outcome }
                try db.execute(
                    sql: """
                        INSERT INTO retention (id, first_day) VALUES (1, ?)
                        ON CONFLICT DO UPDATE SET first_day = excluded.first_day
                        """, arguments: [first])
                let frozen = try Retention(db).statement ?? ""
                try audit(db).add(.prune, outcome.firstDay.iso, "days=\(days.count) rows=\(outcome.rows) \(frozen)")
                return outcome
            }
        }
    }

    /// Deletes a segment, or what of it belongs to pruned days; the number of rows that are gone.
    private func drop(
        _ segment: Segment, _ stored: Int32, _ store: SegmentStore, _ first: Int32, _ db: Database
    ) throws -> Int {
        let later = try Int64.fetchAll(
            db, sql: "SELECT hash FROM strays WHERE stored_day = ? AND (home_day IS NULL OR home_day >= ?)",
            arguments: [stored, first])
        var left = 0
        if !later.isEmpty {
            let rows = try store.read(segment).only(Set(later.map { UInt64(bitPattern: $0) }))
            left = rows.count
            if left == segment.n { return 0 }
            try store.write(
                rows, delivery: segment.place.delivery, table: segment.place.table, ordinal: segment.place.ordinal,
                day: stored)
        }
        try store.delete(segment)
        try db.execute(
            sql: "UPDATE deliveries SET pruned_rows = pruned_rows + ? WHERE id = ?",
            arguments: [segment.n - left, segment.place.delivery])
        return segment.n - left
    }

    /// Gives the room of what was deleted back to the disk; rewrites the file.
    public func shrink() throws { try access { try $0.execute(sql: "VACUUM") } }
}
