/// The sample autocorrelation r_k = Σ(xₜ − x̄)(xₜ₊ₖ − x̄)/Σ(xₜ − x̄)², with divisor n at every lag.
///
/// Source: M. S. Bartlett, Suppl. J. R. Stat. Soc. 8 (1946) 27–41, doi:10.2307/2983611.
public struct Autocorrelation: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// r₀ = 1, r₁ … r_maxLag.
    public let values: [Double]

    /// Throws `.tooFew` below two values, `.nonFinite`, `.constant`, `.outOfDomain` for a lag outside 0..<n. Cost: n·maxLag.
    public init(_ data: [Double], maxLag: Int) throws(Undefined) {
        try Undefined.require(data.count, atLeast: 2)
        guard (0..<data.count).contains(maxLag) else {
            throw .outOfDomain("a lag lies in 0 to \(data.count - 1), not \(maxLag)")
        }
        let moments = try CentralMoments(data, shape: false)
        guard moments.sum2 > 0 else { throw .constant }
        let d = data.map { $0 - moments.mean }
        n = data.count
        values = (0...maxLag).map { lag in
            if lag == 0 { return 1 }
            var sum = CompensatedSum()
            for t in lag..<d.count { sum.add(d[t] * d[t - lag]) }
            return sum.value / moments.sum2
        }
    }
}
