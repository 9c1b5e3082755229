import Model

/// How many people were in each class month by month: a person counts once in every month that tells a class.
public struct ClassMonths: Sendable, Hashable {
    /// Months by class of engagement, from the sessions of the month.
    public var engagement: PublishedTable
    /// Months by class of progress, from the newest row of progress of the month.
    public var progress: PublishedTable

    /// The last months that are over.
    static let count = 12

    init(_ people: [PersonSummary], settings: PeopleSettings, publishing: inout Publishing) {
        let over = MonthNumber(of: publishing.asOf.advanced(by: 1)).value
        func rows(_ facts: [PersonFact], _ named: ([PersonFact]) -> String?) -> [(row: String, column: String)] {
            Dictionary(grouping: facts) { MonthNumber(of: $0.day).value }
                .filter { (over - Self.count..<over).contains($0.key) }
                .compactMap { month, facts in named(facts).map { (MonthNumber(value: month).name, $0) } }
        }
        let engaged = people.flatMap { person in
            rows(person.sessions) { PersonSummary.engagementClass(of: $0, settings) }
        }
        let moved = people.flatMap { person in
            // Of rows of one day the one that stands last, as for the newest of all.
            rows(person.progresses) { facts in
                facts.enumerated().max { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
                    .flatMap { PersonSummary.progressClass(of: $0.element) }
            }
        }
        // Months hold people more than once, so that no total of theirs is one of all people.
        let everybody = publishing.everybody
        engagement = publishing.table(
            "engagement_months", engaged, columnOrder: ["high", "medium", "low"], others: "other months",
            outOf: everybody)
        progress = publishing.table(
            "progress_months", moved, columnOrder: ["excellent", "good", "moderate", "needs_attention"],
            others: "other months", outOf: everybody)
    }
}
