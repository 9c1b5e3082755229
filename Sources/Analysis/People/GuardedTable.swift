/// A cross table of counts of people, as it may be published.
///
/// Rows and columns are those of `counts`; every total is at least k, because whoever calls pools what is smaller
/// (`PooledRows`). A count below k becomes `.small`, shown as "fewer than k", and further counts are withheld until nobody who
/// knows all totals, all published counts and this rule can narrow a small count down to fewer than `leastChoices` values.
///
/// How narrow a count can be told is computed exactly: with totals known, the hidden counts are a flow through rows and
/// columns, and the largest and smallest value of one is a maximum flow (J. P. Kelly, B. L. Golden, A. A. Assad, Networks 22
/// (1992) 397–417, doi:10.1002/net.3230220407). Cost: a search through the hidden counts for each small and each
/// withheld count, at most `leastChoices` times.
public struct GuardedTable: Sendable, Hashable {
    /// One count.
    public enum Cell: Sendable, Hashable {
        /// As it is.
        case count(Int)
        /// 0 to k − 1.
        case small
        /// k or more, hidden so that others cannot be told from it.
        case withheld
    }

    /// The true counts with the names of rows and columns; never published.
    public struct Counts: Sendable, Hashable {
        /// The names of the rows.
        public var rows: [String]
        /// The names of the columns.
        public var columns: [String]
        /// The counts by row and column.
        public var counts: [[Int]]

        /// Counts by row and column.
        public init(rows: [String], columns: [String], counts: [[Int]]) {
            self.rows = rows
            self.columns = columns
            self.counts = counts
        }
    }

    /// The names of the rows.
    public let rows: [String]
    /// The names of the columns.
    public let columns: [String]
    /// The counts by row and column.
    public let cells: [[Cell]]
    /// The total of each row, published.
    public let rowTotals: [Int]
    /// The total of each column, published.
    public let columnTotals: [Int]
    /// The smallest count that is published.
    public let k: Int

    /// How many values a small count can have at least for whoever reads the table: half of the k that it may have, and
    /// never fewer than three.
    public static func leastChoices(k: Int) -> Int { max(3, (k + 1) / 2) }

    /// Guards a table; nil where a total lies below k, or small counts could be told whatever is withheld.
    ///
    /// - Parameter hiding: further counts that are withheld whether or not this table needs it.
    public init?(_ table: Counts, k: Int, hiding: [[Bool]]? = nil) {
        self.k = k
        (rows, columns) = (table.rows, table.columns)
        rowTotals = table.counts.map { $0.reduce(0, +) }
        columnTotals = table.columns.indices.map { column in table.counts.reduce(0) { $0 + $1[column] } }
        guard !rows.isEmpty, (rowTotals + columnTotals).allSatisfy({ $0 >= k }) else { return nil }
        var hidden = HiddenCounts(table.counts, k: k)
        if let hiding { hidden.hide(hiding) }
        guard hidden.protect(leastChoices: Self.leastChoices(k: k)) else { return nil }
        cells = table.counts.indices.map { row in
            table.columns.indices.map { column in
                let count = table.counts[row][column]
                return !hidden.isHidden[row][column] ? .count(count) : count < k ? .small : .withheld
            }
        }
    }

    /// Which counts are hidden.
    public var hidden: [[Bool]] {
        cells.map { row in row.map { if case .count = $0 { false } else { true } } }
    }

    /// How many counts are hidden.
    public var hiddenCount: Int { hidden.reduce(0) { $0 + $1.count { $0 } } }
}

/// The hidden counts of a table with all its totals known, as a flow from rows to columns.
struct HiddenCounts {
    let counts: [[Int]]
    let k: Int
    /// Which counts are hidden, and so can be moved.
    var isHidden: [[Bool]]
    /// What is known of each hidden count by itself.
    var limits: [[ClosedRange<Int>]]

    init(_ counts: [[Int]], k: Int) {
        self.counts = counts
        self.k = k
        isHidden = counts.map { $0.map { $0 < k } }
        let columns = counts[0].indices.map { column in counts.reduce(0) { $0 + $1[column] } }
        limits = counts.map { row in
            let total = row.reduce(0, +)
            return row.indices.map { column in
                let most = min(total, columns[column])
                return row[column] < k ? 0...min(k - 1, most) : k...max(k, most)
            }
        }
    }

    /// Hides further counts.
    mutating func hide(_ others: [[Bool]]) {
        for row in others.indices {
            for column in others[row].indices where others[row][column] { isHidden[row][column] = true }
        }
    }

