import Model
import Partials

/// What every day's partials are made by.
struct DayRecipe: Sendable {
    let catalogue: Catalogue
    let sizes: SampleSizes
    let numbers: RecordCoding.ColumnNumbers
    let dictionaries: [[String]]
}

/// All rows of one day and what is to be made of them; needs nothing else and may be done anywhere.
public struct DayWork: Sendable {
    /// Rows of the day that are stored together.
    struct Source: Sendable {
        /// Rows as they are at hand.
        enum Rows: Sendable {
            case ready(RecordBatch)
            case packed(Segment, [UInt8])
        }

        let place: Segment.Place
        let rows: Rows
        /// The only keys that count, or those that do not.
        let keys: Set<UInt64>
        let isKept: Bool
    }

    let day: Int32
    let sources: [Source]
    let delivery: Int64?
    let moved: Set<UInt64>
    let recipe: DayRecipe

    /// Folds the rows into records, counts what the delivery did to them and makes the partials.
    ///
    /// - Throws: `ArchiveError.damaged` if stored rows cannot be read.
    public func result() throws -> DayResult {
        let sources = try ArchiveError.translating { try unpacked() }
        let after = fold(sources.map(\.batch))
        var result = DayResult(day: day)
        if let delivery { count(sources, after: after, delivery, into: &result) }
        let records = named(after.records)
        guard records.count > 0 else { return result }
        result.packed = PackedDay(
            DayPartials.make(
                day: Day(number: day), records: records, catalogue: recipe.catalogue, sizes: recipe.sizes))
        return result
    }

    /// The folded records with the texts of their dimensions.
    ///
    /// - Throws: `ArchiveError.damaged` if stored rows cannot be read.
    public func records() throws -> RecordBatch {
        named(fold(try ArchiveError.translating { try unpacked() }.map(\.batch)).records)
    }

    private func named(_ records: RecordBatch) -> RecordBatch {
        var records = records
        records.dictionaries = recipe.dictionaries
        return records
    }

    private func unpacked() throws -> [(place: Segment.Place, batch: RecordBatch)] {
        try sources.compactMap { source in
            let batch =
                switch source.rows {
                case .ready(let batch): batch
                case .packed(let segment, let bytes): try segment.unpacked(bytes, numbers: recipe.numbers)
                }
            let counting = source.isKept ? batch.only(source.keys) : batch.without(source.keys)
            return counting.count > 0 ? (source.place, counting) : nil
        }
    }

    private func fold(_ batches: [RecordBatch]) -> RecordFold {
        RecordFold(
            batches, day: day, metrics: recipe.catalogue.metrics.count, dimensions: recipe.catalogue.dimensions.count)
    }

    private func count(
        _ sources: [(place: Segment.Place, batch: RecordBatch)], after: RecordFold, _ delivery: Int64,
        into result: inout DayResult
    ) {
        let own = sources.filter { $0.place.delivery == delivery }
        guard !own.isEmpty else { return }
        let others = sources.filter { $0.place.delivery != delivery }
        if others.isEmpty, moved.isEmpty {
            result.inserted = after.records.count
            return
        }
        let before = fold(others.map(\.batch))
        var seen = SlotTable(capacity: own.reduce(0) { $0 + $1.batch.count })
        for source in own {
            for key in source.batch.keys where !moved.contains(key) {
                let known = seen.count
                guard seen.place(of: key) == known, let now = after.place(of: key) else { continue }
                guard let then = before.place(of: key) else {
                    result.inserted += 1
                    continue
                }
                if after.records.says(now, sameAs: before.records, then) {
                    result.unchanged += 1
                } else {
                    result.replaced += 1
                }
            }
        }
    }
}

/// The partials of a day and what a delivery did to its records.
public struct DayResult: Sendable {
    let day: Int32
    /// nil where the day has no records.
    var packed: PackedDay?
    /// Records that the delivery brought which were not there before it.
    var inserted = 0
    /// Records that the delivery changed.
    var replaced = 0
    /// Records that the delivery confirmed.
    var unchanged = 0

    init(day: Int32) { self.day = day }
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
