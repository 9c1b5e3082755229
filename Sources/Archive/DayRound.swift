import GRDB
import Model
import Partials

/// The days of a loading whose partials are still to be made.
struct DayRound {
    let rebuilding: DayRebuilding
    /// Rows that are still at hand, by day.
    var fresh: [Int32: [DayRebuilding.Fresh]]
    /// The days to come, the next one last.
    var days: [Int32]
    /// Whether the rows that others of the same delivery supersede have been taken out.
    var isClean = false
}

extension Loading {
    /// Places all rows, after which none may be added: keys are entered, rows find their days, the days that have to be
    /// recomputed are known.
    public func place() throws {
        try write { db in
            try placeWaiting(db)
            guard let delivery, var placement else { return }
            let store = SegmentStore(db: db, numbers: columns.numbers)
            if !placement.awaited.isEmpty {
                while let segment = nextSegment() { try store.write(segment.packed()) }
                try WaitingPlacement(store: store, delivery: delivery).placeAwaited(&placement)
            }
            self.placement = placement
            outcome.moved = placement.moved.count
            round = DayRound(
                rebuilding: try DayRebuilding(db, archive: archive, columns: columns),
                fresh: try takeFresh(delivery),
                days: placement.touched.filter { $0 != KeyEntry.pending && $0 >= firstDay }.sorted(by: >))
        }
    }

    /// What is still collected: to be stored as segments, and kept at hand for the days.
    private func takeFresh(_ delivery: Int64) throws -> [Int32: [DayRebuilding.Fresh]] {
        var fresh: [Int32: [DayRebuilding.Fresh]] = [:]
        for (key, full) in collector.take() {
            try queue(full, key)
            let place = Segment.Place(asOf: asOf.number, delivery: delivery, table: key.table, ordinal: full.ordinal)
            fresh[key.day, default: []].append(.init(place: place, batch: full.batch))
        }
        return fresh
    }

    /// The next day to be made, ascending; nil behind the last.
    ///
    /// Every segment has to be kept before the first day is asked for, because a record may have rows under several
    /// days; those that nobody has packed are packed here.
    public func nextDay() throws -> DayWork? {
        try write { db in
            guard round != nil, let delivery, let placement else { return nil }
            if round?.isClean == false { try clean(placement, delivery, db) }
            guard let day = round?.days.popLast() else { return nil }
            let fresh = round?.fresh.removeValue(forKey: day) ?? []
            return try round?.rebuilding.work(on: day, fresh: fresh, delivery: delivery, moved: placement.moved)
        }
    }

    private func clean(_ placement: KeyPlacement, _ delivery: Int64, _ db: Database) throws {
        let store = SegmentStore(db: db, numbers: columns.numbers)
        while let segment = nextSegment() { try store.write(segment.packed()) }
        for day in try placement.repeated.dropSuperseded(of: delivery, from: store) { round?.fresh[day] = nil }
        round?.isClean = true
    }

    /// Stores the partials of a day and adds what the delivery did to its records; days come in their order.
    public func keep(_ result: DayResult) throws {
        try write { db in
            guard let isChanged = try round?.rebuilding.keep(result) else {
                throw ArchiveError.misuse("a day before everything is placed")
            }
            outcome.inserted += result.inserted
            outcome.replaced += result.replaced
            outcome.unchanged += result.unchanged
            outcome.touchedDays.append(Day(number: result.day))
            if isChanged { outcome.changedDays.append(Day(number: result.day)) }
        }
    }

    /// Merges keys and writes down what the delivery did.
    func count(_ delivery: Int64, _ db: Database) throws {
        outcome.pending =
            try Int.fetchOne(
                db, sql: "SELECT coalesce(sum(n), 0) FROM segments WHERE day IS NULL AND delivery = ?",
                arguments: [delivery]) ?? 0
        try KeyIndex(db).compact(try ChunkRanks(db))
        try db.execute(
            sql: """
                UPDATE deliveries SET inserted = ?, replaced = ?, unchanged = ?, moved = ?, pending = ? WHERE id = ?
                """,
            arguments: [
                outcome.inserted, outcome.replaced, outcome.unchanged, outcome.moved, outcome.pending, delivery,
            ])
        try archive.audit(db).add(delivery: delivery)
    }
}
