import Model

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
    /// What others measured, beside what we compute for the same days, oldest first.
    public var measurements: [MeasurementCheck]
}

/// Before against after.
public struct ImprovementFigures: Sendable, Hashable {
    /// The mean before.
    public var before: PeriodMean
    /// The mean after.
    public var after: PeriodMean
    /// after − before in the metric's unit.
    public var difference: Double
    /// Welch's interval of the difference.
    public var interval: Interval
    /// Welch's t on records, which takes them for independent of each other.
    public var welch: TestFigures
    /// The same difference with days as clusters: what a claim rests on, because days vary for reasons of their own.
    public var byDay: Answer<ChangeFigures>
    /// Mann–Whitney on the merged counts.
    public var mannWhitney: Answer<TestFigures>
    /// How near Mann–Whitney is.
    public var countsExactness: Exactness
    /// The standardised difference.
    public var hedgesG: Answer<EffectFigures>
    /// difference / expected change; nil if none was declared or it is 0.
    public var targetAchievement: Double?
}

/// A measurement that came with the exports, checked against our own figures.
public struct MeasurementCheck: Sendable, Hashable {
    /// As supplied.
    public var measurement: Measurement
    /// The supplied change, or current − baseline where only those are given.
    public var suppliedChange: Double?
    /// Our own change from the baseline to the days from the start to the day of the measurement.
    public var ownChange: Answer<ChangeFigures>
    /// Whether the supplied change lies outside the interval of ours; nil if one of them is absent.
    public var contradicts: Bool?
}
