import GRDB
import Model
import Partials

import struct Foundation.Data

/// One execution as the archive remembers it; only later runs read it.
public struct Run: Sendable, Hashable {
    /// Its id, made from given values only.
    public let id: String
    /// The day that it describes.
    public let asOf: Day
    /// When it began, in the words that were given (RFC 3339).
    public let started: String
    /// The files it read, by name, with the SHA-256 of each.
    public let inputs: [Input]
    /// How it ended, in the words that were given.
    public let outcome: String
    /// The SHA-256 of its manifest.
    public let manifestHash: [UInt8]

    /// A file that a run read.
    public struct Input: Sendable, Hashable {
        /// The file's name.
        public let name: String
        /// The SHA-256 of its bytes.
        public let sha256: [UInt8]

        /// Names a file.
        public init(name: String, sha256: [UInt8]) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// Describes a run.
    public init(
        id: String, asOf: Day, started: String, inputs: [Input], outcome: String, manifestHash: [UInt8]
    ) {
        self.id = id
        self.asOf = asOf
        self.started = started
        self.inputs = inputs
        self.outcome = outcome
        self.manifestHash = manifestHash
    }
}

extension Archive {
    /// Keeps a run with its summary; one with the same id replaces the earlier.
    public func saveRun(_ run: Run, summary: [UInt8]) throws {
        try transaction {
            try access { db in
                let next = try Int.fetchOne(db, sql: "SELECT coalesce(max(sequence), 0) + 1 FROM runs") ?? 1
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO runs
                          (id, sequence, as_of, started, inputs, outcome, summary, manifest_hash)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        run.id.storable, next, run.asOf.number, run.started.storable,
                        Data(Archive.encode(run.inputs)), run.outcome.storable,
                        Data(Frame.wrap(summary, level: 3)), Data(run.manifestHash),
                    ])
                try audit(db).add(run: run.id.storable)
            }
        }
    }

    /// Puts a summary without the entries that name an erased person in the place of a run's; the run keeps its place among the
    /// others, and stays one whose figures contain the person.
    public func strikeSummary(ofRun id: String, leaving summary: [UInt8]) throws {
        try transaction {
            try access { db in
                try db.execute(
                    sql: "UPDATE runs SET summary = ? WHERE id = ?",
                    arguments: [Data(Frame.wrap(summary, level: 3)), id.storable])
                try audit(db).add(run: id.storable)
                try audit(db).add(.erasure, "summaries", "struck_run=\(id)")
            }
        }
    }

    /// Every run, by as-of day and then in the order in which they were kept.
    public func runs() throws -> [Run] {
        try access { db in
            // Without the summaries, which are long: a night must not cost more for every night before it.
            try Row.fetchAll(
                db,
                sql: "SELECT id, as_of, started, inputs, outcome, manifest_hash FROM runs ORDER BY as_of, sequence"
            ).map { try Archive.run($0) }
        }
    }

    /// The summary of a run; nil if there is no such run.
    public func summary(ofRun id: String) throws -> [UInt8]? {
        try access { db in
            try Data.fetchOne(db, sql: "SELECT summary FROM runs WHERE id = ?", arguments: [id.storable])
                .map { try Frame.unwrap([UInt8]($0)) }
        }
    }

    /// The newest run for an as-of day before the given one, with its summary; nil if there is none.
    public func newestRun(before day: Day) throws -> (run: Run, summary: [UInt8])? {
        try access { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM runs WHERE as_of < ? ORDER BY as_of DESC, sequence DESC LIMIT 1",
                    arguments: [day.number])
            else { return nil }
            return (try Archive.run(row), try Frame.unwrap([UInt8](row["summary"] as Data)))
        }
    }

    private static func run(_ row: Row) throws -> Run {
        Run(
            id: row["id"], asOf: Day(number: row["as_of"]), started: row["started"],
            inputs: try inputs([UInt8](row["inputs"] as Data)), outcome: row["outcome"],
            manifestHash: [UInt8](row["manifest_hash"] as Data))
    }

    private static func encode(_ inputs: [Run.Input]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(inputs.count)
        for input in inputs {
            writer.write(input.name)
            writer.write(input.sha256.count)
            writer.write(raw: input.sha256)
        }
        return writer.bytes
    }

    private static func inputs(_ bytes: [UInt8]) throws -> [Run.Input] {
        var reader = ByteReader(bytes)
        var inputs: [Run.Input] = []
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            let name = try reader.text()
            let range = try reader.take(try reader.count())
            inputs.append(Run.Input(name: name, sha256: Array(bytes[range])))
        }
        return inputs
    }
}
