import Model
import Statistics

/// Which way a series of points moves from day to day: the tests of every metric's trend, on the means of its days weighted by time.
///
/// A day counts once, whatever its number of points and however much of it is known; days of which nothing is known are left
/// out. The line's claim is corrected with all other tests of the report.
public struct PointTrend: Sendable, Hashable {
    /// Days of the period of which something is known.
    public var days: Int
    /// The verdict, once the line's claim is corrected; points have no smallest change that matters, so that none is flat but a
    /// series of equal values.
    public var direction: TrendDirection
    /// The line through the means of the days; fails below `AnalysisSettings.minimumPeriods` days and below five.
    public var line: Answer<TrendLine>
    /// The median of the slopes of all pairs of days.
    public var theilSen: Answer<RobustSlope>
    /// The test of a monotone trend.
    public var mannKendall: Answer<RankTrend>
}

extension PointTrend {
    init(_ days: [DayFigures], from origin: Day, settings: AnalysisSettings) {
        line = TrendLine.fit(days, from: origin, settings: settings)
        let dependence = line.value?.dependence
        theilSen = RobustSlope.fit(days, from: origin, dependence: dependence, settings: settings)
        mannKendall = RankTrend.test(days, dependence: dependence, settings: settings)
        self.days = days.count
        direction = .insufficient
    }
}
