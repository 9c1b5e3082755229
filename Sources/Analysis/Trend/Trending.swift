import Model
import Statistics

extension TrendResult {
    /// The trend of a subject over a look-back period; its direction is still to be judged, after correction.
    ///
    /// - Parameters:
    ///   - days: every day up to asOf with records, in ascending order.
    ///   - spread: the moments of all records in the period.
    ///   - range: of the metric, if it declares one.
    ///
    /// Only the trend over all records is forecast: a forecast costs as much as the rest of a hundred subjects.
    init(
        subject: Subject, days: [DayFigures], spread: Moments, period: Period, range: ClosedRange<Double>?,
        settings: AnalysisSettings
    ) {
        let used = days.filter { $0.n > 0 && period.contains($0.day) }
        let deviation = spread.summarySD
        let steps = StepCalendar(used.map(\.day), from: period.start)
        let line = TrendLine.fit(used, from: period.start, settings: settings)
        let dependence = line.value?.dependence
        self.init(
            subject: subject, period: period, days: used.count, n: spread.n, direction: .insufficient,
            line: line,
            theilSen: RobustSlope.fit(used, from: period.start, dependence: dependence, settings: settings),
            mannKendall: RankTrend.test(used, dependence: dependence, settings: settings),
            smallestChange: Self.smallestChange(of: subject.metric, deviation: deviation, settings: settings),
            change: Self.edges(used, period, deviation, settings),
            sincePrevious: Self.sincePrevious(days, period, deviation, settings),
            sinceSameWeekday: caught { () throws(Absence) in
                try ChangeFigures.sinceSameWeekday(
                    used, asOf: period.last, needed: settings.minimumGroup, recordSD: deviation, settings: settings)
            },
            lastingShift: caught { () throws(Absence) in
                try LastingShift.find(used, recordSD: deviation, settings: settings)
            }, volatility: Volatility.of(used, spread: spread, settings: settings),
            behaviour: SeriesBehaviour(
                used, steps, horizon: subject.group == .all ? settings.forecastDays : 0, range: range,
                settings: settings),
            steps: steps,
            months: caught { () throws(Absence) in try SeasonalProfile(months: days, settings: settings) })
    }

    private static func smallestChange(
        of metric: String, deviation: Double?, settings: AnalysisSettings
    ) -> Answer<Double> {
        if let declared = settings.smallestChange[metric] { return .success(declared) }
        guard let deviation else { return .failure(.noRecords) }
        return deviation > 0 ? .success(settings.smallestEffect * deviation) : .failure(.constant)
    }

    /// The last `edgeDays` of the period against its first.
    private static func edges(
        _ days: [DayFigures], _ period: Period, _ deviation: Double?, _ settings: AnalysisSettings
    ) -> Answer<ChangeFigures> {
        guard let last = period.last, let first = days.first?.day else { return .failure(.noRecords) }
        let late = Period(days: settings.edgeDays, through: last)
        let early = Period(days: settings.edgeDays, through: first.advanced(by: settings.edgeDays - 1))
        guard early.end <= late.start else {
            return .failure(.tooFew(.periods, found: days.count, needed: 2 * settings.edgeDays))
        }
        return between(days, late, early, deviation, settings)
    }

    /// The newest `currentDays` against the equally many before them.
    private static func sincePrevious(
        _ days: [DayFigures], _ period: Period, _ deviation: Double?, _ settings: AnalysisSettings
    ) -> Answer<ChangeFigures> {
        guard let last = period.last else { return .failure(.noRecords) }
        let current = Period(days: settings.currentDays, through: last)
        let previous = Period(days: settings.currentDays, through: current.start.advanced(by: -1))
        return between(days, current, previous, deviation, settings)
    }

    private static func between(
        _ days: [DayFigures], _ current: Period, _ baseline: Period, _ deviation: Double?,
        _ settings: AnalysisSettings
    ) -> Answer<ChangeFigures> {
        caught { () throws(Absence) in
            try ChangeFigures.byDay(days, current, and: baseline, recordSD: deviation, level: settings.level)
        }
    }
}

extension Volatility {
    /// The scatter of daily means, and how much of it the number of records per day explains. Fails below two days.
    static func of(_ days: [DayFigures], spread: Moments, settings: AnalysisSettings) -> Answer<Volatility> {
        guard days.count >= 2 else { return .failure(.tooFew(.periods, found: days.count, needed: 2)) }
        let means = Moments(days.map(\.mean))
        guard let variance = means.variance, varies(days.map(\.mean)) else { return .failure(.constant) }
        let within = days.reduce(0) { $0 + $1.moments.m2 }
        let free = days.reduce(0) { $0 + $1.n - 1 }
        let sampling = days.reduce(0) { $0 + 1 / Double($1.n) } / Double(days.count)
        let byChance = free > 0 ? within / Double(free) * sampling / variance : 0
        let cv = means.mean == 0 ? nil : variance.squareRoot() / abs(means.mean)
        return .success(
            Volatility(
                sd: variance.squareRoot(), cv: cv, chanceShare: min(1, byChance),
                isVolatile: cv.map { $0 > settings.volatileCV } ?? false))
    }
}

extension Moments {
    /// The standard deviation of the values, 0 where rounding alone can leave it; nil below two values.
    var summarySD: Double? {
        variance.map { exceedsRounding(variance: $0, about: mean) ? $0.squareRoot() : 0 }
    }
}
