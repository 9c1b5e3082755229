/// A Gaussian kernel density estimate: f(x) = Σ φ((x − xᵢ)/h) / (n h).
///
/// Source: B. W. Silverman, Density Estimation (1986), doi:10.1007/978-1-4899-3324-9.
public struct KernelDensity: Sendable, Hashable {
    /// How the bandwidth h is chosen.
    public enum Rule: Sendable, Hashable {
        /// 0.9·min(sd, IQR/1.34)·n^(−1/5); sd where the IQR is 0 (Silverman 1986, eq. 3.31; R's `bw.nrd0`).
        case silverman
        /// 1.06·min(sd, IQR/1.34)·n^(−1/5); sd where the IQR is 0 (Scott 1992; R's `bw.nrd`).
        case scott
        /// A bandwidth in the unit of the data, above 0.
        case given(Double)
    }

    /// The number of observations.
    public let n: Int
    /// The bandwidth h in the unit of the data.
    public let bandwidth: Double
    /// The rule that chose the bandwidth.
    public let rule: Rule
    private let sample: CountedSample

    /// Prepares an estimate. Throws `.empty`, `.tooFew` for one observation, `.constant`, or `.outOfDomain` for a given
    /// bandwidth that is not above 0. Cost: two passes over the distinct values.
    public init(_ sample: CountedSample, rule: Rule = .silverman) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 2)
        n = sample.n
        self.rule = rule
        self.sample = sample
        bandwidth = try Self.bandwidth(sample, rule)
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double], rule: Rule = .silverman) throws(Undefined) {
        try self.init(CountedSample(data), rule: rule)
    }

    private static func bandwidth(_ sample: CountedSample, _ rule: Rule) throws(Undefined) -> Double {
        let factor: Double
        switch rule {
        case .given(let width):
            guard width > 0, width.isFinite else { throw .outOfDomain("a bandwidth is above 0, not \(width)") }
            return width
        case .silverman: factor = 0.9
        case .scott: factor = 1.06
        }
        let sd = try GroupSummary(sample).sd
        guard sd > 0 else { throw .constant }
        let (q1, q3) = try Quantiles(sample).quartiles
        let spread = q3 > q1 ? Swift.min(sd, (q3 - q1) / 1.34) : sd
        return factor * spread * pow(Double(sample.n), -0.2)
    }

    /// The density at one point, per unit of the data. Cost: the distinct values within 39 bandwidths.
    public func density(at x: Double) -> Double {
        var sum = 0.0
        for index in nearby(x) {
            let z = (x - sample.values[index]) / bandwidth
            sum += exp(-0.5 * z * z) * Double(sample.counts[index])
        }
        return sum / (Double(n) * bandwidth * (2 * Double.pi).squareRoot())
    }

    /// The density at `points` evenly spaced places from `low` to `high`; at least two points.
    ///
    /// - Parameter range: ends that no value can lie beyond: what the kernel puts there is folded back at them (reflection,
    ///   Silverman 1986, section 2.10), so that the curve encloses 1 between them; nil folds nothing.
    ///
    /// Throws `.outOfDomain` below two points or where `low` is not below `high`. Cost: that of `density` for each point.
    public func curve(
        from low: Double, to high: Double, points: Int, within range: ClosedRange<Double>? = nil
    ) throws(Undefined) -> [(x: Double, density: Double)] {
        guard points >= 2, low < high else { throw .outOfDomain("a curve runs upwards through at least two points") }
        return (0..<points).map {
            let x = low + (high - low) * Double($0) / Double(points - 1)
            guard let range else { return (x, density(at: x)) }
            return (
                x, density(at: x) + density(at: 2 * range.lowerBound - x) + density(at: 2 * range.upperBound - x)
            )
        }
    }

    /// Values further than 39 bandwidths away add less than the smallest Double.
    private func nearby(_ x: Double) -> Range<Int> {
        let reach = 39 * bandwidth
        return firstIndex(atLeast: x - reach)..<firstIndex(atLeast: (x + reach).nextUp)
    }

    private func firstIndex(atLeast bound: Double) -> Int {
        var low = 0
        var high = sample.values.count
        while low < high {
            let middle = (low + high) / 2
            if sample.values[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
