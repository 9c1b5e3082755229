import Model
import Partials
import Statistics

/// What is computed for each metric in each group.
struct SubjectAnalyses {
    /// Metric × group × grain.
    private(set) var series: [SeriesResult] = []
    /// Metric × group.
    private(set) var trends: [TrendResult] = []
    /// Metric × group.
    private(set) var distributions: [DistributionResult] = []
    /// The look-back period's partial of each subject that has values.
    private(set) var partials: [Subject: Partial] = [:]
    /// The days of each subject.
    private(set) var days: [Subject: [DayFigures]] = [:]
    /// The days of each metric over all records, in the catalogue's order.
    private(set) var daysOfAll: [(name: String, days: [DayFigures])] = []

    /// Puts groups together, one after the other.
    init(_ groups: [GroupAnalyses]) {
        for group in groups {
            series += group.series
            trends += group.trends
            distributions += group.distributions
            for (trend, (partial, days)) in zip(group.trends, zip(group.partials, group.days)) {
                partials[trend.subject] = partial
                self.days[trend.subject] = days
                if trend.subject.group == .all { daysOfAll.append((trend.subject.metric, days)) }
            }
        }
    }
}

/// What is computed for each metric in one group, in the catalogue's order.
struct GroupAnalyses: Sendable {
    /// Metric × grain.
    private(set) var series: [SeriesResult] = []
    private(set) var trends: [TrendResult] = []
    private(set) var distributions: [DistributionResult] = []
    /// The look-back period's partials.
    private(set) var partials: [Partial?] = []
    /// The days with records.
    let days: [[DayFigures]]

    /// Goes through the metrics.
    ///
    /// - Parameter common: a sample of all records of the period.
    init(
        _ group: Group, _ table: PartialTable, common: RecordSample, period: Period, asOf: Day,
        settings: AnalysisSettings
    ) {
        days = table.daysOfMetrics(in: group)
        let records = table.recordCount(over: period, group: group)
        // Made once for all metrics, and not at all where the counts tell every value.
        var sample: GroupSample?
        for (index, metric) in table.catalogue.metrics.enumerated() {
            let subject = Subject(metric: metric.name, group: group)
            let partial = table.merged(metric: metric.name, group: group, over: period)
            partials.append(partial)
            for grain in Grain.allCases {
                series.append(
                    SeriesResult(
                        subject: subject, grain: grain, days: days[index], asOf: asOf, metric: metric,
                        settings: settings))
            }
            trends.append(
                TrendResult(
                    subject: subject, days: days[index], spread: partial?.moments ?? Moments(), period: period,
                    range: metric.bounds(smallest: partial?.minimum), settings: settings))
            distributions.append(
                DistributionResult(
                    subject, metric: metric, partial: partial, records: records, period: period,
                    isHeld: table.leavesOut(metric.name, of: group, over: period),
                    sample: {
                        let found =
                            sample
                            ?? GroupSample(of: group, common: common, table: table, period: period, settings: settings)
                        sample = found
                        return SampledValues(values: found.values(metric: index), population: partial?.n ?? 0)
                    },
                    overTime: group == .all
                        ? { DistributionOverTime(subject, table: table, period: period, settings: settings) } : nil,
                    settings: settings))
        }
    }
}
