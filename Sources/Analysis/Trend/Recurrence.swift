import Model

/// What of the calendar comes again in the steps of a series, whose levels are no trend.
public enum Recurrence: Sendable, Hashable {
    /// Seven weekdays, of days.
    case weekdays
    /// Twelve months, of months.
    case months
    /// Four quarters, of quarters.
    case quarters
    /// Nothing: rows without a time, weeks, years.
    case none

    /// What comes again in steps of a length.
    init(of grain: Grain) {
        switch grain {
        case .day: self = .weekdays
        case .month: self = .months
        case .quarter: self = .quarters
        default: self = .none
        }
    }

    /// How many places there are.
    var count: Int {
        switch self {
        case .weekdays: 7
        case .months: 12
        case .quarters: 4
        case .none: 1
        }
    }

    /// The place of the step that begins on a day.
    func place(of day: Day) -> Int {
        switch self {
        case .weekdays: day.weekday
        case .months: day.date.month - 1
        case .quarters: (day.date.month - 1) / 3
        case .none: 0
        }
    }
}
