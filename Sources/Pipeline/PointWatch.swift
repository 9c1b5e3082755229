import Analysis
import Archive
import Model

extension Archive {
    /// What points of health metrics say at the end of a day; nil without any.
    ///
    /// - Parameter isDated: whether the day was asked for. If not, the run describes the newest moment of the data: a delivery of
    ///   the afternoon is not stale because midnight has not come.
    func pointHealth(_ settings: Settings, asOf day: Day, isDated: Bool) throws -> PointHealth? {
        let period = Period(days: settings.analysis.pointDays, through: day)
        let points = HistogramPoints.resolved(try metricPoints(over: period))
        let stages = try stageRuns(over: period)
        let end = settings.zone.utc(fromLocal: Int64(day.number + 1) * 86_400) * 1_000_000
        let newest = (points.map(\.time) + stages.map { $0.ended ?? $0.started }).filter { $0 <= end }.max()
        return PointHealth(
            points, stages: stages, rules: settings.analysis.pointRules, stageLimits: settings.analysis.stageLimits,
            asOf: day, until: isDated ? end : newest ?? end, period: period, zone: settings.zone,
            settings: settings.analysis)
    }
}
