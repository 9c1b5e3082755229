/// A seeded bootstrap: the spread of a statistic over samples drawn with replacement from the data.
///
/// Source: B. Efron, J. Am. Stat. Assoc. 82 (1987) 171–185, doi:10.1080/01621459.1987.10478410.
public struct Bootstrap: Sendable, Hashable {
    /// How the interval is read from the resampled values.
    public enum Method: String, Sendable, Hashable {
        /// The type 7 quantiles at (1 ∓ level)/2.
        case percentile
        /// Corrected for bias and for the change of spread along the statistic (BCa).
        case biasCorrectedAccelerated
    }

    /// The number of observations.
    public let n: Int
    /// The statistic of the data themselves.
    public let estimate: Double
    /// The interval.
    public let interval: Interval
    /// How the interval was read.
    public let method: Method
    /// The number of resamples.
    public let resamples: Int
    /// The standard deviation of the resampled statistic.
    public let standardError: Double
    /// The seed that repeats this result.
    public let seed: UInt64

    /// Resamples one sample.
    ///
    /// - Parameters:
    ///   - data: At least two finite values, in any order; the result depends on their order only through the draws.
    ///   - resamples: At least 100.
    ///   - method: How the interval is read; BCa costs n further evaluations.
    ///   - level: The nominal coverage.
    ///   - seed: Same seed, same result.
    ///   - statistic: A finite number for every resample.
    ///
    /// Throws `.tooFew`, `.nonFinite` (also from the statistic), `.constant` when all resamples agree (BCa), `.outOfDomain`.
    public init(
        _ data: [Double], resamples: Int = 2000, method: Method = .biasCorrectedAccelerated, level: Double = 0.95,
        seed: UInt64, statistic: ([Double]) -> Double
    ) throws(Undefined) {
        try Undefined.requireLevel(level)
        try Undefined.require(data.count, atLeast: 2)
        try Undefined.requireFinite(data)
        guard resamples >= 100 else { throw .outOfDomain("at least 100 resamples, not \(resamples)") }
        let observed = statistic(data)
        var generator = SeededGenerator(seed: seed)
        var drawn = data
        var values: [Double] = []
        values.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for index in drawn.indices { drawn[index] = data[generator.below(data.count)] }
            values.append(statistic(drawn))
        }
        guard observed.isFinite else { throw .nonFinite }
        let sample = try CountedSample(values)
        let side = (1 - level) / 2
        var ends = (side, 1 - side)
        if method == .biasCorrectedAccelerated {
            let shift = try Self.bias(sample, observed)
            let acceleration = try Self.acceleration(data, statistic)
            ends = (Self.moved(side, shift, acceleration), Self.moved(1 - side, shift, acceleration))
        }
        let quantiles = try Quantiles(sample)
        interval = try Interval(low: quantiles(ends.0), high: quantiles(ends.1), level: level)
        standardError = try GroupSummary(sample).sd
        (n, estimate, self.method, self.resamples, self.seed) = (data.count, observed, method, resamples, seed)
    }

    /// z₀: the normal quantile of the share of resamples below the estimate, ties counting half.
    private static func bias(_ sample: CountedSample, _ observed: Double) throws(Undefined) -> Double {
        var share = 0.0
        for (value, count) in zip(sample.values, sample.counts) where value <= observed {
            share += Double(count) * (value == observed ? 0.5 : 1)
        }
        let shift = Normal.quantile(share / Double(sample.n))
        guard shift.isFinite, !sample.isConstant else { throw .constant }
        return shift
    }

    /// a = Σd³/(6(Σd²)^1.5) of the values with one observation left out each.
    private static func acceleration(_ data: [Double], _ statistic: ([Double]) -> Double) throws(Undefined) -> Double {
        let left = data.indices.map { index in statistic(Array(data[..<index] + data[(index + 1)...])) }
        // The skewness is √n Σd³/(Σd²)^1.5; statistics that no observation moves have no acceleration.
        guard let shape = try CentralMoments(left).shape else { return 0 }
        return -shape.skewness / (6 * Double(left.count).squareRoot())
    }

    private static func moved(_ p: Double, _ shift: Double, _ acceleration: Double) -> Double {
        let z = shift + Normal.quantile(p)
        return Normal.cdf(shift + z / (1 - acceleration * z))
    }
}
