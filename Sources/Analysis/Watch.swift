import Model
import Partials

/// Alerts, KPIs and status alone, without the analyses of a report; what they do not need is left empty.
///
/// The figures are those of `analyse`. The score by deductions is left out, because it counts unusual days, which are
/// told by the trends.
public func watch(
    _ table: PartialTable, settings: AnalysisSettings = AnalysisSettings(), asOf: Day
) -> ReportAnalyses {
    let period = settings.lookBack(from: asOf)
    let visible = table.through(asOf)
    let alerts = AlertAccount(visible, asOf: asOf, settings: settings)
    var analyses = ReportAnalyses(
        asOf: asOf, period: period, settings: settings, catalogue: table.catalogue,
        coverage: CoverageResult(
            visible, laterDays: table.entries.count { $0.day > asOf && $0.recordCount() > 0 }, metrics: [],
            period: period, asOf: asOf, settings: settings),
        groups: [], volumes: [], volumeBehaviour: nil, series: [], trends: [], distributions: [], hours: [],
        outlying: [], comparisons: [],
        correlation: .failure(.notDeclared), components: .failure(.notDeclared), benchmarks: [], improvements: [],
        strayMeasurements: [], alerts: alerts, kpis: kpis(visible, settings: settings, asOf: asOf), healthScore: nil,
        healthStatus: HealthStatus(alerts, catalogue: table.catalogue), findings: [],
        ledger: LedgerResult(alpha: settings.alpha))
    analyses.snapshot = VoiceSnapshot(
        visible, roles: settings.voice,
        period: Period(days: settings.snapshotDays ?? settings.currentDays, through: asOf), level: settings.level)
    return analyses
}

/// Every KPI of a known metric.
func kpis(_ table: PartialTable, settings: AnalysisSettings, asOf: Day) -> [KPIResult] {
    settings.kpis.compactMap { kpi in
        table.catalogue.metric(named: kpi.metric).map {
            KPIResult(kpi, metric: $0, table: table, asOf: asOf, settings: settings)
        }
    }
}
