import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    /// What is left out of tables of all learners; nil where nothing is.
    var heldSection: PageSection? {
        if learning.leavesOthersOut {
            return PageSection(
                id: "held", title: say("What is left out"), depth: .executive,
                blocks: [
                    .notice(
                        tell(
                            "Fewer than \(settings.people.k) learners have never had pages, so all figures are of the \(NumberWords.count(learning.learners.count)) with pages alone: figures of everybody less theirs would tell of the others."
                        ))
                ])
        }
        guard let k = learning.heldTo else { return nil }
        return PageSection(
            id: "held", title: say("What is left out"), depth: .executive,
            blocks: [
                .notice(
                    tell(
                        "Not every learner has pages, so what fewer than \(k) learners who never had any stand behind besides the others is left out here, and as much besides that it cannot be told from sums: days (\(NumberWords.count(learning.days.count(where: \.isHeld)))), hours (\(NumberWords.count(learning.hours.count { $0 == nil }))), topics (\(NumberWords.count(learning.heldTopics))), levels, achievements and kinds of goals. Sums over several days are of the days that are told."
                    ))
            ])
    }

    /// Why days have no value although there were sessions, or though that is not told.
    var reasons: [Day: String] {
        let few = say("of fewer than \(learning.heldTo ?? 0) learners")
        let mute = learning.heldTo == nil ? say("no quality given") : say("no quality given, or left out")
        return Dictionary(
            learning.days.filter { $0.isHeld || $0.totals.sessions > 0 }.map { ($0.day, $0.isHeld ? few : mute) }
        ) { first, _ in first }
    }

    /// Learners by the length of the streak that goes on.
    var streakBlocks: [Block] {
        let rows = learning.streaks.compactMap {
            band -> (name: String, value: Double, low: Double?, high: Double?)? in
            let name =
                band.low == band.high
                ? say("none")
                : band.high == .max ? say("\(band.low) days or more") : say("\(band.low) to \(band.high) days")
            return band.learners.map { (name, Double($0), nil, nil) }
        }
        return [
            figures.bars(
                say("Learners by the streak that goes on"), rows, of: say("Streak"), axis: say("Learners"),
                caption: say("As of \(Wording.day(learning.asOf))"),
                leavesOut: learning.streaks.contains { $0.learners == nil }, isCount: true
            ) { NumberText.fixed($0, decimals: 0) }
        ].compactMap { $0.map { .figure($0) } }
    }
}
