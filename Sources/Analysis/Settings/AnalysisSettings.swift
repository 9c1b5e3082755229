import Model

/// Every threshold that an analysis uses, with the defaults that users of such reports know.
public struct AnalysisSettings: Sendable, Hashable {
    /// Days up to and with asOf that trend, distribution, comparison and correlation look at.
    public var lookBackDays = 90
    /// How many periods a series shows, counted back from the one with asOf.
    public var shownPeriods: [Grain: Int] = [.day: 90, .week: 53, .month: 24, .quarter: 12]
    /// The level at which tests speak, after correction.
    public var alpha = 0.05
    /// Which metrics and dimensions play which part in voice sessions.
    public var voice = VoiceRoles()
    /// The rules by which results of tests are judged.
    public var validation = ValidationSettings()
    /// The rules by which sessions of learners are judged.
    public var learning = LearningSettings()
    /// The level of intervals.
    public var level = 0.95
    /// Days with a value that a trend needs.
    public var minimumPeriods = 5
    /// Days with records below which a whole report, or an answer, is too small to rest decisions on.
    public var minimumDays = 7
    /// Records below which it is.
    public var minimumRecords = 50
    /// Records that a group needs to be compared or to have a trend.
    public var minimumGroup = 30
    /// Groups of one dimension that are analysed, those with most records first: pairs grow with the square.
    public var maximumGroups = 30
    /// Records below which a group is flagged as small.
    public var smallGroup = 100
    /// Records below which all data are flagged as small.
    public var smallTotal = 1_000
    /// Share of records with a value below which a metric is flagged.
    public var smallCoverage = 0.5
    /// Days at each end of the look-back period whose means make `TrendResult.change`.
    public var edgeDays = 7
    /// Days that count as current; the same number before them is their baseline.
    public var currentDays = 7
    /// Same weekdays before the newest day that it is judged against.
    public var weekdayWeeks = 8
    /// Same weekdays with a value that this judgement needs.
    public var minimumWeekdays = 4
    /// The smallest change over the period worth calling one, in standard deviations between records.
    public var smallestEffect = 0.2
    /// The same in the metric's unit, by metric name, where somebody has declared it.
    public var smallestChange: [String: Double] = [:]
    /// Coefficient of variation of daily means above which a metric is called volatile.
    public var volatileCV = 0.2
    /// Days with a value that the parts of a series (season, level shifts, anomalies) are told from.
    public var minimumDecomposed = 14

    /// The days from which weekdays are known well enough to be taken out: `minimumWeekdays` of each, two at least.
    public var wholeWeeks: Int { steps(of: .weekdays) }
    /// What comes again in the steps of a trend.
    public var recurrence = Recurrence.weekdays

    /// The steps from which the places of a recurrence are known well enough to be taken out, `minimumWeekdays` of each.
    func steps(of recurrence: Recurrence) -> Int {
        max(minimumDecomposed, recurrence.count * max(2, minimumWeekdays))
    }

