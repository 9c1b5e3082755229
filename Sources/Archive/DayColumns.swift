import Model
import Partials

/// The rows of one table that belong to one day, collected until they are written as a segment.
struct DayColumns {
    /// The rows so far.
    private(set) var batch: RecordBatch
    /// Where the segment stands among those of its table.
    let ordinal: Int

    /// Starts with the columns that a batch has.
    init(like other: RecordBatch, ordinal: Int) {
        self.ordinal = ordinal
        batch = RecordBatch(table: other.table, metrics: other.metrics.count, dimensions: other.dimensions.count)
        for place in other.metrics.indices where other.metrics[place] != nil { batch.metrics[place] = [] }
        for place in other.dimensions.indices where other.dimensions[place] != nil { batch.dimensions[place] = [] }
    }

    /// Whether a batch has the same columns, so that its rows can be added.
    func accepts(_ other: RecordBatch) -> Bool {
        zip(batch.metrics, other.metrics).allSatisfy { ($0 == nil) == ($1 == nil) }
            && zip(batch.dimensions, other.dimensions).allSatisfy { ($0 == nil) == ($1 == nil) }
            && (batch.ids.count == batch.count) == (other.ids.count == other.count)
            || batch.count == 0
    }

    /// Adds some rows of a batch.
    mutating func append(_ other: RecordBatch, rows: [Int32]) {
        batch.append(other, rows: rows)
    }

    /// What a row takes in memory, roughly.
    static func bytesPerRow(_ batch: RecordBatch) -> Int {
        22 + 8 * batch.metrics.count { $0 != nil } + 4 * batch.dimensions.count { $0 != nil }
            + (batch.count > 0 ? batch.ids.bytes.count / batch.count + 4 : 0)
    }
}

/// Collects the rows of a loading by day and table.
struct DayCollector {
    /// What rows are kept under.
    struct Key: Hashable {
        /// The day, or `KeyEntry.pending`.
        var day: Int32
        /// The table's place among those of the delivery.
        var table: Int
    }

    private(set) var columns: [Key: DayColumns] = [:]
    /// Roughly how much memory the rows take.
    private(set) var bytes = 0
    private var nextOrdinal = 0

    /// Adds rows by their day; what could not be added because its columns differ is written first.
    mutating func add(
        _ batch: RecordBatch, days: [Int32], table: Int, write: (Key, DayColumns) throws -> Void
    ) throws {
        bytes += batch.count * DayColumns.bytesPerRow(batch)
        for (day, rows) in DayCollector.split(days) {
            let key = Key(day: day, table: table)
            if let full = columns[key], !full.accepts(batch) {
                try write(key, full)
                columns[key] = nil
            }
            if columns[key] == nil {
                columns[key] = DayColumns(like: batch, ordinal: nextOrdinal)
                nextOrdinal += 1
            }
            columns[key]?.append(batch, rows: rows)
        }
    }

    /// Takes out everything that a condition selects, in the order in which it was begun.
    mutating func take(where isWanted: (Key) -> Bool = { _ in true }) -> [(key: Key, columns: DayColumns)] {
        let taken = columns.filter { isWanted($0.key) }.sorted { $0.value.ordinal < $1.value.ordinal }
        for (key, _) in taken { columns[key] = nil }
        if columns.isEmpty { bytes = 0 }
        return taken.map { (key: $0.key, columns: $0.value) }
    }

    /// Rows by day, in order.
    private static func split(_ days: [Int32]) -> [(day: Int32, rows: [Int32])] {
        var places: [Int32: Int] = [:]
        var groups: [(day: Int32, rows: [Int32])] = []
        var last: Int32?
        var current = 0
        for (row, day) in days.enumerated() {
            if day != last {
                if let known = places[day] {
                    current = known
                } else {
                    current = groups.count
                    places[day] = current
                    groups.append((day, []))
                }
                last = day
            }
            groups[current].rows.append(Int32(row))
        }
        return groups
    }
}
