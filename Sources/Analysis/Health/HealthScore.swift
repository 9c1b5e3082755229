import Model
import Partials

/// One row of the score by deductions: how many points a figure costs from which limit on.
public struct HealthRow: Sendable, Hashable {
    /// The key in configuration and JSON.
    public var id: String
    /// The words that a reader meets.
    public var title: String
    /// The metric's name.
    public var metric: String
    /// What is read of its values.
    public var statistic: MetricStatistic
    /// The metric whose sum is the rest: the figure is then sum ÷ (sum + that sum), such as hits of all requests.
    public var against: String?
    /// The records that it is about.
    public var group: Group
    /// The side of a limit that costs points.
    public var bad: LimitSide
    /// Limits with their points; of those that a figure lies beyond, the dearest counts alone.
    public var steps: [Step]

    /// Points from a limit on.
    public struct Step: Sendable, Hashable {
        /// The limit.
        public var limit: Double
        /// The points that it costs.
        public var points: Double

        /// Names a step.
        public init(limit: Double, points: Double) {
            self.limit = limit
            self.points = points
        }
    }

    /// Describes a row.
    public init(
        id: String, title: String, metric: String, statistic: MetricStatistic = .mean, group: Group = .all,
        bad: LimitSide, steps: [Step]
    ) {
        self.id = id
        self.title = title
        self.metric = metric
        self.statistic = statistic
        self.group = group
        self.bad = bad
        self.steps = steps
    }
}

/// The score by deductions: 100 less the points of every row, not below 0.
///
/// It is one of three models that are kept apart: this one, the worst-of status of components (`HealthStatus`), and the
/// additive score of learners.
public struct HealthScore: Sendable, Hashable {
    /// The days that figures are read from.
    public var period: Period
    /// Every row, with what it cost.
    public var deductions: [Deduction]

    /// max(0, 100 − Σ points). With rows that could not be judged it is the most that the score can be.
    public var value: Double { max(0, 100 - deductions.reduce(0) { $0 + $1.points }) }

    /// Rows that could not be judged.
    public var unjudged: Int { deductions.count { $0.value.value == nil } }

    /// What one row cost.
    public struct Deduction: Sendable, Hashable {
        /// The row's key; `unusual_days` for the row of unusual days.
        public var id: String
        /// The words that a reader meets.
        public var title: String
        /// The row; nil for the row of unusual days.
        public var row: HealthRow?
        /// The figure, or the number of unusual days; fails where it cannot be judged.
        public var value: Answer<Double>
        /// Records that it comes from.
        public var n: Int
        /// The step that counts; nil where nothing is deducted.
        public var step: HealthRow.Step?
        /// The points that it costs.
        public var points: Double
    }
}

extension HealthScore {
    /// The score over the current days; nil where no row is declared.
    ///
    /// - Parameter unusual: unusual days of the rows' metrics, each of which costs `settings.unusualDayPoints`; nil where
    ///   they could not be told.
    init?(_ table: PartialTable, unusual: Answer<Int>, asOf: Day, settings: AnalysisSettings) {
        guard !settings.healthRows.isEmpty else { return nil }
        period = Period(days: settings.currentDays, through: asOf)
        deductions = []
        for row in settings.healthRows {
            guard let metric = table.catalogue.metric(named: row.metric) else { continue }
            let figure = row.figure(over: period, metric: metric, in: table, level: settings.level)
            let step = figure.value.flatMap { figure in
                row.steps.filter { row.bad.holds(figure.value, of: $0.limit) }.max { $0.points < $1.points }
            }
            deductions.append(
                Deduction(
                    id: row.id, title: row.title, row: row, value: figure.map(\.value), n: figure.value?.n ?? 0,
                    step: step, points: step?.points ?? 0))
        }
        guard settings.unusualDayPoints > 0 else { return }
        let days = Double(unusual.value ?? 0)
        deductions.append(
            Deduction(
                id: "unusual_days", title: "Unusual days", row: nil, value: unusual.map(Double.init),
                n: period.length,
                step: days > 0 ? .init(limit: 0, points: days * settings.unusualDayPoints) : nil,
                points: days * settings.unusualDayPoints))
    }
}
