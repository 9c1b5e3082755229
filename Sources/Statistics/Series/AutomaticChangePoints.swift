/// Where the level or the slope of a series changes, with nothing to set: pieces of straight lines, cut where it pays.
///
/// Two rules, each with PELT (R. Killick et al. 2012, doi:10.1080/01621459.2012.737745) on Σ(x − line of the segment)². First
/// what an observer would see: a change must take off a tenth of what one line through the whole series leaves, and never
/// less than 3·log n of its mean square. Then what noise would not do: among segmentations under ever smaller penalties,
/// the finest counts whose rests show no first-order correlation (r₁ ≤ 1.645/√n) and whose penalty is still 4·log n of
/// their variance, a place and three numbers each; it has at most one change per 20 values. A wandering or seasonal series
/// never leaves uncorrelated rests and stays with the first rule, so that its waves are not cut to pieces.
///
/// No segment is shorter than five values. A series of more than 2,000 values is searched on the means of equal blocks and
/// each change then placed on the values themselves. Cost: at most some 80 searches of 2,000 values, plus n.
public struct AutomaticChangePoints: Sendable, Hashable {
    /// Why the changes count.
    public enum Basis: String, Sendable, Hashable {
        /// Each takes off a tenth of what one line leaves.
        case visible
        /// They leave uncorrelated rests and each outweighs the noise.
        case statistical
    }

    /// A stretch between two changes with its least-squares line.
    public struct Segment: Sendable, Hashable {
        /// The position of its first value.
        public let start: Int
        /// The position behind its last value.
        public let end: Int
        /// The line at the first value, in the unit of the data.
        public let level: Double
        /// The slope of the line per step.
        public let slope: Double

        /// The line at a position.
        public func fitted(at index: Int) -> Double { level + slope * Double(index - start) }
    }

    /// The least number of values between two changes.
    public static let minimumLength = 5
    private static let blocks = 2000

    /// The number of values.
    public let n: Int
    /// The positions of the first values after each change, ascending.
    public let indices: [Int]
    /// The stretches between them, one more than the changes.
    public let segments: [Segment]
    /// Why these changes count.
    public let basis: Basis
    /// The penalty of one change, in the squared unit of the data; of the block means where the series was searched on them.
    public let penalty: Double
    /// How many values stood together in the search; 1 up to 2,000 values.
    public let blockLength: Int
    /// The share of the squared deviation from one line that the pieces take off, 0 to 1.
    public let explained: Double

    /// Searches a series without gaps. Throws `.tooFew` below ten values, `.nonFinite`, `.constant`.
    public init(_ data: [Double]) throws(Undefined) {
        try Undefined.require(data.count, atLeast: 2 * Self.minimumLength)
        let cost = try SegmentCost(data, model: .line)
        let block = (data.count + Self.blocks - 1) / Self.blocks
        let search = try ChangeSearch(block == 1 ? data : Self.means(data, block), shortest: Self.minimumLength)
        let found = block == 1 ? search.indices : Self.placed(search.indices, block, cost)
        let bounds = [0] + found + [data.count]
        (n, indices, basis, penalty, blockLength) = (data.count, found, search.basis, search.penalty, block)
        segments = try zip(bounds, bounds.dropFirst()).map { (start, end) throws(Undefined) in
            let line = try LinearFit(Array(data[start..<end]))
            return Segment(start: start, end: end, level: line.intercept, slope: line.slope)
        }
        let left = zip(bounds, bounds.dropFirst()).reduce(0) { $0 + cost($1.0, $1.1) }
        let whole = cost(0, data.count)
        explained = whole > 0 ? max(0, 1 - left / whole) : 0
    }

    /// The means of blocks of so many values; the last block may be shorter.
    private static func means(_ data: [Double], _ length: Int) -> [Double] {
        stride(from: 0, to: data.count, by: length).map { start in
            let block = data[start..<min(start + length, data.count)]
            return block.reduce(0) { $0 + $1 / Double(block.count) }
        }
    }

    /// Changes between blocks, each moved to the cheapest cut within one block to either side.
    private static func placed(_ blocks: [Int], _ length: Int, _ cost: SegmentCost) -> [Int] {
        var places = blocks.map { $0 * length }
        for index in places.indices {
            let before = index == 0 ? 0 : places[index - 1]
            let after = index + 1 < places.count ? places[index + 1] : cost.count
            let cuts =
                max(before + minimumLength, places[index] - length)...min(after - minimumLength, places[index] + length)
            var least = Double.infinity
            for cut in cuts {
                let total = cost(before, cut) + cost(cut, after)
                if total < least { (least, places[index]) = (total, cut) }
            }
        }
        return places
    }
}
