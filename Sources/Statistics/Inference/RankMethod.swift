/// How a rank test finds its p-value.
public enum RankMethod: String, Sendable, Hashable {
    /// From the exact null distribution of the statistic, given the ties where a test says that it takes them.
    case exact
    /// From the normal approximation with the variance corrected for ties.
    case normal
}
