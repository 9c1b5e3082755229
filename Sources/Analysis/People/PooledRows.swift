/// Groups of people with those that are too small put together, so that every published total is at least k.
///
/// Of the s groups below k one pool is made, with the total S. It stands by itself where S ≥ k and each small group keeps
/// `GuardedTable.leastChoices` values of 1 to k − 1 (all k − 1 where there are fewer) while the others have 1 to k − 1. Else
/// larger groups join until the total with j of them is at least j·k + s·(k − 1), so that the small ones may have any sizes.
/// Which one joins next is decided by place, never by size, so that it tells nothing: the next one after the last small group,
/// after the end those before it, backwards. That fewer did not do tells of S < s·(k − 1) alone, which leaves k − 2 values;
/// where that is too few (k below 5, after one has joined), and where none is left to join, the pool holds everybody and tells
/// their number alone.
public struct PooledRows: Sendable, Hashable {
    /// The groups that stand for themselves, in the order given.
    public let kept: [Int]
    /// Those in the pool, in the order given; empty where no group is small.
    public let pooled: [Int]

    /// Pools groups by their sizes; nil where not even all of them together have k.
    public init?(_ sizes: [Int], k: Int) {
        guard sizes.reduce(0, +) >= k else { return nil }
        let small = sizes.indices.filter { sizes[$0] < k && sizes[$0] > 0 }
        let large = sizes.indices.filter { sizes[$0] >= k }
        let last = small.last ?? sizes.endIndex
        var rest = large.filter { $0 > last } + large.filter { $0 < last }.reversed()
        let s = small.count
        let least = min(k - 1, GuardedTable.leastChoices(k: k))
        var pool = small
        var total = small.reduce(0) { $0 + sizes[$1] }
        let choices = (1..<k).count { (s - 1...max(s - 1, (s - 1) * (k - 1))).contains(total - $0) }
        if s > 0, total < k || choices < least {
            repeat {
                guard !rest.isEmpty else { break }
                let next = k - 2 < least && pool.count > s ? rest.count : 1
                for place in rest.prefix(next) {
                    total += sizes[place]
                    pool.append(place)
                }
                rest.removeFirst(next)
            } while total < (pool.count - s) * k + s * (k - 1)
        }
        kept = rest.sorted()
        pooled = pool.sorted()
    }
}
