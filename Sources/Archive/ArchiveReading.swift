import GRDB
import Model
import Partials

extension Archive {
    /// The first and the last day that have records, as a period; nil while there are none.
    public func dayRange() throws -> Period? {
        try access { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT min(day), max(day) FROM day_partials"),
                let first = row[0] as Int32?, let last = row[1] as Int32?
            else { return nil }
            return Period(start: Day(number: first), end: Day(number: last).advanced(by: 1))
        }
    }

    /// The partials of a period, as the analyses read them.
    ///
    /// - Throws: `ArchiveError.catalogueChanged` while the stored partials belong to another catalogue, `.damaged` if
    ///   their bytes are not the ones that were written.
    ///
    /// - Parameter people: by which days are held to k people; nil holds nothing back.
    public func partials(over period: Period, heldTo people: RecordPeople? = nil) throws -> PartialTable {
        var held = HeldBack()
        let days = try storedDays(over: period).compactMap { day -> DayPartials? in
            let (partials, left) = try storedDay(day).partials(.all, heldTo: people)
            held.add(left)
            return partials
        }
        return PartialTable(catalogue: catalogue, period: period, days: days, held: held).holdingValues(to: people)
    }

    /// The days of a period that have partials, ascending, for reading them one by one; errors as in `partials`.
    public func storedDays(over period: Period) throws -> [Day] {
        try checkCatalogue()
        return try access { try DayStore($0).days(period).map { Day(number: $0) } }
    }

    /// The partials of one of these days as they are stored, with at least as much as is asked for.
    public func storedDay(_ day: Day, _ detail: DayDetail = .all) throws -> StoredDay {
        try access { try DayStore($0).read(day.number, detail) }
    }

    /// How often the partials of each day of a period have been stored, with a hash of their bytes.
    ///
    /// Two equal hashes mean equal figures, so pages that show only such days need not be written again.
    public func dayRevisions(over period: Period) throws -> [(day: Day, revision: Int, hash: UInt64)] {
        try access { db in
            try Row.fetchAll(
                db, sql: "SELECT day, revision, hash FROM day_partials WHERE day >= ? AND day < ? ORDER BY day",
                arguments: [period.start.number, period.end.number]
            ).map { (Day(number: $0[0]), $0[1], UInt64(bitPattern: $0[2])) }
        }
    }

    /// How many rows wait because no day is known for their keys.
    public func pendingRows() throws -> Int {
        try access { try Int.fetchOne($0, sql: "SELECT coalesce(sum(n), 0) FROM segments WHERE day IS NULL") ?? 0 }
    }
}
