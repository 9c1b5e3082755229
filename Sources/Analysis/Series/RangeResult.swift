import Model
import Statistics

/// A range of days that ends with the day of a report and that readers ask for by name.
public enum ReportRange: String, Sendable, Hashable, CaseIterable {
    /// The last 7 days.
    case week = "7"
    /// The last 30 days.
    case month = "30"
    /// The last 90 days.
    case season = "90"
    /// The last 365 days.
    case year = "365"
    /// The calendar quarter so far.
    case quarter

    /// Its days through asOf.
    public func period(through asOf: Day) -> Period {
        switch self {
        case .week: Period(days: 7, through: asOf)
        case .month: Period(days: 30, through: asOf)
        case .season: Period(days: 90, through: asOf)
        case .year: Period(days: 365, through: asOf)
        case .quarter: Period(from: Period(of: .quarter, containing: asOf).start, through: asOf)
        }
    }

    /// What it is compared with: equally many days that end on the day before it; for a quarter equally many from the start of the
    /// quarter before, as far as that one has them.
    public func baseline(through asOf: Day) -> Period {
        let current = period(through: asOf)
        let eve = current.start.advanced(by: -1)
        guard self == .quarter else { return Period(days: current.length, through: eve) }
        let before = Period(of: .quarter, containing: eve)
        return Period(from: before.start, through: min(eve, before.start.advanced(by: current.length - 1)))
    }
}

/// Every metric over all records of a range of days, beside the days before.
public struct RangeResult: Sendable, Hashable {
    /// The range.
    public var range: ReportRange
    /// Its days.
    public var period: Period
    /// The days that it is compared with.
    public var baseline: Period
    /// Records in it.
    public var records: Int
    /// Records in the days that it is compared with.
    public var recordsBefore: Int
    /// One for each metric, in the catalogue's order.
    public var metrics: [MetricRange]
}

/// A metric over a range of days.
public struct MetricRange: Sendable, Hashable {
    /// The metric's name.
    public var metric: String
    /// Days with a value.
    public var days: Int
    /// Records with a value.
    public var n: Int
    /// Their mean; nil without any.
    public var mean: Double?
    /// The change of the mean on the baseline, days as clusters; fails with too few days in either.
    public var change: Answer<ChangeFigures>
}

extension RangeResult {
    /// Every range as of a day. O(ranges × metrics × days).
    ///
    /// - Parameter days: each metric's days with records, in ascending order, by its name in the catalogue's order.
    static func all(
        _ days: [(name: String, days: [DayFigures])], volumes: [(day: Day, records: Int)], asOf: Day,
        settings: AnalysisSettings
    ) -> [RangeResult] {
        ReportRange.allCases.map { range in
            let (current, before) = (range.period(through: asOf), range.baseline(through: asOf))
            let records = { (period: Period) in
                volumes.reduce(0) { $0 + (period.contains($1.day) ? $1.records : 0) }
            }
            return RangeResult(
                range: range, period: current, baseline: before, records: records(current),
                recordsBefore: records(before),
                metrics: days.map { name, days in
                    let moments = days.moments(in: current)
                    return MetricRange(
                        metric: name, days: days.count { $0.n > 0 && current.contains($0.day) }, n: moments.n,
                        mean: moments.n > 0 ? moments.mean : nil,
                        change: caught { () throws(Absence) in
                            try ChangeFigures.byDay(
                                days, current, and: before, recordSD: moments.summarySD, level: settings.level)
                        })
                })
        }
    }
}
