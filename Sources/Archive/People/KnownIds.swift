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

extension KnownId {
    /// What stands for an id sign for sign, beside its forms, in which letters are folded: a code of the id, with that of its folded
    /// form as the head. A form of one word is its own first word, so that the two are told apart.
    public static func spelling(_ code: Int64, of folded: Int64, isLearner: Bool) -> KnownId {
        KnownId(code: code, head: folded, words: 1, isLearner: isLearner)
    }

    /// Whether it stands for an id sign for sign.
    public var isSpelling: Bool { words == 1 && code != head }
}

extension Archive {
    /// The codes of all ids that live deliveries named: forms to be looked for, and spellings.
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

    /// Whether a delivery named another id with the same folded form.
    public func hasOtherSpelling(than code: Int64, of folded: Int64) throws -> Bool {
        try access { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT 1 FROM known_ids WHERE words = 1 AND head = ? AND code NOT IN (head, ?) LIMIT 1",
                arguments: [folded, code]) ?? false
        }
    }

    /// Whether anything is stored of a person, or of a learner under their own id.
    public func hasRows(of person: String, orLearner rawID: String) throws -> Bool {
        try access { db in
            let places = [
                "person_facts WHERE person IN", "person_records WHERE person IN", "learning_sessions WHERE learner IN",
                "learning_goals WHERE learner IN",
            ]
            return try places.contains { place in
                try Bool.fetchOne(
                    db, sql: "SELECT 1 FROM \(place) (?, ?) LIMIT 1", arguments: [person, rawID.storable]) ?? false
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
                        ON CONFLICT (code) DO UPDATE
                        SET is_learner = min(is_learner, excluded.is_learner), head = excluded.head, words = excluded.words
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
