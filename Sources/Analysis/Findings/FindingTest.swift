import Model

extension ReportAnalyses {
    /// The test on which a finding rests; nil where its subject is no longer there.
    public func test(of finding: Finding) -> TestFigures? {
        switch finding.subject {
        case .metric(let subject):
            if finding.kind == .hours {
                return hours.lazy.compactMap(\.value).first { $0.metric == subject.metric }?.test
            }
            return trend(of: subject).flatMap { test(of: finding.kind, in: $0) }
        case .pair(let metric, let dimension, let a, let b):
            return comparison(of: metric, by: dimension)?.pairs.first { $0.a == a && $0.b == b }?.counted.value
        case .metrics(let x, let y, _):
            return correlation.value?.pairs.first { $0.x == x && $0.y == y }?.spearman.value?.test
        case .intervention(let id, _):
            return improvements.first { $0.intervention.id == id }?.credit.value?.test
        case .records:
            return finding.kind == .levelShift
                ? volumeBehaviour?.lastingShift.value?.change.test : volumeBehaviour?.newest.value?.test
        }
    }

    private func test(of kind: Finding.Kind, in trend: TrendResult) -> TestFigures? {
        switch kind {
        case .trend: trend.line.value?.claim
        case .recentChange: trend.sincePrevious.value?.test
        case .nightChange: trend.sinceSameWeekday.value?.test
        case .levelShift: trend.lastingShift.value?.change.test
        case .season: trend.behaviour.season.value?.test
        default: nil
        }
    }
}
