import Model

extension RecordBatch {
    /// An empty batch with that many columns, all absent.
    public init(table: String, metrics: Int, dimensions: Int) {
        self.init(table: table, catalogue: RecordBatch.noColumns)
        self.metrics = Array(repeating: nil, count: metrics)
        self.dimensions = Array(repeating: nil, count: dimensions)
        dictionaries = Array(repeating: [""], count: dimensions)
    }

    /// The records at these places, in this order; absent columns stay absent, dictionaries stay whole.
    public func rows(_ places: [Int32]) -> RecordBatch {
        var picked = RecordBatch(table: table, metrics: metrics.count, dimensions: dimensions.count)
        picked.keys = places.map { keys[Int($0)] }
        if ids.count == count {
            for place in places { picked.ids.append(ids.utf8(at: Int(place))) }
        }
        picked.times = places.map { times[Int($0)] }
        picked.days = places.map { days[Int($0)] }
        picked.minutes = places.map { minutes[Int($0)] }
        picked.metrics = metrics.map { column in column.map { column in places.map { column[Int($0)] } } }
        picked.dimensions = dimensions.map { column in column.map { column in places.map { column[Int($0)] } } }
        picked.dictionaries = dictionaries
        return picked
    }

    /// The same records with the columns of another catalogue, found by their names in the batch's own; a column that the
    /// own catalogue does not have is absent.
    public func columns(of catalogue: Catalogue, from own: Catalogue) -> RecordBatch {
        var picked = RecordBatch(table: table, catalogue: catalogue)
        (picked.keys, picked.ids, picked.times) = (keys, ids, times)
        (picked.days, picked.minutes, picked.people) = (days, minutes, people)
        for (place, metric) in catalogue.metrics.enumerated() {
            picked.metrics[place] = own.metrics.firstIndex { $0.name == metric.name }.flatMap { metrics[$0] }
        }
        for (place, dimension) in catalogue.dimensions.enumerated() {
            guard let index = own.dimensions.firstIndex(where: { $0.name == dimension.name }) else { continue }
            picked.dimensions[place] = dimensions[index]
            picked.dictionaries[place] = dictionaries[index]
        }
        return picked
    }

    /// Adds the records of another batch with the same columns whose codes mean the same.
    public mutating func append(_ other: RecordBatch) { append(other, rows: Array(0..<Int32(other.count))) }

    /// Adds the records at these places of another batch, in this order. Places in a row are copied at once.
    public mutating func append(_ other: RecordBatch, rows: [Int32]) {
        guard let first = rows.first, let last = rows.last else { return }
        let isRun = Int(last) - Int(first) == rows.count - 1 && zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }
        let choice = RowChoice(rows: rows, run: isRun ? Int(first)..<Int(last) + 1 : nil)
        if ids.count == count, other.ids.count == other.count {
            choice.add(other.ids, to: &ids)
        } else {
            ids = TextColumn()
        }
        choice.add(other.keys, to: &keys)
        choice.add(other.times, to: &times)
        choice.add(other.days, to: &days)
        choice.add(other.minutes, to: &minutes)
        for place in metrics.indices { choice.add(other.metrics[place], to: &metrics[place]) }
        for place in dimensions.indices { choice.add(other.dimensions[place], to: &dimensions[place]) }
    }

    private static let noColumns = Catalogue.empty
}

/// Some rows of a batch, as they are copied column by column.
private struct RowChoice {
    let rows: [Int32]
    /// The same as a range, where they are one.
    let run: Range<Int>?

    func add<Value>(_ column: [Value], to target: inout [Value]) {
        if let run {
            target.append(contentsOf: column[run])
        } else {
            target.append(contentsOf: rows.lazy.map { column[Int($0)] })
        }
    }

    /// Adds to a column that is present.
    func add<Value>(_ column: [Value]?, to target: inout [Value]?) {
        guard let column, var filled = target.take() else { return }
        add(column, to: &filled)
        target = filled
    }

    func add(_ texts: TextColumn, to target: inout TextColumn) {
        if let run {
            target.append(contentsOf: texts, rows: run)
        } else {
            for row in rows { target.append(texts.utf8(at: Int(row))) }
        }
    }
}

extension Catalogue {
    /// A catalogue of nothing.
    static let empty: Catalogue = {
        guard let catalogue = Catalogue(metrics: [], dimensions: []) else {
            preconditionFailure("no names cannot stand twice")  // nothing to refuse
        }
        return catalogue
    }()
}
