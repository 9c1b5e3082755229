import GRDB
import Model
import Partials

import struct Foundation.Data

/// Reads and writes rows about people: one per person, kind, key and delivery, of which the latest delivery holds.
struct PersonStore {
    let db: Database

    init(_ db: Database) { self.db = db }

    /// Stores a row. Of several profiles of a person in one delivery the newest statement of agreement stays, and a no where the
    /// order of two cannot be told, whatever the order of files; one that says nothing of agreement takes back nothing.
    func write(_ fact: PersonFact, delivery: Int64) throws {
        var fact = fact
        if fact.kind == .profile, let earlier = try profile(of: fact.person, delivery) {
            var fold = ProfileFold(earlier, rank: 0)
            fact = fold.adding(fact, rank: 0)
        }
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO person_facts (person, kind, key, delivery, day, is_dated, content)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            fact.person, fact.kind.rawValue, Int64(bitPattern: fact.key), delivery, fact.day.number, fact.isDated,
            Data(PersonCoding.encode(fact)),
        ])
    }

    /// The profile that a delivery has brought so far; nil for none.
    private func profile(of person: String, _ delivery: Int64) throws -> PersonFact? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT day, is_dated, content FROM person_facts WHERE person = ? AND kind = 'profile' AND delivery = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [person, delivery]) else { return nil }
        var fact = PersonFact(kind: .profile, person: person, key: 0, day: Day(number: row[0]), isDated: row[1])
        try PersonCoding.decode([UInt8](row[2] as Data), into: &fact)
        return fact
    }

    /// Notes whose records some rows are; a person of 0 is nobody.
    func write(people: [UInt64], keys: [UInt64], delivery: Int64) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO person_records (person, key, delivery) VALUES (?, ?, ?)")
        for (person, key) in zip(people, keys) where person != 0 {
            try statement.execute(arguments: [Self.digits(of: person), Int64(bitPattern: key), delivery])
        }
    }

    /// A pseudonym as its 16 digits.
    static func digits(of number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    func count(_ reason: PersonRefusal, _ n: Int, delivery: Int64) throws {
        guard n > 0 else { return }
        try db.execute(
            sql: """
                INSERT INTO person_refusals (delivery, reason, n) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET n = n + excluded.n
                """, arguments: [delivery, reason.rawValue, n])
    }

    /// The rows that hold, through a day, by person, kind and key. Rows that say no day have that of the delivery that
    /// brought them first, so that an export which repeats them every night does not move them. Of somebody's agreement the
    /// newest statement holds (`ProfileFold`).
    ///
    /// - Parameters:
    ///   - first: the first day whose rows count. A profile counts while an export of those days has it, or while other
    ///     rows of the person do; what it says of agreement always.
    ///   - takesLater: whether rows that say no day and came later count as of the day: where nobody asked for a day it is that of
    ///     the newest dated row, and exports that say no day are read on any later one.
    func facts(through day: Day, keptFrom first: Day? = nil, takesLater: Bool = false) throws -> [PersonFact] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT person, kind, key, day, is_dated, content, as_of FROM person_facts
                JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' AND (day <= ? OR ? AND NOT is_dated) ORDER BY person, kind, key, as_of, delivery
                """, arguments: [day.number, takesLater])
        var facts: [PersonFact] = []
        var exported: [String: Int32] = [:]
        var rank = 0
        var fold: ProfileFold?
        while let row = try rows.next() {
            guard let kind = PersonFact.Kind(rawValue: row[1]) else {
                throw ArchiveError.damaged("unknown kind of a row about a person")
            }
            var fact = PersonFact(
                kind: kind, person: row[0], key: UInt64(bitPattern: row[2]), day: min(Day(number: row[3]), day),
                isDated: row[4])
            try PersonCoding.decode([UInt8](row[5] as Data), into: &fact)
            if kind == .profile { exported[fact.person] = max(exported[fact.person] ?? .min, row[6]) }
            rank += 1
            if let last = facts.last, last.person == fact.person, last.kind == kind, last.key == fact.key {
                if !fact.isDated { fact.day = last.day }
                if kind == .profile, var profile = fold {
                    profile.asOf = Day(number: row[6])
                    fact = profile.adding(fact, rank: rank)
                    fold = profile
                }
                facts[facts.count - 1] = fact
            } else {
                facts.append(fact)
                if kind == .profile { fold = ProfileFold(fact, rank: rank, asOf: Day(number: row[6])) }
            }
        }
        guard let first else { return facts }
        facts.removeAll { $0.kind != .profile && $0.day < first }
        let standing = Set(facts.lazy.filter { $0.kind != .profile }.map(\.person))
        return facts.filter {
            $0.kind != .profile || standing.contains($0.person) || exported[$0.person] ?? .min >= first.number
        }
    }

    /// The people whose newest statement is that they do not agree, or, if agreement is needed, does not say that they do.
    func withoutConsent(isNeeded: Bool) throws -> Set<String> {
        let answers = try answers()
        var people = Set(answers.keys)
        // Sessions name people of whom nothing else is known.
        if isNeeded { people.formUnion(try peopleOfRecords()) }
        return people.filter { isNeeded ? answers[$0] != "yes" : answers[$0] == "no" }
    }

    /// What each person of whom rows are stored has said of agreement; an empty word for nothing.
    private func answers() throws -> [String: String] {
        var answers: [String: String] = [:]
        for fact in try facts(through: Day(number: Int32.max)) {
            let said = fact.kind == .profile ? fact.words[.consent] : nil
            answers[fact.person] = said ?? answers[fact.person] ?? ""
        }
        return answers
    }

    /// The learners who do not agree, by the names that they are stored under.
    ///
    /// - Parameter pseudonym: makes the pseudonym of an id, for learners who are stored under theirs.
    func learnersWithoutConsent(isNeeded: Bool, pseudonym: (String) -> String) throws -> [String] {
        let answers = try answers()
        guard isNeeded || answers.values.contains("no") else { return [] }
        let learners = try String.fetchAll(
            db,
            sql: "\(Archive.learnerNames) UNION SELECT learner FROM learning_goals WHERE learner <> '' ORDER BY learner"
        )
        return learners.filter { learner in
            let answer = answers[learner] ?? answers[pseudonym(learner)]
            return isNeeded ? answer != "yes" : answer == "no"
        }
    }

    /// Drops all rows about people but their refusal to agree; how many there were.
    func drop(_ people: Set<String>) throws -> Int {
        var dropped = 0
        for person in people.sorted() {
            try db.execute(
                sql: "DELETE FROM person_facts WHERE person = ? AND kind <> 'profile'", arguments: [person])
            dropped += db.changesCount
            try forgetAttributes(of: person)
        }
        return dropped
    }

    /// How many profiles stop counting with a delivery: those that it brought of people who do not agree, and the earlier ones of
    /// people who do not from now on.
    func profiles(of people: Set<String>, in delivery: Int64, before newly: Set<String>) throws -> Int {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT person, delivery FROM person_facts JOIN deliveries ON deliveries.id = delivery
                WHERE kind = 'profile' AND (delivery = ? OR state = 'live')
                """, arguments: [delivery])
        var count = 0
        while let row = try rows.next() {
            let person: String = row[0]
            if people.contains(person), row[1] == delivery || newly.contains(person) { count += 1 }
        }
        return count
    }

    /// Leaves of the profiles of somebody who said no nothing but that, whichever export it stands in.
    private func forgetAttributes(of person: String) throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT delivery, content FROM person_facts WHERE person = ? AND kind = 'profile'",
            arguments: [person])
        let profiles = try rows.map { row in
            var fact = PersonFact(kind: .profile, person: person, key: 0, day: Day(number: 0))
            try PersonCoding.decode([UInt8](row[1] as Data), into: &fact)
            return (delivery: row[0] as Int64, fact: fact)
        }
        guard profiles.contains(where: { $0.fact.words[.consent] == "no" }) else { return }
        for (delivery, fact) in profiles
        where fact.words.contains(where: { $0.key != .consent }) || !fact.measures.isEmpty {
            try strip(fact, delivery)
        }
    }

    /// Leaves of a stored profile nothing but what it says of agreement, and when.
    private func strip(_ fact: PersonFact, _ delivery: Int64) throws {
        var bare = fact
        bare.measures = [:]
        bare.words = fact.words.filter { $0.key == .consent }
        try db.execute(
            sql: "UPDATE person_facts SET content = ? WHERE person = ? AND kind = 'profile' AND delivery = ?",
            arguments: [Data(PersonCoding.encode(bare)), fact.person, delivery])
    }

    /// Drops profiles that no export since a day has, of people without other rows, but what they say of agreement: a no must
    /// hold when the person comes back, and with `opt_in` a yes, which need not be asked for again.
    func dropProfiles(before first: Day) throws -> Int {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT person, delivery, content FROM person_facts JOIN deliveries ON deliveries.id = delivery
                WHERE kind = 'profile' AND person NOT IN (
                  SELECT person FROM person_facts JOIN deliveries ON deliveries.id = delivery
                  WHERE kind = 'profile' AND as_of >= ? OR kind <> 'profile' AND day >= ?)
                """, arguments: [first.number, first.number])
        var dropped = 0
        for row in rows {
            var fact = PersonFact(kind: .profile, person: row[0], key: 0, day: first)
            try PersonCoding.decode([UInt8](row[2] as Data), into: &fact)
            if fact.words[.consent] == nil {
                try db.execute(
                    sql: "DELETE FROM person_facts WHERE person = ? AND kind = 'profile' AND delivery = ?",
                    arguments: [fact.person, row[1] as Int64])
            } else if fact.words.count > 1 || !fact.measures.isEmpty {
                try strip(fact, row[1])
            } else {
                continue
            }
            dropped += 1
        }
        return dropped
    }

    /// Drops the sessions and goals of learners; how many there were.
    func drop(learners: [String]) throws -> Int {
        var dropped = 0
        for learner in learners {
            for table in ["learning_sessions", "learning_goals"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE learner = ?", arguments: [learner])
                dropped += db.changesCount
            }
        }
        return dropped
    }
}
