import GRDB
import Model

/// Reads and writes sessions of learners and goals: one row per key and delivery, of which the latest delivery holds.
struct LearningStore {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ value: LearningSession, delivery: Int64) throws {
        let parts = value.parts.map { $0.map { "\($0)" } ?? "" }.joined(separator: ";")
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO learning_sessions
                  (learner, session, delivery, day, started, ended, utc_offset, zone, minutes, exchanges, questions,
                   clarifications, quality, lowest_quality, highest_quality, parts, topics, primary_topic, positive,
                   negative, is_success, is_completed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            value.learner.storable, value.session.storable, delivery, value.day.number, value.started, value.ended,
            value.offset, value.zone?.storable, value.minutes, value.exchanges, value.questions, value.clarifications,
            value.quality, value.lowestQuality, value.highestQuality, parts,
            value.topics.joined(separator: "\u{1F}").storable, value.primaryTopic?.storable,
            value.positiveFeedback, value.negativeFeedback, value.isSuccess, value.isCompleted,
        ])
    }

    func write(_ value: LearningGoal, delivery: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO learning_goals
                  (id, learner, delivery, title, body, kind, target, start_day, deadline, declared, supplied)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            value.id.storable, value.learner?.storable ?? "", delivery, value.title.storable, value.text.storable,
            value.kind.rawValue, value.target, value.start.number, value.deadline?.number, value.declared.rawValue,
            value.supplied,
        ])
    }

    private static let separator: UInt8 = 0x1F

    /// The goals that hold, by learner and id.
    func goals() throws -> [LearningGoal] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT learning_goals.* FROM learning_goals JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' ORDER BY learner, learning_goals.id, as_of DESC, delivery DESC
                """)
        var last: [String] = []
        return try rows.compactMap { row in
            let key: [String] = [row["learner"], row["id"]]
            defer { last = key }
            return key == last ? nil : try goal(row)
        }
    }

    private func goal(_ row: Row) throws -> LearningGoal {
        guard let kind = LearningGoal.Kind(rawValue: row["kind"]),
            let declared = LearningGoal.Declaration(rawValue: row["declared"])
        else { throw ArchiveError.damaged("unknown kind of a goal") }
        let learner: String = row["learner"]
        var goal = LearningGoal(
            id: row["id"], learner: learner.isEmpty ? nil : learner, title: row["title"], kind: kind,
            target: row["target"], start: Day(number: row["start_day"]),
            deadline: (row["deadline"] as Int32?).map { Day(number: $0) }, declared: declared)
        goal.text = row["body"]
        goal.supplied = row["supplied"]
        return goal
    }

    /// The next learners in the order of their names, at least one and about so many sessions; empty at the end.
    ///
    /// Of each session the latest delivery holds, even where it moves the session behind the day.
    func sessions(
        after learner: String?, only: String?, through day: Day, limit: Int
    ) throws -> [[LearningSession]] {
        let rows = try Row.fetchCursor(
            try db.cachedStatement(
                sql: """
                    SELECT \(Self.columns), as_of, delivery FROM learning_sessions
                    CROSS JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' AND learner > ? AND learner \(only == nil ? ">= ''" : "= ?")
                    ORDER BY learner, session
                    """), arguments: StatementArguments([learner ?? ""] + (only.map { [$0] } ?? [])))
        var logs: [[LearningSession]] = []
        var log = NewestSessions(through: day)
        var count = 0
        while let row = try rows.next() {
            let name: String = only ?? row[0]
            if name != log.learner {
                if let full = log.close() { logs.append(full) }
                if count >= limit, !logs.isEmpty { return logs }
                log.learner = name
            }
            count += 1
            log.add(try session(row, of: name), rank: (row[21], row[22]))
        }
        if let full = log.close() { logs.append(full) }
        return logs
    }

    /// The sessions of a day, by learner and id: those whose newest delivery has them on that day.
    func sessions(on day: Day) throws -> [[LearningSession]] {
        let rows = try Row.fetchCursor(
            try db.cachedStatement(
                sql: """
                    SELECT \(Self.columns) FROM learning_sessions AS own
                    CROSS JOIN deliveries AS mine ON mine.id = own.delivery
                    WHERE own.day = ? AND mine.state = 'live' AND NOT EXISTS (
                      SELECT 1 FROM learning_sessions AS other CROSS JOIN deliveries AS its ON its.id = other.delivery
                      WHERE other.learner = own.learner AND other.session = own.session AND its.state = 'live'
                        AND (its.as_of, other.delivery) > (mine.as_of, own.delivery))
                    ORDER BY learner, session
                    """), arguments: [day.number])
        var logs: [[LearningSession]] = []
        while let row = try rows.next() {
            let session = try session(row, of: row[0])
            if logs.last?.last?.learner != session.learner { logs.append([]) }
            logs[logs.count - 1].append(session)
        }
        return logs
    }

    /// The columns of a session in the order in which `session(_:)` takes them; looked up by name they would be most of the work.
    private static let columns = """
        learner, session, day, started, utc_offset, ended, zone, minutes, exchanges, questions, clarifications, quality,
        lowest_quality, highest_quality, parts, topics, primary_topic, positive, negative, is_success, is_completed
        """

    private func session(_ row: Row, of learner: String) throws -> LearningSession {
        var value = LearningSession(
            learner: learner, session: row[1], day: Day(number: row[2]), started: row[3], offset: row[4])
        value.ended = row[5]
        value.zone = row[6]
        value.minutes = row[7]
        value.exchanges = row[8]
        value.questions = row[9]
        value.clarifications = row[10]
        value.quality = row[11]
        value.lowestQuality = row[12]
        value.highestQuality = row[13]
        let parts: String = row[14]
        if !parts.isEmpty {
            value.parts = parts.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
                Double(Substring($0))
            }
        }
        let topics: String = row[15]
        // Nearly all sessions have one.
        value.topics =
            topics.utf8.contains(Self.separator)
            ? topics.utf8.split(separator: Self.separator).map { String(Substring($0)) }
            : topics.isEmpty ? [] : [topics]
        value.primaryTopic = row[16]
        value.positiveFeedback = row[17]
        value.negativeFeedback = row[18]
        value.isSuccess = row[19]
        value.isCompleted = row[20]
        return value
    }
}

/// The sessions of one learner while they are read: of each the row of the latest delivery.
private struct NewestSessions {
    let through: Day
    var learner: String?
    private var sessions: [LearningSession] = []
    private var rank: (Int32, Int64) = (.min, .min)

    init(through: Day) { self.through = through }

    mutating func add(_ session: LearningSession, rank new: (Int32, Int64)) {
        if let last = sessions.last, last.session == session.session {
            guard new > rank else { return }
            sessions[sessions.count - 1] = session
        } else {
            sessions.append(session)
        }
        rank = new
    }

    /// Ends a learner: sessions by their ids, none after the day; nil where none is left.
    mutating func close() -> [LearningSession]? {
        defer { sessions = [] }
        let kept = sessions.filter { $0.day <= through }
        return kept.isEmpty ? nil : kept
    }
}

extension Loading {
    /// Adds sessions of learners; one of the learner and id of an earlier one replaces it. Those of learners who were
    /// erased are dropped, and those past the retention of rows about people; `settle` drops those who do not agree.
    public func add(_ sessions: [LearningSession]) throws {
        let kept = sessions.filter { !hasErased($0.learner) && $0.day.number >= firstPersonDay ?? .min }
        try addRegister(kept) { try LearningStore($0).write($1, delivery: $2) }
    }

    /// Adds goals; one of the learner and id of an earlier one replaces it. Those of learners who were erased are dropped.
    public func add(_ goals: [LearningGoal]) throws {
        let kept = goals.filter { !($0.learner.map(hasErased) ?? false) }
        try addRegister(kept) { try LearningStore($0).write($1, delivery: $2) }
    }

    private func hasErased(_ learner: String) -> Bool {
        if let isErased, learner.utf8.count == 16, let digits = UInt64(learner, radix: 16), isErased(digits) {
            return true
        }
        return isErasedName?(learner) ?? false
    }
}

extension Archive {
    /// The goals that hold, by learner and id.
    public func learningGoals() throws -> [LearningGoal] { try access { try LearningStore($0).goals() } }

    /// The logs of the next learners behind one, by name: each learner's sessions through a day, by their ids.
    ///
    /// Whole learners come, together at least so many rows unless there are no more; empty at the end. Memory is that of
    /// these rows, so that any number of learners can be gone through.
    ///
    /// - Parameter only: the only learner whose log is wanted; nil for all.
    public func learningSessions(
        after learner: String?, only: String? = nil, through day: Day, limit: Int = 20_000
    ) throws -> [[LearningSession]] {
        try access { try LearningStore($0).sessions(after: learner, only: only, through: day, limit: limit) }
    }

    /// The logs of learners through a day, by name; those without a session through the day are left out.
    public func learningSessions(of learners: [String], through day: Day) throws -> [[LearningSession]] {
        try access { db in
            let store = LearningStore(db)
            return try learners.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap {
                try store.sessions(after: nil, only: $0, through: day, limit: .max)
            }
        }
    }

    /// The sessions of a day, by learner.
    public func learningSessions(on day: Day) throws -> [[LearningSession]] {
        try access { try LearningStore($0).sessions(on: day) }
    }

    /// The newest day up to another one on which anyone learned; nil if there is none.
    public func newestLearningDay(notAfter day: Day) throws -> Day? {
        try newestDay(in: "learning_sessions", notAfter: day)
    }
}
