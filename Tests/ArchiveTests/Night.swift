import Archive
import Foundation
import Model
import Partials
import Statistics
import TestSupport

/// One row as a test writes it: absent columns are left out of the table, not missing.
struct Row: Sendable, Hashable {
    var key: UInt64
    /// Days after the first day of the tests; nil for a table without time.
    var day: Int?
    var score: Double?
    var latency: Double?
    var tier: String?

    init(_ key: UInt64, day: Int? = nil, score: Double? = nil, latency: Double? = nil, tier: String? = nil) {
        self.key = key
        self.day = day
        self.score = score
        self.latency = latency
        self.tier = tier
    }
}

/// Rows of one file; the table decides which columns are present.
struct File: Sendable, Hashable {
    var table: String
    var rows: [Row]
    /// Tells files with the same rows apart.
    var salt: UInt8 = 0

    static func sessions(_ rows: Row..., salt: UInt8 = 0) -> File { File(table: "sessions", rows: rows, salt: salt) }
    static func quality(_ rows: Row..., salt: UInt8 = 0) -> File { File(table: "quality", rows: rows, salt: salt) }

    /// A stand-in for the hash of the bytes: 32 bytes made of the rows.
    var sha256: [UInt8] {
        var state = KeyRank.of(UInt64(salt) + 1)
        for row in rows {
            let parts: [UInt64] = [
                row.key, UInt64(bitPattern: Int64(row.day ?? -9)), row.score?.bitPattern ?? 1,
                row.latency?.bitPattern ?? 1,
                row.tier.map { $0.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) } } ?? 0,
            ]
            for part in parts { state = KeyRank.of(state ^ part &+ 0x9E37_79B9) }
        }
        for byte in table.utf8 { state = KeyRank.of(state ^ UInt64(byte)) }
        return (0..<4).flatMap { lane in
            (0..<8).map { UInt8(truncatingIfNeeded: KeyRank.of(state &+ UInt64(lane)) >> UInt64(8 * $0)) }
        }
    }

    /// The rows in columns: sessions have a day, a latency and a tier; quality has a score; `both` has all.
    var batch: RecordBatch {
        var batch = RecordBatch(table: table, catalogue: Night.catalogue)
        if table != "quality" {
            batch.metrics[1] = rows.map { $0.latency ?? .nan }
            // By bytes, because texts that are equal as Unicode may come in two spellings.
            let texts = Array(Set(rows.compactMap { $0.tier.map { Array($0.utf8) } }))
            batch.dictionaries[0] = [""] + texts.map { String(decoding: $0, as: UTF8.self) }
            batch.dimensions[0] = rows.map { row in
                row.tier.flatMap { texts.firstIndex(of: Array($0.utf8)) }.map { UInt32($0) + 1 } ?? 0
            }
        }
        if table != "sessions" { batch.metrics[0] = rows.map { $0.score ?? .nan } }
        for row in rows {
            batch.keys.append(KeyRank.of(row.key))
            batch.ids.append("id-\(row.key)".utf8)
            let day = row.day.map { Night.first.advanced(by: $0).number }
            batch.days.append(day ?? RecordBatch.noDay)
            batch.times.append(day.map { Int64($0) * 86_400_000_000 + 3_600_000_000 } ?? RecordBatch.noTime)
            batch.minutes.append(day == nil ? RecordBatch.noMinute : 60)
        }
        return batch
    }
}

/// Archives for tests.
enum Night {
    static let first = Day(number: 20_000)
    static let holder = LockHolder(process: 4711, host: "test", since: "2026-11-19T03:00:00Z")
    static let sizes = SampleSizes(all: 8, group: 4, valuesPerDimension: 16)
    static let period = Period(of: .quarter, containing: first)

    static let catalogue: Catalogue = make(["score", "latency"], ["tier"])

    static func make(_ metrics: [String], _ dimensions: [String]) -> Catalogue {
        let made = Catalogue(
            metrics: metrics.compactMap { Metric(name: $0) }, dimensions: dimensions.compactMap { Dimension(name: $0) })
        guard let made else { preconditionFailure("names of the tests") }  // constant input
        return made
    }

    static func open(_ folder: URL, catalogue: Catalogue = catalogue) throws -> Archive {
        try Archive(
            path: folder.appending(path: "archive.sqlite").path, catalogue: catalogue, holder: holder, sizes: sizes)
    }

    /// Calls a closure with a new archive.
    static func withArchive<Value>(_ body: (Archive) throws -> Value) throws -> Value {
        try withTemporaryFolder { try body(open($0)) }
    }

    /// The bytes of the partials of every day.
    static func figures(_ archive: Archive) throws -> [Day: EncodedDay] {
        let table = try archive.partials(over: period)
        return Dictionary(uniqueKeysWithValues: table.entries.map { ($0.day, $0.encoded()) })
    }
}

extension Archive {
    /// Loads files as one delivery.
    @discardableResult
    func load(_ files: File..., asOf: Int = 0) throws -> LoadOutcome { try load(files, asOf: asOf) }

    @discardableResult
    func load(_ files: [File], asOf: Int = 0) throws -> LoadOutcome {
        let loading = try load(asOf: Night.first.advanced(by: asOf))
        for file in files {
            let offered = DeliveryFile(
                sha256: file.sha256, name: "\(file.table).csv", table: file.table, bytes: file.rows.count * 10)
            guard let open = try loading.begin(offered) else { continue }
            try loading.add(file.batch, to: open)
            try loading.finish(open, rows: file.rows.count, accepted: file.rows.count, counts: [], rejects: [])
        }
        return try loading.finish()
    }
}
