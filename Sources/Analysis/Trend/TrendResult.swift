import Model
import Statistics

/// Whether and how one metric moves in one group over the look-back period, from daily means.
public struct TrendResult: Sendable, Hashable {
    /// What is measured.
    public var subject: Subject
    /// The look-back period.
    public var period: Period
    /// Days of the period with a value.
    public var days: Int
    /// Records with a value in the period.
    public var n: Int
    /// The verdict of `TrendDirection`'s rule.
    public var direction: TrendDirection
    /// The line through the daily means.
    public var line: Answer<TrendLine>
    /// The median of the slopes of all pairs of days.
    public var theilSen: Answer<RobustSlope>
    /// The test of a monotone trend.
    public var mannKendall: Answer<RankTrend>
    /// The smallest change over the period that is worth calling one, in the metric's unit: the bound of `flat`.
    public var smallestChange: Answer<Double>
    /// The last days of the period against its first days (`AnalysisSettings.edgeDays` each).
    public var change: Answer<ChangeFigures>
    /// The newest days against the equally many before them (`AnalysisSettings.currentDays`).
    public var sincePrevious: Answer<ChangeFigures>
    /// The newest day against the same weekday of the weeks before.
    public var sinceSameWeekday: Answer<ChangeFigures>
    /// The day since which the level is another one.
    public var lastingShift: Answer<LastingShift>
    /// How much the daily means scatter.
    public var volatility: Answer<Volatility>
    /// Season, level shifts, anomalies and forecast of the daily means of the period.
    public var behaviour: SeriesBehaviour
    /// The steps of `behaviour`, from the first with a value on.
    public var steps: StepCalendar
    /// Levels by calendar month of all history (0 for January); fails below two years.
    public var months: Answer<SeasonalProfile>

    /// The first day of a step of `behaviour`.
    public func day(of step: Int) -> Day { steps.day(of: step) }

    /// A step of `behaviour` as JSON names it: `2026-11-19`, `2026-W47`, `2026-11`, `2026-Q4`.
    public func label(of step: Int) -> String { steps.label(of: step) }
}

/// Which way a metric moves, by one rule for all metrics and periods.
///
/// - `insufficient`: fewer days with a value than `AnalysisSettings.minimumPeriods`, or fewer records than
///   `AnalysisSettings.minimumGroup`.
/// - `rising`, `falling`: the adjusted p of the line's `claim` is below α and its interval lies above or below 0.
/// - `flat`: otherwise, if the whole interval of the change over the period (slope × days between first and last)
///   lies within ± `TrendResult.smallestChange`; also a series of equal values.
/// - `inconclusive`: otherwise. The data fit a change that matters and none at all.
public enum TrendDirection: String, Sendable, Hashable, CaseIterable {
    /// The slope is above 0.
    case rising
    /// The slope is below 0.
    case falling
    /// Any change is too small to matter.
    case flat
    /// Nothing can be said.
    case inconclusive
    /// Too little data to try.
    case insufficient
}

/// The least-squares line through the means per day; every day counts the same, whatever its number of records,
/// because days vary for reasons of their own. Days without a value are left out, not filled.
public struct TrendLine: Sendable, Hashable {
    /// Change per calendar day.
    public var slope: Double
    /// The line on the period's first day.
    public var intercept: Double
    /// The interval of the slope that belongs to `claim`: with the number of days reduced by their autocorrelation.
    public var interval: Interval
    /// The standard error of the slope behind it.
    public var standardError: Double
    /// The interval with the Newey–West standard error, which belongs to `test`.
    public var neweyWestInterval: Interval
    /// The share of the daily means' variance that the line explains.
    public var rSquared: Double
    /// How many days back the Newey–West standard error reckons with autocorrelation.
    public var lag: Int
    /// How much what the line leaves of a day depends on the day before.
    public var dependence: FirstOrderDependence
    /// The test of slope 0 with the Newey–West standard error, shown beside `claim`: with some dozens of days it
    /// rejects too often far out in the tail, where a report with many tests has to look.
    public var test: TestFigures
    /// The test of slope 0 that counts: with the number of days reduced by their autocorrelation.
    public var claim: TestFigures
    /// Days between the first and the last value.
    public var span: Int
    /// Slope × span: the change over the period along the line.
    public var totalChange: Double
    /// The interval of `totalChange`.
    public var totalChangeInterval: Interval
    /// The first day that has a value, where a drawn line begins.
    public var firstDay: Day
    /// The last day that has a value.
    public var lastDay: Day
    /// The first day of the period, where `intercept` holds.
    public var origin: Day

    /// The line's value on a day.
    public func value(on day: Day) -> Double { intercept + slope * Double(origin.distance(to: day)) }
}

/// Theil–Sen slope, which a few wild days cannot turn.
public struct RobustSlope: Sendable, Hashable {
    /// Change per calendar day.
    public var slope: Double
    /// Sen's interval, which takes days as independent.
    public var interval: Interval
    /// The same with the variance of days that depend on the one before; nil without a least-squares line.
    public var dependentInterval: Interval?
}

/// Mann–Kendall's test.
public struct RankTrend: Sendable, Hashable {
    /// Later minus earlier: pairs of days that rise less those that fall.
    public var s: Int
    /// S over the number of pairs of days (Kendall's τ_a).
    public var tau: Double
    /// The standardised statistic, continuity corrected.
    public var z: Double
    /// The test; its method says whether autocorrelation was corrected for.
    public var test: TestFigures
    /// p with the variance of days that depend on the one before (Yue and Wang); nil without a least-squares line.
    public var dependentP: Double?
}

/// One mean against an earlier one.
public struct ChangeFigures: Sendable, Hashable {
    /// The later one.
    public var current: PeriodMean
    /// The earlier one.
    public var baseline: PeriodMean
    /// Current − baseline in the metric's unit.
    public var difference: Double
    /// The interval of the difference (for the same-weekday comparison: of the surprise, a prediction interval).
    public var interval: Interval
    /// Difference / |baseline|; nil at baseline 0.
    public var relative: Double?
    /// The difference in standard deviations of the records (for the same-weekday comparison, too); nil if they
    /// have no spread.
    public var standardised: Double?
    /// The test of no difference.
    public var test: TestFigures
}

/// The mean of the records of some days.
public struct PeriodMean: Sendable, Hashable {
    /// From the first day to the last; for same weekdays the days between are not used.
    public var period: Period
    /// Days with a value.
    public var days: Int
    /// Records with a value.
    public var n: Int
    /// The mean over records (over days, for lasting shifts; what is expected, for the baseline of one and of the same
    /// weekdays).
    public var mean: Double
}

/// Spread of the means per day.
public struct Volatility: Sendable, Hashable {
    /// Standard deviation of the daily means.
    public var sd: Double
    /// `sd` / |mean of the daily means|; nil at mean 0.
    public var cv: Double?
    /// The share of `sd²` that the numbers of records per day would explain by chance alone, at most 1.
    public var chanceShare: Double
    /// Whether `cv` is above `AnalysisSettings.volatileCV`.
    public var isVolatile: Bool
}
