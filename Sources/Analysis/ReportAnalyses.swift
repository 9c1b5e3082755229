import Model

/// Everything that one run computes: the value that pages, summary, CSV files and commands are encodings of.
public struct ReportAnalyses: Sendable, Hashable {
    /// The day that the run describes.
    public var asOf: Day
    /// The look-back period, which ends with asOf.
    public var period: Period
    /// The thresholds that were used.
    public var settings: AnalysisSettings
    /// What is measured and by what it is grouped.
    public var catalogue: Catalogue
    /// Freshness and completeness.
    public var coverage: CoverageResult
    /// Groups that series, trends and distributions are made of: all, then values of dimensions that are large
    /// enough, at most `AnalysisSettings.maximumGroups` of each dimension.
    public var groups: [Group]
    /// Records per period, for each group and grain.
    public var volumes: [VolumeSeries]
    /// How the daily number of all records behaves; nil without records in the period.
    public var volumeBehaviour: VolumeBehaviour?
    /// Metric × group × grain.
    public var series: [SeriesResult]
    /// Metric × group.
    public var trends: [TrendResult]
    /// Metric × group.
    public var distributions: [DistributionResult]
    /// Metric, in the catalogue's order: how it depends on the hour of the day.
    public var hours: [Answer<HourProfile>]
    /// Metrics that have any, in the catalogue's order.
    public var outlying: [OutlyingRecords]
    /// Dimension × metric.
    public var comparisons: [ComparisonResult]
    /// Between metrics, over all records.
    public var correlation: Answer<CorrelationResult>
    /// Metrics of one scale compared within records.
    public var components: Answer<ComponentComparison>
    /// One for each declared benchmark of a known metric, in the settings' order.
    public var benchmarks: [BenchmarkResult]
    /// One for each intervention, by start and id.
    public var improvements: [ImprovementResult]
    /// Supplied measurements of interventions that are not in the register, as supplied.
    public var strayMeasurements: [Measurement]
    /// All metrics over fixed ranges of days that end with asOf.
    public var ranges: [RangeResult] = []
    /// What the figures of days leave out because it would be of too few people.
    public var held = HeldBack()
    /// What results of tests say; nil where there are none.
    public var validation: ValidationResult?
    /// What learners did; nil where there are none.
    public var learning: LearnersResult?
    /// What voice sessions say; nil where there are none.
    public var voice: VoiceResult?
    /// What is said about people; nil where there are none.
    public var people: PeopleResult?
    /// What points of health metrics say; nil where there are none.
    public var points: PointHealth?
    /// The KPIs of voice sessions over the days that a command asked for; nil in a report, whose own stand in `voice`.
    public var snapshot: VoiceSnapshot?
    /// What the alert rules say.
    public var alerts: AlertAccount
    /// One for each KPI, in the settings' order.
    public var kpis: [KPIResult]
    /// The score by deductions; nil where no row is declared.
    public var healthScore: HealthScore?
    /// The worst-of status; nil without an alert rule.
    public var healthStatus: HealthStatus?
    /// Claims that stand after correction, the weightiest first.
    public var findings: [Finding]
    /// Of findings that are mostly due to other shares of groups: whose, by the finding's id.
    public var makeUps: [String: MakeUp] = [:]
    /// The account of all tests.
    public var ledger: LedgerResult
}
