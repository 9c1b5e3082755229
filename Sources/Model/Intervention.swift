/// A dated deliberate change with its scope and the metric that it is meant to move.
public struct Intervention: Sendable, Hashable, Identifiable {
    /// The id by which exports name it.
    public var id: String
    /// What it is called.
    public var name: String
    /// The kind as the export gives it (process change, training, data quality, system update …).
    public var kind: String
    /// The intended metric's name; nil if the export names none that is known.
    public var metric: String?
    /// The group in which it applies.
    public var scope: Group
    /// The first day on which it applies.
    public var start: Day
    /// The last day on which it was carried out; nil while it lasts.
    public var end: Day?
    /// The change of the metric that was hoped for, in the metric's unit.
    public var expectedChange: Double?
    /// Where it stands.
    public var status: Status

    /// Where an intervention stands.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Decided, not begun.
        case planned
        /// In force.
        case active
        /// Carried out.
        case completed
        /// Given up.
        case cancelled
    }

    /// Describes an intervention.
    public init(
        id: String, name: String, kind: String, metric: String?, scope: Group, start: Day, end: Day?,
        expectedChange: Double?, status: Status
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.metric = metric
        self.scope = scope
        self.start = start
        self.end = end
        self.expectedChange = expectedChange
        self.status = status
    }
}

/// A measured value that somebody supplied for an intervention on a day; Assay computes its own beside it.
public struct Measurement: Sendable, Hashable, Identifiable {
    /// The id of the measurement, or one made of the intervention and the day where the export has none.
    public var id: String
    /// The intervention it belongs to.
    public var intervention: String
    /// The day it was taken.
    public var day: Day
    /// The supplied value before, in the metric's unit.
    public var baseline: Double?
    /// The supplied current value.
    public var current: Double?
    /// The supplied difference.
    public var change: Double?
    /// The supplied number of records.
    public var sampleSize: Int?

    /// Describes a measurement.
    public init(
        id: String, intervention: String, day: Day, baseline: Double?, current: Double?, change: Double?,
        sampleSize: Int?
    ) {
        self.id = id
        self.intervention = intervention
        self.day = day
        self.baseline = baseline
        self.current = current
        self.change = change
        self.sampleSize = sampleSize
    }
}
