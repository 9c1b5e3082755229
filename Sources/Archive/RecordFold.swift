import Model
import Partials

/// Rows of many segments folded into one record per key: of each present column the last one says what holds.
struct RecordFold {
    /// The records, in the order in which their keys were met.
    private(set) var records: RecordBatch
    private var slots: SlotTable
    private var hasIds = false

    /// Folds batches in the order given; each row belongs to the day.
    init(_ batches: [RecordBatch], day: Int32, metrics: Int, dimensions: Int) {
        let rows = batches.reduce(0) { $0 + $1.count }
        records = RecordBatch(table: "", metrics: metrics, dimensions: dimensions)
        slots = SlotTable(capacity: rows)
        if let only = batches.first, batches.count == 1, slots.fill(only.keys) {
            records = only
            records.table = ""
        } else {
            slots = SlotTable(capacity: rows)
            for batch in batches { fold(batch) }
        }
        records.days = Array(repeating: day, count: records.count)
    }

    /// The place of a key's record.
    func place(of key: UInt64) -> Int? { slots.known(key).map { Int($0) } }

    private mutating func fold(_ batch: RecordBatch) {
        let before = records.count
        let places = batch.keys.map { slots.place(of: $0) }
        grow(to: slots.count)
        for (row, place) in places.enumerated() where Int(place) >= before {
            records.keys[Int(place)] = batch.keys[row]
        }
        for (row, place) in places.enumerated() where batch.days[row] != RecordBatch.noDay {
            records.times[Int(place)] = batch.times[row]
            records.minutes[Int(place)] = batch.minutes[row]
        }
        foldIds(of: batch, places, before: before)
        for column in batch.metrics.indices {
            guard let values = batch.metrics[column] else { continue }
            var target = records.metrics[column] ?? Array(repeating: .nan, count: records.count)
            records.metrics[column] = nil
            for (row, place) in places.enumerated() { target[Int(place)] = values[row] }
            records.metrics[column] = target
        }
        for column in batch.dimensions.indices {
            guard let codes = batch.dimensions[column] else { continue }
            var target = records.dimensions[column] ?? Array(repeating: 0, count: records.count)
            records.dimensions[column] = nil
            for (row, place) in places.enumerated() { target[Int(place)] = codes[row] }
            records.dimensions[column] = target
        }
    }

    private mutating func grow(to count: Int) {
        let extra = count - records.count
        guard extra > 0 else { return }
        records.keys += Array(repeating: 0, count: extra)
        records.times += Array(repeating: RecordBatch.noTime, count: extra)
        records.minutes += Array(repeating: RecordBatch.noMinute, count: extra)
        for column in records.metrics.indices {
            records.metrics[column]?.append(contentsOf: repeatElement(.nan, count: extra))
        }
        for column in records.dimensions.indices {
            records.dimensions[column]?.append(contentsOf: repeatElement(0, count: extra))
        }
    }

    /// A record takes its id from the first row that has one; all rows of a key have the same.
    private mutating func foldIds(of batch: RecordBatch, _ places: [Int32], before: Int) {
        let given = batch.ids.count == batch.count && batch.count > 0
        guard given || hasIds else { return }
        hasIds = true
        var source = [Int32](repeating: -1, count: records.count)
        if given { for (row, place) in places.enumerated() { source[Int(place)] = Int32(row) } }
        var ids = TextColumn()
        for place in 0..<records.count {
            let old = place < records.ids.count ? records.ids.utf8(at: place) : []
            ids.append(old.isEmpty && source[place] >= 0 ? batch.ids.utf8(at: Int(source[place])) : old)
        }
        records.ids = ids
    }
}

extension SlotTable {
    /// Takes keys one by one; false as soon as one was there already.
    mutating func fill(_ keys: [UInt64]) -> Bool {
        for (row, key) in keys.enumerated() where place(of: key) != Int32(row) { return false }
        return true
    }
}

extension RecordBatch {
    /// Whether two records say the same; an absent column says nothing, like a missing value.
    func says(_ row: Int, sameAs other: RecordBatch, _ otherRow: Int) -> Bool {
        guard times[row] == other.times[otherRow], minutes[row] == other.minutes[otherRow] else { return false }
        for column in metrics.indices {
            let (a, b) = (metrics[column]?[row] ?? .nan, other.metrics[column]?[otherRow] ?? .nan)
            guard a == b || (a.isNaN && b.isNaN) else { return false }
        }
        for column in dimensions.indices {
            guard dimensions[column]?[row] ?? 0 == other.dimensions[column]?[otherRow] ?? 0 else { return false }
        }
        return true
    }
}
