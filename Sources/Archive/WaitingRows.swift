import Model
import Partials

/// Rows of a loading without a day of their own, held until all days of the loading are known.
struct WaitingRows {
    /// Rows of one table in their order.
    struct Part {
        var table: Int
        var ordinal: Int
        var columns: DayColumns
    }

    /// What is held in memory.
    private(set) var parts: [Part] = []
    /// Whether some had to be written as waiting segments meanwhile.
    private(set) var hasSpilled = false
    private var bytes = 0
    private var nextOrdinal = 0

    /// Adds rows of one table; beyond the limit everything held is handed to `spill`.
    mutating func add(
        _ batch: RecordBatch, table: Int, limit: Int, spill: (RecordBatch, Int, Int) throws -> Void
    ) throws {
        bytes += batch.count * DayColumns.bytesPerRow(batch)
        if parts.last.map({ $0.table != table || !$0.columns.accepts(batch) }) ?? true {
            parts.append(
                Part(table: table, ordinal: nextOrdinal, columns: DayColumns(like: batch, ordinal: nextOrdinal)))
            nextOrdinal += 1
        }
        parts[parts.count - 1].columns.append(batch, rows: Array(0..<Int32(batch.count)))
        guard bytes > limit else { return }
        for part in parts { try spill(part.columns.batch, part.table, part.ordinal) }
        parts = []
        bytes = 0
        hasSpilled = true
    }
}

/// Puts rows without a day of their own under the days of their keys.
struct WaitingPlacement {
    let store: SegmentStore
    let delivery: Int64
    /// Roughly how much memory placed rows may take before they are written.
    let limit: Int

    /// Places the rows of this loading; what finds no day is stored as waiting. Says how many those are.
    func place(
        _ waiting: WaitingRows, placement: inout KeyPlacement, into collector: inout DayCollector
    ) throws -> Int {
        var left = 0
        if waiting.hasSpilled {
            for segment in try store.find("day IS NULL AND delivery = ?", [delivery]) {
                let batch = try store.read(segment)
                try store.delete(segment)
                left += try place(batch, table: segment.place.table, &placement, into: &collector)
            }
        }
        for part in waiting.parts {
            left += try place(part.columns.batch, table: part.table, &placement, into: &collector)
        }
        for (key, full) in collector.take(where: { $0.day == KeyEntry.pending }) {
            try store.write(full, delivery, key)
        }
        return left
    }

    private func place(
        _ batch: RecordBatch, table: Int, _ placement: inout KeyPlacement, into collector: inout DayCollector
    ) throws -> Int {
        let homes = try placement.homes(of: batch.keys)
        placement.touch(Set(homes))
        let lost = homes.indices.filter { homes[$0] == KeyEntry.pending }
        try placement.enterPending(lost.map { batch.keys[$0] })
        try collector.add(batch, days: homes, table: table) { key, full in try store.write(full, delivery, key) }
        if collector.bytes > limit {
            for (key, full) in collector.take() { try store.write(full, delivery, key) }
        }
        return lost.count
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
