import GRDB
import Model
import Partials

import struct Foundation.Data

/// What was erased of a person, and the proof that nothing is left.
public struct Erasure: Sendable, Hashable {
    /// Rows about the person that are gone.
    public var facts = 0
    /// Rows of session records that are gone.
    public var rows = 0
    /// The days whose figures were computed again.
    public var days: [Day] = []
    /// The days whose rows had been pruned, so that their figures still contain what the person did.
    public var frozenDays: [Day] = []
    /// Refusals in whose words the id stood; the words are gone.
    public var rejects = 0
    /// The runs whose summaries were made with the person's rows.
    public var runs: [String] = []
    /// What was looked through afterwards, in words, each with what was found there.
    public var proof: [String] = []
    /// How often the person was found afterwards; 0 unless something is wrong.
    public var left = 0
}

extension Archive {
    /// Erases a person from everything that is stored, and computes again what was made of it.
    ///
    /// - Parameters:
    ///   - person: the pseudonym.
    ///   - rawID: the id as exports write it, to be looked for in refused rows; it is not stored.
    ///   - mark: what shall stand for the person from now on, so that later exports do not bring them back.
    ///   - isKnown: whether somebody is known to have the id although nothing may be stored of them; the mark is stored then.
    ///   - codes: what stands for the id, and for no other, among those that must not be published.
    ///   - names: whether a text holds the id; a closure, because the rule is that of what may not be published.
    /// - Returns: nil if nothing is stored of the person.
    public func forget(
        person: String, rawID: String, mark: [UInt8], isKnown: Bool, codes: [Int64] = [],
        names: @escaping (String) -> Bool
    ) throws -> Erasure? {
        try checkCatalogue()
        return try transaction {
            try access { db in
                var erasure = try Forgetting(
                    db: db, archive: self, person: person, rawID: rawID, names: names
                ).run()
                let isStored = erasure.facts + erasure.rows + erasure.rejects > 0
                guard try isStored || isKnown && !isErased(mark, db) else { return nil }
                try KnownIds(db).erase(codes)
                try db.execute(
                    sql: """
                        INSERT OR IGNORE INTO erasures (mark, key_code) VALUES (?, (SELECT code FROM pseudonym_key))
                        """, arguments: [Data(mark)])
                if isStored { erasure.runs = try String.fetchAll(db, sql: "SELECT id FROM runs ORDER BY sequence") }
                try audit(db).add(
                    .erasure, "a person",
                    "facts=\(erasure.facts) rows=\(erasure.rows) days=\(erasure.days.count)"
                        + " frozen_days=\(erasure.frozenDays.count) rejects=\(erasure.rejects)"
                        + " runs=\(erasure.runs.count)")
                return isStored ? erasure : nil
            }
        }
    }

    /// Whether a mark stands for somebody who was erased under the key that is in use.
    public func isErased(_ mark: [UInt8]) throws -> Bool { try access { try isErased(mark, $0) } }

    private func isErased(_ mark: [UInt8], _ db: Database) throws -> Bool {
        try Row.fetchOne(db, sql: "SELECT 1 FROM erasures WHERE mark = ?", arguments: [Data(mark)]) != nil
    }

    /// The runs that were last written before rows of a person were erased, by id: their figures still contain the person.
    ///
    /// After a whole `assay history forget` only runs are among them whose pages are gone; after one that was
    /// interrupted, all that were still to be made again.
    public func runsOlderThanErasure() throws -> [String] {
        var older: Set<String> = []
        var written: Set<String> = []
        for entry in try auditTrail() {
            switch AuditEntry.Kind(rawValue: entry.kind) {
            case .run:
                written.insert(entry.subject)
                older.remove(entry.subject)
            case .erasure where entry.value("facts") != nil:
                if entry.value("facts") != "0" || entry.value("rows") != "0" { older = written }
            case .erasure:
                if let struck = entry.value("struck_run") { older.insert(struck) }
                for run in entry.value("removed_runs")?.split(separator: ",") ?? [] {
                    written.remove(String(run))
                    older.remove(String(run))
                }
            default: break
            }
        }
        return older.sorted()
    }

    /// Takes runs out whose summaries were made before an erasure and have been made again since.
    public func replaceRuns(_ runs: [String]) throws {
        guard !runs.isEmpty else { return }
        try transaction {
            try access { db in
                for run in runs { try db.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [run]) }
                try audit(db).add(.erasure, "summaries", "removed_runs=\(runs.joined(separator: ","))")
            }
        }
    }
}

/// One person on the way out.
private struct Forgetting {
    let db: Database
    let archive: Archive
    let person: String
    let rawID: String
    let names: (String) -> Bool

