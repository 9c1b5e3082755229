import Model

/// Which interventions cannot be told apart.
enum ImprovementOverlap {
    /// For each result the ids of the others on the same metric that began, or ended, within the days that it compares:
    /// those whose groups share records with it, and where it is held against a control those in the control, too.
    ///
    /// One that began long before and still lasts changes nothing between its baseline and its days after, so it is
    /// none. What is planned, and what was cancelled without a last day, moved nothing that could be dated; what has no
    /// records moved none.
    static func marked(_ results: [ImprovementResult], asOf: Day) -> [ImprovementResult] {
        results.map { result in
            var result = result
            guard let subject = result.subject, result.figures.value != nil else { return result }
            result.sharedWith = results.filter { other in
                let item = other.intervention
                return item.id != result.intervention.id && other.subject?.metric == subject.metric
                    && other.figures.absence != .noRecords
                    && moved(item, within: result.before.start, result.after.last ?? result.after.start, asOf: asOf)
                    && (item.scope.overlaps(subject.group) || result.control.value != nil)
            }.map(\.intervention.id)
            return result
        }
    }

    private static func moved(_ item: Intervention, within first: Day, _ last: Day, asOf: Day) -> Bool {
        guard item.status != .planned, item.status != .cancelled || item.end != nil, item.start <= asOf else {
            return false
        }
        let ended = item.end.map { $0.advanced(by: 1) }
        return [item.start, ended].compactMap { $0 }.contains { first <= $0 && $0 <= last }
    }
}