    /// Days over which the slow part of a series without a season is smoothed.
    public var slowSpan = 7
    /// Robust standard deviations from what is expected beyond which a day is an anomaly (Iglewicz and Hoaglin 1993).
    public var anomalyScore = 3.5
    /// Days that are forecast; 0 for none.
    public var forecastDays = 30
    /// Days with a value that a forecast needs.
    public var minimumForecast = 28
    /// Days ahead at which the back-test of a forecast is told.
    public var backTestHorizon = 14
    /// The other horizons that are told beside it.
    public var backTestHorizons = [7, 14, 30]
    /// Past days from which it forecasts: they end one horizon before the newest day.
    public var backTestOrigins = 4
    /// How far apart these lie: values of one week are not told four times.
    public var backTestSpacing = 7
    /// Shares of which quantiles are reported.
    public var quantileShares = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99]
    /// Distinct values up to which a histogram has a bar for each.
    public var distinctBars = 30
    /// The most bars that a histogram has.
    public var maximumBars = 60
    /// Records that correlations take at most.
    public var correlationSample = 20_000
    /// Records of a group in the sample of all records from which on that sample serves for the group, too.
    public var commonSample = 500
    /// Values that normality tests take at most (Shapiro–Wilk is defined to 5,000).
    public var normalitySample = 5_000
    /// Values that an hour of the day needs to be compared with others.
    public var minimumHour = 5
    /// Outlying records that are listed for a metric.
    public var outlyingRecords = 12
    /// Points of a drawn curve.
    public var curvePoints = 50
    /// Values that the dip test takes at most.
    public var dipSample = 500
    /// Simulated uniform samples behind its p.
    public var dipSimulations = 200
    /// The largest distance between cumulative shares at which a shape is named after a fitted distribution.
    public var shapeDistance = 0.05
    /// Interquartile ranges beyond the quartiles from which a value is an outlier (Tukey 1977).
    public var outlierQuartiles = 1.5
    /// Standard deviations from the mean from which it is.
    public var outlierZ = 3.0
    /// Modified z-scores from which it is (Iglewicz and Hoaglin 1993).
    public var outlierModifiedZ = 3.5
    /// Isolation scores from which it is.
    public var forestScore = 0.7
    /// Values that the forest takes at most.
    public var forestSample = 1_000
    /// The seed of everything that is drawn at random.
    public var seed: UInt64 = 1
    /// Bands of scores on 0 to 1 that are neither proportions nor banded by `bandsByMetric`.
    public var bands = QualityBand.quality
    /// Bands of single metrics; an empty list gives a metric none.
    public var bandsByMetric: [String: [QualityBand]] = [:]
    /// Days before an intervention that are its baseline.
    public var baselineDays = 30
    /// Days after an intervention's start on which its change is looked at again.
    public var followUpDays = [7, 14, 28]
    /// Days after which an intervention without an end is overdue.
    public var overdueDays = 60
    /// Days with a value that a segmented regression needs on either side.
    public var minimumSegment = 7
    /// Outside numbers that metrics are held against.
    public var benchmarks: [Benchmark] = []
    /// Standardised effects from which a difference is small, medium and large (Cohen 1988).
    public var effectSteps = EffectSteps()
    /// Cramér's V from which two dimensions count as going together, so that differences are adjusted for each other.
    public var entangled = 0.1
    /// The dimensions that a dimension's differences are adjusted for: the closest of those that go together with it.
    public var maximumEntangled = 3
    /// The columns of the exports that each metric is made of, as `source.column`; two metrics that share one go together
    /// by definition.
    public var composition: [String: Set<String>] = [:]

    /// The columns that two metrics are both made of, in order.
    func sharedColumns(_ x: String, _ y: String) -> [String] {
        composition[x, default: []].intersection(composition[y, default: []]).sorted()
    }

    /// Correlations from which a pair is worth a finding.
    public var notableCorrelation = 0.3
    /// Rules that are judged for every night.
    public var alertRules: [AlertRule] = []
    /// Nights up to asOf that they are replayed over.
    public var alertDays = 365
    /// Metrics with a target.
    public var kpis: [KPI] = []
    /// Days of the snapshot that a command asked for; nil takes the current days.
    public var snapshotDays: Int?
    /// What is expected of points of health metrics; the usual rules hold beside them.
    public var pointRules: [PointRule] = []
    /// How long stages of a pipeline may take.
    public var stageLimits = StageLimits()
    /// How many days of points are looked at.
    public var pointDays = 31
    /// Rows of the score by deductions.
    public var healthRows: [HealthRow] = []
    /// Thresholds of what is said about people.
    public var people = PeopleSettings()
    /// Points that an unusual day among the current ones costs, for each metric of these rows.
    public var unusualDayPoints = 5.0

    /// Steps of a standardised effect.
    public struct EffectSteps: Sendable, Hashable {
        /// From here small.
        public var small = 0.2
        /// From here medium.
        public var medium = 0.5
        /// From here large.
        public var large = 0.8

        /// The usual steps.
        public init() {}
    }

    /// The defaults.
    public init() {}
}
