import Statistics
import Testing

@testable import Analysis

/// An attack that shares no code with the guard: it lists every table that fits what is published.
private struct Attack {
    let rows: [Int]
    let columns: [Int]
    let cells: [[GuardedTable.Cell]]
    let k: Int
    /// The search may stop once every hidden small count has so many values.
    let enough: Int
    private(set) var values: [[Set<Int>]]

    init(_ table: GuardedTable, enough: Int = .max) {
        (rows, columns, cells, k) = (table.rowTotals, table.columnTotals, table.cells, table.k)
        self.enough = enough
        values = cells.map { $0.map { _ in [] } }
        var counts = cells.map { $0.map { _ in 0 } }
        _ = search(0, &counts, columns)
    }

    /// Fills cell after cell; true once enough is known.
    private mutating func search(_ place: Int, _ counts: inout [[Int]], _ left: [Int]) -> Bool {
        let width = columns.count
        guard place < rows.count * width else {
            for row in cells.indices {
                for column in cells[row].indices { values[row][column].insert(counts[row][column]) }
            }
            return cells.indices.allSatisfy { row in
                cells[row].indices.allSatisfy { cells[row][$0] != .small || values[row][$0].count >= enough }
            }
        }
        let (row, column) = (place / width, place % width)
        let rest = rows[row] - counts[row][..<column].reduce(0, +)
        // The last cell of a row, and the last row, follow from the totals.
        var candidates = column == width - 1 ? rest...rest : 0...max(0, min(rest, left[column]))
        if row == rows.count - 1 {
            guard candidates.contains(left[column]) else { return false }
            candidates = left[column]...left[column]
        }
        guard rest >= 0 else { return false }
        for value in candidates where value <= left[column] && fits(value, cells[row][column]) {
            counts[row][column] = value
            var left = left
            left[column] -= value
            if search(place + 1, &counts, left) { return true }
        }
        counts[row][column] = 0
        return false
    }

    private func fits(_ value: Int, _ cell: GuardedTable.Cell) -> Bool {
        switch cell {
        case .count(let count): value == count
        case .small: value < k
        case .withheld: value >= k
        }
    }

    /// The fewest values that a small count can have; nil where none is hidden.
    var narrowest: Int? {
        var least: Int?
        for row in cells.indices {
            for column in cells[row].indices where cells[row][column] == .small {
                least = min(least ?? .max, values[row][column].count)
            }
        }
        return least
    }
}

@Suite("Tables of people that may be published")
struct GuardedTableTests {
    private func counts(_ cells: [[Int]]) -> GuardedTable.Counts {
        GuardedTable.Counts(
            rows: cells.indices.map { "r\($0)" }, columns: cells[0].indices.map { "c\($0)" }, counts: cells)
    }

    @Test("The attack pins a count where only small counts are hidden: it can succeed")
    func attackSucceedsOnNaiveTables() {
        var hidden = HiddenCounts([[3, 20], [20, 30]], k: 5)
        #expect(hidden.possible(0, 0) == 3...3)
        // Two 4s of a row of 8 are told by their limits alone, as are two 0s.
        hidden = HiddenCounts([[4, 4, 9], [4, 4, 9], [9, 9, 9]], k: 5)
        #expect(hidden.possible(0, 0) == 4...4)
        // 2 + 3 leave 1 to 4 (k − 1), because the pair of columns moves together.
        hidden = HiddenCounts([[2, 3, 9], [3, 2, 9], [9, 9, 9]], k: 5)
        #expect(hidden.possible(0, 0) == 1...4)
    }

    @Test("Random tables: whoever lists every table that fits finds at least three values for every small count")
    func attackFails() throws {
        var generator = SeededGenerator(seed: 20_261_121)
        var tried = 0
        var hidden = 0
        for _ in 0..<400 {
            let (height, width) = (2 + generator.below(2), 2 + generator.below(2))
            let cells = (0..<height).map { _ in
                (0..<width).map { _ in generator.below(3) == 0 ? generator.below(6) : 4 + generator.below(9) }
            }
            guard let table = GuardedTable(counts(cells), k: 5) else { continue }
            tried += 1
            let least = Attack(table, enough: 3).narrowest
            if let least {
                hidden += 1
                #expect(least >= 3, "\(cells) as \(table.cells)")
            }
            // What is published is true.
            for row in cells.indices {
                for column in cells[row].indices {
                    switch table.cells[row][column] {
                    case .count(let count): #expect(count == cells[row][column] && count >= 5)
                    case .small: #expect(cells[row][column] < 5)
                    case .withheld: #expect(cells[row][column] >= 5)
                    }
                }
            }
        }
        #expect(tried > 150 && hidden > 80, "\(tried) \(hidden)")
    }

