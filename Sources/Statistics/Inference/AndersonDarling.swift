/// The Anderson–Darling test of normality with mean and standard deviation (n − 1) estimated from the sample.
///
/// A² from logarithms of the normal cdf, so that extreme values do not overflow; p from A²(1 + 0.75/n + 2.25/n²) by the
/// fits of D'Agostino and Stephens, Goodness-of-Fit Techniques (1986), table 4.9. Source: T. W. Anderson, D. A.
/// Darling, J. Am. Stat. Assoc. 49 (1954) 765–769, doi:10.1080/01621459.1954.10501232.
public struct AndersonDarling: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// A².
    public let a2: Double
    /// A² with the small-sample factor.
    public let adjusted: Double
    /// The p-value, an approximation of about three digits.
    public let p: Double

    /// Throws `.tooFew` below three observations, `.constant`. The fits are meant for eight and more; below, p is
    /// rough. Cost: one logarithm of a cdf for each distinct value and side.
    public init(_ sample: CountedSample) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 3)
        let group = try GroupSummary(sample)
        guard group.variance > 0 else { throw .constant }
        let size = Double(sample.n)
        var sum = CompensatedSum()
        var before = 0.0
        for (value, count) in zip(sample.values, sample.counts) {
            let z = (value - group.mean) / group.sd
            let after = before + Double(count)
            // Σ(2i − 1) over the run is the difference of squares; the same from the other end for the upper tail.
            sum.add((after * after - before * before) * Normal.logCdf(z))
            sum.add(((size - before) * (size - before) - (size - after) * (size - after)) * Normal.logCdf(-z))
            before = after
        }
        n = sample.n
        a2 = -size - sum.value / size
        adjusted = a2 * (1 + 0.75 / size + 2.25 / (size * size))
        p = Self.p(adjusted)
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }

    private static func p(_ a: Double) -> Double {
        switch a {
        case ..<0.2: 1 - exp(-13.436 + 101.14 * a - 223.73 * a * a)
        case ..<0.34: 1 - exp(-8.318 + 42.796 * a - 59.938 * a * a)
        case ..<0.6: exp(0.9177 - 4.279 * a - 1.38 * a * a)
        case ..<13: exp(1.2937 - 5.709 * a + 0.0186 * a * a)
        default: 0
        }
    }
}
