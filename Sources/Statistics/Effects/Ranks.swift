/// Mid-ranks and tie counts of one column in its own order.
struct Ranks {
    /// The mid-rank of each value, 1 for the smallest.
    let ranks: [Double]
    /// The sizes of the groups of equal values.
    let groups: [Int]

    init(_ data: [Double]) { self.init(data, ascending: FiniteSort.order(data)) }

    /// - Parameter order: the indices of the values in ascending order.
    init(_ data: [Double], ascending order: some RandomAccessCollection<some BinaryInteger>) {
        let order = order.map { Int($0) }
        var ranks = [Double](repeating: 0, count: data.count)
        var groups: [Int] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, data[order[end]] == data[order[start]] { end += 1 }
            for index in order[start..<end] { ranks[index] = Double(start + end + 1) / 2 }
            groups.append(end - start)
            start = end
        }
        self.ranks = ranks
        self.groups = groups
    }

    /// Σ f(t) over the groups of tied values.
    func tieSum(_ f: (Double) -> Double) -> Double { groups.reduce(0) { $0 + f(Double($1)) } }

    /// The number of tied pairs Σ t(t − 1)/2.
    var tiedPairs: Double { tieSum { $0 * ($0 - 1) / 2 } }
}
