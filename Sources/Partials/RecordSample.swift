import Model

/// Whole records of a group: a uniform sample without replacement, or all of them.
///
/// Which records are in it depends only on their keys, so two metrics of a record are always both in it, and the same
/// records give the same sample on every machine.
public struct RecordSample: Sendable, Hashable {
    /// How many records the group has in the period; the sample is complete when it holds as many.
    public let population: Int
    /// The records, by day and then in the (random) order of their ranks. Every metric and dimension is present.
    public let records: RecordBatch
    /// Whether any of them names a person, so that none may be told by itself.
    public let isOfPeople: Bool

    /// A sample of so many records.
    public init(population: Int, records: RecordBatch, isOfPeople: Bool = false) {
        self.isOfPeople = isOfPeople
        self.population = population
        self.records = records
    }

    /// How many records are in it.
    public var count: Int { records.count }

    /// Whether it holds every record of the group, so that what is computed from it is exact.
    public var isComplete: Bool { count == population }

    /// One metric of every record, by its place in the catalogue; NaN is missing.
    public func values(metric index: Int) -> [Double] {
        guard records.metrics.indices.contains(index), let column = records.metrics[index] else {
            return Array(repeating: .nan, count: count)
        }
        return column
    }

    /// One dimension of one record, by its place in the catalogue; nil is missing.
    public func value(dimension index: Int, at row: Int) -> String? {
        guard records.dimensions.indices.contains(index), let column = records.dimensions[index], column[row] > 0
        else { return nil }
        return records.dictionaries[index][Int(column[row])]
    }
}
