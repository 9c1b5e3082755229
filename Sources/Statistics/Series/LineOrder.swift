/// The orders in which points stand above a turning line, whose differences are the slopes between pairs of points.
///
/// With the height h = y − slope·x, a pair has a slope above `low` and up to `high` exactly if it stands in one order at
/// `low` and in the other at `high`. All counts are found by merging, in O(n log n).
struct LineOrder {
    /// The points with x in descending order, y among equal x in ascending order; ties of height keep this order.
    private let x: [Double]
    private let y: [Double]
    /// The pairs with different x.
    let pairs: Int

    /// Takes points that are sorted by x and then by y.
    init(x: [Double], y: [Double]) {
        var (tied, run) = (0, 0)
        for index in x.indices.dropFirst() {
            run = x[index] == x[index - 1] ? run + 1 : 0
            tied += run
        }
        pairs = x.count * (x.count - 1) / 2 - tied
        // Runs of equal x are turned around as a whole, so that y still rises within them.
        var order: [Int] = []
        order.reserveCapacity(x.count)
        var end = x.count
        while end > 0 {
            var start = end - 1
            while start > 0, x[start - 1] == x[end - 1] { start -= 1 }
            order.append(contentsOf: start..<end)
            end = start
        }
        (self.x, self.y) = (order.map { x[$0] }, order.map { y[$0] })
    }

    /// The number of points.
    var count: Int { x.count }

    /// The slope between two points with different x.
    @inline(__always) func slope(_ a: Int32, _ b: Int32) -> Double {
        (y[Int(a)] - y[Int(b)]) / (x[Int(a)] - x[Int(b)])
    }

    /// The points in ascending height above a line of this slope; by x and then y for −∞.
    func order(at slope: Double) -> [Int32] {
        guard slope > -.infinity else {
            var order: [Int32] = []
            var end = x.count
            while end > 0 {
                var start = end - 1
                while start > 0, x[start - 1] == x[end - 1] { start -= 1 }
                order.append(contentsOf: Int32(start)..<Int32(end))
                end = start
            }
            return order
        }
        return FiniteSort.order(x.indices.map { y[$0].addingProduct(-slope, x[$0]) })
    }

    /// The pairs that stand in different order in two orders.
    func crossings(from low: [Int32], to high: [Int32]) -> Int {
        Inversions.count(places(of: low, in: high))
    }

    /// The slopes of all pairs that stand in different order.
    func slopes(from low: [Int32], to high: [Int32]) -> [Double] {
        var found: [Double] = []
        merge(from: low, to: high) { places, right, left in
            for place in left { found.append(slope(high[Int(places[place])], high[Int(right)])) }
        }
        return found
    }

    /// The slopes of the pairs at the given ascending places in the sequence of pairs that stand in different order, and
    /// how long that sequence is.
    func slopes(from low: [Int32], to high: [Int32], at ranks: [Int]) -> (slopes: [Double], count: Int) {
        var found: [Double] = []
        found.reserveCapacity(ranks.count)
        var (next, before) = (0, 0)
        merge(from: low, to: high) { places, right, left in
            while next < ranks.count, ranks[next] < before + left.count {
                let place = left.lowerBound + ranks[next] - before
                found.append(slope(high[Int(places[place])], high[Int(right)]))
                next += 1
            }
            before += left.count
        }
        return (found, before)
    }

    private func places(of low: [Int32], in high: [Int32]) -> [Int32] {
        var place = [Int32](repeating: 0, count: count)
        for (index, point) in high.enumerated() { place[Int(point)] = Int32(truncatingIfNeeded: index) }
        return low.map { place[Int($0)] }
    }

    /// Merges the places in `high` of the points in the order `low`, and calls `visit` with the places, a place and the
    /// range of larger places that stood before it.
    @inline(__always)
    private func merge(
        from low: [Int32], to high: [Int32], visit: (_ places: [Int32], _ right: Int32, Range<Int>) -> Void
    ) {
        var source = places(of: low, in: high)
        var target = source
        var width = 1
        while width < count {
            for start in stride(from: 0, to: count, by: 2 * width) {
                let middle = min(start + width, count)
                let end = min(middle + width, count)
                var (left, right) = (start, middle)
                for index in start..<end {
                    if right == end || (left < middle && source[left] < source[right]) {
                        target[index] = source[left]
                        left += 1
                    } else {
                        if left < middle { visit(source, source[right], left..<middle) }
                        target[index] = source[right]
                        right += 1
                    }
                }
            }
            swap(&source, &target)
            width *= 2
        }
    }
}
