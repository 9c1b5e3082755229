/// What the t, ANOVA and effect-size formulas need of a group: its size, mean and variance.
///
/// Groups that were summed from day partials and groups counted from rows become the same value here.
public struct GroupSummary: Sendable, Hashable {
    /// The number of observations, at least 1.
    public let n: Int
    /// The arithmetic mean.
    public let mean: Double
    /// The sample variance with divisor n − 1; 0 for one observation.
    public let variance: Double

    /// Takes a summary as it is. Throws `.empty` for n < 1, `.nonFinite`, or `.outOfDomain` for a negative variance.
    public init(n: Int, mean: Double, variance: Double) throws(Undefined) {
        guard n >= 1 else { throw .empty }
        guard mean.isFinite, variance.isFinite else { throw .nonFinite }
        guard variance >= 0 else { throw .outOfDomain("a variance is not negative, but \(variance) was given") }
        self.n = n
        self.mean = mean
        self.variance = variance
    }

    /// Summarises a sample with compensated sums. Throws `.empty`, `.overflow` when a sum exceeds the largest Double, or `.underflow`
    /// when values differ by so little that their variance cannot be told from 0.
    public init(_ sample: CountedSample) throws(Undefined) {
        let moments = try CentralMoments(sample, shape: false)
        self.n = sample.n
        mean = moments.mean
        variance = try Self.variance(moments, varies: !sample.isConstant)
    }

    /// Summarises an array in one pass over it for the mean and one for the deviations; nothing is sorted.
    ///
    /// Throws `.empty`, `.nonFinite`, `.overflow` or `.underflow`.
    public init(_ data: [Double]) throws(Undefined) {
        let moments = try CentralMoments(data, shape: false)
        self.n = data.count
        mean = moments.mean
        variance = try Self.variance(moments, varies: data.contains { $0 != data[0] })
    }

    private static func variance(_ moments: CentralMoments, varies: Bool) throws(Undefined) -> Double {
        guard !varies || moments.sum2 >= .leastNormalMagnitude else { throw .underflow }
        return moments.n > 1 ? moments.sum2 / Double(moments.n - 1) : 0
    }

    /// The standard deviation with divisor n − 1.
    public var sd: Double { variance.squareRoot() }

    /// The squared standard error of the mean, s²/n.
    var meanVariance: Double { variance / Double(n) }

    /// The variance within groups, Σ(nᵢ − 1)sᵢ² / Σ(nᵢ − 1), and its degrees of freedom.
    ///
    /// Throws `.constant` where no group varies.
    public static func pooled(_ groups: [GroupSummary]) throws(Undefined) -> (variance: Double, df: Double) {
        let df = Double(groups.reduce(0) { $0 + $1.n } - groups.count)
        let within = groups.map { Double($0.n - 1) * $0.variance }.compensatedSum
        guard within > 0 else { throw .constant }
        return (within / df, df)
    }

    /// Throws unless there are at least two observations.
    func requireSpread() throws(Undefined) { try Undefined.require(n, atLeast: 2) }
}
