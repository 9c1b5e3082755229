import GRDB
import Model
import Partials

/// Makes the partials of single days from what is stored.
struct DayRebuilding {
    /// What was found on a day.
    struct Outcome {
        /// Whether the stored partials are other bytes than before.
        var isChanged = false
        /// Records that a delivery brought which were not there before it.
        var inserted = 0
        /// Records that a delivery changed.
        var replaced = 0
        /// Records that a delivery confirmed.
        var unchanged = 0
    }

    /// Rows that have just been written and are still at hand.
    struct Fresh {
        let place: Segment.Place
        let batch: RecordBatch
    }

    private let db: Database
    private let archive: Archive
    private let store: SegmentStore
    private let dictionaries: [[String]]

    init(_ db: Database, archive: Archive, columns: CatalogueStore? = nil) throws {
        self.db = db
        self.archive = archive
        let known = try columns ?? CatalogueStore(db, catalogue: archive.catalogue)
        store = SegmentStore(db: db, numbers: known.numbers)
        dictionaries = known.dictionaries
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

    /// Folds the records of a day, makes its partials and stores them if they are other than before.
    ///
    /// With a delivery the outcome counts what it did to records; `moved` are keys that it brought from another day.
    func rebuild(
        _ day: Int32, fresh: [Fresh] = [], delivery: Int64? = nil, moved: Set<UInt64> = []
    ) throws -> Outcome {
        let sources = try sources(of: day, fresh: fresh)
        let after = fold(sources.map(\.batch), day)
        var outcome = Outcome()
        if let delivery { count(sources, after: after, delivery, day, moved, into: &outcome) }
        var records = after.records
        records.dictionaries = dictionaries
        let partials = DayStore(db)
        guard records.count > 0 else {
            outcome.isChanged = try partials.delete(day)
            return outcome
        }
        outcome.isChanged = try partials.write(
            DayPartials.make(
                day: Day(number: day), records: records, catalogue: archive.catalogue, sizes: archive.sizes))
        return outcome
    }

    private func fold(_ batches: [RecordBatch], _ day: Int32) -> RecordFold {
        RecordFold(
            batches, day: day, metrics: archive.catalogue.metrics.count,
            dimensions: archive.catalogue.dimensions.count)
    }

    /// The rows that belong to a day, in the order in which they replace each other.
    private func sources(of day: Int32, fresh: [Fresh]) throws -> [Fresh] {
        let leaving = try Strays.leaving(day, db)
        var found = fresh.map { Fresh(place: $0.place, batch: $0.batch.without(leaving)) }
        let held = Set(fresh.map { [Int($0.place.delivery), $0.place.table, $0.place.ordinal] })
        for segment in try store.find("day = ?", [day]) {
            if held.contains([Int(segment.place.delivery), segment.place.table, segment.place.ordinal]) { continue }
            found.append(Fresh(place: segment.place, batch: try store.read(segment).without(leaving)))
        }
        for (stored, keys) in try Strays.arriving(at: day, db).sorted(by: { $0.key < $1.key }) {
            for segment in try store.find("day = ?", [stored]) {
                found.append(Fresh(place: segment.place, batch: try store.read(segment).only(keys)))
            }
        }
        return found.filter { $0.batch.count > 0 }.sorted { $0.place < $1.place }
    }

    private func count(
        _ sources: [Fresh], after: RecordFold, _ delivery: Int64, _ day: Int32, _ moved: Set<UInt64>,
        into outcome: inout Outcome
    ) {
        let own = sources.filter { $0.place.delivery == delivery }
        guard !own.isEmpty else { return }
        let others = sources.filter { $0.place.delivery != delivery }
        if others.isEmpty, moved.isEmpty {
            outcome.inserted = after.records.count
            return
        }
        let before = fold(others.map(\.batch), day)
        var seen = SlotTable(capacity: own.reduce(0) { $0 + $1.batch.count })
        for source in own {
            for key in source.batch.keys where !moved.contains(key) {
                let known = seen.count
                guard seen.place(of: key) == known, let now = after.place(of: key) else { continue }
                guard let then = before.place(of: key) else {
                    outcome.inserted += 1
                    continue
                }
                if after.records.says(now, sameAs: before.records, then) {
                    outcome.unchanged += 1
                } else {
                    outcome.replaced += 1
                }
            }
        }
    }
}

extension RecordBatch {
    /// The rows whose keys are not in a set.
    func without(_ keys: Set<UInt64>) -> RecordBatch {
        if keys.isEmpty { return self }
        return rows((0..<Int32(count)).filter { !keys.contains(self.keys[Int($0)]) })
    }

    /// The rows whose keys are in a set.
    func only(_ keys: Set<UInt64>) -> RecordBatch {
        rows((0..<Int32(count)).filter { keys.contains(self.keys[Int($0)]) })
    }
}
