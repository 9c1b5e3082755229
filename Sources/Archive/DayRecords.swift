import GRDB
import Model

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

    /// Whose each record is, by key, as pseudonyms; empty where no table names anybody. Where several deliveries name the
    /// person of a record the latest holds.
    public func peopleOfRecords() throws -> [UInt64: String] {
        try access { db in
            var people: [UInt64: String] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT key, person FROM person_records JOIN deliveries ON deliveries.id = delivery
                    WHERE state = 'live' AND person <> ? ORDER BY as_of, delivery, person
                    """, arguments: [PersonStore.digits(of: 0)])
            while let row = try rows.next() { people[UInt64(bitPattern: row[0])] = row[1] }
            return people
        }
    }
}
