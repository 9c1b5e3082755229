/// How often each value occurs: exact while there are few distinct values, else in declared bins.
///
/// Adding up is associative and commutative without rounding, and whether the counts are exact depends only on all the
/// values together: they are while at most `exactLimit` of them are distinct. Values must be finite; −0 is 0.
public struct BinnedCounts: Sendable, Hashable {
    /// How many distinct values are kept apart. Whole percentages and scores with two decimals have 101.
    public static let exactLimit = 128

    /// Distinct values or bins, ascending, each with a count above 0.
    public enum Content: Sendable, Hashable {
        /// At most `exactLimit` distinct values.
        case exact(values: [Double], counts: [Int])
        /// Bins by their numbers.
        case binned(indices: [Int32], counts: [Int])
    }

    /// The bins that are used when there are too many distinct values.
    public let bins: Bins
    /// The counts.
    public internal(set) var content: Content
    /// The sum of all counts.
    public internal(set) var n: Int

    /// Counts of nothing.
    public init(bins: Bins) {
        self.bins = bins
        content = .exact(values: [], counts: [])
        n = 0
    }

    /// Counts of an array; O(n log n).
    public init(_ values: [Double], bins: Bins) {
        self.bins = bins
        n = values.count
        let sorted = values.map { $0 + 0 }.sorted()
        let (distinct, counts) = BinnedCounts.runs(of: sorted)
        content =
            distinct.count <= Self.exactLimit
            ? .exact(values: distinct, counts: counts) : BinnedCounts.binned(distinct, counts, by: bins)
    }

    /// Counts of an array that keep every distinct value, however many there are; adding other counts applies the limit.
    ///
    /// For values that are all at hand and need not be stored. O(n log n).
    public init(keepingAll values: [Double], bins: Bins) {
        self.bins = bins
        n = values.count
        let (distinct, counts) = BinnedCounts.runs(of: FiniteSort.ascending(values.map { $0 + 0 }))
        content = .exact(values: distinct, counts: counts)
    }

    /// Counts from their parts, as an encoding holds them; nil if they are not ascending, finite and above 0, too many
    /// to be exact, or more than an `Int` together.
    public init?(bins: Bins, content: Content) {
        let counts: [Int]
        switch content {
        case .exact(let values, let given):
            guard values.count == given.count, values.count <= Self.exactLimit, values.allSatisfy(\.isFinite),
                zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
            else { return nil }
            counts = given
        case .binned(let indices, let given):
            guard indices.count == given.count, zip(indices, indices.dropFirst()).allSatisfy({ $0 < $1 }) else {
                return nil
            }
            counts = given
        }
        var sum = 0
        for count in counts {
            let (next, overflow) = sum.addingReportingOverflow(count)
            guard count > 0, !overflow else { return nil }
            sum = next
        }
        self.bins = bins
        self.content = content
        n = sum
    }

    /// Whether every value is known as it is.
    public var isExact: Bool {
        if case .exact = content { true } else { false }
    }

    /// Adds a value `count` times.
    public mutating func add(_ value: Double, count: Int = 1) {
        guard count > 0 else { return }
        merge(BinnedCounts(bins: bins, n: count, content: .exact(values: [value + 0], counts: [count])))
    }

    /// Adds other counts, which must have the same bins.
    public mutating func merge(_ other: BinnedCounts) {
        precondition(bins == other.bins, "counts with other bins cannot be added")
        n += other.n
        switch (content, other.content) {
        case (.exact(let values, let counts), .exact(let otherValues, let otherCounts)):
            let (all, sums) = BinnedCounts.union(values, counts, otherValues, otherCounts)
            content =
                all.count <= Self.exactLimit
                ? .exact(values: all, counts: sums) : BinnedCounts.binned(all, sums, by: bins)
        case (let mine, let theirs):
            let (left, right) = (mine.indexed(by: bins), theirs.indexed(by: bins))
            let (all, sums) = BinnedCounts.union(left.indices, left.counts, right.indices, right.counts)
            content = .binned(indices: all, counts: sums)
        }
    }

    init(bins: Bins, n: Int, content: Content) {
        self.bins = bins
        self.n = n
        self.content = content
    }

    /// Equal neighbours counted.
    static func runs(of sorted: [Double]) -> ([Double], [Int]) {
        var values: [Double] = []
        var counts: [Int] = []
        for value in sorted {
            if value == values.last {
                counts[counts.count - 1] += 1
            } else {
                values.append(value)
                counts.append(1)
            }
        }
        return (values, counts)
    }

    static func binned(_ values: [Double], _ counts: [Int], by bins: Bins) -> Content {
        let (indices, sums) = Content.exact(values: values, counts: counts).indexed(by: bins)
        return .binned(indices: indices, counts: sums)
    }

    static func union<Key: Comparable>(
        _ a: [Key], _ aCounts: [Int], _ b: [Key], _ bCounts: [Int]
    ) -> ([Key], [Int]) {
        var keys: [Key] = []
        var counts: [Int] = []
        keys.reserveCapacity(a.count + b.count)
        counts.reserveCapacity(a.count + b.count)
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            let takeA = j == b.count || (i < a.count && a[i] <= b[j])
            let takeB = i == a.count || (j < b.count && b[j] <= a[i])
            keys.append(takeA ? a[i] : b[j])
            counts.append((takeA ? aCounts[i] : 0) + (takeB ? bCounts[j] : 0))
            if takeA { i += 1 }
            if takeB { j += 1 }
        }
        return (keys, counts)
    }
}

extension BinnedCounts.Content {
    /// The same counts by bin.
    func indexed(by bins: Bins) -> (indices: [Int32], counts: [Int]) {
        guard case .exact(let values, let valueCounts) = self else {
            if case .binned(let indices, let counts) = self { return (indices, counts) }
            return ([], [])
        }
        let indexer = bins.indexer
        var indices: [Int32] = []
        var counts: [Int] = []
        for (value, count) in zip(values, valueCounts) {
            let index = indexer.index(of: value)
            if index == indices.last {
                counts[counts.count - 1] += count
            } else {
                indices.append(index)
                counts.append(count)
            }
        }
        return (indices, counts)
    }
}
