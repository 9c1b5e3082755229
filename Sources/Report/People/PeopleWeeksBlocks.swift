import Analysis
import Model
import Words

/// Engagement and successes of people week by week.
extension PeopleTables {
    var weeks: [Block] { engagementWeeks + outcomeWeeks }

    private var engagementWeeks: [Block] {
        let rows = zip(people.weeks.starts, people.weeks.engagement).compactMap { start, answer in
            answer.value.map { _ in [TableCell(start.iso), mean(answer)] }
        }
        guard !rows.isEmpty else {
            return [.notice(tell("No week that is over has \(people.k) people with an engagement."))]
        }
        return [
            .prose(Prose(trend(people.weeks.trend, people.weeks.slope))),
            .table(
                TableBlock(
                    caption: say(
                        "Mean engagement of people by week; weeks of fewer than \(people.k) people are left out"),
                    columns: [.init(say("Week of")), .init(say("Mean engagement"), isNumeric: true)], rows: rows)),
        ]
    }

    /// Outcomes by week, and the share of successes of those that are told.
    private var outcomeWeeks: [Block] {
        let counts = table(people.weeks.outcomes, title: say("Outcomes by week"))
        let weeks = zip(people.weeks.outcomes.table.value?.rows ?? [], people.weeks.success)
            .filter { Day(iso: $0.0) != nil }.sorted { $0.0 < $1.0 }
        guard !weeks.isEmpty else { return counts }
        return counts + [
            .table(
                TableBlock(
                    caption: say("Share of successes by week, with Wilson intervals"),
                    columns: [.init(say("Week of")), .init(say("Successes"), isNumeric: true)],
                    rows: weeks.map { [TableCell($0.0), share($0.1)] },
                    export: Link(path: "exports/people-tables.csv", text: "CSV"))),
            .prose(Prose(trend(people.weeks.successTrend, people.weeks.successSlope))),
        ]
    }

    private func trend(_ trend: Answer<Double>, _ slope: Answer<Double>) -> String {
        switch (trend, slope) {
        case (.success(let p), .success(let slope)):
            say(
                "Median slope \(NumberWords.exactly((slope * 1_000).rounded() / 1_000)) a week, Mann–Kendall p \(NumberWords.bareP(p))\(p < context.analyses.settings.alpha ? (slope > 0 ? say(": rising") : say(": falling")) : say(": no trend to be told from chance"))."
            )
        case (.failure(let absence), _), (_, .failure(let absence)): say("No trend: \(Wording.absence(absence)).")
        }
    }
}
