import Model
import Partials

/// Keys that one delivery brings for several days: of the rows in one table only the last says anything.
///
/// The others are taken out of the delivery's segments again, because the order of rows is not kept between days.
struct RepeatedKeys {
    /// For each key the day of its last row.
    private(set) var lastDays: [UInt64: Int32] = [:]
    /// All days on which such keys have rows.
    private(set) var days: Set<Int32> = []

    /// Notes a key with the days that this delivery brought it for.
    mutating func note(_ key: UInt64, days: Set<Int32>, last: Int32) {
        lastDays[key] = last
        self.days.formUnion(days)
    }

    /// Rewrites the delivery's segments without the rows that are superseded; says which days those were stored under.
    func dropSuperseded(of delivery: Int64, from store: SegmentStore) throws -> Set<Int32> {
        guard !lastDays.isEmpty else { return [] }
        let segments = try days.sorted().flatMap { try store.find("delivery = ? AND day = ?", [delivery, $0]) }
        var isLast: [String: Set<UInt64>] = [:]
        for segment in segments {
            for key in try store.read(segment).keys where lastDays[key] == segment.day {
                isLast[segment.table, default: []].insert(key)
            }
        }
        var touched: Set<Int32> = []
        for segment in segments {
            guard let day = segment.day, let superseding = isLast[segment.table] else { continue }
            let batch = try store.read(segment)
            let dated = Set(superseding.filter { lastDays[$0] != day })
            let kept = batch.without(dated)
            guard kept.count < batch.count else { continue }
            touched.insert(day)
            try store.delete(segment)
            try store.write(
                kept, delivery: delivery, table: segment.place.table, ordinal: segment.place.ordinal, day: day)
        }
        return touched
    }
}
