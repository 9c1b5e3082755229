/// Pettitt's rank test of one change of level at an unknown place.
///
/// K = max over t of |Σ signs of xᵢ − xⱼ for i ≤ t < j|; p ≈ 2·exp(−6K²/(n³ + n²)), good for p below ½.
/// Source: A. N. Pettitt, Appl. Statist. 28 (1979) 126–135, doi:10.2307/2346729.
public struct PettittTest: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// K.
    public let k: Double
    /// The position of the first value after the likeliest change.
    public let index: Int
    /// The approximate two-sided p-value, at most 1.
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
        p = min(1, 2 * exp(-6 * best * best / (size * size * size + size * size)))
    }
}
