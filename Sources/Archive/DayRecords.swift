import GRDB
import Model
import Partials

extension Archive {
    /// The records of a day as rows, later deliveries having replaced earlier ones; none where the day has none.
    ///
    /// For questions within a day, which partials do not answer. Cost: all stored rows of the day.
    ///
    /// - Throws: `ArchiveError.catalogueChanged` as in `partials`, `.damaged` if stored rows cannot be read.
    public func records(on day: Day) throws -> RecordBatch {
        try rows(on: day).records()
    }

    /// The same rows as they are stored; unpacking them needs nothing else and may be done anywhere.
    public func rows(on day: Day) throws -> DayWork {
        try checkCatalogue()
        return try access { db in try DayRebuilding(db, archive: self).work(on: day.number) }
    }

    /// Whose records are, for holding what is told of days to k people; nil where no table names anybody. Where several
    /// deliveries name the person of a record the latest holds. O(records of people).
    public func recordPeople(k: Int) throws -> RecordPeople? {
        try access { db in
            var ranks: [Int64: Int64] = [:]
            let deliveries = try Int64.fetchAll(
                db, sql: "SELECT id FROM deliveries WHERE state = 'live' ORDER BY as_of, id")
            for (rank, delivery) in deliveries.enumerated() { ranks[delivery] = Int64(rank) }
            var people: [UInt64: (person: UInt64, rank: Int64)] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT key, person, delivery FROM person_records")
            while let row = try rows.next() {
                guard let rank = ranks[row[2]], let person = UInt64(row[1] as String, radix: 16), person != 0 else {
                    continue
                }
                let key = UInt64(bitPattern: row[0])
                if let known = people[key], (known.rank, known.person) > (rank, person) { continue }
                people[key] = (person, rank)
            }
            return RecordPeople(people.mapValues(\.person), k: k)
        }
    }
}
