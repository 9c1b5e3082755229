/// How p-values of a family of tests are adjusted for their number.
public enum Adjustment: String, Sendable, Hashable, CaseIterable {
    /// As they are.
    case none
    /// p·m: controls the chance of any false rejection.
    case bonferroni
    /// Step-down Bonferroni: as strict a promise, never less power (S. Holm, Scand. J. Stat. 6 (1979) 65–70).
    case holm
    /// Controls the expected share of false rejections under independence or positive dependence
    /// (Y. Benjamini, Y. Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
    case benjaminiHochberg
    /// The same share under any dependence (Y. Benjamini, D. Yekutieli 2001, doi:10.1214/aos/1013699998).
    case benjaminiYekutieli

    /// The adjusted p-values in the order given; an empty family stays empty.
    ///
    /// Throws `.outOfDomain` for a p outside [0, 1] or NaN. Cost: one sort.
    public func adjusted(_ p: [Double]) throws(Undefined) -> [Double] {
        for value in p where !(value >= 0 && value <= 1) {
            throw .outOfDomain("a p-value lies in 0 to 1, not \(value)")
        }
        let m = Double(p.count)
        switch self {
        case .none: return p
        case .bonferroni: return p.map { min(1, $0 * m) }
        case .holm: return Self.stepDown(p)
        case .benjaminiHochberg: return Self.stepUp(p, factor: 1)
        case .benjaminiYekutieli:
            return Self.stepUp(p, factor: stride(from: m, through: 1, by: -1).reduce(0) { $0 + 1 / $1 })
        }
    }

    private static func stepDown(_ p: [Double]) -> [Double] {
        var adjusted = p
        var floor = 0.0
        for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
            floor = max(floor, min(1, p[index] * Double(p.count - rank)))
            adjusted[index] = floor
        }
        return adjusted
    }

    private static func stepUp(_ p: [Double], factor: Double) -> [Double] {
        var adjusted = p
        var ceiling = 1.0
        for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated().reversed() {
            ceiling = min(ceiling, p[index] * factor * Double(p.count) / Double(rank + 1))
            adjusted[index] = ceiling
        }
        return adjusted
    }
}
