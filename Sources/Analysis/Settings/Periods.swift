import Model

extension Period {
    /// The days from the first through the last, both included; the first alone if the last lies before it.
    init(from first: Day, through last: Day) {
        self = Period(start: first, end: last.advanced(by: 1)) ?? Period(of: .day, containing: first)
    }

    /// The `count` days (at least one) that end with a day.
    public init(days count: Int, through last: Day) {
        self.init(from: last.advanced(by: 1 - max(1, count)), through: last)
    }
}

extension AnalysisSettings {
    /// The look-back period of a run.
    public func lookBack(from asOf: Day) -> Period { Period(days: lookBackDays, through: asOf) }
}
