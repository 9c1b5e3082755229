import Model

/// Engagement day by day, week by week and month by month, and outcomes by week and category.
public struct PeopleWeeks: Sendable, Hashable {
    /// Engagement by day, week and month.
    public var engagement: [EngagementSeries]
    /// Outcomes by the week of their day.
    public var outcomes: PublishedTable
    /// The share of successes of each row of `outcomes`.
    public var success: [Answer<SuccessShare>]
    /// The course of the shares of successive weeks.
    public var successCourse: MonotoneCourse
    /// People with a success by the word of their outcome, and those with another outcome by theirs. Two tables: with one, small
    /// words could be told from the published number of successes.
    public var categories: [PublishedTable]

    /// The last weeks that are over.
    static let count = 26

    init(_ people: [PersonSummary], publishing: inout Publishing, level: Double) {
        let (asOf, k) = (publishing.asOf, publishing.k)
        engagement = [.day, .week, .month].map {
            EngagementSeries(people, by: $0, through: asOf, k: k, level: level)
        }
        let monday = Period(of: .week, containing: asOf.advanced(by: 1)).start
        let starts = (1...Self.count).reversed().map { monday.advanced(by: -7 * $0) }
        let first = starts[0]
        // Cohorts put a small kind together with those of no outcome, of whom the number of all outcomes would tell.
        let kinds = [true, false, nil].map { kind in people.count { $0.isSuccess == kind } }
        let isTelling = kinds.contains { (1..<k).contains($0) } && kinds[2] > 0
        let closed = people.compactMap { person -> (row: String, column: String)? in
            guard let outcome = person.outcome, let isSuccess = person.isSuccess else { return nil }
            let isShown = outcome.day >= first && outcome.day < monday
            let row = isShown ? outcome.day.advanced(by: -outcome.day.weekday).iso : "before or after"
            return (row, isSuccess ? "success" : "no success")
        }
        let table = publishing.table(
            "outcomes_weeks", closed, columnOrder: ["success", "no success"], others: "other weeks",
            isRefused: isTelling)
        outcomes = table
        let shares =
            (table.table.value?.rows.indices).map { rows in
                rows.map { CohortGroups.share(of: "success", $0, table, level: level) }
            } ?? []
        success = shares
        successCourse = MonotoneCourse(
            starts.map { start in table.row(start.iso).flatMap { shares[$0].value?.share } })
        categories = Self.categories(people, publishing: &publishing)
    }

    /// Neither table where the number of people of a kind, less all people, would tell of fewer than k, nor where cohorts put a
    /// small kind together with another one, whose size would tell of it.
    private static func categories(_ people: [PersonSummary], publishing: inout Publishing) -> [PublishedTable] {
        let words = people.compactMap { person in
            person.isSuccess.flatMap { isSuccess in
                person.outcome?.words[.category].map { (isSuccess: isSuccess, word: $0) }
            }
        }
        let sizes = [words.count, words.count { $0.isSuccess }, words.count { !$0.isSuccess }]
        let (everybody, k) = (publishing.everybody, publishing.k)
        let kinds = [true, false, nil].map { kind in people.count { $0.isSuccess == kind } }
        let isTelling = sizes.contains { (1..<k).contains(everybody - $0) } || kinds.contains { (1..<k).contains($0) }
        return [(true, ["excellent", "good", "positive"]), (false, ["neutral", "moderate", "needs_attention"])].map {
            isSuccess, columns in
            let rows = words.filter { $0.isSuccess == isSuccess }.map { (row: "all", column: $0.word) }
            return publishing.table(
                isSuccess ? "outcomes_success" : "outcomes_other", rows, columnOrder: columns,
                others: "all", outOf: everybody, isRefused: isTelling)
        }
    }
}