    func run() throws -> Erasure {
        var erasure = Erasure()
        let keys = try Set(
            Int64.fetchAll(db, sql: "SELECT key FROM person_records WHERE person = ?", arguments: [person])
                .map { UInt64(bitPattern: $0) }
        ).union(keysNaming())
        let erasing = RecordErasing(db: db, archive: archive)
        let gone = try erasing.drop(keys)
        erasure.rows = gone.rows
        try db.execute(sql: "DELETE FROM person_records WHERE person = ?", arguments: [person])
        try db.execute(sql: "DELETE FROM person_facts WHERE person = ?", arguments: [person])
        erasure.facts = db.changesCount
        for table in ["learning_sessions", "learning_goals"] {
            try db.execute(
                sql: "DELETE FROM \(table) WHERE learner IN (?, ?)", arguments: [person, rawID.storable])
            erasure.facts += db.changesCount
        }
        for table in ["shown_learners", "kept_learners", "changed_learners"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE learner IN (?, ?)", arguments: [person, rawID.storable])
        }
        try db.execute(
            sql: "UPDATE rejects SET found = '' WHERE instr(found, ?) > 0 OR instr(found, ?) > 0",
            arguments: [rawID.storable, person])
        erasure.rejects = db.changesCount
        erasure.rejects += try renameFiles()
        // Tables that were published hold counts only, but were held back by who was in them.
        if erasure.facts > 0 { try db.execute(sql: "DELETE FROM table_releases") }
        (erasure.days, erasure.frozenDays) = try erasing.rebuild(gone.days)
        try prove(keys, &erasure)
        return erasure
    }

    /// The keys of rows in whose id the person's stands, such as scores that wait for a session that never came.
    private func keysNaming() throws -> Set<UInt64> {
        let store = SegmentStore(db: db, numbers: try CatalogueStore(db, catalogue: archive.catalogue).numbers)
        var keys: Set<UInt64> = []
        for segment in try store.find("1") {
            let batch = try store.read(segment)
            for row in 0..<batch.ids.count where namesPerson(batch.ids.utf8(at: row)) { keys.insert(batch.keys[row]) }
        }
        return keys
    }

    private func namesPerson(_ id: some Sequence<UInt8>) -> Bool {
        let text = String(decoding: Array(id), as: UTF8.self)
        return text == rawID || text == person || names(text)
    }

    /// Takes the id out of the names of files; the audit trail says what their deliveries are from then on.
    private func renameFiles() throws -> Int {
        let named = try filesNamed()
        for row in named {
            try db.execute(
                sql: "UPDATE delivery_files SET name = 'erased-' || id WHERE id = ?", arguments: [row[0] as Int64])
        }
        for place in try placesHeld() {
            try db.execute(sql: "DELETE FROM held_files WHERE place = ?", arguments: [place])
        }
        for delivery in Set(named.map { $0[1] as Int64 }).sorted() {
            try archive.audit(db).add(delivery: delivery)
        }
        return named.count
    }

    /// The files in whose name the id stands.
    private func filesNamed() throws -> [Row] {
        try Row.fetchAll(db, sql: "SELECT id, delivery, name FROM delivery_files").filter { names($0[2]) }
    }

    /// The places of files in whose path the id stands.
    private func placesHeld() throws -> [String] {
        try String.fetchAll(db, sql: "SELECT place FROM held_files").filter(names)
    }

    /// Looks for the person everywhere once more.
    private func prove(_ keys: Set<UInt64>, _ erasure: inout Erasure) throws {
        let store = SegmentStore(db: db, numbers: try CatalogueStore(db, catalogue: archive.catalogue).numbers)
        let words = [Array(rawID.utf8), Array(person.utf8)]
        var read = 0
        var found = 0
        for segment in try store.find("1") {
            let batch = try store.read(segment)
            read += batch.count
            found += batch.keys.count { keys.contains($0) }
            found += (0..<batch.ids.count).count { namesPerson(batch.ids.utf8(at: $0)) }
        }
        erasure.proof.append("\(read) stored rows read: \(found) of the person")
        let facts =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM person_facts WHERE person = ?", arguments: [person]) ?? 0
        let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM person_facts") ?? 0
        erasure.proof.append("\(total) rows about people read: \(facts) of the person")
        var learned = 0
        for table in ["learning_sessions", "learning_goals", "shown_learners", "kept_learners", "changed_learners"] {
            learned +=
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM \(table) WHERE learner IN (?, ?)",
                    arguments: [person, rawID.storable]) ?? 0
        }
        erasure.proof.append("sessions and goals of learners read: \(learned) of the person")
        let files = try filesNamed().count + placesHeld().count
        erasure.proof.append("names of files read: \(files) name the person")
        let values = try Data.fetchAll(db, sql: "SELECT value FROM dimension_values").map { [UInt8]($0) }
        let named = values.count { words.contains($0) }
        erasure.proof.append("\(values.count) values of dimensions read: \(named) name the person")
        let first = try Retention(db).firstDay
        let days = try Int32.fetchAll(db, sql: "SELECT day FROM day_partials ORDER BY day")
        let rebuilding = try DayRebuilding(db, archive: archive)
        var wrong = 0
        for day in days where day >= first && erasure.days.contains(Day(number: day)) {
            let made = try rebuilding.work(on: day).result().packed?.hash
            if made != (try DayStore(db).read(day).hash) { wrong += 1 }
        }
        erasure.proof.append("\(erasure.days.count) days computed again from what is left: \(wrong) differ")
        erasure.left = found + facts + learned + files + named + wrong
    }
}
