/// The values that a quantity has taken so far, to say how far a new one lies from all of them.
///
/// Values nearer to a kept one than 1/2048 of the range are counted in the range but not kept, so the memory is bounded and a
/// value costs a binary search and at most a short move.
struct FamiliarValues: Sendable {
    /// The share of the range within which two values count as one.
    private static let resolution = 1.0 / 2048

    private var kept: [Double] = []
    private var low = Pair(), high = Pair()
    private(set) var count = 0

    /// The outermost two values of one side, so that a single far one does not set the range.
    private struct Pair: Sendable { var first = Double.nan, second = Double.nan }

    /// The distance between the second lowest and the second highest value; 0 below three values.
    var range: Double { count < 3 ? 0 : Swift.max(0, high.second - low.second) }

    /// The distance to the nearest earlier value over the range: 0 for a value seen before, infinite for another value after
    /// equal ones.
    func novelty(of value: Double) -> Double {
        let gap = distance(to: value, at: place(of: value))
        return gap > 0 ? gap / range : 0
    }

    mutating func insert(_ value: Double) {
        let index = place(of: value)
        if kept.isEmpty || distance(to: value, at: index) > range * Self.resolution { kept.insert(value, at: index) }
        if !(value >= low.first) {
            low = Pair(first: value, second: low.first)
        } else if !(value >= low.second) {
            low.second = value
        }
        if !(value <= high.first) {
            high = Pair(first: value, second: high.first)
        } else if !(value <= high.second) {
            high.second = value
        }
        count += 1
    }

    /// The number of kept values below `value`.
    private func place(of value: Double) -> Int {
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if kept[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func distance(to value: Double, at index: Int) -> Double {
        Swift.min(
            index < kept.count ? kept[index] - value : .infinity, index > 0 ? value - kept[index - 1] : .infinity)
    }
}
