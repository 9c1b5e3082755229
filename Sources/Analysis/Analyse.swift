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
    let plan = AnalysisPlan(
        table, settings: settings, asOf: asOf, interventions: interventions, measurements: measurements, points: points)
    return plan.whole(plan.pieces.map { plan.made($0) })
}

extension ReportAnalyses {
    /// Corrects every claim's p over the whole report, then draws what depends on it: directions and findings.
    mutating func settle() {
        balance()
        for index in improvements.indices { improvements[index].settleOutcome(settings) }
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

func outlying(
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

func volumes(
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
func comparisons(
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

func improvements(
    _ table: PartialTable, _ interventions: [Intervention], measurements: [Measurement], asOf: Day,
    settings: AnalysisSettings
) -> [ImprovementResult] {
    let results = interventions.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.map { intervention in
        ImprovementResult(
            intervention, measurements: measurements.filter { $0.intervention == intervention.id }, table: table,
            asOf: asOf, settings: settings)
    }
    return ImprovementOverlap.marked(results, asOf: asOf)
}
