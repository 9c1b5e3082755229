/// Chooses the records that samples keep: for each group those with the smallest ranks.
struct SampleChoice {
    private let sizes: SampleSizes
    private var isChosen: [Bool]

    /// Chooses among so many records, none yet.
    init(count: Int, sizes: SampleSizes) {
        self.sizes = sizes
        isChosen = Array(repeating: false, count: count)
    }

    /// Keeps the first records of a group, which is in the order of ranks, and says the smallest rank that is left out.
    ///
    /// `limit` is a rank from which on the group's records are not all known.
    mutating func choose(
        _ order: ArraySlice<Int32>, from ranks: [UInt64], isAll: Bool, limit: UInt64? = nil
    ) -> UInt64? {
        let size = isAll ? sizes.all : sizes.group
        for place in order.prefix(size) {
            if let limit, ranks[Int(place)] >= limit { return limit }
            isChosen[Int(place)] = true
        }
        guard order.count > size else { return limit }
        let next = ranks[Int(order[order.startIndex + size])]
        return min(next, limit ?? next)
    }

    /// The places of all records that some group keeps, ascending.
    var places: [Int] { isChosen.indices.filter { isChosen[$0] } }
}
