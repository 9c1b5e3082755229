import Model
import Partials

/// The analyses of a report as pieces that do not read each other, so that several cores can make them.
///
/// What comes of them does not depend on who made which piece, or when. Forecasts are pieces of their own, because they take
/// about as long as a third of all else.
public struct AnalysisPlan: Sendable {
    /// A piece: what is said of one group, of one metric's future, of the records of the sample, or of the table beside them.
    public struct Piece: Sendable {
        fileprivate enum Subject { case group(Int), forecast(ForecastTask), sample, table }
        fileprivate let subject: Subject
    }

    /// What came of a piece.
    public struct Part: Sendable {
        fileprivate enum Content {
            case group(GroupAnalyses)
            case forecast(String, Answer<ForecastFigures>)
            case sample(SampleAnalyses)
            case table(TableAnalyses)
        }
        fileprivate let content: Content
    }

    private let table: PartialTable
    private let visible: PartialTable
    private let settings: AnalysisSettings
    private let asOf: Day
    private let period: Period
    private let interventions: [Intervention]
    private let measurements: [Measurement]
    private let points: PointHealth?
    private let groups: [Group]
    private let sample: RecordSample
    /// Everything that is to be made, the longest first.
    public let pieces: [Piece]

    /// Parts the work; the parameters are those of `analyse`.
    public init(
        _ table: PartialTable, settings: AnalysisSettings, asOf: Day, interventions: [Intervention],
        measurements: [Measurement], points: PointHealth?
    ) {
        var settings = settings
        let period = settings.lookBack(from: asOf)
        let visible = table.through(asOf)
        groups = settings.chosenGroups(of: visible, in: period)
        sample = visible.sample(group: .all, over: period, limit: settings.correlationSample)
        if settings.healthRows.isEmpty {
            settings.healthRows = HealthRow.usual(
                of: settings.voice.completed(by: table.catalogue, among: sample), in: table.catalogue)
        }
        var forecasts: [Piece] = []
        if settings.forecastDays > 0 {
            forecasts = zip(table.catalogue.metrics, visible.daysOfMetrics(in: .all)).map { metric, days in
                let smallest = visible.smallest(of: metric.name, over: period)
                return Piece(
                    subject: .forecast(ForecastTask(metric, days, smallest: smallest, in: period, settings: settings)))
            }
        }
        pieces =
            groups.indices.map { Piece(subject: .group($0)) } + forecasts + [.init(subject: .sample)]
            + [.init(subject: .table)]
        (self.table, self.visible, self.settings, self.asOf, self.period) = (table, visible, settings, asOf, period)
        (self.interventions, self.measurements, self.points) = (interventions, measurements, points)
    }

    /// Makes a piece. Pure.
    public func made(_ piece: Piece) -> Part {
        switch piece.subject {
        case .group(let place):
            // Forecasts are pieces of their own.
            var rest = settings
            rest.forecastDays = 0
            return Part(
                content: .group(
                    GroupAnalyses(
                        groups[place], visible, common: sample, period: period, asOf: asOf, settings: rest)))
        case .forecast(let task):
            return Part(content: .forecast(task.metric, task.answer()))
        case .sample:
            return Part(content: .sample(SampleAnalyses(sample, visible, period, settings)))
        case .table:
            return Part(
                content: .table(
                    TableAnalyses(
                        visible, groups: groups, interventions, measurements, period, asOf: asOf, settings)))
        }
    }

    /// Puts the parts together and draws what depends on several of them: comparisons, adjusted p-values, findings.
    ///
    /// - Parameter parts: one for each of `pieces`, in their order.
    public func whole(_ parts: [Part]) -> ReportAnalyses {
        var (made, forecasts): ([GroupAnalyses], [(String, Answer<ForecastFigures>)]) = ([], [])
        var (ofSample, ofTable): (SampleAnalyses?, TableAnalyses?)
        for part in parts {
            switch part.content {
            case .group(let group): made.append(group)
            case .forecast(let metric, let forecast): forecasts.append((metric, forecast))
            case .sample(let analyses): ofSample = analyses
            case .table(let analyses): ofTable = analyses
            }
        }
        guard let ofSample, let ofTable else { preconditionFailure("parts of another plan") }  // one for each piece
        let subjects = SubjectAnalyses(made)
        var analyses = assembled(subjects, ofSample, ofTable)
        analyses.settle()
        analyses.tellMakeUps(subjects.days)
        if let voice = analyses.voice {
            analyses.voice?.split = VoiceSplit(
                analyses.comparisons, roles: voice.roles, table: visible, period: period, alpha: settings.alpha)
        }
        for (metric, forecast) in forecasts { analyses.adopt(forecast, of: metric) }
        return analyses
    }

