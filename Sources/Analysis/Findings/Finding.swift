import Model

/// A typed claim with its evidence. Report finds the words.
public struct Finding: Sendable, Hashable {
    /// Sixteen hexadecimal digits made of kind and subject: the same claim has the same id in every run.
    public var id: String
    /// What is claimed.
    public var kind: Kind
    /// What it is claimed of.
    public var subject: Topic
    /// The size of the effect in `unit`, with sign: later − earlier, b − a, or the coefficient.
    public var estimate: Double
    /// The unit of `estimate` (the metric's; empty for a coefficient, and for a number of records, of which it is the share
    /// that came too much or too little).
    public var unit: String
    /// The interval of `estimate`.
    public var interval: Interval?
    /// The same effect in standard deviations of the records (a correlation: its coefficient; a number of
    /// records: the logarithm of what came over what was expected). Findings are ranked by the
    /// part of it that the interval leaves certain.
    public var standardised: Double

    /// The effect in standard deviations of the records; nil for a correlation and for a number of records, which have none.
    public var standardDeviations: Double? { kind == .correlation || isOfRecords ? nil : standardised }

    /// The logarithm of what came over what was expected; nil for all but numbers of records.
    public var logRatio: Double? { isOfRecords ? standardised : nil }

    private var isOfRecords: Bool { if case .records = subject { true } else { false } }

    /// Records behind it.
    public var n: Int
    /// The probability before correction.
    public var p: Double
    /// The probability after correction over the whole report.
    public var pAdjusted: Double
    /// How grave it is.
    public var severity: Severity
    /// The days it is about.
    public var period: Period
    /// Whether the effect goes the good way, the bad way or neither.
    public var goodness: Goodness
    /// The id of the finding that tells the same event for more records; nil if this one tells it.
    public var partOf: String?
    /// How many findings are part of this one.
    public var parts = 0

    /// What can be claimed. Raw values are the keys of JSON.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A metric rises or falls over the look-back period.
        case trend
        /// The newest days differ from the equally many before.
        case recentChange = "recent_change"
        /// The newest day differs from the same weekday of earlier weeks.
        case nightChange = "night_change"
        /// The newest day brought more or fewer records than its weekday leads to expect.
        case volume
        /// A metric lies on another level since some day.
        case levelShift = "level_shift"
        /// A metric's level depends on the weekday.
        case season
        /// A metric's level depends on the hour of the day.
        case hours = "hour_of_day"
        /// Two groups of a dimension differ.
        case groupDifference = "group_difference"
        /// Two metrics go together.
        case correlation
        /// A metric differs after an intervention from before.
        case intervention
    }

    /// What a claim is about.
    public enum Topic: Sendable, Hashable {
        /// One metric in one group.
        case metric(Subject)
        /// One metric in two groups of a dimension.
        case pair(metric: String, dimension: String, a: String, b: String)
        /// Two metrics.
        case metrics(x: String, y: String, group: Group)
        /// One intervention.
        case intervention(id: String, subject: Subject)
        /// The number of records of a group.
        case records(Group)
    }

    /// How grave a finding is.
    public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Certain, but small or of no consequence.
        case note
        /// Certain and of medium size, for the worse.
        case warning
        /// Certain and large, for the worse.
        case critical

        /// Notes before warnings before critical ones.
        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .critical: 2
            }
        }
    }

    /// Whether an effect is welcome.
    public enum Goodness: String, Sendable, Hashable, CaseIterable {
        /// Towards the metric's good direction.
        case better
        /// Away from it.
        case worse
        /// The metric has no good direction, or the claim has none.
        case neutral
    }
}
