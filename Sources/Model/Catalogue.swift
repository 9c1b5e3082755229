/// What is measured and by what it is grouped: the metrics, dimensions and declared pairs of one archive.
///
/// Columns of a `RecordBatch` stand in the order of `metrics` and `dimensions`.
public struct Catalogue: Sendable, Hashable {
    /// The metrics, in the order in which reports show them.
    public let metrics: [Metric]
    /// The dimensions, in the order in which reports show them.
    public let dimensions: [Dimension]
    /// Pairs of dimensions (as indices, first below second) that get partials of their own.
    public let pairs: [DimensionPair]

    /// Two dimensions by their places in `dimensions`.
    public struct DimensionPair: Sendable, Hashable {
        /// The place of the first.
        public let first: Int
        /// The place of the second.
        public let second: Int

        /// Names a pair.
        public init(first: Int, second: Int) {
            self.first = first
            self.second = second
        }
    }

    /// Makes a catalogue; nil if a name stands twice or a pair points nowhere.
    public init?(metrics: [Metric], dimensions: [Dimension], pairs: [DimensionPair] = []) {
        let names = metrics.map(\.name) + dimensions.map(\.name)
        guard Set(names).count == names.count else { return nil }
        guard pairs.allSatisfy({ 0 <= $0.first && $0.first < $0.second && $0.second < dimensions.count }) else {
            return nil
        }
        self.metrics = metrics
        self.dimensions = dimensions
        self.pairs = pairs
    }

    /// The metric of that name.
    public func metric(named name: String) -> Metric? { metrics.first { $0.name == name } }

    /// The dimension of that name.
    public func dimension(named name: String) -> Dimension? { dimensions.first { $0.name == name } }
}
