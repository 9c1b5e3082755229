import GRDB
import Model
import Partials

import struct Foundation.Data

/// One delivery on its way into the archive: files are begun, their rows added in order, then everything is placed.
///
/// Rows replace earlier ones of the same key, per column that their table has. Rows without a day go to the day of
/// their key, or wait until one is known. Nothing is kept unless `finish` succeeds; a loading that is dropped or
/// cancelled leaves no trace. Memory stays within the archive's buffer whatever the number of rows.
///
/// What takes long is handed out as values, `nextSegment` between any two steps and, after `place`, `nextDay`, whose
/// results come back through `keep`; `finish` does what nobody took.
public final class Loading {
    private static let keysPerChunk = 1 << 19

    let archive: Archive
    let asOf: Day
    private let takesBack: Bool
    private let ownsTransaction: Bool
    private var isOver = false
    var outcome = LoadOutcome()
    private(set) var delivery: Int64?
    private var tables: [String]
    private(set) var columns: CatalogueStore
    var collector = DayCollector()
    var placement: KeyPlacement?
    private var keys: [UInt64] = []
    private var days: [Int32] = []
    private var waiting = WaitingRows()
    /// Segments that nobody has packed yet, the next one last.
    private var unpacked: [SegmentWork] = []
    /// The days to make partials of, once everything is placed.
    var round: DayRound?
    /// Whether a person was erased; asked only where somebody was.
    var isErased: ((UInt64) -> Bool)?
    /// The same of the id of a learner, who may be stored under it.
    var isErasedName: ((String) -> Bool)?
    /// The first day whose rows about people are kept; nil for all.
    var firstPersonDay: Int32?
    /// What in the name of a file may be the id of a person; asked only where somebody was erased.
    var idsIn: (String) -> [String] = { _ in [] }
    /// What names of files held before this delivery.
    private let held: HeldFiles
    /// The tables that files were offered of, and whether what their names hold is to be kept although nothing was read.
    private var offered: Set<String> = []
    private var hasNotes = false
    /// Who did not agree before this delivery.
    var refusedBefore: Set<String> = []
    /// The first day whose rows are kept; rows that belong before it are refused.
    let firstDay: Int32
    /// How many rows of each file were refused because of it.
    private var beforeFirstDay: [Int64: Int] = [:]

    init(archive: Archive, asOf: Day, tables: [String], takesBack: Bool) throws {
        try archive.checkCatalogue()
        self.archive = archive
        self.asOf = asOf
        self.tables = tables
        self.takesBack = takesBack
        ownsTransaction = !archive.hasOpenTransaction
        columns = try archive.access { try CatalogueStore($0, catalogue: archive.catalogue) }
        (firstDay, held) = try archive.access { (try Retention($0).firstDay, try HeldFiles($0)) }
        if ownsTransaction { try archive.begin() }
    }

    deinit {
        guard !isOver, ownsTransaction else { return }
        _ = try? archive.rollback()  // closing the connection drops the transaction as well
    }

    /// Begins a file; nil if it brings nothing that is not known (`HeldFiles` says when).
    public func begin(_ file: DeliveryFile) throws -> OpenFile? {
        try write { db in
            offered.insert(file.table)
            let place = keptPlace(file.place)
            switch try held.verdict(on: file, at: place, takesBack: takesBack) {
            case .new: return try enter(file, isUnsealed: false, db)
            case .takenOut: outcome.takenOutFiles.append(file.name)
            case .known:
                outcome.skippedFiles.append(file.name)
                if let place, try held.note(place, sha256: file.sha256) { hasNotes = true }
            }
            return nil
        }
    }

    /// Whether a file of so many bytes is loaded, begun or taken out; if so, another one may be the same.
    public func knowsFile(bytes: Int) throws -> Bool {
        try write { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT 1 FROM delivery_files WHERE bytes = ?"), arguments: [bytes]) ?? false
        }
    }

    /// Begins a file that cannot be known because of its length; `seal` says its hash before its end.
    public func begin(name: String, table: String, bytes: Int, place: String? = nil) throws -> OpenFile {
        try write { db in
            offered.insert(table)
            // Until then the number of the entry stands in for the hash, which must differ between files.
            let next = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM delivery_files") ?? 1
            var writer = ByteWriter()
            for part in [0, 0, 0, UInt64(bitPattern: next)] { writer.write(fixed: part) }
            return try enter(
                DeliveryFile(
                    sha256: writer.bytes, name: name, table: table, bytes: bytes, place: place),
                isUnsealed: true, db)
        }
    }

