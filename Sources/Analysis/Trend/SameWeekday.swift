import Model
import Statistics

extension ChangeFigures {
    /// The report's day against the same weekday of the weeks before it: what is new since last night when
    /// Mondays are never like Sundays.
    ///
    /// The expected value (`baseline.mean`) is the mean of the earlier daily means of that weekday, each counting the same,
    /// carried on along the slope of all days of those weeks. How far a further such day may lie from it is told from what
    /// weekdays and slope leave of those days (`DayNoise`); the interval is a prediction interval, put around the
    /// difference found, and the test is Student's t, with the skewness of the day's few records (`SkewedStudent`).
    ///
    /// - Parameters:
    ///   - days: in order of days, at most up to asOf, each with a value.
    ///   - asOf: the report's day. A group whose records stopped before it has nothing new.
    ///   - needed: records that the days before it need.
    ///
    /// Fails without records on the day, with fewer than `settings.minimumWeekdays` earlier days of that weekday in
    /// `settings.weekdayWeeks` weeks, and with `.constant` where no day differs from what weekday and slope say.
    static func sinceSameWeekday(
        _ days: [DayFigures], asOf: Day?, needed: Int, recordSD: Double?, settings: AnalysisSettings
    ) throws(Absence) -> ChangeFigures {
        guard let newest = days.last, newest.day == asOf else { throw .noRecords }
        let oldest = newest.day.advanced(by: -7 * settings.weekdayWeeks)
        let earlier = days[(days.firstIndex { oldest <= $0.day } ?? 0)..<(days.count - 1)]
        let alike = earlier.filter { $0.day.weekday == newest.day.weekday }
        guard let first = alike.first, let last = alike.last, alike.count >= max(2, settings.minimumWeekdays) else {
            throw .tooFew(.periods, found: alike.count, needed: max(2, settings.minimumWeekdays))
        }
        guard let noise = DayNoise(earlier, along: .line) else { throw .constant }
        guard noise.records >= needed else { throw .tooFew(.records, found: noise.records, needed: needed) }
        let expected = noise.expectation(of: days[(days.count - 1)...])
        return ChangeFigures(
            current: PeriodMean(
                period: Period(of: .day, containing: newest.day), days: 1, n: newest.n, mean: newest.mean),
            baseline: PeriodMean(
                period: Period(from: first.day, through: last.day), days: alike.count,
                n: alike.reduce(0) { $0 + $1.n }, mean: expected.mean),
            standardError: expected.variance.squareRoot(), degreesOfFreedom: noise.degreesOfFreedom,
            skewness: expected.skewness,
            method: .prediction, recordSD: recordSD, level: settings.level)
    }
}
