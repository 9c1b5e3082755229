/// Order statistics of the slopes between all pairs of points, the points being sorted by x and then by y.
struct PairSlopes {
    private let x: [Double]
    private let y: [Double]
    private let sorted: [Double]
    /// The pairs with different x.
    let count: Int
    /// The pairs with equal x and equal y.
    private let twins: Int

    /// Up to `sortLimit` points all slopes are held in order; above, they are selected by counting.
    init(x: [Double], y: [Double], sortLimit: Int = 2000) {
        self.x = x
        self.y = y
        var tied = 0
        var (run, same, twins) = (0, 0, 0)
        for index in x.indices.dropFirst() {
            run = x[index] == x[index - 1] ? run + 1 : 0
            same = run > 0 && y[index] == y[index - 1] ? same + 1 : 0
            tied += run
            twins += same
        }
        self.twins = twins
        count = x.count * (x.count - 1) / 2 - tied
        sorted = x.count <= sortLimit ? FiniteSort.ascending(Self.all(x, y, count)) : []
    }

    private static func all(_ x: [Double], _ y: [Double], _ count: Int) -> [Double] {
        var slopes: [Double] = []
        slopes.reserveCapacity(count)
        for j in x.indices {
            for i in 0..<j where x[i] < x[j] { slopes.append((y[j] - y[i]) / (x[j] - x[i])) }
        }
        return slopes
    }

    /// The slopes with the given 0-based ranks.
    func select(_ ranks: [Int]) -> [Double] {
        sorted.isEmpty ? ranks.map(bisect) : ranks.map { sorted[$0] }
    }

    /// The smallest double with more than `rank` slopes at or below it, found by halving the ordered bit patterns.
    private func bisect(_ rank: Int) -> Double {
        var low = Self.key(-.greatestFiniteMagnitude)
        var high = Self.key(.greatestFiniteMagnitude)
        while low < high {
            let middle = low + (high - low) / 2
            if atOrBelow(Self.value(middle)) > rank { high = middle } else { low = middle + 1 }
        }
        return Self.value(low)
    }

    /// Pairs whose slope is at most `slope`: those whose heights above a line of that slope do not rise with x.
    private func atOrBelow(_ slope: Double) -> Int {
        var heights = x.indices.map { y[$0].addingProduct(-slope, x[$0]) }
        var start = 0
        // Equal x count for nothing: in rising order they are no inversion, and twins are taken off below.
        for end in 1...x.count where end == x.count || x[end] != x[start] {
            if end - start > 1 { heights[start..<end].sort() }
            start = end
        }
        return Inversions.count(heights, equalToo: true) - twins
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
