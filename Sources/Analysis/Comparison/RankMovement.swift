import Statistics

/// How a group's place among the others moved.
public struct RankMovement: Sendable, Hashable {
    /// The dimension's value.
    public var value: String
    /// Its place among the groups that are large enough in both periods, now; 1 for the largest mean.
    public var rank: Int
    /// Its place before.
    public var before: Int
    /// The means, before and now.
    public var means: [Double]
    /// Whether it and another group changed places, and the two can be told apart in both periods: groups that share a tie
    /// change places by chance.
    public var isBeyondTies: Bool
    /// Places gained; negative for lost.
    public var gained: Int { before - rank }
}

extension RankMovement {
    /// The places of groups in two periods; fails with fewer than two groups that have `needed` values in both.
    ///
    /// Two groups are told apart in a period where Welch's t on its records has a p below `alpha` over the number of pairs
    /// (Bonferroni). That both periods have to tell them needs no further correction (intersection–union; R. L. Berger,
    /// Technometrics 24 (1982) 295–300, doi:10.2307/1267823).
    static func places(
        _ sides: [ChangeDrivers.Side], needed: Int, alpha: Double
    ) throws(Absence) -> [RankMovement] {
        let used = sides.filter { $0.value != nil && min($0.baseline.n, $0.current.n) >= max(1, needed) }
        guard used.count >= 2 else { throw .tooFew(.groups, found: used.count, needed: 2) }
        let bound = alpha / Double(used.count * (used.count - 1) / 2)
        return used.map { side in
            let passed = used.contains { other in
                (other.baseline.mean - side.baseline.mean) * (other.current.mean - side.current.mean) < 0
                    && areApart(side.baseline, other.baseline, bound)
                    && areApart(side.current, other.current, bound)
            }
            return RankMovement(
                value: side.value ?? "", rank: 1 + used.count { $0.current.mean > side.current.mean },
                before: 1 + used.count { $0.baseline.mean > side.baseline.mean },
                means: [side.baseline.mean, side.current.mean], isBeyondTies: passed)
        }.sorted { ($0.rank, $0.value) < ($1.rank, $1.value) }
    }

    /// Whether two means differ by more than chance allows; of values that do not vary, whether they differ.
    private static func areApart(_ a: Moments, _ b: Moments, _ bound: Double) -> Bool {
        let test = computed { () throws(Undefined) in
            try WelchTTest(
                GroupSummary(n: a.n, mean: a.mean, variance: a.variance ?? 0),
                GroupSummary(n: b.n, mean: b.mean, variance: b.variance ?? 0))
        }
        switch test {
        case .success(let found): return found.p < bound
        case .failure(let absence): return absence == .constant && a.mean != b.mean
        }
    }
}
