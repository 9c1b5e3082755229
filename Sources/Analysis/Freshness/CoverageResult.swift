import Model

/// How fresh and how complete the data are on the day that the run describes.
public struct CoverageResult: Sendable, Hashable {
    /// The look-back period that counts and shares are of.
    public var period: Period
    /// The oldest day with records up to asOf; nil without records.
    public var oldestDay: Day?
    /// The newest day with records up to asOf; nil without records.
    public var newestDay: Day?
    /// Days from the newest day to asOf: 0 is up to date; nil without records.
    public var ageInDays: Int?
    /// Records in the period.
    public var records: Int
    /// Records of all days up to asOf.
    public var recordsEver: Int
    /// Days of the period that have records.
    public var daysWithRecords: Int
    /// Days of the period without records, in order, from the oldest day on.
    public var emptyDays: [Day]
    /// Weekdays that usually bring no records, 0 for Monday.
    public var restingWeekdays: [Int]
    /// Days after asOf that have records, which this run leaves out.
    public var daysAfterAsOf: Int
    /// Records per day that has any.
    public var recordsPerDay: Answer<Double>
    /// Whether there are fewer records than `AnalysisSettings.smallTotal`.
    public var isSmall: Bool
    /// How complete each metric is, in the catalogue's order.
    public var metrics: [MetricCoverage]
    /// Groups of one dimension with fewer records than `AnalysisSettings.smallGroup`, in the order of groups.
    public var smallGroups: [SmallGroup]

    /// What a report needs and these data lack, in records and days with records; empty where they are enough to rest
    /// decisions on.
    public func shortfalls(_ settings: AnalysisSettings) -> [Absence] {
        [
            Absence.tooFew(.records, found: records, needed: settings.minimumRecords),
            Absence.tooFew(.days, found: daysWithRecords, needed: settings.minimumDays),
        ].filter { if case .tooFew(_, let found, let needed) = $0 { found < needed } else { false } }
    }

    /// How complete one metric is in the period.
    public struct MetricCoverage: Sendable, Hashable {
        /// The metric's name.
        public var metric: String
        /// Records with a value.
        public var n: Int
        /// Records without one.
        public var missing: Int
        /// Missing among all records of the period.
        public var missingShare: Answer<Double>
        /// Whether the share with a value is below `AnalysisSettings.smallCoverage`.
        public var isLow: Bool
        /// The newest day with a value up to asOf; nil if there is none.
        public var newestDay: Day?
    }
}

/// A group with too few records to say much.
public struct SmallGroup: Sendable, Hashable {
    /// The group.
    public var group: Group
    /// Its records (or values, where the result is about one metric).
    public var n: Int
    /// How many it should have.
    public var needed: Int

    /// Describes a group that is too small.
    public init(group: Group, n: Int, needed: Int) {
        self.group = group
        self.n = n
        self.needed = needed
    }
}
