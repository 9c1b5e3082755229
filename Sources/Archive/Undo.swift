import GRDB
import Model
import Partials

extension Archive {
    /// Takes a delivery out again, as if it had never been loaded, and recomputes the days that it touched.
    ///
    /// Its files may be loaded again. Its rows are gone from the archive; its entry in `deliveries` stays.
    ///
    /// - Throws: `ArchiveError.unknownDelivery` if there is none of that number or it was taken out before, `.pruned` if
    ///   days would have to be recomputed whose rows have been pruned.
    @discardableResult
    public func undo(delivery: Int64) throws -> LoadOutcome {
        try checkCatalogue()
        return try transaction {
            try access { db in
                guard
                    try Int.fetchOne(
                        db, sql: "SELECT 1 FROM deliveries WHERE id = ? AND state = 'live'", arguments: [delivery])
                        != nil
                else { throw ArchiveError.unknownDelivery(delivery) }
                var undoing = try Undoing(db, archive: self, delivery: delivery)
                let outcome = try undoing.run()
                try audit(db).add(.undo, "\(delivery)", "days=\(outcome.touchedDays.count)")
                return outcome
            }
        }
    }
}

/// One delivery on its way out.
private struct Undoing {
    private let db: Database
    private let archive: Archive
    private let delivery: Int64
    private let store: SegmentStore
    private var strays: Strays
    private var touched: Set<Int32> = []
    private let firstDay: Int32

    init(_ db: Database, archive: Archive, delivery: Int64) throws {
        self.db = db
        self.archive = archive
        self.delivery = delivery
        firstDay = try Retention(db).firstDay
        store = SegmentStore(db: db, numbers: try CatalogueStore(db, catalogue: archive.catalogue).numbers)
        strays = try Strays(db)
    }

    mutating func run() throws -> LoadOutcome {
        var outcome = LoadOutcome()
        outcome.delivery = delivery
        let pruned = try Int.fetchOne(
            db, sql: "SELECT pruned_rows FROM deliveries WHERE id = ?", arguments: [delivery])
        if pruned ?? 0 > 0 { throw ArchiveError.pruned(before: Day(number: firstDay)) }
        let dated = try removeSegments()
        try db.execute(sql: "UPDATE deliveries SET state = 'undone' WHERE id = ?", arguments: [delivery])
        try db.execute(sql: "UPDATE delivery_files SET is_live = 0 WHERE delivery = ?", arguments: [delivery])
        for table in [
            "interventions", "measurements", "test_results", "learning_sessions", "learning_goals", "person_facts",
            "person_records", "person_refusals", "model_scores",
        ] {
            try db.execute(sql: "DELETE FROM \(table) WHERE delivery = ?", arguments: [delivery])
            if db.changesCount > 0 { outcome.registersChanged = true }
        }
        try KnownIds(db).release(delivery: delivery)
        try settle(dated)
        let rebuilding = try DayRebuilding(db, archive: archive)
        for day in touched.subtracting([KeyEntry.pending]).sorted() where day >= firstDay {
            let isChanged = try rebuilding.rebuild(day)
            outcome.touchedDays.append(Day(number: day))
            if isChanged { outcome.changedDays.append(Day(number: day)) }
        }
        return outcome
    }

    /// Deletes the delivery's rows; says which keys it had put on which days.
    private mutating func removeSegments() throws -> [UInt64: Set<Int32>] {
        var dated: [UInt64: Set<Int32>] = [:]
        for segment in try store.find("delivery = ?", [delivery]) {
            if let day = segment.day {
                touched.insert(day)
                let batch = try store.read(segment)
                for (row, key) in batch.keys.enumerated() {
                    // Rows may belong to another day than the one they are stored under.
                    if let home = strays.homes[key] { touched.insert(home) }
                    if batch.days[row] != RecordBatch.noDay { dated[key, default: []].insert(day) }
                }
            }
            try store.delete(segment)
        }
        return dated
    }

    /// Finds the days that the keys belong to without the delivery, and which rows of others are stored elsewhere now.
    private mutating func settle(_ dated: [UInt64: Set<Int32>]) throws {
        let keys = dated.keys.sorted()
        let ranks = try ChunkRanks(db)
        var home = [Int32?](repeating: nil, count: keys.count)
        var best = [Int](repeating: -1, count: keys.count)
        var stored = [Set<Int32>](repeating: [], count: keys.count)
        try KeyIndex(db).scan(keys) { place, entry in
            guard entry.day != KeyEntry.pending, let rank = ranks.rank(of: entry.chunk) else { return }
            stored[place].insert(entry.day)
            if rank >= best[place] {
                best[place] = rank
                home[place] = entry.day
            }
        }
        let left = try rowsLeft(dated)
        for (place, key) in keys.enumerated() {
            // Where only this delivery had rows, nothing is stored any more.
            stored[place].formUnion((strays.storedDays[key] ?? []).subtracting(dated[key] ?? []))
            stored[place].formUnion(left[key] ?? [])
            touched.formUnion(stored[place])
            if let home = home[place] {
                guard home >= firstDay else { throw ArchiveError.pruned(before: Day(number: firstDay)) }
                touched.insert(home)
            }
            try strays.settle(key, stored: stored[place], home: home[place])
        }
    }

    /// The days under which other deliveries have rows of these keys, among the days that this delivery gave them.
    private func rowsLeft(_ dated: [UInt64: Set<Int32>]) throws -> [UInt64: Set<Int32>] {
        var found: [UInt64: Set<Int32>] = [:]
        for day in Set(dated.values.joined()).sorted() {
            for segment in try store.find("day = ?", [day]) {
                for key in try store.read(segment).keys where dated[key]?.contains(day) ?? false {
                    found[key, default: []].insert(day)
                }
            }
        }
        return found
    }
}
