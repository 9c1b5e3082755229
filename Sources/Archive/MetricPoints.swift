import Foundation
import GRDB
import Model
import Partials

/// Reads and writes metric points and stages of pipelines.
struct PointStore {
    private let db: Database

    init(_ db: Database) { self.db = db }

    private struct Chunk: Hashable {
        let name: String
        let context: String
        let day: Day
        var unit = ""

        var order: (String, String, Day, String) { (name, context, day, unit) }
    }

    /// Stores the points of a file as one blob for each series and day.
    func write(_ points: [MetricPoint], delivery: Int64) throws {
        let file = try Int64.fetchOne(db, sql: "SELECT coalesce(max(file), 0) + 1 FROM metric_points") ?? 1
        let chunks = Dictionary(grouping: points) {
            Chunk(name: $0.name, context: $0.context, day: $0.day, unit: $0.unit)
        }
        for (chunk, points) in chunks.sorted(by: { $0.key.order < $1.key.order }) {
            // Points of one time keep the order of the file.
            let sorted = points.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            var writer = ByteWriter()
            writer.write(sorted.count)
            var last: Int64 = 0
            for (_, point) in sorted {
                writer.write(signed: point.time - last)
                writer.write(point.value)
                last = point.time
            }
            try db.cachedStatement(
                sql: """
                    INSERT INTO metric_points (name, context, day, delivery, file, unit, kind, n, points)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                chunk.name.storable, chunk.context.storable, chunk.day.number, delivery, file,
                chunk.unit.storable, (sorted.last?.element.kind ?? .gauge).rawValue, sorted.count,
                Data(Frame.wrap(writer.bytes)),
            ])
        }
    }

    func write(_ stages: [StageRun], delivery: Int64) throws {
        for stage in stages {
            try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO stage_runs (stage, item, started, delivery, day, ended, status)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                stage.stage.storable, stage.item.storable, stage.started, delivery, stage.day.number, stage.ended,
                stage.status.storable,
            ])
        }
    }

    /// The points that hold, by name, context and time.
    func points(_ period: Period) throws -> [MetricPoint] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT metric_points.* FROM metric_points JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' AND day >= ? AND day < ? ORDER BY name, context, day, as_of, delivery, file
                """, arguments: [period.start.number, period.end.number])
        var result: [MetricPoint] = []
        var open: [Int64: [MetricPoint]] = [:]
        var current: Chunk?
        func close() {
            for time in open.keys.sorted() { result += open[time] ?? [] }
            open = [:]
        }
        while let row = try rows.next() {
            let chunk = Chunk(name: row["name"], context: row["context"], day: Day(number: row["day"]))
            if chunk != current { close() }
            current = chunk
            guard let kind = MetricPoint.Kind(rawValue: row["kind"]) else {
                throw ArchiveError.damaged("unknown kind of a metric point")
            }
            // Later deliveries and files replace what earlier ones say of a time.
            for (time, values) in try decoded(row["points"]) {
                open[time] = values.map {
                    MetricPoint(
                        name: chunk.name, context: chunk.context, unit: row["unit"], kind: kind, day: chunk.day,
                        time: time,
                        value: $0)
                }
            }
        }
        close()
        return result
    }

    private func decoded(_ blob: Data) throws -> [Int64: [Double]] {
        var reader = ByteReader(try Frame.unwrap(Array(blob)))
        var found: [Int64: [Double]] = [:]
        var time: Int64 = 0
        for _ in 0..<(try reader.count(atMost: 1 << 28)) {
            time &+= try reader.signed()
            found[time, default: []].append(try reader.double())
        }
        return found
    }

    /// The stages that hold, by start, stage and item; those that have not ended whenever they began.
    func stages(_ period: Period) throws -> [StageRun] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT stage_runs.* FROM stage_runs JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' AND day < ?
                ORDER BY started, stage, item, as_of DESC, delivery DESC
                """, arguments: [period.end.number])
        var result: [StageRun] = []
        while let row = try rows.next() {
            let run = StageRun(
                stage: row["stage"], item: row["item"], day: Day(number: row["day"]), started: row["started"],
                ended: row["ended"], status: row["status"])
            if let last = result.last, last.stage == run.stage, last.item == run.item, last.started == run.started {
                continue
            }
            result.append(run)
        }
        return result.filter { $0.day >= period.start || $0.ended == nil }
    }

    /// Drops points and stages of the days before one; how many there were.
    func prune(before day: Int32) throws -> Int {
        let points = try Int.fetchOne(
            db, sql: "SELECT coalesce(sum(n), 0) FROM metric_points WHERE day < ?", arguments: [day])
        try db.execute(sql: "DELETE FROM metric_points WHERE day < ?", arguments: [day])
        try db.execute(sql: "DELETE FROM stage_runs WHERE day < ?", arguments: [day])
        return (points ?? 0) + db.changesCount
    }
}

extension Archive {
    /// The metric points that hold, of the days of a period, by name, context and time. O(points).
    public func metricPoints(over period: Period) throws -> [MetricPoint] {
        try access { try PointStore($0).points(period) }
    }

    /// The stages of pipelines that began on the days of a period, or before it and have not ended, by start, stage and item.
    public func stageRuns(over period: Period) throws -> [StageRun] {
        try access { try PointStore($0).stages(period) }
    }

    /// Every series of metric points that was ever delivered, by name and context.
    public func pointSeries() throws -> [(name: String, context: String)] {
        try access { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT name, context FROM metric_points JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' ORDER BY name, context
                    """
            ).map { ($0["name"], $0["context"]) }
        }
    }

    /// Whether a value of a dimension was ever stored.
    public func hasStored(_ value: String, of dimension: String) throws -> Bool {
        try access { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM dimension_values JOIN columns ON columns.id = column_id
                      WHERE kind = 'dimension' AND name = ? AND value = ?)
                    """, arguments: [dimension, Data(value.utf8)]) ?? false
        }
    }

    /// The values of a dimension that records had, in the order of their bytes.
    public func storedValues(of dimension: String) throws -> [String] {
        try access { db in
            try Data.fetchAll(
                db,
                sql: """
                    SELECT value FROM dimension_values JOIN columns ON columns.id = column_id
                    WHERE kind = 'dimension' AND name = ? ORDER BY value
                    """, arguments: [dimension]
            ).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The newest day up to another one that has metric points or stages; nil if there is none.
    public func newestPointDay(notAfter day: Day) throws -> Day? {
        try access { db in
            try Int32.fetchOne(
                db,
                sql: """
                    SELECT max(day) FROM (
                      SELECT day, delivery FROM metric_points UNION ALL SELECT day, delivery FROM stage_runs)
                    JOIN deliveries ON deliveries.id = delivery WHERE state = 'live' AND day <= ?
                    """, arguments: [day.number]
            ).map { Day(number: $0) }
        }
    }
}
