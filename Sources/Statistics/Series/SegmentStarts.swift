/// The best start of the last segment for one end after another, in a tree of bounds over all starts so far.
///
/// A full group of 16, 256, 4,096 … starts keeps m = min over its starts s of best(s) + cost(s, u) for the end u at which it
/// was last looked through. Since cutting a segment never costs more, cost(s, t) ≥ cost(s, u) + cost(u, t) (the inequality
/// of PELT), the group cannot win at t while m + cost(u, t) lies above a total that is already known, and is passed over
/// as a whole. Nothing is given up: a group is looked through again as soon as its bound allows it to win.
struct SegmentStarts {
    private struct Bound {
        /// The least best(s) + cost(s, at) of the group, or a number below it.
        var least: Double
        /// The end at which `least` was found.
        var at: Int
    }

    private static let width = 16
    private let cost: SegmentCost
    /// Totals closer than this are compared one by one, so that rounding passes over nothing.
    private let slack: Double
    /// best[s]: the least total of the first s values, a penalty less than for a start.
    private(set) var best: [Double]
    /// How many starts are open to a search, 0..<open.
    private var open = 0
    /// The full groups of each level in order; level k holds groups of 16^(k + 1) starts.
    private var groups: [[Bound]] = []

    /// Prepares a search; `best` holds one entry for each start and is infinite where none is known yet.
    init(_ cost: SegmentCost, first: Double) {
        self.cost = cost
        slack = cost.rounding
        best = [Double](repeating: .infinity, count: cost.count + 1)
        best[0] = first
    }

    /// Keeps the least total of the first `end` values.
    mutating func settle(_ end: Int, _ total: Double) { best[end] = total }

    /// Opens the next start to all ends from `end` on, and closes the groups that it fills.
    mutating func openNext(at end: Int) {
        open += 1
        var size = Self.width
        var level = 0
        while open % size == 0 {
            if groups.count == level { groups.append([]) }
            let least = (open - size..<open).reduce(Double.infinity) { min($0, best[$1] + cost($1, end)) }
            groups[level].append(Bound(least: least, at: end))
            size *= Self.width
            level += 1
        }
    }

    /// The least best(s) + cost(s, end) over the open starts and the first s that reaches it; `guess` is tried first.
    mutating func least(at end: Int, guess: Int) -> (total: Double, start: Int) {
        var found = (total: best[guess] + cost(guess, end), start: guess)
        var reached = 0
        for level in groups.indices.reversed() {
            let from = reached / Self.size(level)
            for index in from..<groups[level].count { search(level, index, end, &found) }
            reached = groups[level].count * Self.size(level)
        }
        tryEach(reached..<open, end, &found)
        return found
    }

    /// The number of starts in a group of a level.
    private static func size(_ level: Int) -> Int { 1 << (4 * (level + 1)) }

    /// Looks through a group unless its bound lies above the best total; gives back a bound of it at `end`.
    @discardableResult
    private mutating func search(_ level: Int, _ index: Int, _ end: Int, _ found: inout (total: Double, start: Int))
        -> Double
    {
        let group = groups[level][index]
        let bound = group.at < end ? group.least + cost(group.at, end) : group.least
        if bound > found.total + slack { return bound }
        var least = Double.infinity
        let children = index * Self.width..<(index + 1) * Self.width
        if level == 0 {
            least = tryEach(children, end, &found)
        } else {
            for child in children { least = min(least, search(level - 1, child, end, &found)) }
        }
        groups[level][index] = Bound(least: least, at: end)
        return least
    }

    @discardableResult
    private func tryEach(_ starts: Range<Int>, _ end: Int, _ found: inout (total: Double, start: Int)) -> Double {
        var least = Double.infinity
        for start in starts {
            let total = best[start] + cost(start, end)
            least = min(least, total)
            if total < found.total || (total == found.total && start < found.start) { found = (total, start) }
        }
        return least
    }
}
