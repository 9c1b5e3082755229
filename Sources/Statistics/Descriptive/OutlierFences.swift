/// Limits beyond which a value counts as unusual in its own distribution.
///
/// Sources: quartiles: J. W. Tukey, Exploratory Data Analysis (1977), ch. 2, ISBN 0-201-07616-0; modified z: B. Iglewicz, D. C.
/// Hoaglin, How to Detect and Handle Outliers (1993), ch. 3, ISBN 0-87389-247-X.
public struct OutlierFences: Sendable, Hashable {
    /// Where the limits stand.
    public enum Rule: Sendable, Hashable {
        /// q1 − k·IQR and q3 + k·IQR with type 7 quartiles (Tukey: k = 1.5).
        case quartiles(Double)
        /// mean ± k·sd with divisor n − 1.
        case zScore(Double)
        /// |0.67449·(x − median)/MAD| = k (B. Iglewicz, D. C. Hoaglin 1993: k = 3.5). Where the MAD is 0, the mean absolute
        /// deviation from the median stands in as 1.253314·MeanAD, as they advise.
        case modifiedZ(Double)
    }

    /// The number of observations.
    public let n: Int
    /// The rule with its multiple.
    public let rule: Rule
    /// Values below this are unusual; the limit itself is not.
    public let low: Double
    /// Values above this are unusual; the limit itself is not.
    public let high: Double
    /// How many observations lie below.
    public let below: Int
    /// How many observations lie above.
    public let above: Int
    /// Whether the mean absolute deviation stood in for a MAD of 0.
    public let usedMeanDeviation: Bool

    /// How many observations are unusual.
    public var count: Int { below + above }

    /// Throws `.empty`, `.tooFew` below two observations, `.constant` for z rules, `.outOfDomain` for a multiple ≤ 0.
    /// Cost: the distinct values.
    public init(_ sample: CountedSample, rule: Rule = .quartiles(1.5)) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 2)
        let limits = try Self.limits(sample, rule)
        (low, high, usedMeanDeviation) = limits
        n = sample.n
        self.rule = rule
        let pairs = zip(sample.values, sample.counts)
        below = pairs.reduce(0) { $1.0 < limits.low ? $0 + $1.1 : $0 }
        above = pairs.reduce(0) { $1.0 > limits.high ? $0 + $1.1 : $0 }
    }

    /// mean ± k·sd where both are known better than from values that were counted in bins; the values are counted as they
    /// stand in the sample. Throws `.constant` for an sd of 0, `.outOfDomain` for a multiple ≤ 0.
    public init(_ sample: CountedSample, mean: Double, sd: Double, multiple: Double) throws(Undefined) {
        guard sd > 0 else { throw .constant }
        let reach = try Self.positive(multiple) * sd
        let (low, high) = (mean - reach, mean + reach)
        (self.low, self.high, usedMeanDeviation, n, rule) = (low, high, false, sample.n, .zScore(multiple))
        let pairs = zip(sample.values, sample.counts)
        below = pairs.reduce(0) { $1.0 < low ? $0 + $1.1 : $0 }
        above = pairs.reduce(0) { $1.0 > high ? $0 + $1.1 : $0 }
    }

    /// Sorts first. Throws as the first initializer, and `.nonFinite`.
    public init(_ data: [Double], rule: Rule = .quartiles(1.5)) throws(Undefined) {
        try self.init(CountedSample(data), rule: rule)
    }

    /// Whether a value lies outside.
    public func isOutside(_ value: Double) -> Bool { value < low || value > high }

    private static func limits(
        _ sample: CountedSample, _ rule: Rule
    ) throws(Undefined) -> (low: Double, high: Double, usedMeanDeviation: Bool) {
        switch rule {
        case .quartiles(let k):
            let (q1, q3) = try Quantiles(sample).quartiles
            let reach = try positive(k) * (q3 - q1)
            return (q1 - reach, q3 + reach, false)
        case .zScore(let k):
            let group = try GroupSummary(sample)
            guard group.variance > 0 else { throw .constant }
            let reach = try positive(k) * group.sd
            return (group.mean - reach, group.mean + reach, false)
        case .modifiedZ(let k):
            let deviation = try MedianDeviation(sample)
            let scale =
                try deviation.mad > 0 ? deviation.mad / 0.6744897501960817 : meanDeviation(sample, deviation.median)
            let reach = try positive(k) * scale
            return (deviation.median - reach, deviation.median + reach, deviation.mad == 0)
        }
    }

    private static func positive(_ k: Double) throws(Undefined) -> Double {
        guard k > 0, k.isFinite else { throw .outOfDomain("a multiple is above 0, not \(k)") }
        return k
    }

    /// 1.253314 = √(π/2) makes the mean absolute deviation estimate the sd of normal data.
    private static func meanDeviation(_ sample: CountedSample, _ median: Double) throws(Undefined) -> Double {
        guard !sample.isConstant else { throw .constant }
        var sum = CompensatedSum()
        for (value, count) in zip(sample.values, sample.counts) { sum.add(abs(value - median), times: count) }
        return (Double.pi / 2).squareRoot() * sum.value / Double(sample.n)
    }
}
