import GRDB
import Model

extension Archive {
    /// The records of a day as rows, later deliveries having replaced earlier ones; none where the day has none.
    ///
    /// For questions within a day, which partials do not answer. Cost: all stored rows of the day.
    ///
    /// - Throws: `ArchiveError.catalogueChanged` as in `partials`, `.damaged` if stored rows cannot be read.
    public func records(on day: Day) throws -> RecordBatch {
        try checkCatalogue()
        return try access { db in try DayRebuilding(db, archive: self).work(on: day.number).records() }
    }
}
