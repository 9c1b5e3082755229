import Analysis
import Model
import Words

/// Which metrics go with which groups: those of which a group has ever had a value (`ReportAnalyses.isMeasured`). Pages of
/// groups and comparisons show no others, and say how many they leave out.
extension ReportContext {
    /// The metrics that a group has had values of, in the catalogue's order.
    func metrics(of group: Group) -> [Metric] {
        catalogue.metrics.filter { analyses.isMeasured(Subject(metric: $0.name, group: group)) }
    }

    /// The comparisons of a dimension in the catalogue's order, without metrics that none of its analysed groups has ever
    /// had a value of, and within each without such groups. Where no group is analysed, nothing is known to be left out.
    func comparisons(by dimension: Dimension) -> [(Metric, ComparisonResult)] {
        catalogue.metrics.compactMap { metric in
            guard var result = analyses.comparison(of: metric.name, by: dimension.name), isComparable(result) else {
                return nil
            }
            result.tooSmall.removeAll { $0.n == 0 && !isMeasured(metric, in: $0.group) }
            return (metric, result)
        }
    }

    /// Whether any analysed group of a comparison has ever had a value, or none is analysed.
    func isComparable(_ result: ComparisonResult) -> Bool {
        let groups = analyses.groups.filter {
            if case .value(result.dimension, _) = $0 { true } else { false }
        }
        return groups.isEmpty
            || groups.contains { analyses.isMeasured(Subject(metric: result.metric, group: $0)) }
    }

    private func isMeasured(_ metric: Metric, in group: Group) -> Bool {
        analyses.isMeasured(Subject(metric: metric.name, group: group))
    }

    /// How many metrics the pages of a group leave out, and why; nil where none.
    func unmeasuredNote(of group: Group) -> Block? {
        let count = catalogue.metrics.count - metrics(of: group).count
        guard count > 0 else { return nil }
        return .prose(
            tell(
                "Left out, as no record of this group has ever had a value: \(NumberWords.count(count, "metric", "metrics"))."
            ))
    }

    /// The same of the page of a dimension.
    func unmeasuredSection(_ dimension: Dimension) -> PageSection? {
        let count = catalogue.metrics.count - comparisons(by: dimension).count
        guard count > 0 else { return nil }
        return PageSection(
            id: "left-out", title: say("What is left out"),
            blocks: [
                .prose(
                    tell(
                        "Not compared, as no group of \(dimension.title) with \(NumberWords.count(analyses.settings.minimumGroup)) records or more has ever had a value: \(NumberWords.count(count, "metric", "metrics"))."
                    ))
            ])
    }
}
