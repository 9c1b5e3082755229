import GRDB
import Model
import Partials

import struct Foundation.Data

/// One thing that was done to the archive.
public struct AuditEntry: Sendable, Hashable {
    /// Its place in the trail, counted from 1 without gaps.
    public let sequence: Int
    /// When the command that did it began, in the words that were given (RFC 3339).
    public let at: String
    /// What was done.
    public let kind: String
    /// To what: the number of a delivery, the id of a run, a day.
    public let subject: String
    /// What came of it, as `name=value` with blanks between.
    public let detail: String
    /// The SHA-256 over the hash of the entry before it and this entry.
    public let hash: [UInt8]

    /// The kinds of entries.
    enum Kind: String {
        /// The trail begins; what is older follows as it was found.
        case start
        case delivery, undo, run, catalogue, prune, erasure
    }

    /// The bytes that the hash is taken over: every field with its length, so that none can be moved into another.
    func canonical(after previous: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(raw: previous)
        writer.write(fixed: UInt64(sequence))
        for text in [at, kind, subject, detail] { writer.write(text) }
        return writer.bytes
    }

    /// A value of `detail`.
    func value(_ name: String) -> String? {
        for part in detail.split(separator: " ") where part.hasPrefix(name + "=") {
            return String(part.dropFirst(name.utf8.count + 1))
        }
        return nil
    }
}

/// The table of audit entries: written by whatever changes the archive, in the same transaction.
struct AuditTrail {
    private static let root = [UInt8](repeating: 0, count: 32)
    private let db: Database
    private let moment: String

    init(_ db: Database, at moment: String) {
        self.db = db
        self.moment = moment
    }

