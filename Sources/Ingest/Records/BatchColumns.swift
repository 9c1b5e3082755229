import Model

/// The columns of the batch that is being filled. Rows are committed whole; nothing is taken back.
struct BatchColumns {
    /// The most rows of one batch.
    static let limit = 65_536

    private let plan: ColumnPlan
    private let catalogue: Catalogue
    private var capacity: Int
    private var keys: [UInt64] = []
    private var idBytes: [UInt8] = []
    private var idEnds: [UInt32] = []
    private var times: [Int64] = []
    private var days: [Int32] = []
    private var minutes: [Int16] = []
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
        reserve(16 * capacity)
    }

    var count: Int { keys.count }
    var isFull: Bool { keys.count >= Self.limit }

    /// Adds a row: its key, id, time, and the values in the order of the plan.
    @inline(__always)
    mutating func append(
        key: UInt64, id: Span<UInt8>, time: PlacedTime, values row: PlainArray<Double>,
        codes rowCodes: PlainArray<UInt32>
    ) {
        let index = keys.count
        if index == capacity { grow() }
        keys.append(key)
        if !id.isEmpty { ByteText.append(id, 0..<id.count, to: &idBytes) }
        idEnds.append(UInt32(idBytes.count))
        times.append(time.instant)
        days.append(time.day)
        minutes.append(time.minute)
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
        batch.ids = TextColumn(bytes: idBytes, ends: idEnds) ?? TextColumn()
        for (index, metric) in plan.metrics.enumerated() where presentMetrics[index] {
            batch.metrics[metric.metric] = values.array(index * capacity..<index * capacity + count)
        }
        for (index, dimension) in plan.dimensions.enumerated() where presentDimensions[index] {
            batch.dimensions[dimension.dimension] = codes.array(index * capacity..<index * capacity + count)
            batch.dictionaries[dimension.dimension] = dictionaries[index].texts
        }
        swap(&batch.keys, &keys)
        swap(&batch.times, &times)
        swap(&batch.days, &days)
        swap(&batch.minutes, &minutes)
        let idLength = idBytes.count
        idBytes = []
        idEnds = []
        if batch.count == Self.limit { reserve(idLength + idLength / 8) }
        return batch
    }

    /// Room for as many rows as expected, so that the columns do not grow step by step.
    private mutating func reserve(_ idLength: Int) {
        keys.reserveCapacity(capacity)
        times.reserveCapacity(capacity)
        days.reserveCapacity(capacity)
        minutes.reserveCapacity(capacity)
        idEnds.reserveCapacity(capacity)
        idBytes.reserveCapacity(idLength)
    }

    private mutating func grow() {
        let wider = capacity * 4
        values = Self.widened(values, from: capacity, to: wider)
        codes = Self.widened(codes, from: capacity, to: wider)
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
