import GRDB
import Model

import struct Foundation.Data

/// What a loading is told about people besides their rows.
public struct PeoplePolicy: Sendable {
    /// Whether only people count who have said that they agree; otherwise all but those who have said that they do not.
    public var needsConsent: Bool
    /// The first day whose rows about people are kept; nil for all.
    public var firstDay: Day?
    /// What stands for an erased pseudonym; a closure, because the archive knows no key.
    public var mark: @Sendable (String) -> [UInt8]
    /// The pseudonym of an id, for learners who are stored under theirs.
    public var pseudonym: @Sendable (String) -> String

    /// What in the name of a file may be the id of a person.
    public var idsIn: @Sendable (String) -> [String]

    /// Collects what a loading is told.
    public init(
        needsConsent: Bool, firstDay: Day?, pseudonym: @escaping @Sendable (String) -> String,
        mark: @escaping @Sendable (String) -> [UInt8], idsIn: @escaping @Sendable (String) -> [String]
    ) {
        self.needsConsent = needsConsent
        self.firstDay = firstDay
        self.pseudonym = pseudonym
        self.mark = mark
        self.idsIn = idsIn
    }
}

extension Loading {
    /// Drops the session records of people who were erased, and those past retention, from now on.
    public func refuseErased(by policy: PeoplePolicy) throws {
        firstPersonDay = policy.firstDay?.number
        refusedBefore = try write { try PersonStore($0).withoutConsent(isNeeded: policy.needsConsent) }
        let marks = try write { try Set(Data.fetchAll($0, sql: "SELECT mark FROM erasures").map { [UInt8]($0) }) }
        guard !marks.isEmpty else { return }
        isErased = { marks.contains(policy.mark(PersonStore.digits(of: $0))) }
        isErasedName = { marks.contains(policy.mark(policy.pseudonym($0))) }
        idsIn = policy.idsIn
    }

    /// Notes whose records rows are; the rows of people who are not erased.
    func noted(_ batch: RecordBatch) throws -> RecordBatch {
        guard !batch.people.isEmpty else { return batch }
        return try write { db in
            let delivery = try number(db)
            let store = PersonStore(db)
            let batch = try withinRetention(batch, store, delivery: delivery)
            guard let isErased else {
                try store.write(people: batch.people, keys: batch.keys, delivery: delivery)
                return batch
            }
            let gone = Set(Set(batch.people).filter { $0 != 0 && isErased($0) })
            let kept = batch.people.indices.filter { !gone.contains(batch.people[$0]) }
            try store.write(
                people: kept.map { batch.people[$0] }, keys: kept.map { batch.keys[$0] }, delivery: delivery)
            try store.count(.forgotten, batch.count - kept.count, delivery: delivery)
            return kept.count == batch.count ? batch : batch.rows(kept.map { Int32($0) })
        }
    }

    /// Adds rows about people; one of the person, kind and key of an earlier one replaces it. Rows of people who were
    /// erased are dropped and counted.
    public func add(_ facts: [PersonFact], refusals: [PersonRefusal: Int], policy: PeoplePolicy) throws {
        try write { db in
            let store = PersonStore(db)
            let delivery = try number(db)
            let erased = try Set(Data.fetchAll(db, sql: "SELECT mark FROM erasures").map { [UInt8]($0) })
            var gone: [String: Bool] = [:]
            var dropped = 0
            for fact in facts {
                let isGone = erased.isEmpty ? false : gone[fact.person] ?? erased.contains(policy.mark(fact.person))
                gone[fact.person] = isGone
                if isGone { dropped += 1 } else { try store.write(fact, delivery: delivery) }
            }
            try store.count(.forgotten, dropped, delivery: delivery)
            for (reason, n) in refusals { try store.count(reason, n, delivery: delivery) }
            outcome.registersChanged = true
        }
    }

    /// Adds judgements of models.
    public func add(_ scores: [ModelScore]) throws {
        guard !scores.isEmpty else { return }
        try write { db in
            let delivery = try number(db)
            for score in scores { try ModelScores(db).write(score, delivery: delivery) }
            outcome.registersChanged = true
        }
    }

    /// The day that rows without one are stored with until it is known which day the dated ones give (`date`).
    public static let undated = Day(number: .max)

    /// Gives the rows of this delivery that are stored as `undated` a day.
    public func date(as day: Day) throws {
        guard let delivery else { return }
        try write { db in
            for table in ["person_facts", "model_scores"] {
                try db.execute(
                    sql: "UPDATE OR REPLACE \(table) SET day = ? WHERE day = ? AND delivery = ?",
                    arguments: [day.number, Loading.undated.number, delivery])
            }
        }
    }

