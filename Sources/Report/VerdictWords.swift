import Analysis
import Model

extension ReportContext {
    /// The report in one sentence: where the metrics go, each by its test after correction, and on what it rests.
    func verdict() -> Prose {
        guard analyses.coverage.records > 0 else {
            return Prose([
                .strong("There are no records"),
                .text(" in the \(NumberWords.count(analyses.period.length)) days up to \(Wording.day(analyses.asOf))."),
            ])
        }
        let verdict = OverallVerdict(of: analyses)
        let word =
            switch verdict.word {
            case .improving: "Improving"
            case .declining: "Declining"
            case .mixed: "Mixed"
            case .stable: "Stable"
            case .insufficient: "Too little data for a verdict"
            }
        var parts: [String] = []
        if verdict.word == .stable { parts.append("no metric moves for better or worse beyond chance") }
        for (names, verb) in [(verdict.improving, "improving"), (verdict.declining, "declining")] where !names.isEmpty {
            parts.append("\(list(names)) \(verb)")
        }
        for (names, verb) in [
            (verdict.moving, "rising or falling with no good direction"), (verdict.flat, "flat"),
            (verdict.inconclusive, "inconclusive"), (verdict.insufficient, "with too little data"),
        ] where !names.isEmpty {
            parts.append("\(NumberWords.count(names.count)) \(verb)")
        }
        return Prose([
            .strong(word),
            .text(
                ": \(parts.joined(separator: "; ")); on \(NumberWords.count(analyses.coverage.daysWithRecords, "day", "days")) with \(NumberWords.count(analyses.coverage.records, "record", "records"))."
            ),
        ])
    }

    private func list(_ names: [String]) -> String {
        let titles = names.map { catalogue.metric(named: $0)?.title ?? $0 }
        return titles.count > 3
            ? titles.prefix(3).joined(separator: ", ") + " and \(titles.count - 3) more"
            : titles.dropLast().joined(separator: ", ") + (titles.count > 1 ? " and " : "") + (titles.last ?? "")
    }
}
