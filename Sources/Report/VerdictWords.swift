import Analysis
import Model
import Words

extension Wording {
    /// The overall verdict.
    static func verdict(_ word: OverallVerdict.Word) -> String {
        switch word {
        case .improving: say("Improving")
        case .declining: say("Declining")
        case .mixed: say("Mixed")
        case .stable: say("Stable")
        case .insufficient: say("Too little data for a verdict")
        }
    }
}

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
        var parts: [[Prose.Piece]] = []
        if verdict.word == .stable { parts.append([.text(say("no metric moves for better or worse beyond chance"))]) }
        for (names, verb) in [
            (verdict.improving, say("getting better")), (verdict.declining, say("getting worse")),
            (verdict.moving, say("rising or falling with no good direction")),
        ] where !names.isEmpty {
            parts.append(list(names) + [.text(" \(verb)")])
        }
        var isFirst = true
        for (names, verb) in [
            (verdict.flat, say("flat")), (verdict.inconclusive, say("inconclusive")),
            (verdict.insufficient, say("with too little data")),
        ] where !names.isEmpty {
            let count =
                isFirst ? NumberWords.count(names.count, "metric", "metrics") : NumberWords.count(names.count)
            parts.append([.text("\(count) \(verb)")])
            isFirst = false
        }
        let shortfalls = analyses.coverage.shortfalls(analyses.settings).map(Wording.shortfall)
        return Prose(
            [.strong(Wording.verdict(verdict.word)), .text(": ")] + parts.joined(separator: [.text("; ")])
                + [
                    .text(
                        say(
                            "; on \(NumberWords.count(analyses.coverage.daysWithRecords, "day", "days")) with \(NumberWords.count(analyses.coverage.records, "record", "records"))."
                        ))
                ] + recordsMoved
                + (shortfalls.isEmpty
                    ? [] : [.text(say(" Too small to rest decisions on: \(shortfalls.joined(separator: "; "))."))]))
    }

    /// That more or fewer records come than did, which no metric tells; nothing where they do not.
    private var recordsMoved: [Prose.Piece] {
        guard let found = analyses.findings.first(where: { $0.kind == .levelShift && $0.subject == .records(.all) })
        else { return [] }
        let change = NumberWords.signed(NumberWords.percent(found.estimate, decimals: 0), found.estimate)
        return [.text(say(" Records a day: \(change) since \(Wording.shortDay(found.period.start))."))]
    }

    /// The first three metrics, each with how far it has gone, and how many more there are.
    private func list(_ names: [String]) -> [Prose.Piece] {
        let shown = names.prefix(3).enumerated().flatMap { place, name -> [Prose.Piece] in
            let isLast = place == names.count - 1
            let title = catalogue.metric(named: name)?.title ?? name
            return [
                .text(place == 0 ? "" : isLast ? say(" and ") : ", "),
                .link(Link(path: "trends/\(name).html", text: title)), .text(change(of: name).map { " (\($0))" } ?? ""),
            ]
        }
        return shown + (names.count > 3 ? [.text(say(" and \(names.count - 3) more"))] : [])
    }

    /// How far a metric has gone: the step that has lasted, or the change along its line.
    private func change(of name: String) -> String? {
        guard let metric = catalogue.metric(named: name), let trend = analyses.trend(of: overall(metric)) else {
            return nil
        }
        let words = MetricWords(metric: metric)
        if let step = analyses.standingShift(of: trend) {
            let size = words.difference(step.estimate, resolving: step.interval?.width)
            return say("\(size) since \(Wording.shortDay(step.period.start))")
        }
        return trend.line.value.map { line in
            let size = words.difference(line.totalChange, resolving: line.totalChangeInterval.width)
            return say("\(size) in \(NumberWords.count(line.span)) days")
        }
    }
}
