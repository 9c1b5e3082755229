import Model
import Statistics

/// Engagement and outcomes week by week.
public struct PeopleWeeks: Sendable, Hashable {
    /// The Mondays of whole weeks.
    public var starts: [Day]
    /// The mean over people of their mean engagement in the week; weeks of fewer than k people have none.
    public var engagement: [Answer<PeopleResult.GroupMean>]
    /// Mann–Kendall's p of the weekly means that are shown; fails below five.
    public var trend: Answer<Double>
    /// Median slope a week of the same.
    public var slope: Answer<Double>
    /// Outcomes by the week of their day.
    public var outcomes: PublishedTable
    /// The share of successes of each row of `outcomes`.
    public var success: [Answer<SuccessShare>]
    /// The p of Mann–Kendall over the shares of weeks that are told.
    public var successTrend: Answer<Double>
    /// Their median slope a week (Theil–Sen).
    public var successSlope: Answer<Double>

    /// The last weeks that are over.
    static let count = 26

    init(_ people: [PersonSummary], publishing: inout Publishing, level: Double) {
        let after = publishing.asOf.advanced(by: 1)
        let monday = after.advanced(by: -after.weekday)
        starts = (1...Self.count).reversed().map { monday.advanced(by: -7 * $0) }
        let k = publishing.k
        engagement = starts.map { start in
            let end = start.advanced(by: 7)
            let values = people.compactMap { person -> Double? in
                let levels = person.sessions.filter { $0.day >= start && $0.day < end }
                    .compactMap { $0.measures[.engagement] }
                return levels.isEmpty ? nil : levels.reduce(0, +) / Double(levels.count)
            }
            return CohortGroups.mean(values, k: k, level: level)
        }
        let shown = engagement.enumerated().compactMap { place, answer in
            answer.value.map { (Double(place), $0.mean) }
        }
        (trend, slope) = Self.trend(of: shown)
        let first = starts[0]
        let closed = people.compactMap { person -> (row: String, column: String)? in
            guard let outcome = person.outcome, let isSuccess = person.isSuccess else { return nil }
            let isShown = outcome.day >= first && outcome.day < monday
            let row = isShown ? outcome.day.advanced(by: -outcome.day.weekday).iso : "before or after"
            return (row, isSuccess ? "success" : "no success")
        }
        let table = publishing.table(
            "outcomes_weeks", closed, columnOrder: ["success", "no success"], others: "other weeks")
        outcomes = table
        success =
            (table.table.value?.rows.indices).map { rows in
                rows.map { CohortGroups.share(of: "success", $0, table, level: level) }
            } ?? []
        // Shares come from counts that are published; rows that are no week of their own have no place in time.
        let shares = zip(table.table.value?.rows ?? [], success).compactMap { name, share in
            Day(iso: name).flatMap { day in share.value.map { (Double(day.number) / 7, $0.share) } }
        }
        (successTrend, successSlope) = Self.trend(of: shares)
    }

    /// The p of Mann–Kendall and Theil–Sen's slope over weeks in their order; both fail below five.
    private static func trend(of weeks: [(Double, Double)]) -> (p: Answer<Double>, slope: Answer<Double>) {
        guard weeks.count >= 5 else {
            let absence = Absence.tooFew(.periods, found: weeks.count, needed: 5)
            return (.failure(absence), .failure(absence))
        }
        return (
            computed { () throws(Undefined) in try MannKendall(weeks.map(\.1)).p },
            computed { () throws(Undefined) in try TheilSen(x: weeks.map(\.0), y: weeks.map(\.1)).slope }
        )
    }
}
