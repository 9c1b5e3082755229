import Model

/// One metric compared between the groups of one dimension over the look-back period.
public struct ComparisonResult: Sendable, Hashable {
    /// The dimension's name.
    public var dimension: String
    /// The metric's name.
    public var metric: String
    /// The look-back period.
    public var period: Period
    /// The groups that are large enough, in the order of their values.
    public var groups: [GroupFigures]
    /// Groups below `AnalysisSettings.minimumGroup`, in the order of their values: with their values of the metric, or
    /// with their records where those are already too few.
    public var tooSmall: [SmallGroup]
    /// Groups that are large enough but beyond the `AnalysisSettings.maximumGroups` with most records, in the order of
    /// their values, with their records.
    public var leftOut: [SmallGroup]
    /// Tests of any difference.
    public var omnibus: Answer<OmnibusFigures>
    /// Every pair of groups, a before b in the order of values.
    public var pairs: [PairFigures]
    /// Groups by mean, largest first.
    public var ranking: [RankedGroup]
    /// How places moved since the equally long period before the newest `AnalysisSettings.baselineDays`.
    public var movement: Answer<[RankMovement]>
    /// What drove the metric's change from the previous days to the current ones, by the groups of this dimension.
    public var drivers: Answer<ChangeDrivers>
    /// Dimensions that go together with this one, the closest first: what groups differ in may be theirs.
    public var entangled: [Entanglement] = []

    /// The dimensions that go together with this one and of which two groups share no value, so that nothing tells whose
    /// difference theirs is.
    public func inseparable(_ pair: PairFigures) -> [String] {
        entangled.map(\.dimension).filter { name in !pair.adjustments.contains { $0.dimension == name } }
    }
}

/// One group of a comparison.
public struct GroupFigures: Sendable, Hashable {
    /// The dimension's value.
    public var value: String
    /// Records with a value of the metric.
    public var n: Int
    /// Records without.
    public var missing: Int
    /// The mean.
    public var mean: Double
    /// The interval of the mean: Student's t, or Wilson's for a proportion; nil for values that do not vary.
    public var interval: Interval?
    /// Standard deviation with n − 1.
    public var sd: Double
    /// The median and the interval of its order statistics.
    public var median: Answer<MedianFigures>
}

/// A median with its interval.
public struct MedianFigures: Sendable, Hashable {
    /// The median.
    public var value: Double
    /// The interval between two order statistics by the binomial distribution; nil if n is too small for its level.
    public var interval: Interval?
    /// How near both are.
    public var exactness: Exactness
}

/// Tests of whether any group differs.
public struct OmnibusFigures: Sendable, Hashable {
    /// Welch's, which needs no equal variances. Findings rest on the pairs, not on these tests.
    public var welch: Answer<TestFigures>
    /// Classical analysis of variance, shown beside it.
    public var anova: Answer<TestFigures>
    /// Kruskal–Wallis on the merged counts.
    public var kruskalWallis: Answer<TestFigures>
    /// Brown–Forsythe's test of equal spread on the merged counts.
    public var brownForsythe: Answer<TestFigures>
    /// Pearson's χ² of shares; fails with `.notDeclared` where values other than 0 and 1 occur.
    public var chiSquared: Answer<TestFigures>
    /// How near the two tests on counts are.
    public var countsExactness: Exactness
    /// The share of variance between groups.
    public var etaSquared: Answer<Double>
    /// The same for ranks: H / ((n² − 1) / (n + 1)).
    public var epsilonSquared: Answer<Double>
}

/// Two groups; every sign is b − a.
public struct PairFigures: Sendable, Hashable {
    /// The first group's value.
    public var a: String
    /// The second group's value.
    public var b: String
    /// Records of the first.
    public var countA: Int
    /// Records of the second.
    public var countB: Int
    /// mean(b) − mean(a).
    public var difference: Double
    /// The interval of the difference: Newcombe's for two shares, else Welch's; nil where neither group varies.
    public var reach: Interval?
    /// Welch's t.
    public var welch: Answer<TestFigures>
    /// The tests of two shares; nil where values other than 0 and 1 occur.
    public var shares: SharePair?
    /// Mann–Whitney on the merged counts.
    public var mannWhitney: Answer<TestFigures>
    /// How near figures from counts (Mann–Whitney, Cliff's δ) are.
    public var countsExactness: Exactness
    /// Standardised difference, corrected for small samples.
    public var hedgesG: Answer<EffectFigures>
    /// Kolmogorov–Smirnov on the merged counts.
    public var kolmogorovSmirnov: Answer<TestFigures>
    /// Standardised difference without the correction for small samples.
    public var cohenD: Answer<Double>
    /// P(b > a) − P(b < a).
    public var cliffsDelta: Answer<Double>
    /// The difference among records that are alike in another dimension, one for each that is declared as a pair or goes
    /// together with this one; none where the two groups share no value of it.
    public var adjustments: [MixAdjusted]
    /// The p of `counted` after Holm's correction among the pairs of this comparison; nil without a test.
    public var pHolm: Double?
    /// The p of `counted` after Benjamini and Hochberg's among the pairs of this comparison; nil without a test.
    public var pBH: Double?
}

extension PairFigures {
    /// The test that tells the groups apart, its `pAdjusted` the report-wide one: Fisher's exact test for shares, else
    /// Welch's t, and Mann–Whitney where Welch's is not defined because no group varies.
    public var counted: Answer<TestFigures> {
        if let shares { return .success(shares.fisher) }
        return welch.value != nil ? welch : mannWhitney
    }

    /// Changes `counted` where it stands; does nothing without a test.
    mutating func updateCounted(_ change: (inout TestFigures) -> Void) {
        if var found = shares {
            change(&found.fisher)
            shares = found
        } else if welch.value != nil {
            welch.update(change)
        } else {
            mannWhitney.update(change)
        }
    }

    /// The adjusted differences that speak against the raw one.
    public var contradictions: [MixAdjusted] { adjustments.filter { $0.contradicts(difference) } }

    /// The adjusted differences that are too uncertain to bear the raw one out.
    public var openAdjustments: [MixAdjusted] { adjustments.filter { $0.leavesOpen(difference) } }

    /// Hedges' g; Cohen's h of two shares of which neither varies, so that g is not defined.
    var standardised: Double? { hedgesG.value?.value ?? shares?.cohensH }
}

/// An effect size with its interval.
public struct EffectFigures: Sendable, Hashable {
    /// The effect.
    public var value: Double
    /// Its interval.
    public var interval: Interval
}

/// A group's place among the others.
public struct RankedGroup: Sendable, Hashable {
    /// The dimension's value.
    public var value: String
    /// 1 for the largest mean; equal means share the smaller place.
    public var rank: Int
    /// The mean.
    public var mean: Double
    /// Its interval; nil for values that do not vary.
    public var interval: Interval?
    /// Records.
    public var n: Int
    /// Groups with a number in common cannot be told apart: no pair among them has a Holm-adjusted p below α.
    /// Numbers start at 1 with the best-placed set.
    public var tieGroups: [Int]
}