    /// Hides further counts until every small one has at least so many values; false where that cannot be.
    mutating func protect(leastChoices: Int) -> Bool {
        // Hiding one more count takes no value from another: what is safe stays so and is looked at once.
        for row in counts.indices {
            for column in counts[row].indices where counts[row][column] < k {
                while possible(row, column, enough: leastChoices).count < leastChoices {
                    guard let (other, place) = next(row, column) else { return false }
                    isHidden[other][place] = true
                }
            }
        }
        return true
    }

    /// What to hide next for a count: of the lines that it stands in the one with fewer hidden counts, there the smallest;
    /// then whatever is left in rows or columns with hidden counts, then anything.
    private func next(_ row: Int, _ column: Int) -> (Int, Int)? {
        let inRow = counts[row].indices.filter { !isHidden[row][$0] }.map { (row, $0) }
        let inColumn = counts.indices.filter { !isHidden[$0][column] }.map { ($0, column) }
        func smallest(_ places: [(Int, Int)]) -> (Int, Int)? {
            places.min { (counts[$0.0][$0.1], $0.0, $0.1) < (counts[$1.0][$1.1], $1.0, $1.1) }
        }
        let hiddenInRow = counts[row].count - inRow.count
        let hiddenInColumn = counts.count - inColumn.count
        let preferred = hiddenInRow <= hiddenInColumn ? [inRow, inColumn] : [inColumn, inRow]
        if let found = preferred.lazy.compactMap(smallest).first { return found }
        let left = counts.indices.flatMap { row in
            counts[row].indices.filter { !isHidden[row][$0] }.map { (row, $0) }
        }
        let touching = left.filter { place in
            isHidden[place.0].contains(true) || isHidden.contains { $0[place.1] }
        }
        return smallest(touching) ?? smallest(left)
    }

    /// The values that a hidden count can have for whoever knows the totals, the other counts and the rule; the search ends
    /// once there are `enough`.
    func possible(_ row: Int, _ column: Int, enough: Int = .max) -> ClosedRange<Int> {
        let count = counts[row][column]
        let up = moved(row, column, by: min(limits[row][column].upperBound - count, enough), up: true)
        let rest = enough == .max ? .max : enough - up
        let down = moved(row, column, by: min(count - limits[row][column].lowerBound, rest), up: false)
        return count - down...count + up
    }

    /// By how much a hidden count can be moved, up to a limit, when others make up for it: unit steps along shortest
    /// alternating paths from its column back to its row.
    private func moved(_ row: Int, _ column: Int, by limit: Int, up: Bool) -> Int {
        var flow = counts
        var moves = 0
        while moves < limit, let path = path(row, column, flow, up: up) {
            flow[row][column] += up ? 1 : -1
            for step in path { flow[step.row][step.column] += step.change }
            moves += 1
        }
        return moves
    }

    private struct Step {
        var row: Int
        var column: Int
        var change: Int
    }

    /// Steps that take away what one step of a count adds (or add what it takes), each within the limits.
    private func path(_ row: Int, _ column: Int, _ flow: [[Int]], up: Bool) -> [Step]? {
        // Nodes: rows, then columns. From the column a row is reached by changing a count against the move, from a row a
        // column by changing one with it.
        let rowCount = counts.count
        let first = up ? -1 : 1
        var from = [Step?](repeating: nil, count: rowCount + counts[0].count)
        var before = [Int](repeating: -1, count: from.count)
        var isReached = [Bool](repeating: false, count: from.count)
        var queue = [rowCount + column]
        isReached[queue[0]] = true
        var place = 0
        while place < queue.count {
            let node = queue[place]
            place += 1
            let isColumn = node >= rowCount
            for other in isColumn ? 0..<rowCount : rowCount..<from.count where !isReached[other] {
                let (r, c) = isColumn ? (other, node - rowCount) : (node, other - rowCount)
                let change = isColumn ? first : -first
                guard isHidden[r][c], r != row || c != column, limits[r][c].contains(flow[r][c] + change) else {
                    continue
                }
                isReached[other] = true
                from[other] = Step(row: r, column: c, change: change)
                before[other] = node
                queue.append(other)
                guard other == row else { continue }
                var steps: [Step] = []
                var at = other
                while let step = from[at] {
                    steps.append(step)
                    at = before[at]
                }
                return steps
            }
        }
        return nil
    }
}
