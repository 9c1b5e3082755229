import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    /// What is left out of tables of all learners; nil where nothing is.
    var heldSection: PageSection? {
        guard let k = learning.heldTo else { return nil }
        return PageSection(
            id: "held", title: say("What is left out"), depth: .executive,
            blocks: [
                .notice(
                    tell(
                        "Not every learner has pages, so what fewer than \(k) learners stand behind is left out here, and as much besides that it cannot be told from sums: days (\(NumberWords.count(learning.days.count(where: \.isHeld)))), hours (\(NumberWords.count(learning.hours.count { $0 == nil }))), topics (\(NumberWords.count(learning.heldTopics))), levels, achievements and kinds of goals. Sums over several days are of the days that are told."
                    ))
            ])
    }

    /// Learners by the length of the streak that goes on.
    var streakBlocks: [Block] {
        let steps = [(0, 0), (1, 2), (3, 6), (7, 13), (14, 29), (30, 99), (100, Int.max)]
        let counts = steps.map { low, high in learning.learners.count { $0.streak >= low && $0.streak <= high } }
        let held = learning.held(counts)
        let rows = steps.indices.filter { !held.contains($0) }.map {
            place -> (name: String, value: Double, low: Double?, high: Double?) in
            let ((low, high), count) = (steps[place], counts[place])
            let name =
                low == high ? say("none") : high == .max ? say("\(low) days or more") : say("\(low) to \(high) days")
            return (name, Double(count), nil, nil)
        }
        return [
            figures.bars(
                say("Learners by the streak that goes on"), rows, axis: say("Learners"),
                caption: say("As of \(Wording.day(learning.asOf))")
            ) { NumberText.fixed($0, decimals: 0) }
        ].compactMap { $0.map { .figure($0) } }
    }
}
