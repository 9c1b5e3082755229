import Statistics

extension Composite {
    /// Rows that are looked at: enough to tell a relation that holds in each of them.
    private static let mostRows = 1000
    /// Beyond so many metrics none is looked for: each is fitted to all others.
    private static let mostMetrics = 40

    /// The metrics that are made of others, in order.
    ///
    /// In a relation such as whole = a + b each metric is a combination of the others; the composite is the one whose weights
    /// are all above 0. Where there is none, every metric of the relation counts as one. A metric that lacks in more than a tenth of
    /// the records of another one is no part of it.
    static func all(_ names: [String], _ columns: [[Double]]) -> [Composite] {
        guard names.count <= mostMetrics else { return [] }
        let found = names.indices.compactMap { place -> (Composite, members: Set<String>)? in
            let filled = columns[place].indices.filter { columns[place][$0].isFinite }
            let others = names.indices.filter { other in
                other != place && columns[other].count == columns[place].count
                    && filled.count { columns[other][$0].isFinite } * 10 >= filled.count * 9
            }
            let used = filled.lazy.filter { row in others.allSatisfy { columns[$0][row].isFinite } }.prefix(mostRows)
            let rows = Array(used)
            guard
                let made = ExactCombination.of(
                    rows.map { columns[place][$0] }, among: others.map { other in rows.map { columns[other][$0] } })
            else { return nil }
            let parts = made.weights.map { Part(metric: names[others[$0.column]], weight: $0.weight) }
            let composite = Composite(metric: names[place], constant: made.constant, parts: parts)
            return (composite, Set(parts.map(\.metric) + [names[place]]))
        }
        let plain = found.filter { $0.0.isSum }
        let known = Set(plain.map(\.members))
        return (plain + found.filter { !$0.0.isSum && !known.contains($0.members) }).map(\.0)
            .sorted { (names.firstIndex(of: $0.metric) ?? 0) < (names.firstIndex(of: $1.metric) ?? 0) }
    }

    /// Whether each part raises it, or there is one part alone.
    private var isSum: Bool { parts.count == 1 || parts.allSatisfy { $0.weight > 0 } }
}
