/// Hartigan's dip test of one mode: the largest distance to the nearest distribution function with one mode.
///
/// p by comparing √n·dip with that of seeded uniform samples, the hardest case with one mode; beyond 1,000 observations the
/// simulated samples have 1,000, for √n·dip no longer moves. Source: J. A. Hartigan, P. M. Hartigan, Ann. Statist. 13
/// (1985) 70–84, doi:10.1214/aos/1176346577; algorithm AS 217 as corrected by M. Maechler.
public struct HartiganDip: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The dip, from 1/(2n) to ¼.
    public let dip: Double
    /// (1 + simulated dips at least as large)/(1 + simulations).
    public let p: Double
    /// The ends of the modal interval, in the unit of the data.
    public let modalInterval: ClosedRange<Double>
    /// The number of simulated samples.
    public let simulations: Int

    /// Throws `.tooFew` below four observations, `.outOfDomain` below 100 simulations. Cost: about n for the dip, and
    /// min(n, 1000) for each simulation.
    public init(_ sample: CountedSample, simulations: Int = 2000, seed: UInt64) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 4)
        guard simulations >= 100 else { throw .outOfDomain("at least 100 simulations, not \(simulations)") }
        let found = Self.dip(sample.expanded)
        var generator = SeededGenerator(seed: seed)
        let size = min(sample.n, 1000)
        let limit = found.dip * (Double(sample.n) / Double(size)).squareRoot() * (1 - 1e-12)
        var reached = 0
        for _ in 0..<simulations where Self.dip(Self.uniformSpacings(size, &generator)).dip >= limit { reached += 1 }
        (n, dip, modalInterval) = (sample.n, found.dip, found.mode)
        p = Double(1 + reached) / Double(1 + simulations)
        self.simulations = simulations
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double], simulations: Int = 2000, seed: UInt64) throws(Undefined) {
        try self.init(CountedSample(data), simulations: simulations, seed: seed)
    }

    /// Sorted uniform values up to scale: the sums of exponential steps.
    private static func uniformSpacings(_ n: Int, _ generator: inout SeededGenerator) -> [Double] {
        var sum = 0.0
        return (0..<n).map { _ in
            sum -= log(generator.openUniform())
            return sum
        }
    }

    /// The dip of values in ascending order.
    static func dip(_ x: [Double]) -> (dip: Double, mode: ClosedRange<Double>) {
        let n = x.count
        var (low, high, best) = (0, n - 1, 1.0)
        let minorant = touching(x, upwards: true)
        let majorant = touching(x, upwards: false)
        while x[low] < x[high] {
            let convex = chain(from: high, to: low, minorant)
            let concave = chain(from: low, to: high, majorant)
            let gap = widestGap(x, convex, concave)
            if gap.distance < best { break }
            let below = (gap.convex..<convex.count - 1).map { rise(x, convex[$0 + 1], convex[$0], above: true) }.max()
            let above = (gap.concave..<concave.count - 1).map { rise(x, concave[$0], concave[$0 + 1], above: false) }
                .max()
            best = max(best, below ?? 0, above ?? 0)
            if low == convex[gap.convex], high == concave[gap.concave] { break }
            (low, high) = (convex[gap.convex], concave[gap.concave])
        }
        return (best / Double(2 * n), x[low]...x[high])
    }

    /// For each point the next point of the greatest convex minorant to its left, or of the least concave majorant to its
    /// right.
    private static func touching(_ x: [Double], upwards: Bool) -> [Int] {
        let n = x.count
        let (end, step) = upwards ? (0, -1) : (n - 1, 1)
        var next = [Int](repeating: end, count: n)
        for j in upwards ? Array(1..<n) : Array((0..<n - 1).reversed()) {
            next[j] = j + step
            while next[j] != end {
                let (a, b) = (next[j], next[next[j]])
                if (x[j] - x[a]) * Double(a - b) < (x[a] - x[b]) * Double(j - a) { break }
                next[j] = b
            }
        }
        return next
    }

    private static func chain(from start: Int, to end: Int, _ next: [Int]) -> [Int] {
        var points = [start]
        var point = start
        while upwardsOrDown(point, start, end) {
            point = next[point]
            points.append(point)
        }
        return points
    }

    private static func upwardsOrDown(_ point: Int, _ start: Int, _ end: Int) -> Bool {
        start > end ? point > end : point < end
    }

    /// The largest vertical distance between the two curves, in counts, and where it stands on each.
    private static func widestGap(
        _ x: [Double], _ convex: [Int], _ concave: [Int]
    ) -> (distance: Double, convex: Int, concave: Int) {
        guard convex.count != 2 || concave.count != 2 else { return (1, convex.count - 1, concave.count - 1) }
        var (ix, iv, distance) = (convex.count - 2, 1, 0.0)
        var (atConvex, atConcave) = (convex.count - 1, concave.count - 1)
        repeat {
            let (g, l) = (convex[ix], concave[iv])
            if g > l {
                let g1 = convex[ix + 1]
                let d = Double(l - g1 + 1) - (x[l] - x[g1]) * Double(g - g1) / (x[g] - x[g1])
                iv += 1
                if d >= distance { (distance, atConvex, atConcave) = (d, ix + 1, iv - 1) }
            } else {
                let l1 = concave[iv - 1]
                let d = (x[g] - x[l1]) * Double(l - l1) / (x[l] - x[l1]) - Double(g - l1 - 1)
                ix -= 1
                if d >= distance { (distance, atConvex, atConcave) = (d, ix + 1, iv) }
            }
            ix = max(ix, 0)
            iv = min(iv, concave.count - 1)
        } while convex[ix] != concave[iv]
        return (distance, atConvex, atConcave)
    }

    /// How far the steps of the data stand from one straight piece, in counts, at least 1.
    private static func rise(_ x: [Double], _ start: Int, _ end: Int, above: Bool) -> Double {
        guard end - start > 1, x[end] != x[start] else { return 1 }
        let slope = Double(end - start) / (x[end] - x[start])
        return (start...end).reduce(1) { most, j in
            let line = (x[j] - x[start]) * slope
            return max(most, above ? Double(j - start + 1) - line : line - Double(j - start - 1))
        }
    }
}
