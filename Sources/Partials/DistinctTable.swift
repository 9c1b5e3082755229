import Statistics

/// Tells distinct doubles apart while there are at most `BinnedCounts.exactLimit`, in constant time for each.
///
/// Open addressing; a generation number stands in for clearing.
struct DistinctTable {
    private static let slots = 512

    /// The distinct values, in the order in which they were met.
    private(set) var values: [Double] = []
    /// How often each was met.
    private(set) var counts: [Int] = []
    private var places = [Int32](repeating: 0, count: slots)
    private var generations = [UInt32](repeating: 0, count: slots)
    private var generation: UInt32 = 1

    init() {
        values.reserveCapacity(BinnedCounts.exactLimit)
        counts.reserveCapacity(BinnedCounts.exactLimit)
    }

    /// Forgets everything.
    mutating func clear() {
        values.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        generation += 1
    }

    /// Counts a value; its place, or −1 if there are too many distinct values.
    mutating func add(_ value: Double) -> Int32 {
        let bits = value.bitPattern
        var slot = Int(truncatingIfNeeded: ((bits ^ (bits >> 32)) &* 0x9E37_79B9_7F4A_7C15) >> 55)
        while generations[slot] == generation {
            let place = places[slot]
            if values[Int(place)] == value {
                counts[Int(place)] &+= 1
                return place
            }
            slot = (slot &+ 1) & (Self.slots - 1)
        }
        guard values.count < BinnedCounts.exactLimit else { return -1 }
        generations[slot] = generation
        places[slot] = Int32(truncatingIfNeeded: values.count)
        values.append(value)
        counts.append(1)
        return places[slot]
    }

    /// The distinct values, ascending, with their counts.
    var sorted: (values: [Double], counts: [Int]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        return (order.map { values[$0] }, order.map { counts[$0] })
    }
}
