import Model
import Statistics

/// Mean engagement of people period by period, with whether it rises or falls.
public struct EngagementSeries: Sendable, Hashable {
    /// How long the periods are.
    public var grain: Grain
    /// The last periods that are over, in order.
    public var periods: [Period]
    /// The mean over people of their mean engagement in the period; periods of fewer than k people have none.
    public var means: [Answer<PeopleResult.GroupMean>]
    /// The course of the means that are shown.
    public var course: MonotoneCourse

    /// How many periods are shown of a grain.
    static func count(of grain: Grain) -> Int {
        switch grain {
        case .day: 28
        case .week: PeopleWeeks.count
        case .month, .quarter: ClassMonths.count
        }
    }

    init(_ people: [PersonSummary], by grain: Grain, through asOf: Day, k: Int, level: Double) {
        self.grain = grain
        let after = asOf.advanced(by: 1)
        periods = (1...Self.count(of: grain)).reversed().map { Period(of: grain, containing: after, after: -$0) }
        means = periods.map { period in
            let values = people.compactMap { person -> Double? in
                let levels = person.sessions.filter { period.contains($0.day) }
                    .compactMap { $0.measures[.engagement] }
                return levels.isEmpty ? nil : levels.reduce(0, +) / Double(levels.count)
            }
            return CohortGroups.mean(values, k: k, level: level)
        }
        // People of one day come again on the next, so that days are not independent.
        course = MonotoneCourse(means.map { $0.value?.mean }, correction: grain == .day ? .hamedRao() : .none)
    }
}

/// Whether figures of successive periods rise or fall.
public struct MonotoneCourse: Sendable, Hashable {
    /// Mann–Kendall's p; fails below five figures.
    public var p: Answer<Double>
    /// Theil and Sen's slope a period; fails below five figures.
    public var slope: Answer<Double>

    /// - Parameter figures: one for each period, nil where there is none.
    init(_ figures: [Double?], correction: MannKendall.Correction = .none) {
        let shown = figures.enumerated().compactMap { place, figure in figure.map { (Double(place), $0) } }
        guard shown.count >= 5 else {
            (p, slope) = (
                .failure(.tooFew(.periods, found: shown.count, needed: 5)),
                .failure(.tooFew(.periods, found: shown.count, needed: 5))
            )
            return
        }
        p = computed { () throws(Undefined) in try MannKendall(shown.map(\.1), correction: correction).p }
        slope = computed { () throws(Undefined) in try TheilSen(x: shown.map(\.0), y: shown.map(\.1)).slope }
    }
}
