import Model
import Partials
import Statistics

extension ComparisonResult {
    /// Compares a metric between the values of a dimension over a period.
    ///
    /// - Parameters:
    ///   - candidates: the dimension's values that have records in the period, in the order of values.
    ///   - merged: the period's partials of the groups that are analysed.
    ///
    /// Groups below `settings.minimumGroup` records, or values of the metric, are listed as too small; those that are
    /// large enough but not analysed as left out.
    static func compare(
        _ candidates: [ComparedGroup.Candidate], merged: [Subject: Partial], dimension: String, metric: Metric,
        period: Period, settings: AnalysisSettings
    ) -> ComparisonResult {
        let sorted = SortedCandidates(candidates, merged: merged, metric: metric, settings: settings)
        let figures = sorted.compared.map { $0.figures(level: settings.level) }
        let pairs = PairFigures.all(sorted.compared, level: settings.level)
        return ComparisonResult(
            dimension: dimension, metric: metric.name, period: period, groups: figures, tooSmall: sorted.tooSmall,
            leftOut: sorted.leftOut, omnibus: OmnibusFigures.of(sorted.compared), pairs: pairs,
            ranking: RankedGroup.ranking(figures, pairs: pairs, alpha: settings.alpha),
            movement: .failure(.notDeclared), drivers: .failure(.notDeclared))
    }
}

/// The values of a dimension by what becomes of them for one metric.
struct SortedCandidates {
    private(set) var compared: [ComparedGroup] = []
    private(set) var tooSmall: [SmallGroup] = []
    private(set) var leftOut: [SmallGroup] = []

    init(
        _ candidates: [ComparedGroup.Candidate], merged: [Subject: Partial], metric: Metric,
        settings: AnalysisSettings
    ) {
        let needed = max(2, settings.minimumGroup)
        for candidate in candidates {
            let group = candidate.group
            let partial = merged[Subject(metric: metric.name, group: group)]
            if candidate.records < needed {
                tooSmall.append(SmallGroup(group: group, n: candidate.records, needed: needed))
            } else if !candidate.isAnalysed {
                leftOut.append(SmallGroup(group: group, n: candidate.records, needed: needed))
            } else if let partial, partial.n >= needed,
                let made = ComparedGroup(candidate.value, partial, metric: metric, level: settings.level)
            {
                compared.append(made)
            } else {
                tooSmall.append(SmallGroup(group: group, n: partial?.n ?? 0, needed: needed))
            }
        }
    }
}

extension ComparedGroup {
    /// A value of a dimension that might be compared.
    struct Candidate {
        /// The value.
        let value: String
        /// Its group.
        let group: Group
        /// Its records in the period.
        let records: Int
        /// Whether it is among the groups that are analysed.
        let isAnalysed: Bool
    }

    /// A group from its merged partial; nil below two values.
    fileprivate init?(_ value: String, _ partial: Partial, metric: Metric, level: Double) {
        let summary: Answer<GroupSummary> = computed { () throws(Undefined) in try partial.summary() }
        guard let summary = summary.value, summary.n >= 2 else { return nil }
        self.init(
            value: value, summary: summary, missing: partial.missing,
            counts: computed { () throws(Undefined) in try ValueCounts(partial.tested) },
            told: computed { () throws(Undefined) in try ValueCounts(toldBy: partial) },
            interval: partial.moments.meanInterval(of: metric, level: level))
    }
}
