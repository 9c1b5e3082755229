/// The search behind `AutomaticChangePoints`: its two rules on the values of one series.
struct ChangeSearch {
    private static let share = 0.1
    private static let visiblePrice = 3.0
    private static let statisticalPrice = 4.0
    private static let step = 1.25
    private static let valuesPerChange = 20

    private(set) var indices: [Int] = []
    private(set) var basis = AutomaticChangePoints.Basis.visible
    private(set) var penalty = 0.0

    /// Throws `.empty` and `.nonFinite`. Equal values, and an exact line, have no change.
    init(_ data: [Double], shortest: Int) throws(Undefined) {
        try Undefined.require(data.count, atLeast: 1)
        try Undefined.requireFinite(data)
        guard data.contains(where: { $0 != data[0] }) else { return }
        let cost = try SegmentCost(data, model: .line)
        let n = Double(data.count)
        let whole = cost(0, data.count)
        penalty = max(Self.share, Self.visiblePrice * log(n) / n) * whole
        // What rounding leaves of an exact line is no deviation.
        guard whole > 1e-12 * cost.squaredDeviation else { return }
        indices = ChangePoints.pelt(cost, penalty, shortest)
        refine(data, cost, shortest, least: 1e-9 * whole)
    }

    /// Lowers the penalty as long as the rests are correlated or the changes outweigh the noise.
    private mutating func refine(_ data: [Double], _ cost: SegmentCost, _ shortest: Int, least: Double) {
        let n = Double(data.count)
        var trial = penalty / Self.step
        while trial > least {
            let found = ChangePoints.pelt(cost, trial, shortest)
            if Self.valuesPerChange * found.count > data.count { return }
            let rests = Self.rests(data, found)
            let square = rests.lazy.map { $0 * $0 }.compensatedSum
            let lagged = zip(rests.dropFirst(), rests).lazy.map { $0 * $1 }.compensatedSum
            let isWhite = lagged <= 1.645 / n.squareRoot() * square
            let variance = square / max(1, n - Double(3 * found.count + 3))
            let pays = trial >= Self.statisticalPrice * log(n) * variance
            if isWhite && !pays { return }
            if isWhite && found.count > indices.count { (indices, penalty, basis) = (found, trial, .statistical) }
            trial /= Self.step
        }
    }

    /// The values less the least-squares line of their segment.
    private static func rests(_ data: [Double], _ changes: [Int]) -> [Double] {
        let bounds = [0] + changes + [data.count]
        return zip(bounds, bounds.dropFirst()).flatMap { start, end in
            let (size, middle) = (Double(end - start), Double(end - start - 1) / 2)
            let mean = data[start..<end].reduce(0) { $0 + $1 / size }
            let product = (start..<end).reduce(0) { $0 + (Double($1 - start) - middle) * (data[$1] - mean) }
            let slope = end - start > 1 ? 12 * product / (size * (size * size - 1)) : 0
            return (start..<end).map { data[$0] - mean - slope * (Double($0 - start) - middle) }
        }
    }
}
