import Model

extension PeopleResult.RetentionAge {
    /// People who come back months after their first session, for at most twelve months; a month counts for those whose month
    /// of that age is over.
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
        var ages: [Self] = []
        for age in 1...12 where oldest + age < over {
            let observed = starts.filter { $0.first + age < over }
            guard observed.count >= publishing.k else { break }
            let table = publishing.table(
                "retention_\(age)",
                observed.map { start in
                    (
                        MonthNumber(value: start.first).name,
                        start.active.contains(start.first + age) ? "came back" : "did not"
                    )
                }, columnOrder: ["came back", "did not"], others: "other months",
                outOf: starts.count)
            let shares = (table.table.value?.rows.indices).map { rows in
                rows.map { CohortGroups.share(of: "came back", $0, table, level: level) }
            }
            ages.append(Self(months: age, table: table, shares: shares ?? []))
        }
        return ages
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
