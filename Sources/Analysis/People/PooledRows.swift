/// Groups of people with those that are too small put together, so that every published total is at least k.
///
/// Of the groups below k one pool is made. Where it is itself below k, or holds a single small group, the smallest of the others
/// joins it, so that no total less the others can tell a small group.
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
        while !pool.isEmpty, total() < k || pool.count < 2 {
            guard !rest.isEmpty else { break }
            pool.append(rest.removeFirst())
        }
        kept = rest.sorted()
        pooled = pool.sorted()
    }
}
