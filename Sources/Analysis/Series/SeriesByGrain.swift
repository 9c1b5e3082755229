import Model
import Statistics

extension SeriesResult {
    /// Periods of a grain from days: at most `settings.shownPeriods[grain]` of them, back from the one with asOf, and
    /// none before the one with the first day that has records.
    ///
    /// - Parameter days: in ascending order, none after asOf.
    ///
    /// Cost: the days plus the periods.
    init(
        subject: Subject, grain: Grain, days: [DayFigures], asOf: Day, metric: Metric, settings: AnalysisSettings
    ) {
        let periods = shownPeriods(by: grain, from: days.first?.day, through: asOf, settings: settings)
        var next = days.startIndex
        let points = periods.map { period in
            while next < days.endIndex, days[next].day < period.start { next += 1 }
            var moments = Moments()
            var missing = 0
            var isHeld = false
            while next < days.endIndex, days[next].day < period.end {
                moments.merge(days[next].moments)
                missing += days[next].missing
                isHeld = isHeld || days[next].isHeld
                next += 1
            }
            var point = SeriesPoint(
                period: period, n: moments.n, missing: missing, mean: moments.n > 0 ? moments.mean : nil,
                interval: moments.n > 0
                    ? moments.meanInterval(of: metric, level: settings.level) : nil,
                isUnfinished: asOf.advanced(by: 1) < period.end)
            point.isHeld = isHeld && moments.n == 0
            return point
        }
        self.init(subject: subject, grain: grain, points: points)
    }
}

extension VolumeSeries {
    /// Records per period, over the same periods as a series.
    ///
    /// - Parameter days: days with their records, in ascending order, none after asOf.
    init(group: Group, grain: Grain, days: [(day: Day, records: Int)], asOf: Day, settings: AnalysisSettings) {
        let periods = shownPeriods(by: grain, from: days.first?.day, through: asOf, settings: settings)
        var next = days.startIndex
        let points = periods.map { period in
            while next < days.endIndex, days[next].day < period.start { next += 1 }
            var records = 0
            while next < days.endIndex, days[next].day < period.end {
                records += days[next].records
                next += 1
            }
            return VolumePoint(
                period: period, records: records, isUnfinished: asOf.advanced(by: 1) < period.end)
        }
        self.init(group: group, grain: grain, points: points)
    }
}

/// The periods that a series shows; none without a first day.
private func shownPeriods(
    by grain: Grain, from first: Day?, through asOf: Day, settings: AnalysisSettings
) -> [Period] {
    guard let first, first <= asOf, let limit = settings.shownPeriods[grain], limit > 0 else { return [] }
    return Array(Period.covering(Period(from: first, through: asOf), by: grain).suffix(limit))
}
