import Model
import Statistics

/// An intervention's metric before and after it began.
public struct ImprovementResult: Sendable, Hashable {
    /// The intervention.
    public var intervention: Intervention
    /// What is measured: its metric in its scope; nil if it names no known metric.
    public var subject: Subject?
    /// The days before: `AnalysisSettings.baselineDays` up to the day before the start.
    public var before: Period
    /// The days after: from the start to its last day or asOf, whichever is earlier; empty if it has not begun.
    public var after: Period
    /// The comparison.
    public var figures: Answer<ImprovementFigures>
    /// Level and slope before and after, by segmented regression of the daily means.
    public var segmented: Answer<SegmentedFigures>
    /// The change against that of the records outside the scope over the same days; fails for a scope of all records.
    public var control: Answer<ControlFigures>
    /// What is credited where no day leaves the level of its side; nil where days vary.
    public internal(set) var whole: CreditedEffect?
    /// Level and slope of what is credited: of the daily differences from the records outside the scope where there are such.
    public internal(set) var creditedFit: Answer<SegmentedFigures>
    /// The dimension of which other shares of groups make most of after − before; nil where none does, and where no effect is told.
    public internal(set) var makeUp: MakeUp?
    /// The ids of other interventions whose effect cannot be told from that of this one (see `ImprovementOverlap`).
    public var sharedWith: [String] = []
    /// What is left of the change some days later, in the order of `AnalysisSettings.followUpDays`.
    public var followUps: [FollowUp]
    /// What has become of the change.
    public var outcome: Outcome
    /// How far the baseline lay from the days before it, in their standard deviations; fails without enough of them.
    public var baselineShift: Answer<Double>
    /// What others measured, beside what we compute for the same days, oldest first.
    public var measurements: [MeasurementCheck]
}

/// Before against after.
public struct ImprovementFigures: Sendable, Hashable {
    /// The mean before, over the days of `ImprovementResult.before` from the first to the last with a value.
    public var before: PeriodMean
    /// The mean after, likewise.
    public var after: PeriodMean
    /// after − before in the metric's unit.
    public var difference: Double
    /// The interval of the difference by records: Newcombe's for shares, else Welch's; nil where neither period varies.
    public var interval: Interval?
    /// Welch's t on records, which takes them for independent of each other; fails where neither period varies.
    public var welch: Answer<TestFigures>
    /// The tests of two shares, by records; nil where values other than 0 and 1 occur.
    public var shares: SharePair?
    /// The same difference with days as clusters, as many as they are worth when each depends on the one before: what a
    /// claim rests on, because days vary for reasons of their own.
    public var byDay: Answer<ChangeFigures>
    /// Mann–Whitney on the merged counts.
    public var mannWhitney: Answer<TestFigures>
    /// How near Mann–Whitney is.
    public var countsExactness: Exactness
    /// The standardised difference.
    public var hedgesG: Answer<EffectFigures>
}

/// A segmented regression: daily mean = a + b · day + level · after + slope · after · (day − start).
public struct SegmentedFigures: Sendable, Hashable {
    /// The days that were fitted; gaps were bridged.
    public var period: Period
    /// Days with a value.
    public var days: Int
    /// The jump at the start.
    public var level: SegmentedTerm
    /// The change of the slope, per day.
    public var slope: SegmentedTerm
    /// What the line before leads to expect of each day from the start on, with the interval of that mean.
    public var counterfactual: [CounterfactualPoint]
    /// The mean distance of the fit from the counterfactual over the days from the start on.
    public var meanEffect: Double
    /// The mean over the records of the fitted days from the start on less that of the days before.
    public var meanChange: Double
    /// How much each day depends on the one before once level and slope are told.
    public var dependence: FirstOrderDependence
}

extension SegmentedFigures {
    /// Whether it finds a change of the sign of `difference` in level or slope at the start, each at half of
    /// 1 − `level` because there are two.
    ///
    /// It knows what was under way before: a metric that rose all along lies higher after any day, and this says no.
    func confirms(_ difference: Double, level: Double) -> Bool {
        [self.level, slope].contains { term in
            term.test.p < (1 - level) / 2 && (term.estimate > 0) == (difference > 0)
        }
    }
}

/// A coefficient of a segmented regression whose errors depend on those before.
public struct SegmentedTerm: Sendable, Hashable {
    /// The coefficient.
    public var estimate: Double
    /// Its interval.
    public var interval: Interval
    /// The test of 0.
    public var test: TestFigures
}

/// One day as it would have been.
public struct CounterfactualPoint: Sendable, Hashable {
    /// The day.
    public var day: Day
    /// The expected mean.
    public var value: Double
    /// The interval of that mean.
    public var interval: Interval
}

/// Difference in differences of days, which count as their records in scope do and as many as they are worth when each
/// depends on the one before: by how much is told by the segmented regression of the differences where that is possible, because a group
/// that climbs from the start on would look like days that follow each other.
public struct ControlFigures: Sendable, Hashable {
    /// The change in scope, by records.
    public var treatedChange: Double
    /// The change outside of it, each day counting as its records in scope do.
    public var controlChange: Double
    /// The first less the second.
    public var estimate: Double
    /// Its interval.
    public var interval: Interval
    /// The test of 0.
    public var test: TestFigures
    /// The estimate in standard deviations of the records in scope; nil if they have no spread.
    public var standardised: Double?
    /// Level and slope of the daily differences between the records in scope and the others.
    public var segmented: Answer<SegmentedFigures>
}

/// The change some days after the start.
public struct FollowUp: Sendable, Hashable {
    /// Days after the start.
    public var day: Int
    /// The days that are compared with the baseline.
    public var period: Period
    /// The comparison, of the differences from the records outside the scope where there is a control; fails while those
    /// days are not over, where they have too few values, and where no day leaves the level of its side.
    public var change: Answer<ChangeFigures>
    /// The mean of those days less the baseline's, which is known where no day leaves its level, too; nil without figures.
    public var difference: Double?
}

/// What has become of a change.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// It was there, the newest follow-up still shows it, and it stands (`ImprovementResult.isClaimed`).
    case held
    /// It was there, the newest follow-up does not show it, and it became smaller by more than chance allows.
    case faded
    /// The newest follow-up shows the opposite.
    case reversed
    /// No follow-up shows a change, or the newest one tells neither that it is still there nor that it became smaller.
    case unclear
    /// There are too few days or records.
    case insufficient
}
