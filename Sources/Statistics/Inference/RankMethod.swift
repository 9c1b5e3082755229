/// How a rank test finds its p-value.
public enum RankMethod: String, Sendable, Hashable {
    /// From the exact null distribution of the statistic, which holds for data without ties.
    case exact
    /// From the normal approximation with the variance corrected for ties.
    case normal
}
