import GRDB
import Model
import Partials

import struct Foundation.Data

/// Reads and writes rows about people: one per person, kind, key and delivery, of which the latest delivery holds.
struct PersonStore {
    let db: Database

    init(_ db: Database) { self.db = db }

    /// Stores a row. Of several profiles of a person in one delivery one that does not agree stays, whatever the order of files.
    func write(_ fact: PersonFact, delivery: Int64) throws {
        if fact.kind == .profile, fact.words[.consent] != "no", try refuses(fact.person, delivery) { return }
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

    /// Whether a delivery says of a person that they do not agree.
    private func refuses(_ person: String, _ delivery: Int64) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT content FROM person_facts WHERE person = ? AND kind = 'profile' AND delivery = ?")
        guard let content = try Data.fetchOne(statement, arguments: [person, delivery]) else { return false }
        var fact = PersonFact(kind: .profile, person: person, key: 0, day: Day(number: 0))
        try PersonCoding.decode([UInt8](content), into: &fact)
        return fact.words[.consent] == "no"
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
    /// brought them first, so that an export which repeats them every night does not move them.
    func facts(through day: Day) throws -> [PersonFact] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT person, kind, key, day, is_dated, content FROM person_facts
                JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' AND day <= ? ORDER BY person, kind, key, as_of, delivery
                """, arguments: [day.number])
        var facts: [PersonFact] = []
        while let row = try rows.next() {
            guard let kind = PersonFact.Kind(rawValue: row[1]) else {
                throw ArchiveError.damaged("unknown kind of a row about a person")
            }
            var fact = PersonFact(
                kind: kind, person: row[0], key: UInt64(bitPattern: row[2]), day: Day(number: row[3]), isDated: row[4])
            try PersonCoding.decode([UInt8](row[5] as Data), into: &fact)
            if let last = facts.last, last.person == fact.person, last.kind == kind, last.key == fact.key {
                if !fact.isDated { fact.day = last.day }
                facts[facts.count - 1] = fact
            } else {
                facts.append(fact)
            }
        }
        return facts
    }

    /// The people whose newest profile says that they do not agree, or, if agreement is needed, does not say that they do.
    func withoutConsent(isNeeded: Bool) throws -> Set<String> {
        var answers: [String: String] = [:]
        var people: Set<String> = []
        for fact in try facts(through: Day(number: Int32.max)) {
            people.insert(fact.person)
            if fact.kind == .profile { answers[fact.person] = fact.words[.consent] }
        }
        // Sessions name people of whom nothing else is known.
        if isNeeded { people.formUnion(try peopleOfRecords()) }
        return people.filter { isNeeded ? answers[$0] != "yes" : answers[$0] == "no" }
    }

    /// Drops all rows about people but their refusal to agree; how many there were.
    func drop(_ people: Set<String>) throws -> Int {
        var dropped = 0
        for person in people.sorted() {
            try db.execute(
                sql: "DELETE FROM person_facts WHERE person = ? AND kind <> 'profile'", arguments: [person])
            dropped += db.changesCount
        }
        return dropped
    }
}

/// Numbers and words of a row about a person as bytes.
enum PersonCoding {
    static func encode(_ fact: PersonFact) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(fact.measures.count)
        for (measure, value) in fact.measures.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.write(measure.rawValue)
            writer.write(fixed: value.bitPattern)
        }
        writer.write(fact.words.count)
        for (word, text) in fact.words.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.write(word.rawValue)
            writer.write(text)
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8], into fact: inout PersonFact) throws {
        var reader = ByteReader(bytes)
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            let name = try reader.text()
            let value = Double(bitPattern: try reader.fixed())
            guard let measure = PersonFact.Measure(rawValue: name), value.isFinite else {
                throw ArchiveError.damaged("unknown number of a row about a person")
            }
            fact.measures[measure] = value
        }
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            let name = try reader.text()
            guard let word = PersonFact.Word(rawValue: name) else {
                throw ArchiveError.damaged("unknown word of a row about a person")
            }
            fact.words[word] = try reader.text()
        }
    }
}
