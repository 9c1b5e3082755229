import Analysis
import Model
import Words

extension ReportContext {
    /// The report in one sentence: where the metrics go, each by its test after correction, and on what it rests.
    func verdict() -> Prose {
        guard analyses.coverage.records > 0 else {
            return Prose([
                .strong(say("There are no records")),
                .text(
                    say(
                        " in the \(NumberWords.count(analyses.period.length)) days up to \(Wording.day(analyses.asOf))."
                    )),
            ])
        }
        let verdict = OverallVerdict(of: analyses)
        let word =
            switch verdict.word {
            case .improving: say("Improving")
            case .declining: say("Declining")
            case .mixed: say("Mixed")
            case .stable: say("Stable")
            case .insufficient: say("Too little data for a verdict")
            }
        var parts: [String] = []
        if verdict.word == .stable { parts.append(say("no metric moves for better or worse beyond chance")) }
        for (names, verb) in [(verdict.improving, say("improving")), (verdict.declining, say("declining"))]
        where !names.isEmpty {
            parts.append("\(list(names)) \(verb)")
        }
        var isFirst = true
        for (names, verb) in [
            (verdict.moving, say("rising or falling with no good direction")), (verdict.flat, say("flat")),
            (verdict.inconclusive, say("inconclusive")), (verdict.insufficient, say("with too little data")),
        ] where !names.isEmpty {
            let count =
                isFirst ? NumberWords.count(names.count, "metric", "metrics") : NumberWords.count(names.count)
            parts.append("\(count) \(verb)")
            isFirst = false
        }
        let shortfalls = analyses.coverage.shortfalls(analyses.settings).map(Wording.shortfall)
        return Prose(
            [
                .strong(word),
                .text(
                    say(
                        ": \(parts.joined(separator: "; ")); on \(NumberWords.count(analyses.coverage.daysWithRecords, "day", "days")) with \(NumberWords.count(analyses.coverage.records, "record", "records"))."
                    )
                ),
            ]
                + (shortfalls.isEmpty
                    ? [] : [.text(say(" Too small to rest decisions on: \(shortfalls.joined(separator: "; "))."))]))
    }

    private func list(_ names: [String]) -> String {
        let titles = names.map { catalogue.metric(named: $0)?.title ?? $0 }
        return titles.count > 3
            ? titles.prefix(3).joined(separator: ", ") + say(" and \(titles.count - 3) more")
            : titles.dropLast().joined(separator: ", ") + (titles.count > 1 ? say(" and ") : "") + (titles.last ?? "")
    }
}
