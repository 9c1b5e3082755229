import GRDB
import Model
import Partials

import struct Foundation.Data

/// Reads and writes interventions and measurements: one row per id and delivery, of which the latest delivery holds.
struct Registers {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ value: Intervention, delivery: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO interventions
                  (id, delivery, name, kind, metric, scope, start_day, end_day, expected_change, status)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            value.id.storable, delivery, value.name.storable, value.kind.storable, value.metric,
            value.scope.encoded, value.start.number, value.end?.number, value.expectedChange,
            value.status.rawValue,
        ])
    }

    func write(_ value: Measurement, delivery: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO measurements
                  (id, delivery, intervention, day, baseline, current, change, sample_size)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            value.id.storable, delivery, value.intervention.storable, value.day.number, value.baseline, value.current,
            value.change, value.sampleSize,
        ])
    }

    func interventions() throws -> [Intervention] {
        try newest("interventions").map { row in
            guard let status = Intervention.Status(rawValue: row["status"]) else {
                throw ArchiveError.damaged("unknown status of an intervention")
            }
            return Intervention(
                id: row["id"], name: row["name"], kind: row["kind"], metric: row["metric"],
                scope: try Group(encoded: row["scope"]), start: Day(number: row["start_day"]),
                end: (row["end_day"] as Int32?).map { Day(number: $0) }, expectedChange: row["expected_change"],
                status: status)
        }
    }

    func measurements() throws -> [Measurement] {
        try newest("measurements").map { row in
            Measurement(
                id: row["id"], intervention: row["intervention"], day: Day(number: row["day"]),
                baseline: row["baseline"], current: row["current"], change: row["change"],
                sampleSize: row["sample_size"])
        }
    }

    /// For each id the row of the live delivery that comes last, by id.
    private func newest(_ table: String) throws -> [Row] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(table).* FROM \(table) JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' ORDER BY \(table).id, as_of DESC, delivery DESC
                """)
        var last: String?
        return rows.filter { row in
            let id: String = row["id"]
            defer { last = id }
            return id != last
        }
    }
}

extension Group {
    /// The group as a register keeps it.
    fileprivate var encoded: Data {
        var writer = ByteWriter()
        writer.write(self)
        return Data(writer.bytes)
    }

    fileprivate init(encoded data: Data) throws(DecodingFailure) {
        var reader = ByteReader([UInt8](data))
        self = try reader.group()
    }
}

extension Archive {
    /// The interventions that hold, by id.
    public func interventions() throws -> [Intervention] { try access { try Registers($0).interventions() } }

    /// The measurements that hold, by id.
    public func measurements() throws -> [Measurement] { try access { try Registers($0).measurements() } }
}
