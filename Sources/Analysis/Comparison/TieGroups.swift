/// Sets of groups that cannot be told apart, by insertion and absorption: two items share a set exactly when no test
/// told them apart.
///
/// Source: H.-P. Piepho, J. Comput. Graph. Stat. 13 (2004) 456–466, doi:10.1198/1061860043515.
enum TieGroups {
    /// The numbers of the sets of each item, from 1; sets are numbered by their best-placed members.
    ///
    /// - Parameters:
    ///   - count: how many items, best placed first.
    ///   - different: pairs (first, second) that were told apart.
    ///
    /// Cost: pairs × sets; sets are few unless the pairs contradict the order of the items.
    static func numbers(count: Int, different: [(Int, Int)]) -> [[Int]] {
        var sets = count > 0 ? [Set(0..<count)] : []
        for (first, second) in different { sets = split(sets, first, second) }
        let ordered = sets.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
        return (0..<count).map { item in
            ordered.indices.filter { ordered[$0].contains(item) }.map { $0 + 1 }
        }
    }

    /// Splits every set that holds both, then drops sets that lie within another.
    private static func split(_ sets: [Set<Int>], _ first: Int, _ second: Int) -> [Set<Int>] {
        var kept = sets.filter { !($0.contains(first) && $0.contains(second)) }
        for set in sets where set.contains(first) && set.contains(second) {
            for part in [set.subtracting([second]), set.subtracting([first])]
            where !kept.contains(where: { part.isSubset(of: $0) }) {
                kept.append(part)
            }
        }
        return kept
    }
}
