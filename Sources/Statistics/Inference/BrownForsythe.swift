/// The Brown–Forsythe test of equal spread: one-way analysis of variance of |x − median of the group|.
///
/// Source: M. B. Brown, A. B. Forsythe, J. Am. Stat. Assoc. 69 (1974), doi:10.1080/01621459.1974.10482955.
public struct BrownForsythe: Sendable, Hashable {
    /// The analysis of the absolute deviations; its groups are those of the deviations.
    public let anova: OneWayAnova
    /// The medians of the groups.
    public let medians: [Double]

    /// The statistic.
    public var f: Double { anova.f }
    /// P(F > f).
    public var p: Double { anova.p }

    /// Throws `.tooFew` below two groups or when N = k, `.empty` for an empty group, `.constant` when no deviation
    /// varies within its group by more than rounding of the values leaves (4 × 2⁻⁵² of the largest). Cost: the distinct values.
    public init(_ groups: [CountedSample]) throws(Undefined) {
        var medians: [Double] = []
        var deviations: [GroupSummary] = []
        let grain = 4 * .ulpOfOne * (groups.flatMap(\.values).map(abs).max() ?? 0)
        var isFlat = true
        for group in groups {
            let median = try Quantiles(group).median
            medians.append(median)
            let distances = try group.mapped { abs($0 - median) }
            let (low, high) = (distances.values.min() ?? 0, distances.values.max() ?? 0)
            isFlat = isFlat && high - low <= grain
            deviations.append(try GroupSummary(distances))
        }
        guard !isFlat || groups.count < 2 else { throw .constant }
        self.medians = medians
        anova = try OneWayAnova(deviations)
    }

    /// Sorts each group first. Throws as the other initializer, and `.nonFinite`.
    public init(_ groups: [[Double]]) throws(Undefined) { try self.init(CountedSample.samples(groups)) }
}
