/// The Mann–Kendall test within seasons: S and its variance are summed over the seasons, which are taken as independent.
///
/// Source: R. M. Hirsch, J. R. Slack, R. A. Smith, Water Resour. Res. 18 (1982), doi:10.1029/WR018i001p00107.
public struct SeasonalMannKendall: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// The length of a season.
    public let period: Int
    /// Σ S over the seasons.
    public let s: Double
    /// S over the number of pairs compared.
    public let tau: Double
    /// Σ Var S, corrected for ties.
    public let variance: Double
    /// (S ∓ 1)/√Var S.
    public let z: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative: `.greater` means rising.
    public let tail: Tail
    /// The median of all slopes within seasons, per whole season.
    public let slope: Double

    /// Tests values in order, nil for a gap; position modulo `period` is the season.
    ///
    /// Throws `.outOfDomain` for a period below 2, `.nonFinite`, `.tooFew` when no season has two values, `.allTied`.
    /// Cost: expected O(n log n).
    public init(_ data: [Double?], period: Int, tail: Tail = .twoSided) throws(Undefined) {
        guard period >= 2 else { throw .outOfDomain("a season has at least 2 steps, not \(period)") }
        try Undefined.requireFinite(data.compactMap(\.self))
        var (s, variance, pairs) = (0.0, 0.0, 0.0)
        var lines: [LineOrder] = []
        for season in 0..<min(period, data.count) {
            let places = stride(from: season, to: data.count, by: period).filter { data[$0] != nil }
            let years = places.map { Double($0 / period) }
            let values = places.compactMap { data[$0] }
            guard values.count > 1 else { continue }
            let count = ConcordanceCount(years, values)
            (s, variance) = (s + count.s, variance + count.variance)
            pairs += Double(values.count * (values.count - 1) / 2)
            lines.append(LineOrder(x: years, y: values))
        }
        n = data.reduce(0) { $1 == nil ? $0 : $0 + 1 }
        guard pairs > 0 else { throw .tooFew(found: n, needed: period + 1) }
        guard variance > 0 else { throw .allTied }
        (self.period, self.s, self.variance, self.tail) = (period, s, variance, tail)
        tau = s / pairs
        z = (s > 0 ? s - 1 : s < 0 ? s + 1 : 0) / variance.squareRoot()
        p = tail.normalP(z)
        var slopes = PairSlopes(lines)
        let central = slopes.select((slopes.count - 1) / 2)
        slope = central + (slopes.select(slopes.count / 2) - central) / 2
    }
}
