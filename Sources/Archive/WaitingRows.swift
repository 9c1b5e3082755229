import Model
import Partials

/// Rows of a loading without a day of their own, held until there are many or all days of the loading are known.
struct WaitingRows {
    /// What is held, with the table's place among those of the delivery.
    private(set) var parts: [(table: Int, batch: RecordBatch)] = []
    /// Roughly how much memory it takes.
    private(set) var bytes = 0

    /// Adds rows of one table.
    mutating func add(_ batch: RecordBatch, table: Int) {
        bytes += batch.count * DayColumns.bytesPerRow(batch)
        parts.append((table, batch))
    }
}

/// Puts rows without a day of their own under the days of their keys.
struct WaitingPlacement {
    let store: SegmentStore
    let delivery: Int64

    /// Puts rows of this loading under the days that are known by now; what finds none waits as a pending segment,
    /// whose keys are entered so that `placeAwaited` finds it when their day comes.
    func place(
        _ waiting: WaitingRows, placement: inout KeyPlacement, into collector: inout DayCollector,
        write: (DayCollector.Key, DayColumns) throws -> Void
    ) throws {
        let keys = waiting.parts.flatMap(\.batch.keys)
        let homes = try placement.homes(of: keys)
        placement.touch(Set(homes))
        try placement.enterPending(homes.indices.filter { homes[$0] == KeyEntry.pending }.map { keys[$0] })
        var start = 0
        for (table, batch) in waiting.parts {
            let days = Array(homes[start..<start + batch.count])
            try collector.add(batch, days: days, table: table, write: write)
            start += batch.count
        }
        for (key, full) in collector.take(where: { $0.day == KeyEntry.pending }) { try write(key, full) }
    }

    /// Places rows of earlier deliveries whose keys have got a day now.
    func placeAwaited(_ placement: inout KeyPlacement) throws {
        guard !placement.awaited.isEmpty else { return }
        for segment in try store.find("day IS NULL") {
            let batch = try store.read(segment)
            guard batch.keys.contains(where: { placement.awaited.contains($0) }) else { continue }
            let homes = try placement.homes(of: batch.keys)
            placement.touch(Set(homes))
            try store.delete(segment)
            var collector = DayCollector()
            try collector.add(batch, days: homes, table: segment.place.table) { _, _ in }
            for (key, part) in collector.take() {
                try store.write(
                    part.batch, delivery: segment.place.delivery, table: segment.place.table,
                    ordinal: segment.place.ordinal, day: key.day == KeyEntry.pending ? nil : key.day)
            }
        }
    }
}
