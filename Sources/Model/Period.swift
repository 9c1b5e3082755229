/// How long the periods of a series are.
public enum Grain: String, Sendable, Hashable, CaseIterable {
    /// One calendar day.
    case day
    /// One ISO 8601 week, Monday to Sunday.
    case week
    /// One calendar month.
    case month
    /// One calendar quarter.
    case quarter
}

/// A half-open range of calendar days.
public struct Period: Sendable, Hashable, Comparable {
    /// The first day.
    public let start: Day
    /// The day after the last.
    public let end: Day

    /// A range of days; nil if it ends before it starts.
    public init?(start: Day, end: Day) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// The period of a grain that a day belongs to.
    public init(of grain: Grain, containing day: Day) {
        switch grain {
        case .day:
            start = day
            end = day.advanced(by: 1)
        case .week:
            start = day.advanced(by: -day.weekday)
            end = start.advanced(by: 7)
        case .month, .quarter:
            let (year, month, dayOfMonth) = day.date
            let months = grain == .month ? 1 : 3
            let intoPeriod = (month - 1) % months
            var first = day.advanced(by: 1 - dayOfMonth)
            for step in 0..<intoPeriod {
                first = first.advanced(by: -Day.length(ofMonth: month - 1 - step, year: year))
            }
            var length = 0
            for step in 0..<months { length += Day.length(ofMonth: month - intoPeriod + step, year: year) }
            start = first
            end = first.advanced(by: length)
        }
    }

    /// The period some steps after the one that a day belongs to, before it for negative steps.
    public init(of grain: Grain, containing day: Day, after steps: Int) {
        let first = Period(of: grain, containing: day).start
        switch grain {
        case .day, .week:
            self.init(of: grain, containing: first.advanced(by: steps * (grain == .week ? 7 : 1)))
        case .month, .quarter:
            var period = Period(of: grain, containing: first)
            for _ in 0..<abs(steps) {
                period = Period(of: grain, containing: steps > 0 ? period.end : period.start.advanced(by: -1))
            }
            self = period
        }
    }

    /// How many days it has.
    public var length: Int { start.distance(to: end) }

    /// The last day; nil if the period is empty.
    public var last: Day? { length > 0 ? end.advanced(by: -1) : nil }

    /// Whether a day lies in it.
    public func contains(_ day: Day) -> Bool { start <= day && day < end }

    /// The period as JSON names it: `2026-11-19`, `2026-W47`, `2026-11`, `2026-Q4`.
    public func label(_ grain: Grain) -> String {
        switch grain {
        case .day: return start.iso
        case .week:
            let (year, week) = start.isoWeek
            return "\(padded(year, to: 4))-W\(padded(week, to: 2))"
        case .month: return String(start.iso.prefix(7))
        case .quarter: return "\(start.iso.prefix(4))-Q\((start.date.month - 1) / 3 + 1)"
        }
    }

    /// Every period of a grain that touches a range of days, in order.
    public static func covering(_ range: Period, by grain: Grain) -> [Period] {
        guard range.length > 0 else { return [] }
        var periods: [Period] = []
        var next = Period(of: grain, containing: range.start)
        while next.start < range.end {
            periods.append(next)
            next = Period(of: grain, containing: next.end)
        }
        return periods
    }

    /// By start, then by end.
    public static func < (left: Period, right: Period) -> Bool { (left.start, left.end) < (right.start, right.end) }
}

extension Day {
    /// The ISO 8601 week that the day belongs to, with the year that owns the week.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = advanced(by: 3 - weekday)
        let year = thursday.date.year
        guard let newYear = Day(year: year, month: 1, day: 1) else { return (year, 0) }
        return (year, newYear.distance(to: thursday) / 7 + 1)
    }
}