    /// The delivery under which rows that are dropped are counted: this one, else the newest that is live, because retention goes
    /// on where nothing new comes; nil where nothing is stored.
    func accountable(_ db: Database) throws -> Int64? {
        if let delivery { return delivery }
        return try Int64.fetchOne(db, sql: "SELECT max(id) FROM deliveries WHERE state = 'live'")
    }

    /// Applies consent and retention to everything that is stored about people, the new rows among it.
    public func settle(_ policy: PeoplePolicy) throws {
        let refused = try write { try PersonStore($0).withoutConsent(isNeeded: policy.needsConsent) }
        try settleRecords(refused: refused, policy)
        try write { db in
            guard let delivery = try accountable(db) else { return }
            let store = PersonStore(db)
            let learners = try store.learnersWithoutConsent(
                isNeeded: policy.needsConsent, pseudonym: policy.pseudonym)
            let profiles = try self.delivery.map {
                try store.profiles(of: refused, in: $0, before: refused.subtracting(refusedBefore))
            }
            try store.count(
                .withoutConsent, try store.drop(refused) + store.drop(learners: learners) + (profiles ?? 0),
                delivery: delivery)
            guard let first = policy.firstDay else { return }
            try store.count(.pastRetention, try store.dropProfiles(before: first), delivery: delivery)
            for rows in ["person_facts WHERE kind <> 'profile' AND", "learning_sessions WHERE"] {
                try db.execute(sql: "DELETE FROM \(rows) day < ?", arguments: [first.number])
                try store.count(.pastRetention, db.changesCount, delivery: delivery)
            }
        }
    }
}

extension Archive {
    /// The rows about people that hold, of days through one, by person, kind and key. People who do not agree have none.
    ///
    /// - Parameters:
    ///   - first: the first day whose rows count; nil for all.
    ///   - takesLater: whether rows that say no day and came later count as of the day.
    public func personFacts(
        through day: Day, keptFrom first: Day? = nil, takesLater: Bool, needsConsent: Bool
    ) throws -> [PersonFact] {
        try access { db in
            let store = PersonStore(db)
            let refused = try store.withoutConsent(isNeeded: needsConsent)
            return try store.facts(through: day, keptFrom: first, takesLater: takesLater).filter {
                !refused.contains($0.person)
            }
        }
    }

    /// The learners who do not agree, by the names that they are stored under; their sessions and goals do not count.
    ///
    /// - Parameter pseudonym: makes the pseudonym of an id, for learners who are stored under theirs.
    public func learnersWithoutConsent(
        isNeeded: Bool, pseudonym: (String) -> String
    ) throws -> Set<String> {
        try access { Set(try PersonStore($0).learnersWithoutConsent(isNeeded: isNeeded, pseudonym: pseudonym)) }
    }

