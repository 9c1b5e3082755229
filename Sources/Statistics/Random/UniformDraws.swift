extension SeededGenerator {
    /// A value in [0, 1): the upper 53 bits of one draw.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A value in (0, 1), never an end: the middle of one of 2⁵³ equal cells.
    public mutating func openUniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

    /// A whole number in 0..<bound without bias (D. Lemire, doi:10.1145/3230636); 0 for a bound below 2.
    public mutating func below(_ bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let limit = UInt64(bound)
        var product = next().multipliedFullWidth(by: limit)
        if product.low < limit {
            let reject = (0 &- limit) % limit
            while product.low < reject { product = next().multipliedFullWidth(by: limit) }
        }
        return Int(product.high)
    }

    /// Whether an event of probability p happens; never for p ≤ 0, always for p ≥ 1.
    public mutating func bernoulli(_ p: Double) -> Bool { uniform() < p }

    /// An index drawn in proportion to the weights; the last one with a weight where rounding leaves a rest.
    ///
    /// Throws `.empty` and, for weights that are negative, not finite or all 0, `.outOfDomain`. Cost: the number of weights.
    public mutating func index(weights: [Double]) throws(Undefined) -> Int {
        guard !weights.isEmpty else { throw .empty }
        let total = weights.compensatedSum
        guard total > 0, total.isFinite, weights.allSatisfy({ $0 >= 0 }) else {
            throw .outOfDomain("weights are not negative and some weight is above 0")
        }
        var rest = uniform() * total
        var last = 0
        for (index, weight) in weights.enumerated() where weight > 0 {
            if rest < weight { return index }
            rest -= weight
            last = index
        }
        return last
    }

    /// Puts the elements into a random order (Fisher–Yates from the end).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for index in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(index, below(index + 1)) }
    }

    /// `count` different whole numbers of 0..<total in random order; all of them when `count` is at least `total`.
    ///
    /// Cost: `count`, by the swaps of a Fisher–Yates shuffle kept in a dictionary.
    public mutating func sample(_ count: Int, outOf total: Int) -> [Int] {
        var moved: [Int: Int] = [:]
        return (0..<Swift.max(0, Swift.min(count, total))).map { place in
            let pick = place + below(total - place)
            let value = moved[pick] ?? pick
            moved[pick] = moved[place] ?? place
            return value
        }
    }
}
