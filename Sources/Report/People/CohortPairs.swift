import Analysis
import Words

/// Cohorts in pairs: what differs, by how much, and how surely.
extension PeopleTables {
    var pairs: [Block] {
        let shown = people.pairs.prefix(30)
        guard !shown.isEmpty else { return [.notice(tell("There are not two cohorts that stand for themselves."))] }
        let about =
            shown.count < people.pairs.count
            ? say("the \(shown.count) pairs with the least p of \(NumberWords.count(people.pairs.count))")
            : say("every pair, the least p first")
        let columns = { (question: String, effect: String, test: String) -> [TableBlock.Column] in
            [
                .init(say("\(question), b − a"), isNumeric: true), .init(effect, isNumeric: true),
                .init(say("p, \(test), Holm"), isNumeric: true),
            ]
        }
        let names = [TableBlock.Column(say("Cohort a")), TableBlock.Column(say("Cohort b"))]
        let (hedges, welch) = (say("Hedges g"), "Welch")
        return [
            .table(
                TableBlock(
                    caption: say("Success and engagement: \(about)"),
                    columns: names + columns(say("Success"), say("Cohen’s h"), "Fisher")
                        + columns(say("Engagement"), hedges, welch),
                    rows: shown.map { pair in
                        title(pair) + difference(pair.success, percent: true)
                            + difference(pair.engagement, percent: false)
                    })),
            .table(
                TableBlock(
                    caption: say("Rate of goals and hours of sessions: \(about)"),
                    columns: names + columns(say("Goals"), hedges, welch) + columns(say("Hours"), hedges, welch),
                    rows: shown.map { pair in
                        title(pair) + difference(pair.goals, percent: false) + difference(pair.hours, percent: false)
                    })),
        ]
    }

    private func title(_ pair: PeopleResult.CohortPair) -> [TableCell] {
        [TableCell(Wording.parts(pair.a)), TableCell(Wording.parts(pair.b))]
    }
}