    /// Adds an entry behind the last.
    func add(_ kind: AuditEntry.Kind, _ subject: String, _ detail: String) throws {
        let last = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        let previous = last.map { [UInt8]($0[1] as Data) } ?? Self.root
        let entry = AuditEntry(
            sequence: (last?[0] ?? 0) + 1, at: moment.storable, kind: kind.rawValue, subject: subject.storable,
            detail: detail.storable, hash: [])
        try db.execute(
            sql: "INSERT INTO audit (sequence, at, kind, subject, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.sequence, entry.at, entry.kind, entry.subject, entry.detail, Data(previous),
                Data(Fingerprint.of(entry.canonical(after: previous))),
            ])
    }

    /// Begins the trail of an archive, with what it holds already.
    func begin() throws {
        let deliveries = try Row.fetchAll(db, sql: "SELECT id, state FROM deliveries ORDER BY id")
        let runs = try String.fetchAll(db, sql: "SELECT id FROM runs ORDER BY sequence")
        let days = try Int.fetchOne(db, sql: "SELECT count(*) FROM day_partials") ?? 0
        try add(.start, "archive", "deliveries=\(deliveries.count) runs=\(runs.count) days=\(days)")
        for row in deliveries {
            let id: Int64 = row[0]
            try add(delivery: id)
            if row[1] == "undone" { try add(.undo, "\(id)", "found=undone") }
        }
        for run in runs { try add(run: run) }
    }

    func add(delivery id: Int64) throws { try add(.delivery, "\(id)", try statement(ofDelivery: id) ?? "") }

    func add(run id: String) throws { try add(.run, id, try statement(ofRun: id) ?? "") }

    // MARK: Statements

    /// What a delivery is, as long as nobody edits it; nil if there is none.
    func statement(ofDelivery id: Int64) throws -> String? {
        guard
            let row = try Row.fetchOne(
                db,
                sql: "SELECT as_of, inserted, replaced, unchanged, moved, pending FROM deliveries WHERE id = ?",
                arguments: [id])
        else { return nil }
        let files = try Row.fetchAll(
            db,
            sql: """
                SELECT name, table_name, bytes, rows, accepted, sha256 FROM delivery_files WHERE delivery = ? ORDER BY id
                """, arguments: [id])
        var fingerprint = Fingerprint()
        fingerprint.add(row)
        for file in files { fingerprint.add(file) }
        let rows = files.reduce(0) { $0 + ($1["rows"] as Int) }
        let asOf = Day(number: row[0]).iso
        return "as_of=\(asOf) files=\(files.count) rows=\(rows) sha256=\(Self.hex(fingerprint.bytes))"
    }

    /// What a run is; nil if there is none.
    func statement(ofRun id: String) throws -> String? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT as_of, started, inputs, outcome, summary, manifest_hash FROM runs WHERE id = ?",
                arguments: [id])
        else { return nil }
        var fingerprint = Fingerprint()
        fingerprint.add(row)
        let manifest = Self.hex([UInt8](row["manifest_hash"] as Data))
        return "as_of=\(Day(number: row[0]).iso) manifest=\(manifest) sha256=\(Self.hex(fingerprint.bytes))"
    }

    /// The partials of the days before one as one SHA-256: they cannot be computed again.
    func statement(ofDaysBefore day: Int32) throws -> String {
        var fingerprint = Fingerprint()
        var days = 0
        let rows = try Row.fetchCursor(
            db, sql: "SELECT day, hash, cells, counts, sample FROM day_partials WHERE day < ? ORDER BY day",
            arguments: [day])
        while let row = try rows.next() {
            fingerprint.add(row)
            days += 1
        }
        return "kept_days=\(days) partials=\(Self.hex(fingerprint.bytes))"
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: Reading

    func entries() throws -> [AuditEntry] {
        try Row.fetchAll(db, sql: "SELECT sequence, at, kind, subject, detail, hash FROM audit ORDER BY sequence").map {
            AuditEntry(
                sequence: $0[0], at: $0[1], kind: $0[2], subject: $0[3], detail: $0[4], hash: [UInt8]($0[5] as Data))
        }
    }

    /// Where the trail contradicts itself or the tables that it speaks of; empty if it does not.
    func faults() throws -> [String] {
        let entries = try entries()
        var faults = chainFaults(entries)
        var undone: Set<String> = []
        var runs: [String: AuditEntry] = [:]
        var deliveries: [String: AuditEntry] = [:]
        var frozen: AuditEntry?
        for entry in entries {
            switch AuditEntry.Kind(rawValue: entry.kind) {
            case .delivery: deliveries[entry.subject] = entry
            case .undo: undone.insert(entry.subject)
            case .run: runs[entry.subject] = entry
            case .erasure: entry.value("removed_runs")?.split(separator: ",").forEach { runs[String($0)] = nil }
            case .prune, .catalogue: if entry.value("partials") != nil { frozen = entry }
            default: break
            }
        }
        for row in try Row.fetchAll(db, sql: "SELECT id, state FROM deliveries ORDER BY id") {
            let id: Int64 = row[0]
            let entry = deliveries.removeValue(forKey: "\(id)")
            if entry?.detail != (try statement(ofDelivery: id)) {
                faults.append("delivery \(id) is not what the trail says of it")
            }
            if (row[1] == "undone") != undone.contains("\(id)") {
                faults.append("delivery \(id) is \(row[1] as String), which the trail does not say")
            }
        }
        for id in try String.fetchAll(db, sql: "SELECT id FROM runs ORDER BY id") {
            if runs.removeValue(forKey: id)?.detail != (try statement(ofRun: id)) {
                faults.append("run \(id) is not what the trail says of it")
            }
        }
        faults += deliveries.keys.sorted().map { "delivery \($0) is gone, which the trail does not say" }
        faults += runs.keys.sorted().map { "run \($0) is gone, which the trail does not say" }
        return faults + (try frozenFaults(frozen))
    }

    private func chainFaults(_ entries: [AuditEntry]) -> [String] {
        var faults: [String] = []
        var previous = Self.root
        if entries.first?.kind != AuditEntry.Kind.start.rawValue { faults.append("the audit trail has no beginning") }
        for (place, entry) in entries.enumerated() {
            if entry.sequence != place + 1 { faults.append("an audit entry before \(entry.sequence) is missing") }
            if Fingerprint.of(entry.canonical(after: previous)) != entry.hash {
                faults.append("audit entry \(entry.sequence) is not the one that was written there")
            }
            previous = entry.hash
        }
        return faults
    }

    private func frozenFaults(_ entry: AuditEntry?) throws -> [String] {
        let first = try Int32.fetchOne(db, sql: "SELECT first_day FROM retention")
        guard let first else { return entry == nil ? [] : ["the first kept day is gone, which the trail does not say"] }
        guard let entry, entry.detail.hasSuffix(try statement(ofDaysBefore: first)) else {
            return ["figures of days before \(Day(number: first).iso) are not those that pruning left"]
        }
        return []
    }
}

extension Archive {
    /// What was done to the archive, the oldest first.
    public func auditTrail() throws -> [AuditEntry] { try access { try AuditTrail($0, at: moment).entries() } }

    /// Adds an entry to the audit trail.
    func audit(_ db: Database) -> AuditTrail { AuditTrail(db, at: moment) }
}
