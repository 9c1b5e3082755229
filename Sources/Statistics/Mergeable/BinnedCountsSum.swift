/// Adds up many counts in time linear in their entries; the result is the same as merging them one by one.
public struct BinnedCountsSum: Sendable {
    /// The widest range of bins that is held as a plain array.
    private static let denseLimit = 1 << 16

    private let bins: Bins
    private var n = 0
    private var exact: [Double: Int] = [:]
    private var isExact = true
    private var sparse: [Int32: Int] = [:]
    private var dense: [Int] = []
    private var first: Int32 = 0

    /// A sum of nothing.
    public init(bins: Bins) { self.bins = bins }

    /// Adds counts, which must have the same bins.
    public mutating func add(_ counts: BinnedCounts) {
        precondition(counts.bins == bins, "counts with other bins cannot be added")
        n += counts.n
        switch counts.content {
        case .exact(let values, let numbers) where isExact:
            for (value, number) in zip(values, numbers) { exact[value, default: 0] += number }
            if exact.count > BinnedCounts.exactLimit { leaveExact() }
        case .exact, .binned:
            if isExact { leaveExact() }
            let (indices, numbers) = counts.content.indexed(by: bins)
            add(indices, numbers)
        }
    }

    /// The sum.
    public var total: BinnedCounts {
        if isExact {
            let sorted = exact.sorted { $0.key < $1.key }
            return BinnedCounts(
                bins: bins, n: n, content: .exact(values: sorted.map(\.key), counts: sorted.map(\.value)))
        }
        var all = sparse.map { ($0.key, $0.value) }
        for (offset, count) in dense.enumerated() where count > 0 { all.append((first + Int32(offset), count)) }
        all.sort { $0.0 < $1.0 }
        return BinnedCounts(bins: bins, n: n, content: .binned(indices: all.map(\.0), counts: all.map(\.1)))
    }

    private mutating func leaveExact() {
        isExact = false
        let sorted = exact.sorted { $0.key < $1.key }
        exact = [:]
        let content = BinnedCounts.Content.exact(values: sorted.map(\.key), counts: sorted.map(\.value))
        let (indices, numbers) = content.indexed(by: bins)
        add(indices, numbers)
    }

    /// Indices ascend.
    private mutating func add(_ indices: [Int32], _ numbers: [Int]) {
        guard let low = indices.first, let high = indices.last else { return }
        if grow(from: low, to: high) {
            for (index, number) in zip(indices, numbers) { dense[Int(index) - Int(first)] += number }
        } else {
            // Values over very many powers of two: rare, so a table is good enough. A bin is in only one of the two.
            let held = Int(first)..<(Int(first) + dense.count)
            for (index, number) in zip(indices, numbers) {
                if held.contains(Int(index)) {
                    dense[Int(index) - Int(first)] += number
                } else {
                    sparse[index, default: 0] += number
                }
            }
        }
    }

    /// Widens the array; false if it would become too wide or bins outside it are already held apart.
    private mutating func grow(from low: Int32, to high: Int32) -> Bool {
        if dense.isEmpty { first = low }
        let start = min(Int(first), Int(low))
        let end = max(Int(first) + dense.count, Int(high) + 1)
        if start == Int(first), end == Int(first) + dense.count { return true }
        guard end - start <= Self.denseLimit, sparse.isEmpty else { return false }
        dense = Array(repeating: 0, count: Int(first) - start) + dense
        dense += Array(repeating: 0, count: end - start - dense.count)
        first = Int32(start)
        return true
    }
}
