import Model

extension SubjectAnalyses {
    /// Unusual days among the current ones, summed over the metrics of the score's rows; fails where no series is long enough
    /// to tell.
    func unusualDays(asOf: Day, settings: AnalysisSettings) -> Answer<Int> {
        let metrics = Set(settings.healthRows.map(\.metric))
        let period = Period(days: settings.currentDays, through: asOf)
        var found: Int?
        var absence = Absence.noRecords
        for trend in trends where trend.subject.group == .all && metrics.contains(trend.subject.metric) {
            switch trend.behaviour.anomalies {
            case .success(let days):
                found = (found ?? 0) + days.count { period.contains(trend.day(of: $0.index)) }
            case .failure(let why): absence = why
            }
        }
        return found.map { .success($0) } ?? .failure(absence)
    }
}
