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

    /// Goes through groups and, in each, through the metrics in the catalogue's order.
    ///
    /// - Parameter common: a sample of all records of the period.
    init(
        _ table: PartialTable, common: RecordSample, groups: [Group], period: Period, asOf: Day,
        settings: AnalysisSettings
    ) {
        for group in groups {
            let records = table.recordCount(over: period, group: group)
            // Made once for all metrics, and not at all where the counts tell every value.
            var sample: GroupSample?
            for (index, metric) in table.catalogue.metrics.enumerated() {
                let subject = Subject(metric: metric.name, group: group)
                let days = table.days(of: subject)
                self.days[subject] = days
                let partial = table.merged(metric: metric.name, group: group, over: period)
                partials[subject] = partial
                if group == .all { daysOfAll.append((metric.name, days)) }
                addSeries(subject, days, metric, asOf: asOf, settings: settings)
                trends.append(
                    TrendResult(
                        subject: subject, days: days, spread: partial?.moments ?? Moments(), period: period,
                        range: metric.range, settings: settings))
                distributions.append(
                    DistributionResult(
                        subject, metric: metric, partial: partial, records: records, period: period,
                        sample: {
                            let found =
                                sample
                                ?? GroupSample(
                                    of: group, common: common, table: table, period: period, settings: settings)
                            sample = found
                            return SampledValues(
                                values: found.values(metric: index), population: partial?.n ?? 0)
                        },
                        overTime: group == .all
                            ? { DistributionOverTime(subject, table: table, period: period, settings: settings) } : nil,
                        settings: settings))
            }
        }
    }

    private mutating func addSeries(
        _ subject: Subject, _ days: [DayFigures], _ metric: Metric, asOf: Day, settings: AnalysisSettings
    ) {
        for grain in Grain.allCases {
            series.append(
                SeriesResult(
                    subject: subject, grain: grain, days: days, asOf: asOf, metric: metric,
                    settings: settings))
        }
    }
}
