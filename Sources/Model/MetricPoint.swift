/// One value of a health metric at one time, as a collector wrote it: points come at irregular times.
public struct MetricPoint: Sendable, Hashable {
    /// The metric's name in the export.
    public var name: String
    /// What else tells series of one metric apart, such as "component=api, host=a1", sorted by key; empty for nothing.
    public var context: String
    /// The unit; empty where none is given.
    public var unit: String
    /// What the values are.
    public var kind: Kind
    /// The local day.
    public var day: Day
    /// Microseconds since 1970-01-01T00:00Z.
    public var time: Int64
    /// The value; always finite.
    public var value: Double

    /// What the values of a series are.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The level at a time.
        case gauge
        /// A count since some start, of which the increase is what matters.
        case counter
    }

    /// Describes a point.
    public init(
        name: String, context: String = "", unit: String = "", kind: Kind = .gauge, day: Day, time: Int64, value: Double
    ) {
        self.name = name
        self.context = context
        self.unit = unit
        self.kind = kind
        self.day = day
        self.time = time
        self.value = value
    }
}

/// One stage of a pipeline on its way with one item.
public struct StageRun: Sendable, Hashable {
    /// The stage, such as "extraction".
    public var stage: String
    /// What went through it: a file, a document, a batch.
    public var item: String
    /// The local day on which it began.
    public var day: Day
    /// When it began, in microseconds since 1970-01-01T00:00Z.
    public var started: Int64
    /// When it ended, not before its start; nil while it has not.
    public var ended: Int64?
    /// How it ended in the words of the log; empty where it does not say.
    public var status: String

    /// Describes a stage.
    public init(stage: String, item: String, day: Day, started: Int64, ended: Int64?, status: String = "") {
        self.stage = stage
        self.item = item
        self.day = day
        self.started = started
        self.ended = ended
        self.status = status
    }
}
