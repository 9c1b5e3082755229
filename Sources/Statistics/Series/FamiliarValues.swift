/// The values that a quantity has taken so far, to say how far a new one lies from all of them.
///
/// Values nearer to a kept one than 1/2048 of the range are counted in the range but not kept, so the memory is bounded and a
/// value costs a binary search and a short move.
struct FamiliarValues: Sendable {
    /// The share of the range within which two values count as one.
    private static let resolution = 1.0 / 2048

    /// How many of the outermost values at either side do not set the range: as many as one far observation can reach.
    let setAside: Int
    private(set) var count = 0
    private var kept: [Double] = []
    /// The outermost values, the last of all first, one more than may be set aside.
    private var lowest: [Double] = [], highest: [Double] = []

    init(setAside: Int) { self.setAside = setAside }

    /// The distance between the lowest and the highest value but those set aside, at most a quarter of all at either side.
    var range: Double {
        let aside = Swift.min(setAside, count / 4)
        return count < 2 ? 0 : Swift.max(0, highest[aside] - lowest[aside])
    }

    /// The distance to the nearest earlier value over the range: 0 for a value seen before, infinite for another value after
    /// equal ones. Gaps up to `rounding` are none.
    func novelty(of value: Double, rounding: Double) -> Double {
        let gap = distance(to: value, at: kept.place(of: value))
        return gap > rounding ? gap / range : 0
    }

    mutating func insert(_ value: Double) {
        let index = kept.place(of: value)
        if distance(to: value, at: index) > range * Self.resolution { kept.insert(value, at: index) }
        lowest.insert(value, at: lowest.place(of: value))
        if lowest.count > setAside + 1 { lowest.removeLast() }
        highest.insert(value, at: highest.firstIndex { $0 < value } ?? highest.count)
        if highest.count > setAside + 1 { highest.removeLast() }
        count += 1
    }

    private func distance(to value: Double, at index: Int) -> Double {
        Swift.min(
            index < kept.count ? kept[index] - value : .infinity, index > 0 ? value - kept[index - 1] : .infinity)
    }
}

extension [Double] {
    /// The number of values below `value` in an ascending array.
    func place(of value: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The mean, counted from the first value so that equal values give exactly theirs; 0 without values.
    var meanFromFirst: Double {
        guard let first else { return 0 }
        return reduce(first) { $0 + ($1 - first) / Double(count) }
    }
}
