/// Which records a report is about: values of dimensions and limits of metrics, all of which have to hold.
public struct RecordFilter: Sendable, Hashable {
    /// Some values of a dimension; a record has to have one of them.
    public struct Values: Sendable, Hashable {
        /// The dimension's name.
        public var dimension: String
        /// The values, in the order in which they were declared.
        public var values: [String]

        /// Names values of a dimension.
        public init(dimension: String, values: [String]) {
            self.dimension = dimension
            self.values = values
        }
    }

    /// A limit of a metric; the limit itself passes, a missing value does not.
    public struct Limit: Sendable, Hashable {
        /// The metric's name.
        public var metric: String
        /// The smallest value that passes.
        public var low: Double
        /// The largest value that passes.
        public var high: Double

        /// Names a limit; infinite ends pass everything.
        public init(metric: String, low: Double = -.infinity, high: Double = .infinity) {
            self.metric = metric
            self.low = low
            self.high = high
        }
    }

    /// Values of dimensions.
    public var values: [Values]
    /// Limits of metrics.
    public var limits: [Limit]

    /// A filter; without conditions it passes every record.
    public init(values: [Values] = [], limits: [Limit] = []) {
        self.values = values
        self.limits = limits
    }

    /// Whether every record passes.
    public var isEmpty: Bool { values.isEmpty && limits.isEmpty }

    /// The places of the records that pass, ascending. A condition on a column that is unknown or absent passes none.
    ///
    /// O(records × conditions).
    public func places(in records: RecordBatch, of catalogue: Catalogue) -> [Int32] {
        var places = Array(0..<Int32(records.count))
        for condition in values {
            guard let index = catalogue.dimensions.firstIndex(where: { $0.name == condition.dimension }),
                let column = records.dimensions[index]
            else { return [] }
            let isWanted = records.dictionaries[index].enumerated().map { $0 > 0 && condition.values.contains($1) }
            places.removeAll { !isWanted[Int(column[Int($0)])] }
        }
        for limit in limits {
            guard let index = catalogue.metrics.firstIndex(where: { $0.name == limit.metric }),
                let column = records.metrics[index]
            else { return [] }
            places.removeAll { !(column[Int($0)] >= limit.low && column[Int($0)] <= limit.high) }
        }
        return places
    }
}

extension Catalogue {
    /// Some of the metrics and dimensions, in this order, with the pairs of which both dimensions are left; unknown names
    /// are left out.
    public func limited(toMetrics metrics: [String], dimensions: [String]) -> Catalogue {
        let kept = dimensions.compactMap { name in self.dimensions.firstIndex { $0.name == name } }
        let pairs = self.pairs.compactMap { pair -> DimensionPair? in
            guard let first = kept.firstIndex(of: pair.first), let second = kept.firstIndex(of: pair.second) else {
                return nil
            }
            return DimensionPair(first: min(first, second), second: max(first, second))
        }
        return Catalogue(
            metrics: metrics.compactMap(metric(named:)), dimensions: kept.map { self.dimensions[$0] }, pairs: pairs)
            ?? self
    }
}
