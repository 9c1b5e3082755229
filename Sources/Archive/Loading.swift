import GRDB
import Model
import Partials

import struct Foundation.Data

/// One delivery on its way into the archive: files are begun, their rows added in order, then everything is placed.
///
/// Rows replace earlier ones of the same key, per column that their table has. Rows without a day go to the day of
/// their key, or wait until one is known. Nothing is kept unless `finish` succeeds; a loading that is dropped or
/// cancelled leaves no trace. Memory stays within the archive's buffer whatever the number of rows.
public final class Loading {
    private static let keysPerChunk = 1 << 20

    private let archive: Archive
    private let asOf: Day
    private let takesBack: Bool
    private let ownsTransaction: Bool
    private var isOver = false
    private var outcome = LoadOutcome()
    private var delivery: Int64?
    private var tables: [String] = []
    private var columns: CatalogueStore
    private var collector = DayCollector()
    private var placement: KeyPlacement?
    private var keys: [UInt64] = []
    private var days: [Int32] = []
    private var waiting = WaitingRows()

    init(archive: Archive, asOf: Day, takesBack: Bool) throws {
        try archive.checkCatalogue()
        self.archive = archive
        self.asOf = asOf
        self.takesBack = takesBack
        ownsTransaction = !archive.hasOpenTransaction
        columns = try archive.access { try CatalogueStore($0, catalogue: archive.catalogue) }
        if ownsTransaction { try archive.begin() }
    }

    deinit {
        guard !isOver, ownsTransaction else { return }
        _ = try? archive.rollback()  // closing the connection drops the transaction as well
    }

    /// Begins a file; nil if a file with the same bytes is loaded already, which then changes nothing.
    public func begin(_ file: DeliveryFile) throws -> OpenFile? {
        try write { db in
            let known = try Bool.fetchOne(
                db, sql: "SELECT max(is_live) FROM delivery_files WHERE sha256 = ? HAVING count(*) > 0",
                arguments: [Data(file.sha256)])
            if known == true {
                outcome.skippedFiles.append(file.name)
                return nil
            }
            if known == false, !takesBack {
                outcome.takenOutFiles.append(file.name)
                return nil
            }
            let delivery = try self.delivery ?? startDelivery(db)
            try db.execute(
                sql: "INSERT INTO delivery_files (delivery, sha256, name, table_name, bytes) VALUES (?, ?, ?, ?, ?)",
                arguments: [delivery, Data(file.sha256), file.name.storable, file.table, file.bytes])
            outcome.newFiles.append(file.name)
            return OpenFile(id: db.lastInsertedRowID, name: file.name, table: file.table)
        }
    }

    /// Adds rows of a file in their order; dated and undated rows may be mixed.
    public func add(_ batch: RecordBatch, to file: OpenFile) throws {
        guard batch.count > 0 else { return }
        try write { db in
            var adopted = try columns.adopt(batch, db)
            adopted.table = file.table
            let table = place(of: file.table)
            let undated = batch.days.count { $0 == RecordBatch.noDay }
            if undated == batch.count {
                try addWaiting(adopted, table: table, db)
            } else if undated == 0 {
                try addDated(adopted, table: table, db)
            } else {
                let rows = Int32(0)..<Int32(batch.count)
                try addDated(adopted.rows(rows.filter { batch.days[Int($0)] != RecordBatch.noDay }), table: table, db)
                try addWaiting(
                    adopted.rows(rows.filter { batch.days[Int($0)] == RecordBatch.noDay }), table: table, db)
            }
        }
    }

    /// Ends a file: how many rows it has, how many were accepted, and what was refused.
    ///
    /// `counts` says how often each cause occurred; `rejects` are the examples to keep, which may be fewer.
    public func finish(
        _ file: OpenFile, rows: Int, accepted: Int, counts: [Delivery.RejectCount], rejects: [Reject]
    ) throws {
        try write { db in
            try RejectStore(db).write(rejects, counts: counts, file: file.id)
            try db.execute(
                sql: "UPDATE delivery_files SET rows = ?, accepted = ? WHERE id = ?",
                arguments: [rows, accepted, file.id])
        }
    }

    /// Adds interventions; one with the id of an earlier one replaces it.
    public func add(_ interventions: [Intervention]) throws {
        guard !interventions.isEmpty else { return }
        try write { db in
            let registers = Registers(db)
            let delivery = try self.delivery ?? startDelivery(db)
            for intervention in interventions { try registers.write(intervention, delivery: delivery) }
            outcome.registersChanged = true
        }
    }

    /// Adds measurements; one with the id of an earlier one replaces it.
    public func add(_ measurements: [Measurement]) throws {
        guard !measurements.isEmpty else { return }
        try write { db in
            let registers = Registers(db)
            let delivery = try self.delivery ?? startDelivery(db)
            for measurement in measurements { try registers.write(measurement, delivery: delivery) }
            outcome.registersChanged = true
        }
    }

    /// Places all rows, recomputes the days that they touch and, unless the archive's transaction was begun by the
    /// caller, keeps everything.
    public func finish() throws -> LoadOutcome {
        let result = try write { db in
            guard let delivery else { return outcome }
            try place(delivery, db)
            return outcome
        }
        isOver = true
        if ownsTransaction { try delivery == nil ? archive.rollback() : archive.commit() }
        return result
    }

