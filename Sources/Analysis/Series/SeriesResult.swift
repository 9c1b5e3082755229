import Model

/// One metric in one group by periods of one grain, gap-filled: every period stands, one without values is nil.
public struct SeriesResult: Sendable, Hashable {
    /// What is measured.
    public var subject: Subject
    /// How long the periods are.
    public var grain: Grain
    /// The periods in order, without holes.
    public var points: [SeriesPoint]

    /// Describes a series.
    public init(subject: Subject, grain: Grain, points: [SeriesPoint]) {
        self.subject = subject
        self.grain = grain
        self.points = points
    }
}

/// One period of a series.
public struct SeriesPoint: Sendable, Hashable {
    /// The period.
    public var period: Period
    /// Records with a value.
    public var n: Int
    /// Records without a value.
    public var missing: Int
    /// The mean (the share, for a proportion); nil is a gap.
    public var mean: Double?
    /// The interval of the mean: Student's t over the records' spread, Wilson's for a proportion; nil where it has
    /// none (a gap; a single value that is no proportion).
    public var interval: Interval?
    /// Whether the period goes on after asOf, so that it is not yet complete.
    public var isUnfinished: Bool
    /// Whether there is no value because each would be of too few people; how many records have none is not told then.
    public var isHeld = false

    /// Describes a period.
    public init(
        period: Period, n: Int, missing: Int, mean: Double?, interval: Interval?, isUnfinished: Bool
    ) {
        self.period = period
        self.n = n
        self.missing = missing
        self.mean = mean
        self.interval = interval
        self.isUnfinished = isUnfinished
    }
}

/// How many records a group has in each period of one grain.
public struct VolumeSeries: Sendable, Hashable {
    /// The records.
    public var group: Group
    /// How long the periods are.
    public var grain: Grain
    /// The periods in order, without holes; 0 where nothing was delivered.
    public var points: [VolumePoint]
}

/// The records of one period.
public struct VolumePoint: Sendable, Hashable {
    /// The period.
    public var period: Period
    /// How many records.
    public var records: Int
    /// Whether the period goes on after asOf.
    public var isUnfinished: Bool
}
