/// The Lilliefors test of normality: the Kolmogorov–Smirnov distance to the normal with estimated mean and sd (n − 1).
///
/// Source: H. W. Lilliefors, J. Am. Stat. Assoc. 62 (1967), doi:10.1080/01621459.1967.10482916; p by linear
/// interpolation in a table of ten million simulations per size.
public struct Lilliefors: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The largest distance between the empirical and the fitted distribution function.
    public let d: Double
    /// The p-value, cut to 0.001…0.99, the ends of the table.
    public let p: Double
    /// Whether p is an end of the table and the true value lies beyond it.
    public let isBound: Bool

    /// Throws `.tooFew` below four observations, `.constant`. Cost: one cdf for each distinct value.
    public init(_ sample: CountedSample) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 4)
        let group = try GroupSummary(sample)
        guard group.variance > 0 else { throw .constant }
        let size = Double(sample.n)
        var before = 0
        var distance = 0.0
        for (value, count) in zip(sample.values, sample.counts) {
            let f = Normal.cdf((value - group.mean) / group.sd)
            distance = Swift.max(distance, f - Double(before) / size, Double(before + count) / size - f)
            before += count
        }
        n = sample.n
        d = distance
        (p, isBound) = Self.p(distance, n: sample.n)
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }

    private static func p(_ d: Double, n: Int) -> (Double, Bool) {
        let critical = LillieforsTable.criticalValues(n: n)
        let tails = LillieforsTable.tails
        guard let upper = critical.firstIndex(where: { $0 >= d }) else { return (tails[tails.count - 1], true) }
        guard upper > 0 else { return (tails[0], d < critical[0]) }
        let share = (d - critical[upper - 1]) / (critical[upper] - critical[upper - 1])
        return (tails[upper - 1] + (tails[upper] - tails[upper - 1]) * share, false)
    }
}
