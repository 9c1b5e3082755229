/// Where a series changes, by the least Σ cost of segments plus a penalty for every change.
///
/// The series has no gaps; its unit is free, and the penalty is in the unit of the cost. Source of binary segmentation:
/// A. J. Scott, M. Knott, Biometrics 30 (1974) 507–512, doi:10.2307/2529204.
public struct ChangePoints: Sendable, Hashable {
    /// How the changes are searched.
    public enum Method: String, Sendable, Hashable {
        /// The exact minimum by the inequality of PELT (R. Killick et al. 2012, doi:10.1080/01621459.2012.737745), asked of
        /// groups of starts at once: about n·log n costs in practice, with many changes and with none.
        case pelt
        /// One best cut at a time while it pays; O(n log n) and not always the minimum.
        case binarySegmentation
    }

    /// The number of values.
    public let n: Int
    /// The positions of the first values after each change, ascending.
    public let indices: [Int]
    /// What a change must gain; for `SegmentModel.mean` in the squared unit of the data.
    public let penalty: Double
    /// Σ cost of the segments, without penalties.
    public let cost: Double
    /// The model of a segment.
    public let model: SegmentModel
    /// How the changes were searched.
    public let method: Method
    /// The shortest segment allowed.
    public let minimumLength: Int

    /// Σ cost + penalty · changes, which the search lessens.
    public var objective: Double { cost + penalty * Double(indices.count) }

    /// Searches a series without gaps.
    ///
    /// - Parameters:
    ///   - data: The values in order.
    ///   - penalty: Not negative; see `defaultPenalty` for one on the scale of the noise.
    ///   - model: What a segment is.
    ///   - method: The search.
    ///   - minimumLength: At least 1; at least 2 for `meanAndVariance`, 3 for `line`.
    ///
    /// Throws `.tooFew` below twice the minimum length, `.nonFinite`, `.constant`, `.outOfDomain`.
    public init(
        _ data: [Double], penalty: Double, model: SegmentModel = .mean, method: Method = .pelt, minimumLength: Int = 2
    ) throws(Undefined) {
        guard penalty >= 0, penalty.isFinite else { throw .outOfDomain("a penalty is not negative") }
        guard minimumLength >= model.leastLength else { throw .outOfDomain("the minimum length is too small") }
        try Undefined.require(data.count, atLeast: 2 * minimumLength)
        let cost = try SegmentCost(data, model: model)
        let found =
            switch method {
            case .pelt: Self.pelt(cost, penalty, minimumLength)
            case .binarySegmentation: Self.binary(cost, penalty, minimumLength)
            }
        let bounds = [0] + found + [data.count]
        (n, indices, self.penalty, self.model) = (data.count, found, penalty, model)
        (self.method, self.minimumLength) = (method, minimumLength)
        self.cost = zip(bounds, bounds.dropFirst()).map { cost($0, $1) }.compensatedSum
    }

    /// 3·σ²·log n with σ from the median absolute first difference (σ = MAD(Δ)/(0.6745·√2)), which changes of level hardly
    /// move; the variance of the series stands in when more than half of the differences are equal.
    ///
    /// Throws `.tooFew` below three values, `.nonFinite`, `.constant`.
    public static func defaultPenalty(_ data: [Double]) throws(Undefined) -> Double {
        try Undefined.require(data.count, atLeast: 3)
        let steps = zip(data.dropFirst(), data).map { $0 - $1 }
        let sigma = try MedianDeviation(steps).scaled / Double(2).squareRoot()
        let variance = try sigma > 0 ? sigma * sigma : GroupSummary(data).variance
        guard variance > 0 else { throw .constant }
        return 3 * variance * log(Double(data.count))
    }

    /// The exact search on ready costs.
    static func pelt(_ cost: SegmentCost, _ penalty: Double, _ shortest: Int) -> [Int] {
        let n = cost.count
        var starts = SegmentStarts(cost, first: -penalty)
        var last = [Int](repeating: 0, count: n + 1)
        for end in shortest...n {
            starts.openNext(at: end)
            let found = starts.least(at: end, guess: last[end - 1])
            starts.settle(end, found.total + penalty)
            last[end] = found.start
        }
        var found: [Int] = []
        var end = last[n]
        while end > 0 {
            found.append(end)
            end = last[end]
        }
        return found.reversed()
    }

    private static func binary(_ cost: SegmentCost, _ penalty: Double, _ shortest: Int) -> [Int] {
        var found: [Int] = []
        var open = [0..<cost.count]
        while let segment = open.popLast() {
            guard segment.count >= 2 * shortest else { continue }
            let whole = cost(segment.lowerBound, segment.upperBound)
            var (place, least) = (0, Double.infinity)
            for cut in (segment.lowerBound + shortest)...(segment.upperBound - shortest) {
                let total = cost(segment.lowerBound, cut) + cost(cut, segment.upperBound)
                if total < least { (place, least) = (cut, total) }
            }
            guard whole - least > penalty else { continue }
            found.append(place)
            open.append(segment.lowerBound..<place)
            open.append(place..<segment.upperBound)
        }
        return found.sorted()
    }
}
