import Model
import Statistics

extension ChangeFigures {
    /// The newest day with a value against the same weekday of the weeks before it: what is new since last night when
    /// Mondays are never like Sundays.
    ///
    /// The expected value is the mean of the k earlier daily means, each counting the same; the interval is that of the
    /// difference between a further such day and this mean, ± t(k − 1) · s √(1 + 1/k) with s the standard deviation of
    /// the k means, put around the difference found. It holds as far as such days are independent and normal.
    ///
    /// - Parameter days: in order of days, at most up to asOf.
    ///
    /// Fails with fewer than `settings.minimumWeekdays` earlier days in `settings.weekdayWeeks` weeks, and with
    /// `.constant` where those are all equal.
    static func sinceSameWeekday(
        _ days: [DayFigures], recordSD: Double?, settings: AnalysisSettings
    ) throws(Absence) -> ChangeFigures {
        guard let newest = days.last(where: { $0.n > 0 }) else { throw .noRecords }
        let oldest = newest.day.advanced(by: -7 * settings.weekdayWeeks)
        let earlier = days.filter {
            $0.n > 0 && oldest <= $0.day && $0.day < newest.day && $0.day.weekday == newest.day.weekday
        }
        guard let first = earlier.first, let last = earlier.last, earlier.count >= max(2, settings.minimumWeekdays)
        else {
            throw .tooFew(.periods, found: earlier.count, needed: max(2, settings.minimumWeekdays))
        }
        let count = Double(earlier.count)
        let mean = earlier.reduce(0) { $0 + $1.mean } / count
        let variance = earlier.reduce(0) { $0 + ($1.mean - mean) * ($1.mean - mean) } / (count - 1)
        guard exceedsRounding(variance: variance, about: mean) else { throw .constant }
        return ChangeFigures(
            current: PeriodMean(
                period: Period(of: .day, containing: newest.day), days: 1, n: newest.n, mean: newest.mean),
            baseline: PeriodMean(
                period: Period(from: first.day, through: last.day), days: earlier.count,
                n: earlier.reduce(0) { $0 + $1.n }, mean: mean),
            standardError: (variance * (1 + 1 / count)).squareRoot(), degreesOfFreedom: count - 1,
            method: .prediction, recordSD: recordSD, level: settings.level)
    }
}
