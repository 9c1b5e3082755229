/// Pettitt's rank test of one change of level at an unknown place.
///
/// K = max over t of |Σ signs of xᵢ − xⱼ for i ≤ t < j|. Under no change K over σ = √(n²(n + 1)/3 · (1 − Σ(t³ − t)/(n³ − n))),
/// t values tied, tends to the largest distance of a Brownian bridge from 0, with p = 2 Σ (−1)^(k−1) exp(−2k²x²), k = 1, 2, …
/// A walk of n steps misses the tops of the bridge; x = K/σ + 0.5826/√n makes up for it (−ζ(½)/√(2π)). Without
/// that and with the first term alone this is Pettitt's 2·exp(−6K²/(n³ + n²)), which at 5 % rejects 2.5 % at n = 30 and 3.4 %
/// at n = 100; with it 4.6 % at both. Sources: A. N. Pettitt, Appl. Statist. 28 (1979) 126–135, doi:10.2307/2346729;
/// D. Siegmund, Sequential Analysis (1985), doi:10.1007/978-1-4757-1862-1, chapter X.
public struct PettittTest: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// K.
    public let k: Double
    /// The position of the first value after the likeliest change.
    public let index: Int
    /// The approximate two-sided p-value.
    public let p: Double

    /// Throws `.tooFew` below three values, `.nonFinite`, `.allTied`. Cost: one sort.
    public init(_ data: [Double]) throws(Undefined) {
        try Undefined.require(data.count, atLeast: 3)
        try Undefined.requireFinite(data)
        let ranks = Ranks(data)
        guard ranks.groups.count > 1 else { throw .allTied }
        let size = Double(data.count)
        var (sum, best, place) = (0.0, 0.0, 1)
        for t in 1..<data.count {
            sum += 2 * ranks.ranks[t - 1] - (size + 1)
            if abs(sum) > best { (best, place) = (abs(sum), t) }
        }
        (n, k, index) = (data.count, best, place)
        let cubes = size * size * size - size
        let ties = ranks.groups.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
        let sigma = (size * size * (size + 1) / 3 * (1 - ties / cubes)).squareRoot()
        p = Kolmogorov.upperTail(best / sigma + 0.5826 / size.squareRoot())
    }
}
