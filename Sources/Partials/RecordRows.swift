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

    /// Adds the records of another batch with the same columns whose codes mean the same.
    public mutating func append(_ other: RecordBatch) {
        let hasIds = ids.count == count && other.ids.count == other.count
        if hasIds {
            ids.append(contentsOf: other.ids)
        } else {
            ids = TextColumn()
        }
        keys += other.keys
        times += other.times
        days += other.days
        minutes += other.minutes
        for place in metrics.indices { metrics[place]?.append(contentsOf: other.metrics[place] ?? []) }
        for place in dimensions.indices { dimensions[place]?.append(contentsOf: other.dimensions[place] ?? []) }
    }

    private static let noColumns = Catalogue.empty
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
