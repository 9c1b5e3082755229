/// The outcome of one statistical test.
public struct TestFigures: Sendable, Hashable {
    /// Which test.
    public var method: Method
    /// The value of the test's statistic (t, F, H, U, S …), as the method defines it.
    public var statistic: Double
    /// Its degrees of freedom in the method's order; empty where it has none.
    public var degreesOfFreedom: [Double]
    /// The two-sided probability of a statistic at least as extreme if there were no effect.
    public var p: Double
    /// `p` after the correction over all tests of the report (Benjamini–Hochberg); nil if the test is only shown
    /// beside the one that counts for its question.
    public var pAdjusted: Double?
    /// Which way the true probability lies from `p` where tables end at `p`; nil where `p` is the probability itself.
    public var bound: Bound?
    /// Whether `p` comes from the exact distribution of the statistic (true) or from an approximation to it (false);
    /// nil for tests that have one way only.
    public var isExact: Bool?
    /// Whether values are tied, for tests of ranks; nil for others.
    public var ties: Bool?

    /// Where a probability lies that tables do not reach. Raw values are those of JSON.
    public enum Bound: String, Sendable, Hashable {
        /// At `p` or below it.
        case atMost = "at_most"
        /// At `p` or above it.
        case atLeast = "at_least"
    }

    /// The tests that results may carry. Raw values are the keys of JSON.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Student's t of a regression slope with Newey–West standard error.
        case slopeHAC = "slope_hac"
        /// Student's t of a regression slope with as many degrees of freedom as the days are worth when each depends
        /// on the one before.
        case slopeAR1 = "slope_ar1"
        /// Mann–Kendall, ties corrected.
        case mannKendall = "mann_kendall"
        /// Mann–Kendall with the variance correction of Hamed and Rao for autocorrelation.
        case mannKendallHamedRao = "mann_kendall_hamed_rao"
        /// Welch's t on records.
        case welch = "welch_t"
        /// Welch's t on means per day, weighted by records (days as clusters).
        case welchByDay = "welch_t_by_day"
        /// The same with as many days as they are worth when each depends on the one before.
        case welchByDayAR1 = "welch_t_by_day_ar1"
        /// Student's t of one value against the spread of earlier ones.
        case prediction = "prediction_t"
        /// Student's t of the days since the best of many days, corrected for their number.
        case lastingShift = "lasting_shift_t"
        /// How likely the days would come in this order if any were as likely: a step between levels without scatter.
        case stepPermutation = "step_permutation"
        /// The distance of a value from what season and neighbours lead to expect, over a robust spread, as a normal deviate.
        case robustZ = "robust_z"
        /// Mann–Whitney U.
        case mannWhitney = "mann_whitney"
        /// One-way analysis of variance.
        case anova
        /// Welch's analysis of variance for unequal variances.
        case welchANOVA = "welch_anova"
        /// Kruskal–Wallis.
        case kruskalWallis = "kruskal_wallis"
        /// Brown–Forsythe test of equal spread.
        case brownForsythe = "brown_forsythe"
        /// Pearson's correlation.
        case pearson
        /// Spearman's rank correlation.
        case spearman
        /// Shapiro–Wilk.
        case shapiroWilk = "shapiro_wilk"
        /// Anderson–Darling for a normal with estimated parameters.
        case andersonDarling = "anderson_darling"
        /// D'Agostino and Pearson's K².
        case dagostinoK2 = "dagostino_k2"
        /// Lilliefors.
        case lilliefors
        /// Jarque–Bera.
        case jarqueBera = "jarque_bera"
        /// Hartigan's dip test of one mode.
        case hartiganDip = "hartigan_dip"
        /// Two-sample Kolmogorov–Smirnov.
        case kolmogorovSmirnov = "kolmogorov_smirnov"
        /// Student's t on paired differences.
        case pairedT = "paired_t"
        /// Wilcoxon's signed ranks.
        case wilcoxon
        /// Kendall's τ-b.
        case kendall
        /// Change of level or slope of a segmented regression whose errors depend on those before (Prais and Winsten).
        case segmented
        /// Difference in differences.
        case differenceInDifferences = "difference_in_differences"
        /// Fisher's exact test of two shares.
        case fisherExact = "fisher_exact"
        /// z of two shares with the pooled standard error.
        case twoProportion = "two_proportion_z"
        /// Student's t of two shares of counts that come in clusters.
        case clusteredShares = "clustered_shares_t"
        /// The same of one learner, with weeks as clusters.
        case clusteredWeeks = "clustered_weeks_t"
        /// Pearson's χ² of shares.
        case chiSquared = "chi_squared"
    }

    /// Describes the outcome of a test.
    public init(
        method: Method, statistic: Double, degreesOfFreedom: [Double] = [], p: Double, pAdjusted: Double? = nil,
        bound: Bound? = nil, isExact: Bool? = nil, ties: Bool? = nil
    ) {
        self.method = method
        self.statistic = statistic
        self.degreesOfFreedom = degreesOfFreedom
        self.p = p
        self.pAdjusted = pAdjusted
        self.bound = bound
        self.isExact = isExact
        self.ties = ties
    }
}