    /// How many rows about people were not taken or dropped, by reason, over all deliveries that are live; and how many
    /// people do not agree.
    public func personRefusals(needsConsent: Bool) throws -> (rows: [PersonRefusal: Int], people: Int, erasures: Int) {
        try access { db in
            var counts: [PersonRefusal: Int] = [:]
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT reason, sum(n) FROM person_refusals JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' GROUP BY reason
                    """)
            for row in rows { if let reason = PersonRefusal(rawValue: row[0]) { counts[reason] = row[1] } }
            let people = try PersonStore(db).withoutConsent(isNeeded: needsConsent).count
            return (counts, people, try erasures(db))
        }
    }

    /// Whether rows about people or of learners are stored.
    public func holdsPeople() throws -> Bool {
        try access { db in
            try ["person_facts", "person_records", "learning_sessions", "learning_goals"].contains { table in
                try Bool.fetchOne(
                    db,
                    sql: """
                        SELECT 1 FROM deliveries WHERE state = 'live'
                          AND EXISTS (SELECT 1 FROM \(table) WHERE delivery = deliveries.id) LIMIT 1
                        """) != nil
            }
        }
    }

    /// How many people were erased; under a new key they are erased once more.
    private func erasures(_ db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT max(n) FROM (SELECT count(*) AS n FROM erasures GROUP BY key_code)") ?? 0
    }

    /// The newest day with a row about people that is not after a day and says its day; nil without one.
    public func newestPersonDay(notAfter day: Day) throws -> Day? {
        let dated = try newestDay(in: "person_facts", where: "is_dated", notAfter: day)
        // A row without a day has that of its file's name; else that of its delivery, which says nothing of how far exports reach.
        let named = try access { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT day, delivery FROM person_facts JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' AND day > ? AND day <= ? AND NOT is_dated ORDER BY day DESC
                    """, arguments: [dated?.number ?? .min, day.number])
            return try rows.lazy.map { (day: Day(number: $0[0]), delivery: $0[1] as Int64) }.first { row in
                let names = try String.fetchAll(
                    db, sql: "SELECT name FROM delivery_files WHERE delivery = ?", arguments: [row.delivery])
                return names.contains { $0.filter(\.isNumber).contains(row.day.iso.filter(\.isNumber)) }
            }?.day
        }
        return named ?? dated
    }

    /// Notes which key pseudonyms are made with, or checks that it is still the same.
    ///
    /// - Returns: false if rows with pseudonyms of another key are stored.
    public func accepts(keyCode: [UInt8]) throws -> Bool {
        // Learners may be stored under their own ids, which no key changes.
        let pseudonyms = "length(learner) = 16 AND learner NOT GLOB '*[^0-9a-f]*'"
        return try access { db in
            let known = try Data.fetchOne(db, sql: "SELECT code FROM pseudonym_key")
            if known == Data(keyCode) { return true }
            let isUsed =
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT 1 FROM deliveries WHERE state = 'live' AND (
                          id IN (SELECT delivery FROM person_facts) OR id IN (SELECT delivery FROM person_records)
                          OR id IN (SELECT delivery FROM learning_sessions WHERE \(pseudonyms))
                          OR id IN (SELECT delivery FROM learning_goals WHERE \(pseudonyms))) LIMIT 1
                        """) != nil
            guard known == nil || !isUsed else { return false }
            // Codes of ids under another key mean nobody.
            if known != nil { try db.execute(sql: "DELETE FROM known_ids") }
            try db.execute(
                sql: """
                    INSERT INTO pseudonym_key (id, code) VALUES (1, ?)
                    ON CONFLICT DO UPDATE SET code = excluded.code
                    """, arguments: [Data(keyCode)])
            return true
        }
    }

    /// How many people have to be erased again because that was done under other keys: what stands for them then means nobody
    /// under this one. Who they are nobody can tell, so they are counted: with each key there must be as many as with any other.
    public func erasuresToRepeat(keyCode: [UInt8]) throws -> Int {
        try access { db in
            let counts = try Row.fetchAll(db, sql: "SELECT key_code, count(*) FROM erasures GROUP BY key_code")
            let own: Int? = counts.first { $0[0] as Data? == Data(keyCode) }?[1]
            return max(0, (counts.map { $0[1] as Int }.max() ?? 0) - (own ?? 0))
        }
    }

    /// The judgements of models that hold, by name, version and day.
    public func modelScores(through day: Day) throws -> [ModelScore] {
        try access { try ModelScores($0).read(through: day) }
    }
}

/// Reads and writes judgements of models.
struct ModelScores {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ score: ModelScore, delivery: Int64) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO model_scores
                  (name, version, day, delivery, purpose, true_positives, false_positives, false_negatives,
                   true_negatives, accuracy, precision, recall, f1, n)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                score.name.storable, score.version.storable, score.day.number, delivery, score.purpose.storable,
                score.counts?.truePositives, score.counts?.falsePositives, score.counts?.falseNegatives,
                score.counts?.trueNegatives, score.supplied["accuracy"], score.supplied["precision"],
                score.supplied["recall"], score.supplied["f1"], score.n,
            ])
    }

    func read(through day: Day) throws -> [ModelScore] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT model_scores.* FROM model_scores JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' AND day <= ? ORDER BY name, version, day, as_of, delivery
                """, arguments: [day.number])
        var scores: [ModelScore] = []
        for row in rows {
            var counts: ModelScore.Counts?
            if let truePositives = row["true_positives"] as Int?, let falsePositives = row["false_positives"] as Int?,
                let falseNegatives = row["false_negatives"] as Int?, let trueNegatives = row["true_negatives"] as Int?
            {
                counts = .init(
                    truePositives: truePositives, falsePositives: falsePositives, falseNegatives: falseNegatives,
                    trueNegatives: trueNegatives)
            }
            var supplied: [String: Double] = [:]
            for name in ["accuracy", "precision", "recall", "f1"] { supplied[name] = row[name] as Double? }
            let score = ModelScore(
                name: row["name"], version: row["version"], purpose: row["purpose"], day: Day(number: row["day"]),
                counts: counts, supplied: supplied, n: row["n"])
            if let last = scores.last, last.name == score.name, last.version == score.version, last.day == score.day {
                scores[scores.count - 1] = score
            } else {
                scores.append(score)
            }
        }
        return scores
    }
}
