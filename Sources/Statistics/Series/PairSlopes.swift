/// Order statistics of the slopes between all pairs of points, within groups of points.
///
/// Up to `sortLimit` slopes are all held in order. Above, a slope is selected as M. B. Dillencourt, D. M. Mount and
/// N. S. Netanyahu do (doi:10.1142/S0218195992000020): a seeded sample of the slopes that are still possible gives two
/// bounds around the one sought, the slopes below each bound are counted by merging, and when few are left between them
/// they are listed and sorted. The sample decides how long it takes, never the result. Expected cost: O(n log n).
struct PairSlopes {
    /// A slope with the number of slopes at or below it and the order of the points of each group there.
    private struct Bound {
        let slope: Double
        let count: Int
        let orders: [[Int32]]
    }

    private let groups: [LineOrder]
    /// The pairs with different x.
    let count: Int
    private var bounds: [Bound]
    private var generator = SeededGenerator(seed: 1)
    /// The slopes of one stretch between bounds in order, and the rank of the first.
    private var listed: (first: Int, slopes: [Double]) = (0, [])
    private let limit: Int
    private let points: Int

    /// Takes groups of points; slopes are those between points of one group.
    init(_ groups: [LineOrder], sortLimit: Int = 1 << 15) {
        self.groups = groups
        points = groups.reduce(0) { $0 + $1.count }
        count = groups.reduce(0) { $0 + $1.pairs }
        limit = max(sortLimit, 4 * points)
        let rising = groups.map { $0.order(at: -.infinity) }
        let falling = groups.map { Array(0..<Int32($0.count)) }
        bounds = [
            Bound(slope: -.infinity, count: 0, orders: rising),
            Bound(slope: .infinity, count: count, orders: falling),
        ]
    }

    /// The slope with the given 0-based rank below `count`.
    mutating func select(_ rank: Int) -> Double {
        var collapsed = 0
        while true {
            if rank >= listed.first, rank < listed.first + listed.slopes.count {
                return listed.slopes[rank - listed.first]
            }
            let above = bounds.firstIndex { $0.count > rank } ?? bounds.count - 1
            let (low, high) = (bounds[above - 1], bounds[above])
            if high.count - low.count <= limit {
                list(low, high)
                // Rounding of heights may move a pair across a bound, never further.
                let place = min(max(0, rank - low.count), listed.slopes.count - 1)
                return listed.slopes[place]
            }
            let known = bounds.count
            let (value, isCollapsed) = narrow(low, high, rank)
            if bounds.count == known { return isCollapsed ? value : bisect(low.slope, high.slope, rank) }
            collapsed = isCollapsed ? collapsed + 1 : 0
            // Three times the only value found in ever narrower bounds: more slopes agree than may be listed.
            if collapsed == 3 { return value }
        }
    }

    private mutating func list(_ low: Bound, _ high: Bound) {
        var slopes: [Double] = []
        slopes.reserveCapacity(high.count - low.count)
        for (index, group) in groups.enumerated() {
            slopes.append(contentsOf: group.slopes(from: low.orders[index], to: high.orders[index]))
        }
        listed = (low.count, FiniteSort.ascending(slopes))
    }

    /// Puts bounds around a rank from a sample of the slopes between two bounds; gives back the sampled slope at the rank,
    /// and whether nothing but it was found near the rank.
    private mutating func narrow(_ low: Bound, _ high: Bound, _ rank: Int) -> (Double, Bool) {
        let sample = sample(low, high)
        let size = Double(sample.count)
        let place = (Double(rank - low.count) + 0.5) / Double(high.count - low.count) * size
        let reach = 1.5 * size.squareRoot() + 1
        let middle = sample[min(sample.count - 1, Int(place))]
        var (below, above) = (Int((place - reach).rounded(.down)), Int((place + reach).rounded(.up)))
        let isTied = sample[max(0, below)] == sample[min(sample.count - 1, above)]
        // Bounds go into gaps of the sample, where few slopes lie near enough for rounding to matter.
        while below > 0, sample[below - 1] == sample[below] { below -= 1 }
        while above >= 0, above < sample.count - 1, sample[above + 1] == sample[above] { above += 1 }
        let before = below > 0 ? sample[below - 1] : isTied ? max(low.slope, middle - max(1, abs(middle))) : nil
        let after =
            above < sample.count - 1 ? sample[above + 1] : isTied ? min(high.slope, middle + max(1, abs(middle))) : nil
        let share = isTied ? 1e-6 : 0.5
        if let before { addBound(sample[max(0, below)] - (sample[max(0, below)] - before) * share) }
        if let after {
            let end = sample[min(sample.count - 1, above)]
            addBound(end + (after - end) * share)
        }
        return (middle, isTied)
    }

    /// The slopes of one pair out of each of many equal stretches of the sequence of possible pairs, in order.
    private mutating func sample(_ low: Bound, _ high: Bound) -> [Double] {
        let inside = high.count - low.count
        let wanted = min(max(points, 1 << 12), 1 << 17, inside)
        let step = Double(inside) / Double(wanted)
        let ranks = (0..<wanted).map { min(inside - 1, Int((Double($0) + generator.uniform()) * step)) }
        var slopes: [Double] = []
        slopes.reserveCapacity(wanted)
        var before = 0
        var next = 0
        for (index, group) in groups.enumerated() {
            let own = ranks[next...].map { $0 - before }
            let crossed = group.slopes(from: low.orders[index], to: high.orders[index], at: own)
            slopes.append(contentsOf: crossed.slopes)
            next += crossed.slopes.count
            before += crossed.count
        }
        return FiniteSort.ascending(slopes)
    }

    private mutating func addBound(_ slope: Double) {
        let place = bounds.firstIndex { $0.slope >= slope } ?? bounds.count
        guard place > 0, place < bounds.count, bounds[place].slope > slope else { return }
        bounds.insert(bound(slope), at: place)
    }

    private func bound(_ slope: Double) -> Bound {
        let orders = groups.map { $0.order(at: slope) }
        var below = 0
        for (index, group) in groups.enumerated() {
            below += group.crossings(from: bounds[0].orders[index], to: orders[index])
        }
        return Bound(slope: slope, count: below, orders: orders)
    }

    /// The smallest double with more than `rank` slopes at or below it, where slopes stand too near one another to put a
    /// bound between them; found by halving the ordered bit patterns.
    private func bisect(_ start: Double, _ end: Double, _ rank: Int) -> Double {
        var low = Self.key(max(start, -.greatestFiniteMagnitude))
        var high = Self.key(min(end, .greatestFiniteMagnitude))
        while low < high {
            let middle = low + (high - low) / 2
            if bound(Self.value(middle)).count > rank { high = middle } else { low = middle + 1 }
        }
        return Self.value(low)
    }

    /// Integers in the order of the doubles.
    private static func key(_ value: Double) -> Int64 {
        let bits = Int64(bitPattern: value.bitPattern)
        return bits >= 0 ? bits / 2 : -(bits & .max) / 2
    }

    private static func value(_ key: Int64) -> Double {
        key >= 0 ? Double(bitPattern: UInt64(key) * 2) : -Double(bitPattern: UInt64(-key) * 2)
    }
}
