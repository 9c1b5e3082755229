/// The Mann–Kendall test of a monotone trend, with the variance corrected for ties and a continuity correction.
///
/// S counts the later values that are larger minus those that are smaller; z = (S ∓ 1)/√Var S. With Hamed and Rao's
/// correction the variance is multiplied by n/n* from the significant autocorrelations of the ranks of the series without
/// its Sen slope. Sources: H. B. Mann, Econometrica 13 (1945), doi:10.2307/1907187; K. H. Hamed, A. R. Rao, J. Hydrol. 204
/// (1998), doi:10.1016/S0022-1694(97)00125-X.
public struct MannKendall: Sendable, Hashable {
    /// How the variance is found.
    public enum Correction: Sendable, Hashable {
        /// The series is taken as free of autocorrelation.
        case none
        /// Hamed and Rao, over lags 1…maxLag (nil: all) that are significant at `alpha`.
        case hamedRao(maxLag: Int? = nil, alpha: Double = 0.05)
    }

    /// The number of values.
    public let n: Int
    /// S.
    public let s: Double
    /// S over the number of pairs, n(n − 1)/2 (τ-a).
    public let tau: Double
    /// The variance of S, after the correction.
    public let variance: Double
    /// n/n*, by which the correction multiplied the variance; 1 without it.
    public let varianceFactor: Double
    /// The standardised statistic.
    public let z: Double
    /// The p-value for `tail`; 1 for S = 0.
    public let p: Double
    /// The alternative: `.greater` means rising.
    public let tail: Tail
    /// The correction.
    public let correction: Correction
    /// Whether values are tied.
    public let ties: Bool

    /// Tests values in their order; the caller leaves gaps out.
    ///
    /// Throws `.tooFew` below three values, `.nonFinite`, `.allTied` for a constant series, `.outOfDomain` when the
    /// correction yields a variance that is not above 0. Cost: O(n log n); with Hamed and Rao, n·maxLag.
    public init(_ data: [Double], correction: Correction = .none, tail: Tail = .twoSided) throws(Undefined) {
        try Undefined.require(data.count, atLeast: 3)
        try Undefined.requireFinite(data)
        let count = ConcordanceCount(data.indices.map(Double.init), data)
        guard count.comparableY > 0 else { throw .allTied }
        let size = Double(data.count)
        varianceFactor = try Self.factor(data, correction)
        guard varianceFactor > 0 else { throw .outOfDomain("the autocorrelation leaves no variance for S") }
        (n, s, self.correction, self.tail, ties) = (data.count, count.s, correction, tail, count.isTied)
        tau = s / (size * (size - 1) / 2)
        variance = count.variance * varianceFactor
        z = (s > 0 ? s - 1 : s < 0 ? s + 1 : 0) / variance.squareRoot()
        p = tail.normalP(z)
    }

    private static func factor(_ data: [Double], _ correction: Correction) throws(Undefined) -> Double {
        guard case .hamedRao(let maxLag, let alpha) = correction else { return 1 }
        guard alpha > 0, alpha < 1 else { throw .outOfDomain("alpha lies between 0 and 1, not \(alpha)") }
        let slope = try TheilSen(data).slope
        let ranks = Ranks(data.indices.map { data[$0] - slope * Double($0 + 1) }).ranks
        let last = min(maxLag ?? data.count - 1, data.count - 1)
        let n = Double(data.count)
        // A series that is exactly a line leaves nothing that could be correlated.
        guard Set(ranks).count > 1 else { return 1 }
        let acf = try Autocorrelation(ranks, maxLag: last).values
        let limit = -Normal.quantile(alpha / 2) / n.squareRoot()
        var sum = CompensatedSum()
        for lag in stride(from: 1, through: last, by: 1) where abs(acf[lag]) > limit {
            let rest = n - Double(lag)
            sum.add(rest * (rest - 1) * (rest - 2) * acf[lag])
        }
        return 1 + 2 / (n * (n - 1) * (n - 2)) * sum.value
    }
}
