/// An isolation forest: rows that few random cuts set apart score near 1, ordinary rows below about ½.
///
/// The score is 2^(−E[path]/c(ψ)) over trees grown on ψ sampled rows, with c the mean path of an unsuccessful search.
/// Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, ICDM 2008, doi:10.1109/ICDM.2008.17.
public struct IsolationForest: Sendable {
    /// A cut: values below it go on to the next node, others to `right`. A leaf sends every value to itself.
    private struct Node: Sendable {
        var cut: Double
        var column: Int32
        var right: Int32
    }

    private let nodes: [Node]
    /// For each leaf its path length with the expected rest; 0 for a cut.
    private let paths: [Double]
    private let roots: [Int]
    private let depth: Int
    private let norm: Double
    /// The number of columns.
    public let columns: Int
    /// The rows that each tree was grown on.
    public let sampleSize: Int

    /// Grows a forest from columns of equal length.
    ///
    /// - Parameters:
    ///   - columns: One array per column; scale does not matter.
    ///   - trees: The number of trees, at least 1.
    ///   - sampleSize: The rows per tree, at least 2; cut to the number of rows.
    ///   - seed: Same seed, same forest.
    ///
    /// Throws `.empty`, `.tooFew` below two rows, `.unequalLengths`, `.nonFinite`, `.outOfDomain`. Cost: trees × sample
    /// size × depth, and one pass over the columns.
    public init(columns: [[Double]], trees: Int = 100, sampleSize: Int = 256, seed: UInt64) throws(Undefined) {
        guard let first = columns.first else { throw .empty }
        guard trees >= 1, sampleSize >= 2 else { throw .outOfDomain("at least 1 tree and 2 rows per tree") }
        for column in columns {
            guard column.count == first.count else { throw .unequalLengths(first.count, column.count) }
            try Undefined.requireFinite(column)
        }
        try Undefined.require(first.count, atLeast: 2)
        let size = min(sampleSize, first.count)
        let depth = Int((log(Double(size)) / log(2)).rounded(.up))
        var generator = SeededGenerator(seed: seed)
        var grown = Growth(columns: columns, depth: depth)
        var starts: [Int] = []
        for _ in 0..<trees {
            starts.append(grown.nodes.count)
            var rows = generator.sample(size, outOf: first.count)
            grown.grow(&rows, 0..<size, level: 0, &generator)
        }
        (nodes, paths, roots, self.depth) = (grown.nodes, grown.paths, starts, depth)
        (norm, self.columns, self.sampleSize) = (Self.meanPath(size), columns.count, size)
    }

    /// The score of every row of columns as they were given to the forest, from 0 to 1.
    ///
    /// NaN goes with the larger values at every cut. Throws `.unequalLengths` for another number of columns or columns of
    /// different length. Cost: rows × trees × depth.
    public func scores(_ columns: [[Double]]) throws(Undefined) -> [Double] {
        guard columns.count == self.columns, let first = columns.first else {
            throw .unequalLengths(columns.count, self.columns)
        }
        for column in columns where column.count != first.count { throw .unequalLengths(first.count, column.count) }
        var scores: [Double] = []
        scores.reserveCapacity(first.count)
        var block: [Double] = []
        for start in stride(from: 0, to: first.count, by: Self.blockRows) {
            let rows = start..<min(start + Self.blockRows, first.count)
            block.removeAll(keepingCapacity: true)
            for row in rows { for column in columns { block.append(column[row]) } }
            scores.append(contentsOf: totals(block, rows.count).map { pow(2, -$0 / Double(roots.count) / norm) })
        }
        return scores
    }

    /// So many rows at a time go through one tree after another, so that both stay in the fast memory.
    private static let blockRows = 512

    /// The sum of the path lengths of each row of a block that holds row after row. Every way is walked to the full depth,
    /// four rows at a time, for leaves lead to themselves.
    private func totals(_ block: [Double], _ rows: Int) -> [Double] {
        var totals = [Double](repeating: 0, count: rows)
        let (nodes, values) = (nodes.span, block.span)
        for root in roots {
            for row in stride(from: 0, to: rows, by: 4) {
                var at = SIMD4<Int>(repeating: root)
                let base = SIMD4(row, min(row + 1, rows - 1), min(row + 2, rows - 1), min(row + 3, rows - 1)) &* columns
                for _ in 0..<depth {
                    for lane in 0..<4 {
                        let node = nodes[at[lane]]
                        let isBelow = values[base[lane] &+ Int(node.column)] < node.cut
                        at[lane] = isBelow ? at[lane] &+ 1 : Int(node.right)
                    }
                }
                for lane in 0..<min(4, rows - row) { totals[row + lane] += paths[at[lane]] }
            }
        }
        return totals
    }

    /// A forest while it grows.
    private struct Growth {
        let columns: [[Double]]
        let depth: Int
        var nodes: [Node] = []
        var paths: [Double] = []

        mutating func grow(_ rows: inout [Int], _ range: Range<Int>, level: Int, _ generator: inout SeededGenerator) {
            let place = nodes.count
            guard range.count > 1, level < depth, let cut = cut(rows[range], &generator) else {
                // No value lies below −∞.
                nodes.append(Node(cut: -.infinity, column: 0, right: Int32(place)))
                paths.append(Double(level) + IsolationForest.meanPath(range.count))
                return
            }
            let column = columns[cut.column]
            let middle = rows[range].partition { column[$0] >= cut.value }
            nodes.append(Node(cut: cut.value, column: Int32(cut.column), right: 0))
            paths.append(0)
            grow(&rows, range.lowerBound..<middle, level: level + 1, &generator)
            nodes[place].right = Int32(nodes.count)
            grow(&rows, middle..<range.upperBound, level: level + 1, &generator)
        }

        /// A random cut of a random column that varies among the rows; nil when none does.
        private func cut(
            _ rows: ArraySlice<Int>, _ generator: inout SeededGenerator
        ) -> (column: Int, value: Double)? {
            let start = generator.below(columns.count)
            for offset in columns.indices {
                let index = (start + offset) % columns.count
                var (low, high) = (Double.infinity, -Double.infinity)
                for row in rows {
                    low = min(low, columns[index][row])
                    high = max(high, columns[index][row])
                }
                if high > low { return (index, max(low.nextUp, low + (high - low) * generator.uniform())) }
            }
            return nil
        }
    }

    /// c(n) = 2H(n − 1) − 2(n − 1)/n, 0 for one row.
    fileprivate static func meanPath(_ n: Int) -> Double {
        guard n > 1 else { return 0 }
        let size = Double(n)
        let harmonic = stride(from: size - 1, through: 1, by: -1).reduce(0) { $0 + 1 / $1 }
        return 2 * harmonic - 2 * (size - 1) / size
    }
}
