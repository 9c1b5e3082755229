/// How far one sample's distribution lies from another's, in two sizes that do not grow with the numbers of values.
public struct DistributionShift: Sendable, Hashable {
    /// The numbers of values of the earlier and the later sample.
    public let n1: Int, n2: Int
    /// The mean distance that a value has to move, ∫ |F₂ − F₁|, in the unit of the data (the first Wasserstein distance;
    /// L. N. Vaserstein 1969).
    public let wasserstein: Double
    /// The population stability index Σ (p − q) log(p / q) over the tenths of the earlier sample, half a value added to
    /// every tenth so that an empty one stays finite. Tenths that fall together on ties count as one.
    public let stabilityIndex: Double
    /// The tenths that stayed apart.
    public let classes: Int

    /// What chance alone exceeds in a share `p` of pairs of samples of these sizes from one distribution: the index is then
    /// about (1/n₁ + 1/n₂) χ² with `classes` − 1 degrees of freedom (B. Yurdakul and J. Naranjo, J. Risk Model Validation
    /// 14 (2020) 89–100, doi:10.21314/JRMV.2020.227). 0 for a single class.
    public func chanceBound(p: Double = 0.01) -> Double {
        guard classes > 1 else { return 0 }
        return ChiSquared.quantile(1 - p, df: Double(classes - 1)) * (1 / Double(n1) + 1 / Double(n2))
    }

    /// Compares two samples. Throws `.empty`. Cost: one pass over the distinct values of both.
    public init(from first: CountedSample, to second: CountedSample) throws(Undefined) {
        guard !first.isEmpty, !second.isEmpty else { throw .empty }
        (n1, n2) = (first.n, second.n)
        wasserstein = Self.distance(first, second)
        let quantiles = try Quantiles(first)
        var cuts: [Double] = []
        for tenth in 1...9 {
            let cut = quantiles.unchecked(Double(tenth) / 10)
            if cuts.last != cut { cuts.append(cut) }
        }
        let (p, q) = (Self.shares(second, cuts), Self.shares(first, cuts))
        classes = p.count
        stabilityIndex = zip(p, q).map { ($0 - $1) * log($0 / $1) }.compensatedSum
    }

    private static func shares(_ sample: CountedSample, _ cuts: [Double]) -> [Double] {
        var counts = [Double](repeating: 0.5, count: cuts.count + 1)
        var place = 0
        for (value, count) in zip(sample.values, sample.counts) {
            while place < cuts.count, cuts[place] < value { place += 1 }
            counts[place] += Double(count)
        }
        let total = Double(sample.n) + 0.5 * Double(counts.count)
        return counts.map { $0 / total }
    }

    private static func distance(_ a: CountedSample, _ b: CountedSample) -> Double {
        var sum = CompensatedSum()
        var (i, j, belowA, belowB) = (0, 0, 0, 0)
        var last: Double?
        while i < a.values.count || j < b.values.count {
            let x = min(i < a.values.count ? a.values[i] : .infinity, j < b.values.count ? b.values[j] : .infinity)
            if let last {
                sum.add((x - last) * abs(Double(belowA) / Double(a.n) - Double(belowB) / Double(b.n)))
            }
            if i < a.values.count, a.values[i] == x {
                belowA += a.counts[i]
                i += 1
            }
            if j < b.values.count, b.values[j] == x {
                belowB += b.counts[j]
                j += 1
            }
            last = x
        }
        return sum.value
    }
}
