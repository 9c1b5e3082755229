import GRDB

/// What stands for one written form of an id of a person: codes under a key, which nobody without it can compute or check.
public struct KnownId: Sendable, Hashable {
    /// The code of the whole form.
    public var code: Int64
    /// The code of its first word.
    public var head: Int64
    /// How many words it has.
    public var words: Int
    /// Whether it was met as the id of a learner alone.
    public var isLearner: Bool

    /// Names its parts.
    public init(code: Int64, head: Int64, words: Int, isLearner: Bool) {
        (self.code, self.head, self.words, self.isLearner) = (code, head, words, isLearner)
    }
}

extension Archive {
    /// The codes of all ids that live deliveries named.
    public func knownIds() throws -> [KnownId] {
        try access { db in
            try Row.fetchAll(db, sql: "SELECT code, head, words, is_learner FROM known_ids ORDER BY code").map {
                KnownId(code: $0[0], head: $0[1], words: $0[2], isLearner: $0[3])
            }
        }
    }

    /// Whether a delivery named an id with one of some codes.
    public func hasNamed(_ codes: [Int64]) throws -> Bool {
        try access { db in
            try codes.contains { code in
                try Bool.fetchOne(db, sql: "SELECT 1 FROM known_ids WHERE code = ?", arguments: [code]) ?? false
            }
        }
    }

    /// Keeps codes of ids that a delivery named.
    public func keep(_ ids: [KnownId], of delivery: Int64) throws {
        guard !ids.isEmpty else { return }
        try transaction {
            try access { db in
                let statement = try db.cachedStatement(
                    sql: """
                        INSERT INTO known_ids (code, head, words, is_learner, delivery) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (code) DO UPDATE SET is_learner = min(is_learner, excluded.is_learner)
                        """)
                for id in ids.sorted(by: { $0.code < $1.code }) {
                    try statement.execute(arguments: [id.code, id.head, id.words, id.isLearner, delivery])
                }
            }
        }
    }

    /// Takes a delivery out because what would have been published of it named a person. Its files are read again by every
    /// loading that is offered them, until one is not stopped.
    public func stop(delivery: Int64) throws {
        try transaction {
            try undo(delivery: delivery)
            try access {
                try $0.execute(sql: "INSERT INTO stopped_deliveries (delivery) VALUES (?)", arguments: [delivery])
            }
        }
    }
}

/// What becomes of codes of ids with their deliveries.
struct KnownIds {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Ids that a delivery named first stand for the next one that is live, which may name them as well; without one they go.
    func release(delivery: Int64) throws {
        let next = try Int64.fetchOne(
            db, sql: "SELECT min(id) FROM deliveries WHERE id > ? AND state = 'live'", arguments: [delivery])
        guard let next else {
            return try db.execute(sql: "DELETE FROM known_ids WHERE delivery = ?", arguments: [delivery])
        }
        try db.execute(sql: "UPDATE known_ids SET delivery = ? WHERE delivery = ?", arguments: [next, delivery])
    }

    /// Erases codes.
    func erase(_ codes: [Int64]) throws {
        for code in codes { try db.execute(sql: "DELETE FROM known_ids WHERE code = ?", arguments: [code]) }
    }
}
