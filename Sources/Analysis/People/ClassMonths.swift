import Model

/// How many people were in each class month by month: a person counts once in every month that tells a class.
///
/// Totals of columns count a person once in each month. A class of fewer than k people over all months is put together with
/// another, whatever the number of its person-months, and a month of fewer than k people is left out, because a total over
/// months would not be one of people.
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
    init(
        _ people: [PersonSummary], settings: PeopleSettings, beside starts: MonthsAfterFirst,
        publishing: inout Publishing
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
            "engagement_months", engaged, ["high", "medium", "low"], leavingOut: telling, &publishing)
        progress = Self.table(
            "progress_months", moved, ["excellent", "good", "moderate", "needs_attention"], leavingOut: [], &publishing)
    }

    /// A person in a class in a month.
    private struct Row {
        var month: Int
        var name: String
        var person: Int
    }

    private static func table(
        _ name: String, _ rows: [Row], _ classes: [String], leavingOut telling: [Int], _ publishing: inout Publishing
    ) -> PublishedTable {
        let k = publishing.k
        let sizes = Dictionary(grouping: rows, by: \.month).mapValues(\.count)
        // What was left out once stays so: told later, it would be known what was left out with it.
        let before = Set(publishing.earlier[name]?.pooled ?? [])
        let leftOut = sizes.keys.filter { month in
            sizes[month, default: 0] < k || telling.contains(month) || before.contains(MonthNumber(value: month).name)
        }
        let told = rows.filter { !leftOut.contains($0.month) }
        var groups = classes.map { name in (names: [name], people: Set(told.filter { $0.name == name }.map(\.person))) }
            .filter { !$0.people.isEmpty }
        while groups.count > 1,
            let small = groups.indices.filter({ groups[$0].people.count < k }).min(by: {
                groups[$0].people.count < groups[$1].people.count
            })
        {
            let group = groups.remove(at: small)
            let other = min(small, groups.count - 1)
            groups[other].names = classes.filter { (group.names + groups[other].names).contains($0) }
            groups[other].people.formUnion(group.people)
        }
        let names = groups.map { $0.names.joined(separator: " or ") }
        let columns = Dictionary(
            zip(groups, names).flatMap { group, joined in group.names.map { ($0, joined) } }
        ) { first, _ in first }
        return publishing.table(
            name, told.map { (MonthNumber(value: $0.month).name, columns[$0.name] ?? $0.name) }, columnOrder: names,
            // Months hold people more than once, so that no total of theirs is one of all people.
            others: "other months", outOf: publishing.everybody,
            leavingOut: (publishing.held == nil ? leftOut.sorted() : telling).map { MonthNumber(value: $0).name })
    }
}
