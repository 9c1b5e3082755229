import Model
import Partials
import Statistics

/// Everything that a report says about a day, from day partials alone.
///
/// - Parameters:
///   - table: the partials; days after asOf are left out and counted.
///   - settings: every threshold.
///   - asOf: the day that the run describes.
///   - interventions: the register, in any order.
///   - measurements: supplied measurements, in any order; those of unknown interventions come back as they are.
///   - points: what points of health metrics say, whose trends are corrected with the other tests.
///
/// Pure: the same input gives the same value. Cost: for M metrics and G groups (all, and the values of the dimensions
/// that are large enough) M × G passes over the days, one merge of counts for each M × G, a test for every pair of
/// groups of a dimension and every pair of metrics, and one sample of all records (and of each group that is rare in it).
public func analyse(
    _ table: PartialTable, settings: AnalysisSettings = AnalysisSettings(), asOf: Day,
    interventions: [Intervention] = [], measurements: [Measurement] = [], points: PointHealth? = nil
) -> ReportAnalyses {
    var settings = settings
    let period = settings.lookBack(from: asOf)
    let visible = table.through(asOf)
    let laterDays = table.entries.count { $0.day > asOf && $0.recordCount() > 0 }
    let groups = settings.chosenGroups(of: visible, in: period)
    let sample = visible.sample(group: .all, over: period, limit: settings.correlationSample)
    if settings.healthRows.isEmpty {
        settings.healthRows = HealthRow.usual(
            of: settings.voice.completed(by: table.catalogue, among: sample), in: table.catalogue)
    }
    let alerts = AlertAccount(visible, asOf: asOf, settings: settings)
    let subjects = SubjectAnalyses(
        visible, common: sample, groups: groups, period: period, asOf: asOf, settings: settings)
    var analyses = ReportAnalyses(
        asOf: asOf, period: period, settings: settings, catalogue: table.catalogue,
        coverage: CoverageResult(
            visible, laterDays: laterDays, metrics: subjects.daysOfAll, period: period, asOf: asOf,
            settings: settings),
        groups: groups, volumes: volumes(visible, groups: groups, asOf: asOf, settings: settings),
        volumeBehaviour: VolumeBehaviour(visible.volumes(of: .all), period: period, settings: settings),
        series: subjects.series, trends: subjects.trends, distributions: subjects.distributions,
        hours: table.catalogue.metrics.enumerated().map { index, metric in
            HourProfile.of(metric, at: index, sample, settings: settings)
        },
        outlying: outlying(table.catalogue, subjects, sample, settings: settings),
        comparisons: comparisons(
            visible, subjects, sample: sample, analysed: Set(groups), period: period, settings: settings),
        correlation: CorrelationResult.of(
            sample, catalogue: table.catalogue, group: .all, period: period, settings: settings),
        components: ComponentComparison.of(sample, catalogue: table.catalogue, settings: settings),
        benchmarks: settings.benchmarks.compactMap { benchmark in
            table.catalogue.metric(named: benchmark.metric).map { metric in
                BenchmarkResult(
                    benchmark, metric: metric,
                    partial: subjects.partials[Subject(metric: metric.name, group: .all)], level: settings.level)
            }
        },
        improvements: improvements(
            visible, interventions, measurements: measurements, asOf: asOf, settings: settings),
        strayMeasurements: measurements.filter { measurement in
            !interventions.contains { $0.id == measurement.intervention }
        }, alerts: alerts,
        kpis: kpis(visible, settings: settings, asOf: asOf),
        healthScore: HealthScore(
            visible, unusual: subjects.unusualDays(asOf: asOf, settings: settings), asOf: asOf, settings: settings),
        healthStatus: HealthStatus(alerts, catalogue: table.catalogue), findings: [],
        ledger: LedgerResult(alpha: settings.alpha))
    analyses.voice = VoiceResult(
        visible, sample: sample, roles: settings.voice, period: period, level: settings.level)
    analyses.held = table.held
    analyses.ranges = RangeResult.all(
        subjects.daysOfAll, volumes: visible.volumes(of: .all), asOf: asOf, settings: settings)
    analyses.points = points
    analyses.settle()
    if let voice = analyses.voice {
        analyses.voice?.split = VoiceSplit(
            analyses.comparisons, roles: voice.roles, table: visible, period: period, alpha: settings.alpha)
    }
    return analyses
}

extension ReportAnalyses {
    /// Corrects every claim's p over the whole report, then draws what depends on it: directions and findings.
    mutating func settle() {
        balance()
        for index in trends.indices {
            trends[index].direction = TrendDirection(of: trends[index], settings: settings)
        }
        for index in (points?.series ?? []).indices {
            guard let trend = points?.series[index].trend else { continue }
            points?.series[index].trend.direction = TrendDirection(of: trend, settings: settings)
        }
        findings = standingFindings()
    }
}

private func outlying(
    _ catalogue: Catalogue, _ subjects: SubjectAnalyses, _ sample: RecordSample, settings: AnalysisSettings
) -> [OutlyingRecords] {
    let ofAll = subjects.distributions.filter { $0.subject.group == .all }
    return catalogue.metrics.enumerated().compactMap { index, metric in
        ofAll.first { $0.subject.metric == metric.name }.flatMap { result in
            OutlyingRecords(
                of: metric, at: index, sample, result: result, dimensions: catalogue.dimensions.count,
                settings: settings)
        }
    }
}

private func volumes(
    _ table: PartialTable, groups: [Group], asOf: Day, settings: AnalysisSettings
) -> [VolumeSeries] {
    groups.flatMap { group in
        let days = table.volumes(of: group)
        return Grain.allCases.map {
            VolumeSeries(group: group, grain: $0, days: days, asOf: asOf, settings: settings)
        }
    }
}

/// Every metric by every dimension. Groups with too few records keep their number of records: their values need no look.
private func comparisons(
    _ table: PartialTable, _ subjects: SubjectAnalyses, sample: RecordSample, analysed: Set<Group>, period: Period,
    settings: AnalysisSettings
) -> [ComparisonResult] {
    let context = ComparisonContext(table, sample: sample, period: period, settings: settings)
    return table.catalogue.dimensions.flatMap { dimension in
        let candidates = table.groups(of: dimension.name).compactMap { group -> ComparedGroup.Candidate? in
            guard case .value(_, let value) = group else { return nil }
            return ComparedGroup.Candidate(
                value: value, group: group, records: table.recordCount(over: period, group: group),
                isAnalysed: analysed.contains(group))
        }
        return table.catalogue.metrics.map { metric in
            var comparison = ComparisonResult.compare(
                candidates.filter { $0.records > 0 }, merged: subjects.partials, dimension: dimension.name,
                metric: metric, period: period, settings: settings)
            var days: [String?: [DayFigures]] = [:]
            days[nil] = subjects.days[Subject(metric: metric.name, group: .all)]
            for candidate in candidates where candidate.isAnalysed {
                days[candidate.value] = subjects.days[Subject(metric: metric.name, group: candidate.group)]
            }
            context.complete(&comparison, days: days)
            return comparison
        }
    }
}

private func improvements(
    _ table: PartialTable, _ interventions: [Intervention], measurements: [Measurement], asOf: Day,
    settings: AnalysisSettings
) -> [ImprovementResult] {
    interventions.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.map { intervention in
        ImprovementResult(
            intervention, measurements: measurements.filter { $0.intervention == intervention.id }, table: table,
            asOf: asOf, settings: settings)
    }
}
