import Model

/// How the values of one metric are spread in one group over the look-back period.
public struct DistributionResult: Sendable, Hashable {
    /// What is measured.
    public var subject: Subject
    /// The look-back period.
    public var period: Period
    /// Records with a value.
    public var n: Int
    /// Records without one.
    public var missing: Int
    /// Figures from sums; always exact.
    public var moments: Answer<MomentFigures>
    /// Figures from ranks, with their exactness.
    public var quantiles: Answer<QuantileFigures>
    /// Bars to draw.
    public var histogram: Answer<HistogramFigures>
    /// A box to draw.
    public var box: Answer<BoxFigures>
    /// Counts in the quality bands; nil for a metric that has none, and where values lie outside its bins.
    public var bands: [BandCount]?
    /// Tests of normality on the sample.
    public var normality: Answer<NormalityFigures>
    /// Values far from the others.
    public var outliers: Answer<OutlierFigures>
    /// Curves, shape and drift; nil for parts of the records, where nobody looks at them.
    public var detail: DistributionDetail?
}

/// What is told of the distribution of all records.
public struct DistributionDetail: Sendable, Hashable {
    /// Density, cumulative shares and normal quantiles.
    public var curves: Answer<CurveFigures>
    /// The shape that it comes nearest to.
    public var shape: Answer<ShapeFigures>
    /// The newest days against the equally many before.
    public var sincePrevious: Answer<DriftFigures>
    /// The newest days against the first days of the look-back period (`AnalysisSettings.baselineDays`).
    public var sinceBaseline: Answer<DriftFigures>
    /// The bands in each ISO week of the look-back period with values, in order; empty for a metric without bands.
    public var bandWeeks: [BandWeek]
}

/// The quality bands of one week.
public struct BandWeek: Sendable, Hashable {
    /// The week; the first and the last may reach beyond the look-back period.
    public var week: Period
    /// Values in it.
    public var n: Int
    /// Each band, in order.
    public var bands: [BandCount]
}

/// Figures that add up exactly over days.
public struct MomentFigures: Sendable, Hashable {
    /// The arithmetic mean.
    public var mean: Double
    /// The interval of the mean: Student's t, or Wilson's for a proportion; nil for a single value.
    public var meanInterval: Interval?
    /// Variance with n − 1; nil for a single value.
    public var variance: Double?
    /// Its root; nil for a single value.
    public var sd: Double?
    /// sd / |mean|; nil at mean 0 or without sd.
    public var cv: Double?
    /// Skewness g₁ of the moments with divisor n, not corrected for bias; nil without spread.
    public var skewness: Double?
    /// Excess kurtosis g₂ of the moments with divisor n, not corrected for bias; nil without spread.
    public var kurtosis: Double?
    /// The smallest value.
    public var min: Double
    /// The largest value.
    public var max: Double
    /// max − min.
    public var range: Double { max - min }
}

/// Figures from ranks.
public struct QuantileFigures: Sendable, Hashable {
    /// How near they are.
    public var exactness: Exactness
    /// Type 7 (linear between order statistics), binned values as the middle of their bin; in the order of the
    /// settings.
    public var quantiles: [Quantile]
    /// The median.
    public var median: Double
    /// The lower quartile.
    public var q1: Double
    /// The upper quartile.
    public var q3: Double
    /// q3 − q1.
    public var iqr: Double { q3 - q1 }
    /// Median absolute deviation from the median, not scaled.
    public var mad: Double
    /// The most frequent value (the smallest of equals), or the middle of the fullest bin; nil if none occurs twice.
    public var mode: Double?
    /// How many distinct values (or bins that are not empty) there are.
    public var distinct: Int

    /// One quantile.
    public struct Quantile: Sendable, Hashable {
        /// The share of values at or below, 0 to 1.
        public var share: Double
        /// The value.
        public var value: Double
    }

    /// The quantile of one of the declared shares (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99).
    public func quantile(_ share: Double) -> Double? { quantiles.first { $0.share == share }?.value }
}

/// Counts per bar, ready to draw.
public struct HistogramFigures: Sendable, Hashable {
    /// The bars in order; for equal widths empty ones between full ones stand with count 0.
    public var bins: [HistogramBin]
    /// How the edges were chosen.
    public var rule: Rule

    /// How edges were chosen.
    public enum Rule: String, Sendable, Hashable {
        /// Few distinct values: one bar for each, centred on it.
        case distinctValues = "distinct_values"
        /// Equal widths by Freedman and Diaconis, rounded to 1, 2, 2.5 or 5 × 10^k. Counts are exact.
        case freedmanDiaconis = "freedman_diaconis"
        /// Equal widths as above; values were counted in finer bins whose middle decides the bar.
        case freedmanDiaconisBinned = "freedman_diaconis_binned"
    }
}

/// One bar: values in [low, high), the last one with its upper edge.
public struct HistogramBin: Sendable, Hashable {
    /// The lower edge.
    public var low: Double
    /// The upper edge.
    public var high: Double
    /// How many values.
    public var count: Int
}

/// A box as Tukey draws it.
public struct BoxFigures: Sendable, Hashable {
    /// How near the figures are.
    public var exactness: Exactness
    /// The end of the lower whisker: the smallest value not below q1 − 1.5 IQR.
    public var lowWhisker: Double
    /// The lower quartile.
    public var q1: Double
    /// The median.
    public var median: Double
    /// The upper quartile.
    public var q3: Double
    /// The end of the upper whisker: the largest value not above q3 + 1.5 IQR.
    public var highWhisker: Double
    /// The mean.
    public var mean: Double
    /// Values below the lower whisker.
    public var lowOutliers: Int
    /// Values above the upper whisker.
    public var highOutliers: Int
    /// The smallest and the largest value, where they lie beyond the whiskers.
    public var extremes: [Double]
}

/// How many values fall into one quality band, [low, high), the last one with its upper edge.
public struct BandCount: Sendable, Hashable {
    /// The band.
    public var band: QualityBand
    /// How many.
    public var count: Int
    /// Their share of all values.
    public var share: Double
    /// Wilson's interval of the share.
    public var interval: Interval
    /// How near the counts are: bins that straddle an edge make them inexact.
    public var exactness: Exactness
}

/// Tests of normality on the sample of whole records.
public struct NormalityFigures: Sendable, Hashable {
    /// The sample; `.exact` when it holds every value.
    public var exactness: Exactness
    /// Values that were tested.
    public var n: Int
    /// The tests that could be computed, in a fixed order.
    public var tests: [TestFigures]
    /// Where a test could not be computed, why.
    public var refused: [Refusal]

    /// A test that was not computed.
    public struct Refusal: Sendable, Hashable {
        /// The test.
        public var method: TestFigures.Method
        /// Why.
        public var absence: Absence
    }
}