    /// Says the hash and the length of a file that was begun without them.
    ///
    /// - Throws: `ArchiveError.refused` if such a file is loaded already, because it changed while it was read.
    public func seal(_ file: OpenFile, sha256: [UInt8], bytes: Int) throws {
        guard file.isUnsealed else { return }
        try write { db in
            let twin = try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT 1 FROM delivery_files WHERE sha256 = ? AND is_live = 1"),
                arguments: [Data(sha256)])
            guard twin == nil else { throw ArchiveError.refused("\(file.name) changed while it was read") }
            try db.execute(
                sql: "UPDATE delivery_files SET sha256 = ?, bytes = ? WHERE id = ?",
                arguments: [Data(sha256), bytes, file.id])
            try note(file.place, sha256)
        }
    }

    private func enter(_ file: DeliveryFile, isUnsealed: Bool, _ db: Database) throws -> OpenFile {
        let delivery = try self.delivery ?? startDelivery(db)
        try db.execute(
            sql: "INSERT INTO delivery_files (delivery, sha256, name, table_name, bytes) VALUES (?, ?, ?, ?, ?)",
            arguments: [delivery, Data(file.sha256), file.name.storable, file.table, file.bytes])
        let id = db.lastInsertedRowID
        if namesErased(file.name) {
            try db.execute(sql: "UPDATE delivery_files SET name = 'erased-' || id WHERE id = ?", arguments: [id])
        } else if !isUnsealed {
            try note(file.place, file.sha256)
        }
        outcome.newFiles.append(file.name)
        return OpenFile(
            id: id, isUnsealed: isUnsealed, name: file.name, table: file.table, place: file.place)
    }

    /// What a file may be called in what is kept: its name, unless that has the id of somebody who was erased.
    public func keptName(_ name: String) -> String { namesErased(name) ? "erased" : name }

    /// Where a file lies, if that may be kept.
    private func keptPlace(_ place: String?) -> String? { place.flatMap { namesErased($0) ? nil : $0 } }

    private func note(_ place: String?, _ sha256: [UInt8]) throws {
        if let place = keptPlace(place) { _ = try held.note(place, sha256: sha256) }
    }

    /// Whether a file's name has the id of somebody who was erased.
    private func namesErased(_ name: String) -> Bool {
        isErasedName.map { isErased in idsIn(name).contains(where: isErased) } ?? false
    }

    /// Adds rows of a file in their order; dated and undated rows may be mixed.
    ///
    /// A row of a record that lies on a pruned day, or would be moved from or to one, is refused: its day cannot be
    /// computed again.
    public func add(_ batch: RecordBatch, to file: OpenFile) throws {
        let batch = try kept(noted(batch), of: file)
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

    /// The rows that do not belong to a pruned day.
    private func kept(_ batch: RecordBatch, of file: OpenFile) throws -> RecordBatch {
        guard firstDay > Int32.min, batch.count > 0, let placement else { return batch }
        let homes = try write { _ in try placement.homes(of: batch.keys) }
        let rows = (0..<Int32(batch.count)).filter { row in
            let (day, home) = (batch.days[Int(row)], homes[Int(row)])
            return (day == RecordBatch.noDay || day >= firstDay) && (home == KeyEntry.pending || home >= firstDay)
        }
        guard rows.count < batch.count else { return batch }
        beforeFirstDay[file.id, default: 0] += batch.count - rows.count
        return batch.rows(rows)
    }

    /// How many rows of a file were refused because they belong to a day before `firstKeptDay`.
    public func prunedRows(of file: OpenFile) -> Int { beforeFirstDay[file.id] ?? 0 }

    /// Ends a file: how many rows it has, how many were accepted, and what was refused.
    ///
    /// `counts` says how often each cause occurred; `rejects` are the examples to keep, which may be fewer. Rows that
    /// `add` refused count among the accepted ones here. `notes` are lines that a later run shall be able to repeat.
    public func finish(
        _ file: OpenFile, rows: Int, accepted: Int, counts: [Delivery.RejectCount], rejects: [Reject],
        notes: [String] = []
    ) throws {
        let pruned = prunedRows(of: file)
        var counts = counts
        if pruned > 0 {
            let known = counts.first { $0.cause == .prunedDay && $0.isWholeRow }?.count ?? 0
            counts.removeAll { $0.cause == .prunedDay && $0.isWholeRow }
            counts.append(.init(cause: .prunedDay, isWholeRow: true, count: known + pruned))
        }
        try write { db in
            try RejectStore(db).write(rejects, counts: counts, file: file.id)
            try db.execute(
                sql: "UPDATE delivery_files SET rows = ?, accepted = ?, notes = ? WHERE id = ?",
                arguments: [rows, accepted - pruned, notes.joined(separator: "\n").storable, file.id])
        }
    }

    /// Adds interventions; one with the id of an earlier one replaces it.
    public func add(_ interventions: [Intervention]) throws {
        try addRegister(interventions) { try Registers($0).write($1, delivery: $2) }
    }

    /// Adds measurements; one with the id of an earlier one replaces it.
    public func add(_ measurements: [Measurement]) throws {
        try addRegister(measurements) { try Registers($0).write($1, delivery: $2) }
    }

    /// Adds test results; one of the source, run, suite and test of an earlier one replaces it.
    public func add(_ results: [TestResult]) throws {
        try addRegister(results) { try TestResultStore($0).write($1, delivery: $2) }
    }

    /// Writes entries of a register under this delivery.
    func addRegister<Entry>(_ entries: [Entry], _ body: (Database, Entry, Int64) throws -> Void) throws {
        guard !entries.isEmpty else { return }
        try write { db in
            let delivery = try self.delivery ?? startDelivery(db)
            for entry in entries { try body(db, entry, delivery) }
            outcome.registersChanged = true
        }
    }

    /// Adds metric points; those of the metric, context and time of earlier ones replace them.
    public func add(_ points: [MetricPoint]) throws {
        guard !points.isEmpty else { return }
        try write { db in
            try PointStore(db).write(points, delivery: try self.delivery ?? startDelivery(db))
            outcome.registersChanged = true
        }
    }

    /// Adds stages of a pipeline; one with the stage, item and start of an earlier one replaces it.
    public func add(_ stages: [StageRun]) throws {
        guard !stages.isEmpty else { return }
        try write { db in
            try PointStore(db).write(stages, delivery: try self.delivery ?? startDelivery(db))
            outcome.registersChanged = true
        }
    }

    /// Does what is left to do and, unless the archive's transaction was begun by the caller, keeps everything.
    public func finish() throws -> LoadOutcome {
        if round == nil { try place() }
        while let segment = nextSegment() { try keep(segment.packed()) }
        while let day = try nextDay() { try keep(day.result()) }
        let result = try write { db in
            if let delivery { try count(delivery, db) }
            if try held.settle(offered) { hasNotes = true }
            return outcome
        }
        isOver = true
        if ownsTransaction { try delivery == nil && !hasNotes ? archive.rollback() : archive.commit() }
        return result
    }

    /// Drops the loading; within a caller's transaction the caller has to roll back.
    public func cancel() throws {
        isOver = true
        if ownsTransaction { try archive.rollback() }
    }

    // MARK: Rows

    /// The number of the delivery, which begins with the first thing in it.
    func number(_ db: Database) throws -> Int64 { try delivery ?? startDelivery(db) }

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
        guard delivery != nil else { throw ArchiveError.misuse("rows without a file") }
        keys += batch.keys
        days += batch.days
        if keys.count >= Self.keysPerChunk { try enterKeys() }
        try collector.add(batch, days: batch.days, table: table) { try queue($1, $0) }
        if collector.bytes > archive.bufferBytes { try queueAll() }
    }

    private func addWaiting(_ batch: RecordBatch, table: Int, _ db: Database) throws {
        guard delivery != nil else { throw ArchiveError.misuse("rows without a file") }
        waiting.add(batch, table: table)
        if waiting.bytes > archive.bufferBytes / 2 { try placeWaiting(db) }
    }

    /// Enters the keys that came since the last time.
    func enterKeys() throws {
        try placement?.enter(keys, days: days)
        keys.removeAll(keepingCapacity: true)
        days.removeAll(keepingCapacity: true)
    }

    /// Puts rows that wait under the days that are known by now.
    func placeWaiting(_ db: Database) throws {
        try enterKeys()
        guard let delivery, var placement else { return }
        self.placement = nil
        defer { self.placement = placement }
        let store = SegmentStore(db: db, numbers: columns.numbers)
        try WaitingPlacement(store: store, delivery: delivery)
            .place(waiting, placement: &placement, into: &collector) { try queue($1, $0) }
        waiting = WaitingRows()
        if collector.bytes > archive.bufferBytes { try queueAll() }
    }

    // MARK: Segments

    /// Rows to be packed; nil if there are none for now.
    public func nextSegment() -> SegmentWork? { unpacked.popLast() }

    /// Stores a segment.
    public func keep(_ segment: PackedSegment) throws {
        try write { try SegmentStore(db: $0, numbers: columns.numbers).write(segment) }
    }

    private func queueAll() throws {
        for (key, full) in collector.take().reversed() { try queue(full, key) }
    }

    /// Hands out the collected rows of a day, or rows that wait, as a segment.
    func queue(_ full: DayColumns, _ key: DayCollector.Key) throws {
        guard let delivery, full.batch.count > 0 else { return }
        unpacked.append(
            SegmentWork(
                batch: full.batch, delivery: delivery, table: key.table, ordinal: full.ordinal,
                day: key.day == KeyEntry.pending ? nil : key.day, numbers: columns.numbers))
    }

    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        guard !isOver else { throw ArchiveError.misuse("the loading is over") }
        return try archive.access(body)
    }
}

extension Archive {
    /// Starts to load a delivery for an as-of day.
    ///
    /// - Parameter tables: the order in which rows of one key replace each other; tables that are not named follow in
    ///   the order in which their rows come.
    /// - Throws: `ArchiveError.catalogueChanged` while `adoptCatalogue` is due.
    public func load(asOf: Day, tables: [String] = [], takesBack: Bool = true) throws -> Loading {
        try Loading(archive: self, asOf: asOf, tables: tables, takesBack: takesBack)
    }
}
