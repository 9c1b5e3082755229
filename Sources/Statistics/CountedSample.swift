/// A sample as its distinct values in ascending order, each with how often it occurs.
///
/// A million scores on a grid of a hundred values cost a hundred entries, and every statistic that depends on ranks,
/// quantiles or the empirical distribution reads this form directly. The order in which values arrived is not kept.
public struct CountedSample: Sendable, Hashable {
    /// The distinct values in ascending order, all finite; zero has one sign.
    public let values: [Double]
    /// How often each value occurs, in the order of `values`; every count is at least 1.
    public let counts: [Int]
    /// The number of observations, the sum of `counts`.
    public let n: Int

    /// Sorts and counts an array. Cost: one sort. Throws `.nonFinite` on NaN or infinity; an empty array is allowed.
    public init(_ data: [Double]) throws(Undefined) {
        try Undefined.requireFinite(data)
        self.init(sorted: FiniteSort.ascending(data))
    }

    /// Gathers values with their counts, in any order and with repeats; a count of 0 is dropped.
    ///
    /// Throws `.nonFinite` for a value and `.outOfDomain` for a negative count.
    public init(pairs: some Sequence<(value: Double, count: Int)>) throws(Undefined) {
        var kept: [(value: Double, count: Int)] = []
        for pair in pairs {
            guard pair.value.isFinite else { throw .nonFinite }
            guard pair.count >= 0 else { throw .outOfDomain("a count is not negative, but \(pair.count) was given") }
            if pair.count > 0 { kept.append(pair) }
        }
        kept.sort { $0.value < $1.value }
        self.init(ascending: kept)
    }

    /// Counts runs in pairs that already stand in ascending order.
    init(ascending pairs: [(value: Double, count: Int)]) {
        var values: [Double] = []
        var counts: [Int] = []
        var n = 0
        for (value, count) in pairs {
            if let last = values.last, last == value {
                counts[counts.count - 1] += count
            } else {
                values.append(value + 0)
                counts.append(count)
            }
            n += count
        }
        self.values = values
        self.counts = counts
        self.n = n
    }

    /// Counts runs in finite values that already stand in ascending order.
    init(sorted data: [Double]) {
        guard Self.hasTies(data.span) else {
            // Without ties at most one value is a zero, which may have the other sign.
            var (zero, end) = (0, data.count)
            while zero < end {
                let middle = (zero + end) / 2
                (zero, end) = data[middle] < 0 ? (middle + 1, end) : (zero, middle)
            }
            var kept = data
            if zero < data.count, data[zero] == 0 { kept[zero] = 0 }
            values = kept
            counts = [Int](repeating: 1, count: data.count)
            n = data.count
            return
        }
        var values: [Double] = []
        var counts: [Int] = []
        values.reserveCapacity(data.count)
        counts.reserveCapacity(data.count)
        for value in data {
            if let last = values.last, last == value {
                counts[counts.count - 1] += 1
            } else {
                values.append(value + 0)
                counts.append(1)
            }
        }
        self.values = values
        self.counts = counts
        n = data.count
    }

    private static func hasTies(_ data: Span<Double>) -> Bool {
        for index in data.indices.dropFirst() where data[index] == data[index - 1] { return true }
        return false
    }

    /// Whether there is no observation.
    public var isEmpty: Bool { n == 0 }

    /// Whether all observations are equal; true for one observation, false for none.
    public var isConstant: Bool { values.count == 1 }

    /// Whether some value occurs more than once.
    public var isTied: Bool { values.count < n }

    /// The smallest observation; nil for none.
    public var min: Double? { values.first }

    /// The largest observation; nil for none.
    public var max: Double? { values.last }

    /// Every observation in ascending order. Cost: n values.
    public var expanded: [Double] {
        guard isTied else { return values }
        var all: [Double] = []
        all.reserveCapacity(n)
        for (value, count) in zip(values, counts) { all.append(contentsOf: repeatElement(value, count: count)) }
        return all
    }

    /// The sample of both: counts of equal values are added. Cost: the number of distinct values.
    public func merged(with other: CountedSample) -> CountedSample {
        var pairs: [(value: Double, count: Int)] = []
        pairs.reserveCapacity(values.count + other.values.count)
        var left = 0
        var right = 0
        while left < values.count || right < other.values.count {
            let takeLeft = right == other.values.count || (left < values.count && values[left] <= other.values[right])
            if takeLeft {
                pairs.append((values[left], counts[left]))
                left += 1
            } else {
                pairs.append((other.values[right], other.counts[right]))
                right += 1
            }
        }
        return CountedSample(ascending: pairs)
    }

    /// The sample of `transform(value)` for every observation; the counts of values that become equal are added.
    ///
    /// Throws `.nonFinite` where the transform is not finite.
    public func mapped(_ transform: (Double) -> Double) throws(Undefined) -> CountedSample {
        try CountedSample(pairs: zip(values, counts).map { (value: transform($0), count: $1) })
    }
}
