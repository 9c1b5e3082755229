import Model

/// What many days have in common: the metrics, dimensions, sample sizes and groups that their partials are of.
///
/// Days of a year agree in nearly all of it, so one object serves all days that do (`DayShapes`).
final class DayShape: Sendable, Hashable {
    let metrics: [DayPartials.Column]
    let dimensions: [String]
    let sizes: SampleSizes
    /// Ascending.
    let groups: [Group]
    /// The place of each group.
    private let places: [Group: Int]

    init(metrics: [DayPartials.Column], dimensions: [String], sizes: SampleSizes, groups: [Group]) {
        self.metrics = metrics
        self.dimensions = dimensions
        self.sizes = sizes
        self.groups = groups
        places = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    }

    /// The same without pairs, which stand last.
    var withoutPairs: DayShape {
        let kept = groups.prefix { !$0.isPair }
        guard kept.count < groups.count else { return self }
        return DayShape(metrics: metrics, dimensions: dimensions, sizes: sizes, groups: Array(kept))
    }

    func row(of group: Group) -> Int? { places[group] }

    func column(of metric: String) -> Int? { metrics.firstIndex { $0.name == metric } }

    static func == (left: DayShape, right: DayShape) -> Bool {
        left === right
            || left.metrics == right.metrics && left.dimensions == right.dimensions && left.sizes == right.sizes
                && left.groups == right.groups
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(metrics.count)
        hasher.combine(groups)
    }
}

/// Lets days share what they have in common, so that years of them take little memory.
public struct DayShapes {
    private var known: Set<DayShape> = []

    /// None yet.
    public init() {}

    /// The same day, with the shape of an earlier one where they are equal. Cost: the groups of the day, once.
    public mutating func sharing(_ day: DayPartials) -> DayPartials {
        DayPartials(day, shape: known.insert(day.shape).memberAfterInsert)
    }
}
