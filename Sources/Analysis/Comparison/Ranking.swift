extension RankedGroup {
    /// Groups by mean, largest first, equal means by value, with their tie groups.
    ///
    /// - Parameter pairs: of these groups; a pair with `pHolm` below α tells its two groups apart, one without a test
    ///   does not.
    static func ranking(_ groups: [GroupFigures], pairs: [PairFigures], alpha: Double) -> [RankedGroup] {
        let ordered = groups.sorted { ($1.mean, $0.value) < ($0.mean, $1.value) }
        var places: [String: Int] = [:]
        for (place, group) in ordered.enumerated() { places[group.value] = place }
        let different = pairs.compactMap { pair -> (Int, Int)? in
            guard let p = pair.pHolm, p < alpha, let a = places[pair.a], let b = places[pair.b] else { return nil }
            return (a, b)
        }
        let ties = TieGroups.numbers(count: ordered.count, different: different)
        return zip(ordered, ties).map { group, numbers in
            RankedGroup(
                value: group.value, rank: 1 + ordered.count { $0.mean > group.mean }, mean: group.mean,
                interval: group.interval, n: group.n, tieGroups: numbers)
        }
    }
}
