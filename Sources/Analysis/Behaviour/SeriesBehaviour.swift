import Statistics

/// What a series of equal steps does beside its trend.
public struct SeriesBehaviour: Sendable, Hashable {
    /// The steps that were looked at.
    public var series: RegularSeries
    /// Levels by place in the season (the weekday, for days); fails below three seasons.
    public var season: Answer<SeasonalProfile>
    /// Where level or slope change; empty where they do not.
    public var shifts: Answer<[LevelShift]>
    /// Every step with a value, with what season and slow movement lead us to expect of it.
    public var expectations: Answer<[Expectation]>
    /// The next steps; fails with `.notDeclared` where none were asked for.
    public var forecast: Answer<ForecastFigures>

    /// Steps whose value is unusual for what the series led us to expect.
    public var anomalies: Answer<[Expectation]> { expectations.map { $0.filter(\.isAnomaly) } }
}

/// Levels by place in the season.
public struct SeasonalProfile: Sendable, Hashable {
    /// One level for each place that has values, in order.
    public var levels: [SeasonalLevel]
    /// Kruskal–Wallis on what the slow movement leaves of each step, by place in the season.
    public var test: TestFigures
    /// How strong the season is against what is left, max(0, 1 − Var(rest) / Var(season + rest)): 0 none, 1 all. X. Wang,
    /// K. Smith and R. Hyndman 2006, doi:10.1007/s10618-005-0039-x.
    public var strength: Double
}

/// One place in the season.
public struct SeasonalLevel: Sendable, Hashable {
    /// 0 for the first place (Monday, January).
    public var position: Int
    /// Steps with a value there.
    public var n: Int
    /// How far it lies from the mean of all places, in the unit of the values.
    public var offset: Double
    /// The interval of the offset: Student's t over the steps there; nil for a single one.
    public var interval: Interval?
}

/// A place where the level or the slope of a series changes.
public struct LevelShift: Sendable, Hashable {
    /// What changes.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The level: the means on either side differ.
        case level
        /// The slope: the series bends.
        case slope
    }

    /// The first step after the change.
    public var index: Int
    /// What changes there.
    public var kind: Kind
    /// The mean since the shift before, season removed.
    public var before: Double
    /// The mean up to the next shift, season removed.
    public var after: Double
    /// after − before.
    public var difference: Double
    /// The interval of the difference by Welch's t on as many steps as these are worth when each depends on the one
    /// before; it takes the place of the shift as known. Nil where nothing varies.
    public var interval: Interval?
    /// The slope after less the slope before, per step; nil where no lines can be fitted.
    public var slopeChange: Double?
    /// Its interval, of the same kind.
    public var slopeInterval: Interval?
}

/// One step against what the series led us to expect.
public struct Expectation: Sendable, Hashable {
    /// The step.
    public var index: Int
    /// Its value.
    public var value: Double
    /// The median of the neighbours plus the season.
    public var expected: Double
    /// The bounds beyond which a step is called an anomaly.
    public var bounds: ClosedRange<Double>
    /// (value − expected) over the robust spread of all such differences.
    public var score: Double
    /// Whether the value lies outside the bounds.
    public var isAnomaly: Bool
}

/// The next steps of a series.
public struct ForecastFigures: Sendable, Hashable {
    /// What was fitted.
    public var model: String
    /// Steps with a value that it was fitted to, the last ones of a long series.
    public var n: Int
    /// Steps with a value that the series has.
    public var outOf: Int
    /// Gaps among those that it was fitted to, bridged for it.
    public var gaps: Int
    /// The next steps in order.
    public var points: [ForecastPoint]
    /// The level of the prediction intervals.
    public var level: Double
    /// Whether a value or bound was held within the metric's range.
    public var isClamped: Bool
    /// How the same model did on the past; fails where the series is too short for it.
    public var backTest: Answer<BackTestFigures>
}

/// One step ahead.
public struct ForecastPoint: Sendable, Hashable {
    /// Steps after the last one; 1 for the next.
    public var step: Int
    /// The expected value.
    public var value: Double
    /// The prediction interval.
    public var interval: Interval
}

/// The errors of a forecast at rolling origins in the past.
public struct BackTestFigures: Sendable, Hashable {
    /// Steps ahead at every origin.
    public var horizon: Int
    /// Origins.
    public var origins: Int
    /// Mean absolute error in the unit of the values.
    public var mae: Double
    /// The same in per cent, symmetric, 0 to 200.
    public var smape: Double
    /// The mean absolute error over that of repeating the last season; nil for a series that repeats exactly.
    public var mase: Double?
    /// The share of values that lay inside their prediction intervals.
    public var coverage: Double
    /// The same errors by how many steps were forecast, the shortest first: those of `AnalysisSettings.backTestHorizons` and
    /// `horizon` that the series has room for.
    public var horizons: [Horizon] = []

    /// The errors over so many steps.
    public struct Horizon: Sendable, Hashable {
        /// Steps ahead at every origin.
        public var steps: Int
        /// Origins.
        public var origins: Int
        /// Different steps of the series that were compared; origins may share some.
        public var distinct: Int
        /// Mean absolute error in the unit of the values.
        public var mae: Double
        /// The share of values that lay inside their prediction intervals.
        public var coverage: Double
    }
}
