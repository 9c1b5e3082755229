import Model
import Statistics

/// How many records the days bring, looked at like any series, on the scale of logarithms: half and double are equally far.
public struct VolumeBehaviour: Sendable, Hashable {
    /// The days that are steps.
    public var steps: StepCalendar
    /// Weekdays, shifts and unusual days of the logarithm of the daily number of records. Days without any are gaps, or
    /// no steps where their weekday brings none.
    public var behaviour: SeriesBehaviour
    /// The newest day with records against what its weekday and the days before lead to expect, in logarithms: its
    /// difference is that of the logarithms, and so is its standardised difference.
    public var newest: Answer<ChangeFigures>
    /// The day since which the days bring more or fewer records up to now, in logarithms.
    public var lastingShift: Answer<LastingShift>

    /// The days of the period on which the number of records is unusual, in order: beyond `settings.anomalyScore` robust
    /// standard deviations, and as many times what counting alone scatters (1 / √expected).
    public var unusual: Answer<[UnusualVolume]>

    /// What each weekday brings more or less than the geometric mean of the week, as a share of that.
    public var weekdays: Answer<SeasonalProfile> {
        behaviour.season.map { season in
            let share = { (logarithm: Double) in Logarithm.inverse(logarithm) - 1 }
            var shown = season
            for place in shown.levels.indices {
                shown.levels[place].offset = share(shown.levels[place].offset)
                shown.levels[place].interval = shown.levels[place].interval.map {
                    Interval(low: share($0.low), high: share($0.high), level: $0.level)
                }
            }
            return shown
        }
    }
}

/// A day whose number of records is unusual.
public struct UnusualVolume: Sendable, Hashable {
    /// The day.
    public var day: Day
    /// What came.
    public var records: Int
    /// What the days around it and its weekday lead to expect.
    public var expected: Double
    /// The difference of the logarithms in robust standard deviations.
    public var score: Double
}

extension VolumeBehaviour {
    /// Looks at the days of a period, in order, each with its number of records, which is above 0.
    init?(_ volumes: [(day: Day, records: Int)], period: Period, settings: AnalysisSettings) {
        let used = volumes.filter { period.contains($0.day) }
        guard !used.isEmpty else { return nil }
        // One value a day: nothing scatters within a day, so that all noise is that between days.
        let days = used.map {
            DayFigures(day: $0.day, moments: Moments([Logarithm.of(Double($0.records))]), missing: 0)
        }
        steps = StepCalendar(days.map(\.day), from: period.start)
        behaviour = SeriesBehaviour(days, steps, settings: settings)
        unusual = behaviour.anomalies.map { [steps] found in
            found.compactMap { step in
                let expected = Logarithm.inverse(step.expected)
                guard abs(step.value - step.expected) > settings.anomalyScore / expected.squareRoot() else {
                    return nil
                }
                return UnusualVolume(
                    day: steps.day(of: step.index),
                    records: Int(Logarithm.inverse(step.value).rounded()), expected: expected, score: step.score)
            }
        }
        newest = caught { () throws(Absence) in
            try ChangeFigures.sinceSameWeekday(
                days, asOf: days.last?.day, needed: 0, recordSD: 1, settings: settings)
        }
        lastingShift = caught { () throws(Absence) in
            try LastingShift.find(days, recordSD: 1, settings: settings)
        }
    }
}
