import Model

/// The columns of the batch that is being filled. Rows are committed whole; nothing is taken back.
struct BatchColumns {
    /// The most rows of one batch.
    static let limit = 65_536

    private let plan: ColumnPlan
    private let catalogue: Catalogue
    private var capacity: Int
    private(set) var count = 0
    private var keys: PlainArray<UInt64>
    private var idBytes: [UInt8] = []
    private var idEnds: PlainArray<UInt32>
    private var times: PlainArray<Int64>
    private var days: PlainArray<Int32>
    private var minutes: PlainArray<Int16>
    /// Column after column, each with room for `capacity` rows.
    private var values: PlainArray<Double>
    private var codes: PlainArray<UInt32>

    /// Columns with room for that many rows, which may be more in the end.
    init(_ plan: ColumnPlan, catalogue: Catalogue, rows: Int) {
        self.plan = plan
        self.catalogue = catalogue
        capacity = max(16, min(rows, Self.limit))
        values = PlainArray(repeating: 0, count: plan.metrics.count * capacity)
        codes = PlainArray(repeating: 0, count: plan.dimensions.count * capacity)
        keys = PlainArray(repeating: 0, count: capacity)
        idEnds = PlainArray(repeating: 0, count: capacity)
        times = PlainArray(repeating: 0, count: capacity)
        days = PlainArray(repeating: 0, count: capacity)
        minutes = PlainArray(repeating: 0, count: capacity)
        idBytes.reserveCapacity(16 * capacity)
    }

    var isFull: Bool { count >= Self.limit }

    /// Adds a row: its key, id, time, and the values in the order of the plan.
    @inline(__always)
    mutating func append(
        key: UInt64, id: Span<UInt8>, time: PlacedTime, values row: PlainArray<Double>,
        codes rowCodes: PlainArray<UInt32>
    ) {
        let index = count
        if index == capacity { grow() }
        count = index + 1
        keys[index] = key
        if !id.isEmpty { ByteText.append(id, 0..<id.count, to: &idBytes) }
        idEnds[index] = UInt32(idBytes.count)
        times[index] = time.instant
        days[index] = time.day
        minutes[index] = time.minute
        var place = index
        for metric in 0..<row.count {
            values[place] = row[metric]
            place &+= capacity
        }
        place = index
        for dimension in 0..<rowCodes.count {
            codes[place] = rowCodes[dimension]
            place &+= capacity
        }
    }

    /// The rows as a batch; the columns are empty afterwards.
    mutating func take(
        presentMetrics: [Bool], presentDimensions: [Bool], dictionaries: [TextDictionary]
    ) -> RecordBatch {
        var batch = RecordBatch(table: plan.table, catalogue: catalogue)
        let rows = 0..<count
        batch.ids = TextColumn(bytes: idBytes, ends: idEnds.array(rows)) ?? TextColumn()
        for (index, metric) in plan.metrics.enumerated() where presentMetrics[index] {
            batch.metrics[metric.metric] = values.array(index * capacity..<index * capacity + count)
        }
        for (index, dimension) in plan.dimensions.enumerated() where presentDimensions[index] {
            batch.dimensions[dimension.dimension] = codes.array(index * capacity..<index * capacity + count)
            batch.dictionaries[dimension.dimension] = dictionaries[index].texts
        }
        batch.keys = keys.array(rows)
        batch.times = times.array(rows)
        batch.days = days.array(rows)
        batch.minutes = minutes.array(rows)
        idBytes = []
        count = 0
        return batch
    }

    private mutating func grow() {
        let wider = capacity * 4
        values = Self.widened(values, from: capacity, to: wider)
        codes = Self.widened(codes, from: capacity, to: wider)
        keys = Self.widened(keys, from: capacity, to: wider)
        idEnds = Self.widened(idEnds, from: capacity, to: wider)
        times = Self.widened(times, from: capacity, to: wider)
        days = Self.widened(days, from: capacity, to: wider)
        minutes = Self.widened(minutes, from: capacity, to: wider)
        capacity = wider
    }

    private static func widened<Value: Numeric & BitwiseCopyable>(
        _ old: PlainArray<Value>, from: Int, to: Int
    ) -> PlainArray<Value> {
        let new = PlainArray<Value>(repeating: 0, count: old.count / from * to)
        for column in 0..<old.count / from {
            for row in 0..<from { new[column * to + row] = old[column * from + row] }
        }
        return new
    }
}
