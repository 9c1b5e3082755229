import Model

/// How many people were in each class month by month: a person counts once in every month that tells a class.
///
/// Totals of columns count a person once in each month. Classes are those of the cohorts, put together as there. Where one of
/// them has fewer than k people over all months, or fewer than k more or fewer than in the cohorts, months are not told. A
/// month of fewer than k people is left out, because a total over months would not be one of people.
public struct ClassMonths: Sendable, Hashable {
    /// Months by class of engagement, from the sessions of the month.
    public var engagement: PublishedTable
    /// Months by class of progress, from the newest row of progress of the month.
    public var progress: PublishedTable

    /// The last months that are over.
    static let count = 12
    /// The names of the tables.
    static let names: Set = ["engagement_months", "progress_months"]

    /// - Parameter starts: whoever came back, with the tables that tell of it; months whose totals would tell of their hidden
    ///   counts are left out.
    /// - Parameter cohorts: the tables of cohorts, whose classes those of months are.
    init(
        _ people: [PersonSummary], settings: PeopleSettings, beside starts: MonthsAfterFirst,
        classesOf cohorts: (engagement: PublishedTable, progress: PublishedTable), publishing: inout Publishing
    ) {
        let over = MonthNumber(of: publishing.asOf.advanced(by: 1)).value
        let months = over - Self.count..<over
        func rows(_ facts: [PersonFact], _ person: Int, _ named: ([PersonFact]) -> String?) -> [Row] {
            Dictionary(grouping: facts) { MonthNumber(of: $0.day).value }
                .filter { months.contains($0.key) }
                .compactMap { month, facts in named(facts).map { Row(month: month, name: $0, person: person) } }
        }
        let engaged = people.enumerated().flatMap { number, person in
            rows(person.sessions, number) { PersonSummary.engagementClass(of: $0, settings) }
        }
        let moved = people.enumerated().flatMap { number, person in
            // Of rows of one day the one that stands last, as for the newest of all.
            rows(person.progresses, number) { facts in
                facts.enumerated().max { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
                    .flatMap { PersonSummary.progressClass(of: $0.element) }
            }
        }
        let telling = months.filter { starts.isToldBy(totalOf: $0) }
        engagement = Self.table(
            "engagement_months", engaged, classesOf: cohorts.engagement, leavingOut: telling, &publishing)
        progress = Self.table(
            "progress_months", moved, classesOf: cohorts.progress, leavingOut: [], &publishing)
    }

    /// A person in a class in a month.
    private struct Row {
        var month: Int
        var name: String
        var person: Int
    }

    private static func table(
        _ name: String, _ rows: [Row], classesOf cohorts: PublishedTable, leavingOut telling: [Int],
        _ publishing: inout Publishing
    ) -> PublishedTable {
        let k = publishing.k
        let sizes = Dictionary(grouping: rows, by: \.month).mapValues(\.count)
        // What was left out once stays so: told later, it would be known what was left out with it.
        let before = Set(publishing.earlier[name]?.pooled ?? [])
        let leftOut = sizes.keys.filter { month in
            sizes[month, default: 0] < k || telling.contains(month) || before.contains(MonthNumber(value: month).name)
        }
        let told = rows.filter { !leftOut.contains($0.month) }
        let names = cohorts.table.value?.columns ?? []
        let columns = Dictionary(
            names.flatMap { joined in joined.split(separator: " or ").map { (String($0), joined) } }
        ) { first, _ in first }
        let people = Dictionary(grouping: told) { columns[$0.name] }.mapValues { Set($0.map(\.person)).count }
        // Where each person stands in one month, cohorts less months are those whom months leave out.
        let isTelling = names.enumerated().contains { place, name in
            let size = people[name, default: 0]
            let rest = (cohorts.table.value?.columnTotals[place] ?? 0) - size
            return (1..<k).contains(size) || (1..<k).contains(abs(rest))
        }
        let isUnnamed = told.contains { columns[$0.name] == nil }
        return publishing.table(
            name,
            told.map { (MonthNumber(value: $0.month).name, columns[$0.name] ?? $0.name) },
            columnOrder: names,
            // Months hold people more than once, so that no total of theirs is one of all people.
            others: "other months", outOf: publishing.everybody,
            leavingOut: (publishing.held == nil ? leftOut.sorted() : telling).map { MonthNumber(value: $0).name },
            isRefused: isTelling || isUnnamed)
    }
}
