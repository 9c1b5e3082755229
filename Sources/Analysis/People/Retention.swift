import Model

extension PeopleResult.RetentionAge {
    /// People who come back months after their first session, for at most twelve months; a month counts for those whose month
    /// of that age is over.
    ///
    /// Months in which fewer than k began are left out of every age, with further ones as `PooledRows` says, so that neither all
    /// who began less the months that are told nor one age less another tells of them. What was left out once stays so.
    ///
    /// - Parameter firstDay: the first day whose rows are kept. Only people whose profile says that they began since count then:
    ///   the first session of others may be gone.
    static func all(
        _ people: [PersonSummary], keptFrom firstDay: Day?, publishing: inout Publishing, level: Double
    ) -> [Self] {
        let over = MonthNumber(of: publishing.asOf.advanced(by: 1)).value
        let starts = people.filter { person in
            firstDay.map { kept in person.registered.map { $0 >= kept } ?? false } ?? true
        }.map { person in
            (
                first: MonthNumber(of: person.start).value,
                active: Set(person.sessions.map { MonthNumber(of: $0.day).value })
            )
        }.filter { !$0.active.isEmpty }
        guard let oldest = starts.map(\.first).min() else { return [] }
        let leftOut = Self.leftOut(of: starts.map(\.first).filter { $0 + 1 < over }, publishing)
        var ages: [Self] = []
        for age in 1...12 where oldest + age < over {
            let observed = starts.filter { $0.first + age < over }
            guard observed.count >= publishing.k else { break }
            let table = publishing.table(
                "retention_\(age)",
                observed.filter { !leftOut.contains($0.first) }.map { start in
                    (
                        MonthNumber(value: start.first).name,
                        start.active.contains(start.first + age) ? "came back" : "did not"
                    )
                }, columnOrder: ["came back", "did not"], others: "other months",
                outOf: starts.count,
                leavingOut: publishing.held == nil
                    ? leftOut.filter { $0 + age < over }.sorted().map { MonthNumber(value: $0).name } : [])
            let shares = (table.table.value?.rows.indices).map { rows in
                rows.map { CohortGroups.share(of: "came back", $0, table, level: level) }
            }
            ages.append(Self(months: age, table: table, shares: shares ?? []))
        }
        return ages
    }

    /// The first months that stand in the table of no age.
    private static func leftOut(of firsts: [Int], _ publishing: Publishing) -> Set<Int> {
        let sizes = firsts.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        let months = sizes.keys.sorted()
        guard let pool = PooledRows(months.map { sizes[$0, default: 0] }, k: publishing.k) else { return Set(months) }
        let before = (1...12).compactMap { publishing.earlier["retention_\($0)"] }
            .filter { $0.others.isEmpty }.flatMap(\.pooled)
        return Set(pool.pooled.map { months[$0] } + months.filter { before.contains(MonthNumber(value: $0).name) })
    }

    /// Whether the month so many months after a first month (`2026-10`) was over on the day that the table is of.
    public func isOver(_ first: String) -> Bool {
        let parts = first.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2 else { return true }
        return parts[0] * 12 + parts[1] - 1 + months < MonthNumber(of: table.day.advanced(by: 1)).value
    }
}

/// Who came back in which month, beside the tables that tell of it.
///
/// The people of a month are those who began in it and those who came back in it, so that the number of all of them, less what
/// the tables of who came back tell, is the number of those whom they hide.
struct MonthsAfterFirst {
    /// By first month and months after it, how many people had a session then; 0 months after, how many began.
    private var came: [Int: [Int: Int]] = [:]
    /// People whom the tables do not count, by month with a session.
    private var uncounted: [Int: Int] = [:]
    private let tables: [Int: PublishedTable]
    private let k: Int

    init(_ people: [PersonSummary], keptFrom firstDay: Day?, _ ages: [PeopleResult.RetentionAge], k: Int) {
        self.k = k
        tables = Dictionary(ages.map { ($0.months, $0.table) }) { first, _ in first }
        for person in people where !person.sessions.isEmpty {
            let first = MonthNumber(of: person.start).value
            let isCounted = firstDay.map { kept in person.registered.map { $0 >= kept } ?? false } ?? true
            for month in Set(person.sessions.map { MonthNumber(of: $0.day).value }) {
                if isCounted {
                    came[first, default: [:]][month - first, default: 0] += 1
                } else {
                    uncounted[month, default: 0] += 1
                }
            }
        }
    }

    /// Whether the number of all people of a month would tell of fewer than k of them: where some who came back in it are hidden, or
    /// fewer than k began in it or are not counted.
    func isToldBy(totalOf month: Int) -> Bool {
        let hidden = came.keys.contains { first in first < month && !isTold(first, month - first) }
        let began = came[month]?[0] ?? 0
        let isBegunTold = tables.values.contains { $0.row(MonthNumber(value: month).name) != nil }
        let rest = (isBegunTold ? 0 : began) + uncounted[month, default: 0]
        return hidden || (1..<k).contains(rest)
    }

    /// Whether a table tells how many of those who began in a month came back so many months later.
    private func isTold(_ first: Int, _ age: Int) -> Bool {
        guard let published = tables[age], let table = published.table.value,
            let row = published.row(MonthNumber(value: first).name),
            let column = table.columns.firstIndex(of: "came back"), case .count = table.cells[row][column]
        else { return false }
        return true
    }
}

/// A calendar month as a number that can be added to.
struct MonthNumber {
    let value: Int

    init(value: Int) { self.value = value }

    init(of day: Day) {
        let (year, month, _) = day.date
        value = year * 12 + month - 1
    }

    /// `2026-10`.
    var name: String {
        let month = value % 12 + 1
        return "\(value / 12)-\(month < 10 ? "0" : "")\(month)"
    }
}
