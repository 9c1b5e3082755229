import GRDB
import Model
import Partials

/// Takes session records out of the archive as if they had never been delivered.
struct RecordErasing {
    let db: Database
    let archive: Archive

    /// What was taken out: how many rows, and the days that they were stored under or belonged to.
    struct Outcome {
        var rows = 0
        var days: Set<Int32> = []
    }

    /// Drops the rows of some keys.
    ///
    /// - Parameter days: where to look; nil looks at every row that is stored.
    func drop(_ keys: Set<UInt64>, in days: Set<Int32>? = nil) throws -> Outcome {
        var outcome = Outcome()
        guard !keys.isEmpty else { return outcome }
        let store = SegmentStore(db: db, numbers: try CatalogueStore(db, catalogue: archive.catalogue).numbers)
        let sorted = keys.sorted()
        for segment in try store.find("1") {
            if let days, let day = segment.day, !days.contains(day) { continue }
            let batch = try store.read(segment)
            let kept = batch.without(keys)
            guard kept.count < batch.count else { continue }
            outcome.rows += batch.count - kept.count
            if let day = segment.day { outcome.days.insert(day) }
            try store.delete(segment)
            try store.write(
                kept, delivery: segment.place.delivery, table: segment.place.table, ordinal: segment.place.ordinal,
                day: segment.day)
        }
        if days == nil || outcome.rows > 0 {
            try KeyIndex(db).scan(sorted) { _, entry in outcome.days.insert(entry.day) }
        }
        for key in sorted {
            try db.cachedStatement(sql: "DELETE FROM strays WHERE hash = ?").execute(
                arguments: [Int64(bitPattern: key)])
        }
        outcome.days.remove(KeyEntry.pending)
        return outcome
    }

    /// Computes days anew, ascending; those whose rows were pruned stay as they are.
    func rebuild(_ days: Set<Int32>) throws -> (made: [Day], frozen: [Day]) {
        let first = try Retention(db).firstDay
        let rebuilding = try DayRebuilding(db, archive: archive)
        let sorted = days.sorted()
        let made = sorted.filter { $0 >= first }
        for day in made { _ = try rebuilding.rebuild(day) }
        return (made.map { Day(number: $0) }, sorted.filter { $0 < first }.map { Day(number: $0) })
    }
}

extension Loading {
    /// Applies consent and retention to the session records of people: their rows are taken out and their days computed anew.
    ///
    /// Whose records rows are stays known of people who do not agree, so that later deliveries of the same rows are dropped,
    /// too; of records past retention only their keys do.
    func settleRecords(refused: Set<String>, _ policy: PeoplePolicy) throws {
        try write { db in
            guard let delivery = try accountable(db),
                try Int.fetchOne(db, sql: "SELECT 1 FROM person_records LIMIT 1") != nil
            else { return }
            let store = PersonStore(db)
            let erasing = RecordErasing(db: db, archive: archive)
            let touched = try Set(
                Int32.fetchAll(
                    db, sql: "SELECT DISTINCT day FROM segments WHERE delivery = ? AND day IS NOT NULL",
                    arguments: [delivery]))
            // Who did not agree before has rows in this delivery at most.
            let known = try erasing.drop(store.keys(of: refused.intersection(refusedBefore)), in: touched)
            let newly = try erasing.drop(store.keys(of: refused.subtracting(refusedBefore)))
            try store.count(.withoutConsent, known.rows + newly.rows, delivery: delivery)
            var days = known.days.union(newly.days)
            if let first = policy.firstDay {
                let past = try store.keys(before: first.number)
                let gone = try erasing.drop(past.keys, in: past.days.union(touched.filter { $0 < first.number }))
                try store.count(.pastRetention, gone.rows, delivery: delivery)
                try store.unname(past.keys)
                days.formUnion(gone.days)
            }
            _ = try erasing.rebuild(days)
        }
    }

    /// The rows of a batch that are not past the retention of rows about people; the others are counted.
    func withinRetention(_ batch: RecordBatch, _ store: PersonStore, delivery: Int64) throws -> RecordBatch {
        guard let first = firstPersonDay else { return batch }
        let kept = (0..<Int32(batch.count)).filter { row in
            let day = batch.days[Int(row)]
            return batch.people[Int(row)] == 0 || day == RecordBatch.noDay || day >= first
        }
        guard kept.count < batch.count else { return batch }
        try store.count(.pastRetention, batch.count - kept.count, delivery: delivery)
        var rows = batch.rows(kept)
        rows.people = kept.map { batch.people[Int($0)] }
        return rows
    }
}

extension PersonStore {
    /// The keys of the session records of some people.
    func keys(of people: Set<String>) throws -> Set<UInt64> {
        var keys: Set<UInt64> = []
        for person in people {
            let found = try Int64.fetchAll(
                db.cachedStatement(sql: "SELECT key FROM person_records WHERE person = ?"), arguments: [person])
            keys.formUnion(found.map { UInt64(bitPattern: $0) })
        }
        return keys
    }

    /// The keys of records of people that belong to days before one or are known to be past it, and the days of the former.
    func keys(before first: Int32) throws -> (keys: Set<UInt64>, days: Set<Int32>) {
        var named: [UInt64] = []
        var past: Set<UInt64> = []
        let rows = try Row.fetchCursor(db, sql: "SELECT key, person FROM person_records")
        while let row = try rows.next() {
            let key = UInt64(bitPattern: row[0])
            if row[1] == Self.digits(of: 0) { past.insert(key) } else { named.append(key) }
        }
        named = Array(Set(named)).sorted()
        var days: Set<Int32> = []
        try KeyIndex(db).scan(named) { place, entry in
            guard entry.day < first, entry.day != KeyEntry.pending else { return }
            past.insert(named[place])
            days.insert(entry.day)
        }
        return (past, days)
    }

    /// Forgets whose records some keys are, but that they are past retention.
    func unname(_ keys: Set<UInt64>) throws {
        for key in keys.sorted() {
            try db.cachedStatement(sql: "UPDATE OR REPLACE person_records SET person = ? WHERE key = ?").execute(
                arguments: [Self.digits(of: 0), Int64(bitPattern: key)])
        }
    }

    /// The people that session records are of.
    func peopleOfRecords() throws -> Set<String> {
        try Set(
            String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT person FROM person_records JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' AND person <> ?
                    """, arguments: [Self.digits(of: 0)]))
    }
}
