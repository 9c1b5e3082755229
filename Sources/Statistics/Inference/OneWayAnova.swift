/// Classic one-way analysis of variance: F = (SSB/(k − 1)) / (SSW/(N − k)).
///
/// Works from the size, mean and variance of each group, so that summed partials serve as well as rows. It assumes one
/// common variance; `WelchAnova` does not. Source: R. A. Fisher, Statistical Methods for Research Workers (1925),
/// doi:10.1007/978-1-4612-4380-9_6.
public struct OneWayAnova: Sendable, Hashable {
    /// The groups as given.
    public let groups: [GroupSummary]
    /// The number of observations in all.
    public let n: Int
    /// Σ nᵢ(mᵢ − m)², in the squared unit of the data.
    public let betweenSumOfSquares: Double
    /// Σ(nᵢ − 1)sᵢ².
    public let withinSumOfSquares: Double
    /// k − 1.
    public let dfBetween: Int
    /// N − k.
    public let dfWithin: Int
    /// The statistic.
    public let f: Double
    /// P(F > f).
    public let p: Double

    /// SSB/(SSB + SSW): the share of the variance that lies between the groups.
    public var etaSquared: Double { betweenSumOfSquares / (betweenSumOfSquares + withinSumOfSquares) }

    /// (SSB − (k−1)·MSW)/(SST + MSW), less biased than η²; may be below 0.
    public var omegaSquared: Double {
        let within = withinSumOfSquares / Double(dfWithin)
        return (betweenSumOfSquares - Double(dfBetween) * within) / (betweenSumOfSquares + withinSumOfSquares + within)
    }

    /// Throws `.tooFew` below two groups or when N = k, `.constant` when nothing varies within the groups. Cost: the
    /// number of groups.
    public init(_ groups: [GroupSummary]) throws(Undefined) {
        try Undefined.require(groups.count, atLeast: 2)
        n = groups.reduce(0) { $0 + $1.n }
        try Undefined.require(n, atLeast: groups.count + 1)
        self.groups = groups
        (dfBetween, dfWithin) = (groups.count - 1, n - groups.count)
        betweenSumOfSquares = Self.between(groups, n: Double(n))
        withinSumOfSquares = groups.map { Double($0.n - 1) * $0.variance }.compensatedSum
        guard withinSumOfSquares > 0 else { throw .constant }
        f = (betweenSumOfSquares / Double(dfBetween)) / (withinSumOfSquares / Double(dfWithin))
        p = FisherF.upperTail(f, Double(dfBetween), Double(dfWithin))
    }

    /// Throws as the other initializer, `.empty` for an empty group and `.nonFinite`.
    public init(_ groups: [[Double]]) throws(Undefined) { try self.init(GroupSummary.summaries(groups)) }

    private static func between(_ groups: [GroupSummary], n: Double) -> Double {
        // Deviations from the first mean keep their digits when all means lie far from zero.
        let origin = groups[0].mean
        let offset = groups.map { Double($0.n) * ($0.mean - origin) }.compensatedSum / n
        return groups.map {
            let d = $0.mean - origin - offset
            return Double($0.n) * d * d
        }.compensatedSum
    }
}

extension GroupSummary {
    /// The summaries of several arrays.
    static func summaries(_ groups: [[Double]]) throws(Undefined) -> [GroupSummary] {
        try groups.map { (group) throws(Undefined) -> GroupSummary in try GroupSummary(group) }
    }
}
