import Model

/// What the kept summary of a run says: enough to hold two runs against each other without their records.
public struct RunSnapshot: Sendable, Hashable {
    /// The run's id.
    public var id: String
    /// The day that it describes.
    public var asOf: Day
    /// The report's title.
    public var title: String
    /// The days that its means are over.
    public var period: Period
    /// Records in these days.
    public var records: Int
    /// Where the metrics go, in one word (`improving`, `mixed` …).
    public var verdict: String
    /// The metrics, in the order of the report.
    public var metrics: [Metric] = []
    /// The dimensions, in the order of the report; none in what earlier versions have written.
    public var dimensions: [Dimension] = []
    /// Means over the period, of all records and of groups.
    public var figures: [Figure] = []
    /// Daily means over all records, by metric.
    public var days: [String: [DayMean]] = [:]
    /// What it claimed.
    public var findings: [Claim] = []
    /// The alerts that fired.
    public var alerts: [Claim] = []
    /// KPIs against their targets.
    public var kpis: [KPIState] = []

    /// The mean of a metric in a group over the run's period.
    public struct Figure: Sendable, Hashable {
        /// The metric's name.
        public var metric: String
        /// `all`, or `tier=professional`.
        public var group: String
        /// Records with a value.
        public var n: Int
        /// Their mean; nil where the run had none.
        public var mean: Double?
        /// Their standard deviation, divided by n − 1; nil where the run had none.
        public var sd: Double?
        /// The direction of the trend; nil where the run had none.
        public var direction: String?

        /// A figure of a run.
        public init(metric: String, group: String, n: Int, mean: Double?, sd: Double?, direction: String?) {
            self.metric = metric
            self.group = group
            self.n = n
            self.mean = mean
            self.sd = sd
            self.direction = direction
        }
    }

    /// The mean of one day.
    public struct DayMean: Sendable, Hashable {
        /// The day.
        public var day: Day
        /// Records with a value.
        public var n: Int
        /// Their mean.
        public var mean: Double

        /// A day's mean.
        public init(day: Day, n: Int, mean: Double) {
            self.day = day
            self.n = n
            self.mean = mean
        }
    }

    /// A finding or an alert as a run worded it.
    public struct Claim: Sendable, Hashable {
        /// The id, the same in every run.
        public var id: String
        /// The words.
        public var text: String
        /// How grave it is; nil where the run did not say.
        public var severity: Finding.Severity?
        /// Whether it is welcome.
        public var goodness: Finding.Goodness
        /// The size of the effect in standard deviations; nil where there is none.
        public var standardised: Double?
        /// The claim that tells the same event for more records, if this one is part of it.
        public var partOf: String?

        /// A claim of a run.
        public init(
            id: String, text: String, severity: Finding.Severity?, goodness: Finding.Goodness, standardised: Double?,
            partOf: String? = nil
        ) {
            self.partOf = partOf
            self.id = id
            self.text = text
            self.severity = severity
            self.goodness = goodness
            self.standardised = standardised
        }
    }

    /// A KPI against its target.
    public struct KPIState: Sendable, Hashable {
        /// The id and the group, which tell it from others.
        public var id: String
        /// Its title.
        public var title: String
        /// The metric that it is read from.
        public var metric: String
        /// Whether the value is the metric's own kind of figure (a mean or a quantile) and not a share or a count.
        public var isInUnit: Bool
        /// The value; nil where there is none.
        public var value: Double?
        /// `met`, `missed`, `unclear` or `no_data`.
        public var verdict: String

        /// The state of a KPI.
        public init(id: String, title: String, metric: String, isInUnit: Bool, value: Double?, verdict: String) {
            self.id = id
            self.title = title
            self.metric = metric
            self.isInUnit = isInUnit
            self.value = value
            self.verdict = verdict
        }
    }

    /// A run without figures yet.
    public init(id: String, asOf: Day, title: String, period: Period, records: Int, verdict: String) {
        self.id = id
        self.asOf = asOf
        self.title = title
        self.period = period
        self.records = records
        self.verdict = verdict
    }
}
