/// An isolation forest: rows that few random cuts set apart score near 1, ordinary rows below about ½.
///
/// The score is 2^(−E[path]/c(ψ)) over trees grown on ψ sampled rows, with c the mean path of an unsuccessful search.
/// Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, ICDM 2008, doi:10.1109/ICDM.2008.17.
public struct IsolationForest: Sendable {
    private struct Node: Sendable {
        /// The column of the cut; −1 for a leaf.
        var column: Int
        /// The cut, or for a leaf its path length with the expected rest.
        var value: Double
        /// The left child; the right one follows the left subtree.
        var right: Int
    }

    private let nodes: [Node]
    private let roots: [Int]
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
    /// Throws `.empty`, `.tooFew` below two rows, `.unequalLengths`, `.nonFinite`, `.outOfDomain`.
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
        var grown: [Node] = []
        var starts: [Int] = []
        for _ in 0..<trees {
            starts.append(grown.count)
            var rows = generator.sample(size, outOf: first.count)
            Self.grow(columns, &rows, 0..<size, depth, 0, &generator, &grown)
        }
        (nodes, roots, norm, self.columns, self.sampleSize) = (grown, starts, Self.meanPath(size), columns.count, size)
    }

    /// The score of every row of columns as they were given to the forest, from 0 to 1. Cost: rows × trees × depth.
    public func scores(_ columns: [[Double]]) throws(Undefined) -> [Double] {
        guard columns.count == self.columns, let first = columns.first else {
            throw .unequalLengths(columns.count, self.columns)
        }
        for column in columns where column.count != first.count { throw .unequalLengths(first.count, column.count) }
        return first.indices.map { row in
            let total = roots.reduce(0) { $0 + path(columns, row, from: $1) }
            return pow(2, -total / Double(roots.count) / norm)
        }
    }

    private func path(_ columns: [[Double]], _ row: Int, from root: Int) -> Double {
        var index = root
        while nodes[index].column >= 0 {
            index = columns[nodes[index].column][row] < nodes[index].value ? index + 1 : nodes[index].right
        }
        return nodes[index].value
    }

    private static func grow(
        _ columns: [[Double]], _ rows: inout [Int], _ range: Range<Int>, _ depth: Int, _ level: Int,
        _ generator: inout SeededGenerator, _ nodes: inout [Node]
    ) {
        let leaf = Node(column: -1, value: Double(level) + meanPath(range.count), right: 0)
        guard range.count > 1, level < depth, let cut = cut(columns, rows[range], &generator) else {
            nodes.append(leaf)
            return
        }
        let column = columns[cut.column]
        let middle = rows[range].partition { column[$0] >= cut.value }
        let place = nodes.count
        nodes.append(Node(column: cut.column, value: cut.value, right: 0))
        grow(columns, &rows, range.lowerBound..<middle, depth, level + 1, &generator, &nodes)
        nodes[place].right = nodes.count
        grow(columns, &rows, middle..<range.upperBound, depth, level + 1, &generator, &nodes)
    }

    /// A random cut of a random column that varies among the rows; nil when none does.
    private static func cut(
        _ columns: [[Double]], _ rows: ArraySlice<Int>, _ generator: inout SeededGenerator
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

    /// c(n) = 2H(n − 1) − 2(n − 1)/n, 0 for one row.
    private static func meanPath(_ n: Int) -> Double {
        guard n > 1 else { return 0 }
        let size = Double(n)
        let harmonic = stride(from: size - 1, through: 1, by: -1).reduce(0) { $0 + 1 / $1 }
        return 2 * harmonic - 2 * (size - 1) / size
    }
}
