/// Groups of people with those that are too small put together, so that every published total is at least k.
///
/// Of the groups below k one pool is made. The smallest of the others join it until its total is at least k and leaves each
/// small group `GuardedTable.leastChoices` values of 1 to k − 1 (all k − 1 where there are fewer), also for whoever knows which
/// groups are in the pool, which of them are small, and the sizes of all others. Where none is left to join, the pool holds
/// everybody and tells their number alone.
public struct PooledRows: Sendable, Hashable {
    /// The groups that stand for themselves, in the order given.
    public let kept: [Int]
    /// Those in the pool, in the order given; empty where no group is small.
    public let pooled: [Int]

    /// Pools groups by their sizes; nil where not even all of them together have k.
    public init?(_ sizes: [Int], k: Int) {
        guard sizes.reduce(0, +) >= k else { return nil }
        var pool = sizes.indices.filter { sizes[$0] < k && sizes[$0] > 0 }
        var rest = sizes.indices.filter { sizes[$0] >= k }.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
        func total() -> Int { pool.reduce(0) { $0 + sizes[$1] } }
        let small = pool.count
        while small > 0, !rest.isEmpty {
            let joined = pool.count - small
            // Those of k or more that joined are no larger than the smallest that did not.
            let others = small - 1 + joined * k...(small - 1) * (k - 1) + joined * sizes[rest[0]]
            let choices = (1..<k).count { others.contains(total() - $0) }
            if total() >= k, choices >= min(k - 1, GuardedTable.leastChoices(k: k)) { break }
            pool.append(rest.removeFirst())
        }
        kept = rest.sorted()
        pooled = pool.sorted()
    }
}
