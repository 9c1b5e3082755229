/// Welch's one-way analysis of variance, which does not assume equal variances.
///
/// Source: B. L. Welch, Biometrika 38 (1951) 330–336, doi:10.1093/biomet/38.3-4.330.
public struct WelchAnova: Sendable, Hashable {
    /// The groups as given.
    public let groups: [GroupSummary]
    /// k − 1.
    public let dfBetween: Double
    /// Welch's denominator degrees of freedom.
    public let dfWithin: Double
    /// The statistic.
    public let f: Double
    /// P(F > f).
    public let p: Double

    /// Throws `.tooFew` below two groups or two observations in a group, `.constant` when a group does not vary. Cost:
    /// the number of groups.
    public init(_ groups: [GroupSummary]) throws(Undefined) {
        try Undefined.require(groups.count, atLeast: 2)
        for group in groups {
            try group.requireSpread()
            guard group.variance > 0 else { throw .constant }
        }
        let k = Double(groups.count)
        let weights = groups.map { 1 / $0.meanVariance }
        let total = weights.compensatedSum
        let origin = groups[0].mean
        let centre = zip(weights, groups).map { $0 * ($1.mean - origin) }.compensatedSum / total
        let between = zip(weights, groups).map {
            let d = $1.mean - origin - centre
            return $0 * d * d
        }.compensatedSum
        let lost = zip(weights, groups).map {
            let share = 1 - $0 / total
            return share * share / Double($1.n - 1)
        }.compensatedSum
        self.groups = groups
        dfBetween = k - 1
        dfWithin = (k * k - 1) / (3 * lost)
        f = between / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * lost)
        p = FisherF.upperTail(f, dfBetween, dfWithin)
    }

    /// Throws as the other initializer, `.empty` for an empty group and `.nonFinite`.
    public init(_ groups: [[Double]]) throws(Undefined) { try self.init(GroupSummary.summaries(groups)) }
}
