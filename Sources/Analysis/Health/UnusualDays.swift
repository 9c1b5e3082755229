import Model

extension SubjectAnalyses {
    /// Days among the current ones that are unusual on a side that costs points, summed over the metrics of the score's rows; fails
    /// where no series is long enough to tell.
    func unusualDays(asOf: Day, settings: AnalysisSettings) -> Answer<Int> {
        let bad = Dictionary(grouping: settings.healthRows, by: \.metric).mapValues { Set($0.map(\.bad)) }
        let period = Period(days: settings.currentDays, through: asOf)
        var found: Int?
        var absence = Absence.noRecords
        for trend in trends where trend.subject.group == .all {
            guard let sides = bad[trend.subject.metric] else { continue }
            switch trend.behaviour.anomalies {
            case .success(let days):
                found =
                    (found ?? 0)
                    + days.count { day in
                        period.contains(trend.day(of: day.index)) && sides.contains { $0.holds(day.score, of: 0) }
                    }
            case .failure(let why): absence = why
            }
        }
        return found.map { .success($0) } ?? .failure(absence)
    }
}
