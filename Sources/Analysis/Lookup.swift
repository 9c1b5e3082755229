import Model

/// Results stand by group, metric and grain in one order, so that each is found by its place. Nil for a subject that is
/// not analysed. O(groups + metrics).
extension ReportAnalyses {
    /// The series of a metric in a group.
    public func series(_ subject: Subject, by grain: Grain) -> SeriesResult? {
        guard let place = place(of: subject), let step = Grain.allCases.firstIndex(of: grain) else { return nil }
        return found(series, place * Grain.allCases.count + step) { $0.subject == subject && $0.grain == grain }
    }

    /// The record counts of a group.
    public func volume(of group: Group, by grain: Grain) -> VolumeSeries? {
        guard let place = groups.firstIndex(of: group), let step = Grain.allCases.firstIndex(of: grain) else {
            return nil
        }
        return found(volumes, place * Grain.allCases.count + step) { $0.group == group && $0.grain == grain }
    }

    /// The trend of a metric in a group.
    public func trend(of subject: Subject) -> TrendResult? {
        place(of: subject).flatMap { found(trends, $0) { $0.subject == subject } }
    }

    /// The distribution of a metric in a group.
    public func distribution(of subject: Subject) -> DistributionResult? {
        place(of: subject).flatMap { found(distributions, $0) { $0.subject == subject } }
    }

    /// Whether a metric has had a value in a group within what the run has read, or values that are left out because they
    /// are of too few people. A group of one export's records never has a value of another's metrics.
    public func isMeasured(_ subject: Subject) -> Bool {
        if let result = distribution(of: subject), result.n > 0 || result.isHeld { return true }
        return Grain.allCases.contains { grain in
            series(subject, by: grain)?.points.contains { $0.n > 0 || $0.isHeld } ?? false
        }
    }

    /// The comparison of a metric between the groups of a dimension.
    public func comparison(of metric: String, by dimension: String) -> ComparisonResult? {
        comparisons.first { $0.metric == metric && $0.dimension == dimension }
    }

    private func place(of subject: Subject) -> Int? {
        guard let group = groups.firstIndex(of: subject.group),
            let metric = catalogue.metrics.firstIndex(where: { $0.name == subject.metric })
        else { return nil }
        return group * catalogue.metrics.count + metric
    }

    /// The element at a place if it is the wanted one; otherwise, in a value that was put together by hand, the first
    /// that is.
    private func found<Element>(
        _ elements: [Element], _ place: Int, where isWanted: (Element) -> Bool
    ) -> Element? {
        if elements.indices.contains(place), isWanted(elements[place]) { return elements[place] }
        return elements.first(where: isWanted)
    }
}
