import Model

/// The calendar spans that progress is told by, in the learner's zone.
public enum LearningSpan: String, Sendable, Hashable, CaseIterable {
    /// A day.
    case day
    /// A week from Monday.
    case week
    /// A calendar month.
    case month
    /// A calendar quarter.
    case quarter
    /// A calendar year.
    case year

    /// The grain of the same length; nil for a year.
    public var grain: Grain? {
        switch self {
        case .day: .day
        case .week: .week
        case .month: .month
        case .quarter: .quarter
        case .year: nil
        }
    }

    /// The span that holds a day: exact calendar days, none of its neighbours'.
    public func period(containing day: Day) -> Period {
        if let grain { return Period(of: grain, containing: day) }
        let quarters = Period(of: .quarter, containing: day)
        var start = quarters.start
        while start.date.month != 1 { start = Period(of: .quarter, containing: start.advanced(by: -1)).start }
        let length = Day.isLeap(start.date.year) ? 366 : 365
        return Period(from: start, through: start.advanced(by: length - 1))
    }

    /// The span before one.
    public func previous(_ period: Period) -> Period { self.period(containing: period.start.advanced(by: -1)) }

    /// The span as JSON names it: `2026-11-19`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`.
    public func label(_ period: Period) -> String {
        grain.map { period.label($0) } ?? String(period.start.iso.prefix(4))
    }

    /// The newest spans of a range of days, in order and without holes; at most `limit`.
    public func periods(from first: Day, through last: Day, limit: Int) -> [Period] {
        var periods: [Period] = []
        var next = period(containing: last)
        while periods.count < limit, next.end > first {
            periods.append(next)
            next = previous(next)
        }
        return periods.reversed()
    }
}

/// What was done in one span; spans without a session stand with zeros.
public struct SpanProgress: Sendable, Hashable {
    /// The span.
    public var period: Period
    /// What was done.
    public var totals: LearningTotals
    /// Different topics.
    public var topics: Int
    /// Topics that came for the first time.
    public var newTopics: Int
    /// The longest streak that any of its days was part of, as of that day; 0 without one.
    public var streak: Int
    /// Whether it goes on after the day of the report.
    public var isUnfinished: Bool
}

extension LearnerState {
    /// Progress by span, gap-filled from the first day with a session, the newest `limit` spans.
    public func progress(by span: LearningSpan, limit: Int) -> [SpanProgress] {
        guard let first = days.first?.day else { return [] }
        let periods = span.periods(from: first, through: asOf, limit: limit)
        var next = days.startIndex
        return periods.map { period in
            while next < days.endIndex, days[next].day < period.start { next += 1 }
            var progress = SpanProgress(
                period: period, totals: LearningTotals(), topics: 0, newTopics: 0, streak: 0,
                isUnfinished: asOf.advanced(by: 1) < period.end)
            var topics: Set<String> = []
            while next < days.endIndex, days[next].day < period.end {
                progress.totals.merge(days[next].totals)
                topics.formUnion(days[next].topics)
                progress.newTopics += days[next].newTopics.count
                progress.streak = max(progress.streak, days[next].streak)
                next += 1
            }
            progress.topics = topics.count
            return progress
        }
    }
}
