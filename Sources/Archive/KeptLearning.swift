import GRDB
import Model

import struct Foundation.Data

/// What was made of the log of one learner and is kept; `Analysis` knows what the bytes mean.
public struct KeptLearner: Sendable, Hashable {
    /// Who.
    public var learner: String
    /// The zone of the learner's days.
    public var zone: String
    /// A SHA-256 of everything besides the log that it was made with.
    public var rules: [UInt8]
    /// What was made.
    public var content: [UInt8]

    /// Names all.
    public init(learner: String, zone: String, rules: [UInt8], content: [UInt8]) {
        (self.learner, self.zone, self.rules, self.content) = (learner, zone, rules, content)
    }
}

extension Archive {
    /// Learners with sessions, by name. From name to name, because learners may have thousands of sessions each.
    static let learnerNames = """
        WITH RECURSIVE names (learner) AS (
          SELECT min(learner) FROM learning_sessions
          UNION ALL
          SELECT (SELECT min(learner) FROM learning_sessions AS later WHERE later.learner > names.learner)
          FROM names WHERE learner IS NOT NULL)
        SELECT learner FROM names WHERE learner IS NOT NULL
        """

    /// Goes through who is kept and has not changed since, by name: the name, the zone, the rules.
    public func keptLearnerRules(_ body: (String, String, [UInt8]) -> Void) throws {
        try access { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT learner, zone, rules FROM kept_learners WHERE \(Archive.isUnchanged) ORDER BY learner")
            while let row = try rows.next() { body(row[0], row[1], [UInt8](row[2] as Data)) }
        }
    }

    private static let isUnchanged = "learner NOT IN (SELECT learner FROM changed_learners)"

    /// Learners with sessions that have changed since something was kept of them, or of whom nothing is, by name.
    public func changedLearners() throws -> [String] {
        try access { try String.fetchAll($0, sql: "SELECT learner FROM changed_learners ORDER BY learner") }
    }

    /// Learners with a session after a day, or before another one.
    public func learners(withSessionsAfter day: Day, orBefore first: Day?) throws -> Set<String> {
        try access { db in
            var names = Set(
                try String.fetchAll(
                    db, sql: "SELECT learner FROM learning_sessions WHERE day > ?", arguments: [day.number]))
            if let first {
                names.formUnion(
                    try String.fetchAll(
                        db, sql: "SELECT learner FROM learning_sessions WHERE day < ?", arguments: [first.number]))
            }
            return names
        }
    }

    /// What is kept of the next learners behind one who have not changed since, by name; empty at the end.
    public func keptLearners(after learner: String?, limit: Int) throws -> [KeptLearner] {
        try access { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT learner, zone, rules, content FROM kept_learners
                    WHERE learner > ? AND \(Archive.isUnchanged) ORDER BY learner LIMIT ?
                    """,
                arguments: [learner ?? "", limit])
            var kept: [KeptLearner] = []
            while let row = try rows.next() {
                kept.append(
                    KeptLearner(
                        learner: row[0], zone: row[1], rules: [UInt8](row[2] as Data),
                        content: [UInt8](row[3] as Data)))
            }
            return kept
        }
    }

    /// Keeps what was made of learners; what was kept of them before goes, and the mark that they have changed.
    public func keep(_ learners: [KeptLearner]) throws {
        try access { db in
            let mark = try db.cachedStatement(sql: "DELETE FROM changed_learners WHERE learner = ?")
            let statement = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO kept_learners (learner, zone, rules, content) VALUES (?, ?, ?, ?)")
            for kept in learners {
                try statement.execute(arguments: [
                    kept.learner.storable, kept.zone.storable, Data(kept.rules), Data(kept.content),
                ])
                try mark.execute(arguments: [kept.learner.storable])
            }
        }
    }

    /// What is kept of days, made with the rules; days with sessions that are not among them come without.
    public func keptLearningDays(rules: [UInt8]) throws -> [(day: Day, content: [UInt8]?)] {
        try access { db in
            // From day to day, because a day may have thousands of sessions.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    WITH RECURSIVE days (day) AS (
                      SELECT min(day) FROM learning_sessions
                      UNION ALL
                      SELECT (SELECT min(day) FROM learning_sessions AS later WHERE later.day > days.day)
                      FROM days WHERE day IS NOT NULL)
                    SELECT days.day, content FROM days
                    LEFT JOIN kept_learning_days ON kept_learning_days.day = days.day AND rules = ?
                    WHERE days.day IS NOT NULL ORDER BY days.day
                    """, arguments: [Data(rules)])
            return rows.map { (Day(number: $0[0]), ($0[1] as Data?).map { [UInt8]($0) }) }
        }
    }

    /// Keeps what was made of days.
    public func keep(_ days: [(day: Day, content: [UInt8])], rules: [UInt8]) throws {
        try access { db in
            let statement = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO kept_learning_days (day, rules, content) VALUES (?, ?, ?)")
            for kept in days { try statement.execute(arguments: [kept.day.number, Data(rules), Data(kept.content)]) }
        }
    }
}
