import Statistics

/// The trend of a series that has seasons, by the two classical methods beside `SeasonalProfile`.
public struct SeasonalTrend: Sendable, Hashable {
    /// Steps in a season.
    public var season: Int
    /// Steps without a value: left out of the test, bridged for the decomposition.
    public var gaps: Int
    /// Mann–Kendall within the places of the season, which are taken as independent.
    public var mannKendall: Answer<SeasonalTest>
    /// The series as trend + season + rest (STL, not robust).
    public var decomposition: Answer<Decomposition>

    /// The sums of Mann–Kendall's test over the places of a season.
    public struct SeasonalTest: Sendable, Hashable {
        /// Steps with a value.
        public var n: Int
        /// Σ S.
        public var s: Double
        /// S over the number of pairs compared.
        public var tau: Double
        /// z with correction for continuity.
        public var z: Double
        /// The two-sided p.
        public var p: Double
        /// The median of all slopes within places, per whole season.
        public var slope: Double
    }

    /// A series as the sum of three, one value for every step of `RegularSeries.bridged`.
    public struct Decomposition: Sendable, Hashable {
        /// The spans of the seasonal, trend and low-pass smoothers.
        public var seasonalSpan: Int, trendSpan: Int, lowPassSpan: Int
        /// The slow part.
        public var trend: [Double]
        /// What repeats and may change slowly.
        public var seasonal: [Double]
        /// What is left.
        public var rest: [Double]
        /// max(0, 1 − Var(rest)/Var(trend + rest)), 0 to 1. Fails, as does the season's, below three whole seasons: with two
        /// the season can follow every value, so that nothing but the trend's curve is left over.
        public var trendStrength: Answer<Double>
        /// max(0, 1 − Var(rest)/Var(season + rest)), 0 to 1.
        public var seasonalStrength: Answer<Double>
    }

    /// Looks at a series; each part fails on its own: the test without two values in any place of the season, the
    /// decomposition below two whole seasons, with more than a fifth of the steps missing or without change.
    public init(_ series: RegularSeries, season: Int) {
        self.season = season
        gaps = series.gaps
        mannKendall = computed { () throws(Undefined) in
            let test = try SeasonalMannKendall(series.values, period: season)
            return SeasonalTest(n: test.n, s: test.s, tau: test.tau, z: test.z, p: test.p, slope: test.slope)
        }
        decomposition = caught { () throws(Absence) in
            try series.require(2 * season)
            // What rounding leaves of equal values has no season.
            guard varies(series.bridged) else { throw .constant }
        }.flatMap {
            computed { () throws(Undefined) in
                let parts = try STL(series.bridged, period: season)
                let strength = { (figure: Double) -> Answer<Double> in
                    series.n < 3 * season
                        ? .failure(.tooFew(.periods, found: series.n, needed: 3 * season)) : .success(figure)
                }
                return Decomposition(
                    seasonalSpan: parts.seasonalSpan, trendSpan: parts.trendSpan, lowPassSpan: parts.lowPassSpan,
                    trend: parts.trend, seasonal: parts.seasonal, rest: parts.rest,
                    trendStrength: strength(parts.trendStrength), seasonalStrength: strength(parts.seasonalStrength))
            }
        }
    }
}