    private func assembled(
        _ subjects: SubjectAnalyses, _ ofSample: SampleAnalyses, _ ofTable: TableAnalyses
    ) -> ReportAnalyses {
        let laterDays = table.entries.count { $0.day > asOf && $0.recordCount() > 0 }
        var analyses = ReportAnalyses(
            asOf: asOf, period: period, settings: settings, catalogue: table.catalogue,
            coverage: CoverageResult(
                visible, laterDays: laterDays, metrics: subjects.daysOfAll, period: period, asOf: asOf,
                settings: settings),
            groups: groups, volumes: ofTable.volumes, volumeBehaviour: ofTable.volumeBehaviour,
            series: subjects.series, trends: subjects.trends, distributions: subjects.distributions,
            hours: ofSample.hours, outlying: outlying(table.catalogue, subjects, sample, settings: settings),
            comparisons: comparisons(
                visible, subjects, sample: sample, analysed: Set(groups), period: period, settings: settings),
            correlation: ofSample.correlation, components: ofSample.components,
            benchmarks: settings.benchmarks.compactMap { benchmark in
                table.catalogue.metric(named: benchmark.metric).map { metric in
                    BenchmarkResult(
                        benchmark, metric: metric,
                        partial: subjects.partials[Subject(metric: metric.name, group: .all)], level: settings.level)
                }
            },
            improvements: ofTable.improvements,
            strayMeasurements: measurements.filter { measurement in
                !interventions.contains { $0.id == measurement.intervention }
            }, alerts: ofTable.alerts, kpis: ofTable.kpis,
            healthScore: HealthScore(
                visible, unusual: subjects.unusualDays(asOf: asOf, settings: settings), asOf: asOf,
                settings: settings),
            healthStatus: HealthStatus(ofTable.alerts, catalogue: table.catalogue), findings: [],
            ledger: LedgerResult(alpha: settings.alpha))
        analyses.voice = ofSample.voice
        analyses.held = table.held
        analyses.ranges = RangeResult.all(
            subjects.daysOfAll, volumes: visible.volumes(of: .all), asOf: asOf, settings: settings)
        analyses.points = points
        return analyses
    }
}

/// What only the sample of all records is asked for.
private struct SampleAnalyses: Sendable {
    let hours: [Answer<HourProfile>]
    let correlation: Answer<CorrelationResult>
    let components: Answer<ComponentComparison>
    let voice: VoiceResult?

    init(_ sample: RecordSample, _ table: PartialTable, _ period: Period, _ settings: AnalysisSettings) {
        let catalogue = table.catalogue
        hours = catalogue.metrics.enumerated().map { index, metric in
            HourProfile.of(metric, at: index, sample, settings: settings)
        }
        correlation = CorrelationResult.of(
            sample, catalogue: catalogue, group: .all, period: period, settings: settings)
        components = ComponentComparison.of(sample, catalogue: catalogue, settings: settings)
        voice = VoiceResult(
            table, sample: sample, roles: settings.voice, period: period, level: settings.level)
    }
}

/// What is read from the table without the analyses of groups.
private struct TableAnalyses: Sendable {
    let volumes: [VolumeSeries]
    let volumeBehaviour: VolumeBehaviour?
    let improvements: [ImprovementResult]
    let alerts: AlertAccount
    let kpis: [KPIResult]

    init(
        _ table: PartialTable, groups: [Group], _ interventions: [Intervention], _ measurements: [Measurement],
        _ period: Period, asOf: Day, _ settings: AnalysisSettings
    ) {
        volumes = Analysis.volumes(table, groups: groups, asOf: asOf, settings: settings)
        volumeBehaviour = VolumeBehaviour(table.volumes(of: .all), period: period, settings: settings)
        improvements = Analysis.improvements(
            table, interventions, measurements: measurements, asOf: asOf, settings: settings)
        alerts = AlertAccount(table, asOf: asOf, settings: settings)
        kpis = Analysis.kpis(table, settings: settings, asOf: asOf)
    }
}
