/// An attribute to group by (tier, dataset, component, channel).
public struct Dimension: Sendable, Hashable {
    /// The key in configuration and JSON, formed like a metric's.
    public let name: String
    /// The words that a reader meets.
    public let title: String
    /// The only values that are accepted; nil where any text is a value. A row with another value is refused.
    public let values: [String]?

    /// Makes a dimension; nil if the name is not a valid key.
    public init?(name: String, title: String? = nil, values: [String]? = nil) {
        guard Metric.isValidName(name) else { return nil }
        self.name = name
        self.title = title ?? KeyWords.title(of: name)
        self.values = values
    }
}

/// A group of records: all of them, those with one value of a dimension, or those with one value of each of two.
public enum Group: Sendable, Hashable {
    /// Every record.
    case all
    /// The records with this value of this dimension.
    case value(dimension: String, value: String)
    /// The records with these values of a declared pair of dimensions.
    case pair(first: String, firstValue: String, second: String, secondValue: String)
}

extension Group {
    /// Whether this is a pair of dimensions.
    public var isPair: Bool { if case .pair = self { true } else { false } }

    /// The values that its records have; none for every record.
    public var values: [(dimension: String, value: String)] {
        switch self {
        case .all: []
        case .value(let dimension, let value): [(dimension, value)]
        case .pair(let first, let firstValue, let second, let secondValue):
            [(first, firstValue), (second, secondValue)]
        }
    }

    /// Whether records can be in both groups: those that name different values of a dimension have none in common.
    public func overlaps(_ other: Group) -> Bool {
        !values.contains { mine in
            other.values.contains { $0.dimension == mine.dimension && $0.value != mine.value }
        }
    }
}

extension Group: Comparable {
    /// All first, then by dimension and value, then pairs; each in the order of its UTF-8 bytes.
    public static func < (left: Group, right: Group) -> Bool {
        left.sortKey.lexicographicallyPrecedes(right.sortKey)
    }

    private var sortKey: [String] {
        switch self {
        case .all: []
        case .value(let dimension, let value): ["1", dimension, value]
        case .pair(let first, let firstValue, let second, let secondValue):
            ["2", first, second, firstValue, secondValue]
        }
    }
}