    /// Drops the loading; within a caller's transaction the caller has to roll back.
    public func cancel() throws {
        isOver = true
        if ownsTransaction { try archive.rollback() }
    }

    // MARK: Rows

    private func startDelivery(_ db: Database) throws -> Int64 {
        try db.execute(sql: "INSERT INTO deliveries (as_of, state) VALUES (?, 'live')", arguments: [asOf.number])
        let id = db.lastInsertedRowID
        delivery = id
        outcome.delivery = id
        placement = try KeyPlacement(db, delivery: id)
        return id
    }

    private func place(of table: String) -> Int {
        if let known = tables.firstIndex(of: table) { return known }
        tables.append(table)
        return tables.count - 1
    }

    private func addDated(_ batch: RecordBatch, table: Int, _ db: Database) throws {
        guard let delivery else { throw ArchiveError.misuse("rows without a file") }
        keys += batch.keys
        days += batch.days
        if keys.count >= Self.keysPerChunk { try enterKeys() }
        let store = SegmentStore(db: db, numbers: columns.numbers)
        try collector.add(batch, days: batch.days, table: table) { key, full in
            try store.write(full, delivery, key)
        }
        guard collector.bytes > archive.bufferBytes else { return }
        for (key, full) in collector.take() { try store.write(full, delivery, key) }
    }

    private func addWaiting(_ batch: RecordBatch, table: Int, _ db: Database) throws {
        guard let delivery else { throw ArchiveError.misuse("rows without a file") }
        let store = SegmentStore(db: db, numbers: columns.numbers)
        try waiting.add(batch, table: table, limit: archive.bufferBytes / 2) { batch, table, ordinal in
            try store.write(batch, delivery: delivery, table: table, ordinal: ordinal, day: nil)
        }
    }

    private func enterKeys() throws {
        try placement?.enter(keys, days: days)
        keys.removeAll(keepingCapacity: true)
        days.removeAll(keepingCapacity: true)
    }

    // MARK: The end

    private func place(_ delivery: Int64, _ db: Database) throws {
        try enterKeys()
        guard var placement else { return }
        let store = SegmentStore(db: db, numbers: columns.numbers)
        let waited = WaitingPlacement(store: store, delivery: delivery, limit: archive.bufferBytes)
        outcome.pending = try waited.place(waiting, placement: &placement, into: &collector)
        try waited.placeAwaited(&placement)
        outcome.moved = placement.moved.count
        try rebuild(placement, delivery, db)
        try KeyIndex(db).compact(try ChunkRanks(db))
        try db.execute(
            sql: """
                UPDATE deliveries SET inserted = ?, replaced = ?, unchanged = ?, moved = ?, pending = ? WHERE id = ?
                """,
            arguments: [
                outcome.inserted, outcome.replaced, outcome.unchanged, outcome.moved, outcome.pending, delivery,
            ])
    }

    private func rebuild(_ placement: KeyPlacement, _ delivery: Int64, _ db: Database) throws {
        let store = SegmentStore(db: db, numbers: columns.numbers)
        let rebuilding = try DayRebuilding(db, archive: archive, columns: columns)
        // Everything is written before the first day is folded, because a record may have rows under several days.
        var fresh: [Int32: [DayRebuilding.Fresh]] = [:]
        for (key, full) in collector.take() {
            try store.write(full, delivery, key)
            let place = Segment.Place(asOf: asOf.number, delivery: delivery, table: key.table, ordinal: full.ordinal)
            fresh[key.day, default: []].append(.init(place: place, batch: full.batch))
        }
        for day in try placement.repeated.dropSuperseded(of: delivery, from: store) { fresh[day] = nil }
        for day in placement.touched.subtracting([KeyEntry.pending]).sorted() {
            let held = fresh.removeValue(forKey: day) ?? []
            let day = Day(number: day)
            let found = try rebuilding.rebuild(
                day.number, fresh: held, delivery: delivery, moved: placement.moved)
            outcome.inserted += found.inserted
            outcome.replaced += found.replaced
            outcome.unchanged += found.unchanged
            outcome.touchedDays.append(day)
            if found.isChanged { outcome.changedDays.append(day) }
        }
    }

    private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        guard !isOver else { throw ArchiveError.misuse("the loading is over") }
        return try archive.access(body)
    }
}

extension Archive {
    /// Starts to load a delivery for an as-of day.
    ///
    /// - Throws: `ArchiveError.catalogueChanged` while `adoptCatalogue` is due.
    public func load(asOf: Day, takesBack: Bool = true) throws -> Loading {
        try Loading(archive: self, asOf: asOf, takesBack: takesBack)
    }
}

extension SegmentStore {
    /// Stores the collected rows of a day, or rows that wait.
    func write(_ columns: DayColumns, _ delivery: Int64, _ key: DayCollector.Key) throws {
        try write(
            columns.batch, delivery: delivery, table: key.table, ordinal: columns.ordinal,
            day: key.day == KeyEntry.pending ? nil : key.day)
    }
}
