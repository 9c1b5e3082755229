import Model

/// A metric with a target and an owner.
public struct KPI: Sendable, Hashable {
    /// The key in configuration and JSON.
    public var id: String
    /// The words that a reader meets.
    public var title: String
    /// The metric's name.
    public var metric: String
    /// What is read of its values.
    public var statistic: MetricStatistic
    /// The records that it is about.
    public var group: Group
    /// The number that we want to reach.
    public var target: Double
    /// The side of the target that misses it.
    public var bad: LimitSide
    /// Who answers for it.
    public var owner: String
    /// Days up to and with the report's day that it is read from; nil takes the current days of the analysis.
    public var days: Int?

    /// Describes a KPI.
    public init(
        id: String, title: String, metric: String, statistic: MetricStatistic = .mean, group: Group = .all,
        target: Double, bad: LimitSide, owner: String, days: Int? = nil
    ) {
        self.id = id
        self.title = title
        self.metric = metric
        self.statistic = statistic
        self.group = group
        self.target = target
        self.bad = bad
        self.owner = owner
        self.days = days
    }
}

/// A KPI over a period against its target.
public struct KPIResult: Sendable, Hashable {
    /// The KPI.
    public var kpi: KPI
    /// The days that it is read from.
    public var period: Period
    /// Its value; fails without records.
    public var figure: Answer<StatisticFigure>
    /// The same over as many days before; fails without records there.
    public var previous: Answer<StatisticFigure>
    /// The newest day with a value.
    public var newest: Answer<KPIDay>
    /// The median of the same weekday in the weeks before the newest day; fails with fewer than
    /// `AnalysisSettings.minimumWeekdays` of them.
    public var sameWeekday: Answer<Double>
    /// Every day of the look-back period with its value; nil is a gap.
    public var days: [KPIDay]
    /// What the target has to say.
    public var verdict: Verdict
    /// The error budget of records where the KPI is a share of good or bad records; fails with `.notDeclared` elsewhere.
    public var budget: Answer<ErrorBudget>

    /// value − target; nil without a value.
    public var gap: Double? { figure.value.map { $0.value - kpi.target } }

    /// What the target has to say.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// The whole interval lies on the good side of the target, or at it.
        case met
        /// The whole interval lies on its bad side.
        case missed
        /// The interval holds the target, or there is none.
        case unclear
        /// There is nothing to judge.
        case noData = "no_data"
    }
}

/// A KPI on one day.
public struct KPIDay: Sendable, Hashable {
    /// The day.
    public var day: Day
    /// Its value; nil is a gap.
    public var value: Double?
    /// Records with a value.
    public var n: Int
}
