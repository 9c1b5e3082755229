import GRDB
import Model
import Partials

/// Makes the partials of single days from what is stored.
struct DayRebuilding {
    /// Rows that have just been written and are still at hand.
    struct Fresh {
        let place: Segment.Place
        let batch: RecordBatch
    }

    private let db: Database
    private let store: SegmentStore
    private let recipe: DayRecipe

    init(_ db: Database, archive: Archive, columns: CatalogueStore? = nil) throws {
        self.db = db
        let known = try columns ?? CatalogueStore(db, catalogue: archive.catalogue)
        store = SegmentStore(db: db, numbers: known.numbers)
        recipe = DayRecipe(
            catalogue: archive.catalogue, sizes: archive.sizes, numbers: known.numbers,
            dictionaries: known.dictionaries)
    }

    /// Every day under which rows are stored, is a home of stray rows, or has partials; ascending.
    func storedDays() throws -> [Int32] {
        try Int32.fetchAll(
            db,
            sql: """
                SELECT day FROM segments WHERE day IS NOT NULL UNION SELECT home_day FROM strays
                WHERE home_day IS NOT NULL UNION SELECT day FROM day_partials ORDER BY 1
                """)
    }

    /// Folds the records of a day, makes its partials and stores them; whether they are other than before.
    func rebuild(_ day: Int32) throws -> Bool { try keep(work(on: day).result()) }

    /// What has to be done to make the partials of a day.
    ///
    /// With a delivery its result counts what it did to records; `moved` are keys that it brought from another day.
    func work(
        on day: Int32, fresh: [Fresh] = [], delivery: Int64? = nil, moved: Set<UInt64> = []
    ) throws -> DayWork {
        DayWork(
            day: day, sources: try sources(of: day, fresh: fresh), delivery: delivery, moved: moved, recipe: recipe)
    }

    /// Stores partials; false if they are the same as before.
    func keep(_ result: DayResult) throws -> Bool {
        let partials = DayStore(db)
        return try result.packed.map { try partials.write($0, on: result.day) } ?? partials.delete(result.day)
    }

    /// The rows that belong to a day, in the order in which they replace each other.
    private func sources(of day: Int32, fresh: [Fresh]) throws -> [DayWork.Source] {
        let leaving = try Strays.leaving(day, db)
        var found = fresh.map {
            DayWork.Source(place: $0.place, rows: .ready($0.batch), keys: leaving, isKept: false)
        }
        let held = Set(fresh.map(\.place))
        for segment in try store.find("day = ?", [day]) where !held.contains(segment.place) {
            found.append(
                .init(
                    place: segment.place, rows: .packed(segment, try store.bytes(of: segment)), keys: leaving,
                    isKept: false))
        }
        for (stored, keys) in try Strays.arriving(at: day, db).sorted(by: { $0.key < $1.key }) {
            for segment in try store.find("day = ?", [stored]) {
                found.append(
                    .init(
                        place: segment.place, rows: .packed(segment, try store.bytes(of: segment)), keys: keys,
                        isKept: true))
            }
        }
        return found.sorted { $0.place < $1.place }
    }
}