    @Test("The values that the guard reckons with are those that the attack finds")
    func exact() throws {
        let cells = [[3, 12, 9], [11, 2, 8], [7, 9, 30]]
        let table = try #require(GuardedTable(counts(cells), k: 5))
        var hidden = HiddenCounts(cells, k: 5)
        let isProtected = hidden.protect(leastChoices: GuardedTable.leastChoices(k: 5))
        #expect(isProtected)
        let attack = Attack(table)
        for row in cells.indices {
            for column in cells[row].indices where table.cells[row][column] == .small {
                #expect(attack.values[row][column] == Set(hidden.possible(row, column)))
            }
        }
    }

    @Test("A total below k, and small counts that cannot be hidden, are no table")
    func refused() {
        #expect(GuardedTable(counts([[2, 2], [20, 20]]), k: 5) == nil)
        // Totals of 6 with small counts on a diagonal: either nothing is published, or the attack finds nothing.
        if let table = GuardedTable(counts([[0, 6], [6, 0]]), k: 5), let least = Attack(table).narrowest {
            #expect(least >= 3)
        }
    }

    @Test("Small groups are pooled with at least one other, to at least k")
    func pools() throws {
        #expect(try #require(PooledRows([60, 50, 40, 3], k: 5)).pooled == [2, 3])
        #expect(try #require(PooledRows([60, 4, 40, 3], k: 5)).pooled == [1, 2, 3])
        #expect(try #require(PooledRows([30, 30, 3], k: 5)).pooled == [1, 2])
        // 4 + 4 of 8 can only be 4 each, and of 4 + 4 + 4 none can be fewer; of 2 + 3 each can be 1 to 4.
        #expect(try #require(PooledRows([4, 4, 9, 20], k: 5)).pooled == [0, 1, 2])
        #expect(try #require(PooledRows([4, 4, 4, 9, 20], k: 5)).pooled == [0, 1, 2, 3])
        #expect(try #require(PooledRows([2, 3, 9, 20], k: 5)).pooled == [0, 1])
        // 5 of five can only be 1 each; with 9 it is 14, and 5 · 4 + 5 are 25.
        #expect(try #require(PooledRows([1, 1, 1, 1, 1, 9, 20, 30], k: 5)).pooled == [0, 1, 2, 3, 4, 5, 6])
        #expect(try #require(PooledRows([60, 1, 40, 3], k: 5)).pooled == [1, 2, 3])
        // Of 1 and 5, 6 in all, the 1 could be no more than 1; of 1, 5 and 30 it can be any number.
        #expect(try #require(PooledRows([50, 1, 5, 30], k: 5)).pooled == [1, 2, 3])
        #expect(try #require(PooledRows([60, 0, 40], k: 5)).kept == [0, 2])
        #expect(PooledRows([1, 2], k: 5) == nil)
    }

    @Test(
        "Whoever knows the rule, which groups are pooled and which of them are small cannot tell a small one",
        arguments: [3, 4, 5, 6, 7])
    func knownRule(k: Int) throws {
        struct Published: Hashable {
            var pooled: [Int]
            var small: [Int]
            var total: Int
            var kept: [Int]
        }
        let (sum, least) = (3 * k + 6, min(k - 1, max(3, (k + 1) / 2)))
        var values: [Published: [Set<Int>]] = [:]
        var joined: Set<Int> = []
        // Every four sizes of up to `sum` in all, behind one group of k that joins last; what is published tells their sum, so
        // that no sizes that fit it are missing.
        for a in 1...sum - 3 {
            for b in 1...sum - 2 - a {
                for c in 1...sum - 1 - a - b {
                    for d in 1...sum - a - b - c {
                        let sizes = [k, a, b, c, d]
                        let pool = try #require(PooledRows(sizes, k: k))
                        guard !pool.kept.isEmpty, !pool.pooled.isEmpty else { continue }
                        let small = pool.pooled.filter { sizes[$0] < k }
                        joined.insert(pool.pooled.count - small.count)
                        let published = Published(
                            pooled: pool.pooled, small: small, total: pool.pooled.reduce(0) { $0 + sizes[$1] },
                            kept: pool.kept.map { sizes[$0] })
                        for (place, group) in small.enumerated() {
                            values[published, default: small.map { _ in [] }][place].insert(sizes[group])
                        }
                    }
                }
            }
        }
        let fewest = values.flatMap { published, sets in sets.map { ($0.count, published) } }.min { $0.0 < $1.0 }
        #expect(try #require(fewest).0 >= least, "\(String(describing: fewest))")
        #expect(joined.isSuperset(of: k < 5 ? [0, 1] : [0, 1, 2]) && values.count > 100)
    }
}
