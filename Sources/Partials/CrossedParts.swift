/// Two ways in which the same records are divided, where the figures of every part of both are known.
///
/// Whoever knows which parts have records in common can add up parts of the first division and take away parts of the second that
/// lie wholly inside them: what is left are the records that are in none of the latter. In the graph whose nodes are the parts of both
/// and whose edges are the pairs with records in common this is a cut that all edges cross one way, and no other sum of
/// parts is that of a set of records (the matrix of a bipartite graph is totally unimodular: A. Schrijver, Theory of Linear and
/// Integer Programming, 1986, section 19.3).
///
/// A cut through an edge of k people is of k people, so parts that such edges join are looked at as one. Of the sets that are left
/// all are tried where there are at most ten such joins, else those that one join brings with it and those that leave one out.
public struct CrossedParts {
    /// The records that two parts have in common.
    private struct Cell {
        let first: Int
        let second: Int
        /// Up to k of their people.
        var people: [UInt64] = []
    }

    private let k: Int
    private let cells: [Cell]
    /// The join that each part is in; parts of the second division follow those of the first.
    private let joins: [Int]
    private let joinCount: Int
    private let firstCount: Int
    /// For each join those that a set with it must hold: of a part of the second division, all of the first that it reaches into.
    private let needed: [[Int]]

    /// Divides records.
    ///
    /// - Parameters:
    ///   - first: the part of each record by one division, from 0.
    ///   - second: by the other.
    ///   - people: the person of each record, 0 for nobody.
    ///   - k: the fewest people that a figure may be of.
    public init(_ first: [Int], _ second: [Int], people: [UInt64], k: Int) {
        let width = (second.max() ?? 0) + 1
        let firstCount = (first.max() ?? 0) + 1
        var slots = [Int](repeating: -1, count: firstCount * width)
        var cells: [Cell] = []
        for row in first.indices {
            let slot = first[row] * width + second[row]
            if slots[slot] < 0 {
                slots[slot] = cells.count
                cells.append(Cell(first: first[row], second: second[row]))
            }
            let (place, person) = (slots[slot], people[row])
            if person != 0, cells[place].people.count < k, !cells[place].people.contains(person) {
                cells[place].people.append(person)
            }
        }
        var leaders = Array(0..<firstCount + width)
        func leader(_ node: Int) -> Int {
            var node = node
            while leaders[node] != node { node = leaders[node] }
            return node
        }
        for cell in cells where cell.people.count >= k {
            leaders[leader(cell.first)] = leader(firstCount + cell.second)
        }
        var numbers: [Int: Int] = [:]
        var joins = [Int](repeating: -1, count: leaders.count)
        for node in Set(cells.flatMap { [$0.first, firstCount + $0.second] }).sorted() {
            let own = leader(node)
            joins[node] = numbers[own] ?? numbers.count
            numbers[own] = joins[node]
        }
        var needed = [Set<Int>](repeating: [], count: numbers.count)
        for cell in cells where joins[cell.first] != joins[firstCount + cell.second] {
            needed[joins[firstCount + cell.second]].insert(joins[cell.first])
        }
        (self.k, self.cells, self.joins, self.firstCount) = (k, cells, joins, firstCount)
        joinCount = numbers.count
        self.needed = needed.map { $0.sorted() }
    }

    /// The parts that make a difference of some people but fewer than k: those of its records, and those that are taken away
    /// from around them; nil where there is no such difference.
    public func smallDifference() -> (first: Set<Int>, second: Set<Int>)? {
        guard joinCount > 1 else { return nil }
        for set in candidates() {
            let cut = cells.filter { set[joins[$0.first]] && !set[joins[firstCount + $0.second]] }
            guard (1..<k).contains(Set(cut.flatMap(\.people)).count) else { continue }
            let first = Set(cut.map(\.first))
            let beside = cells.filter { first.contains($0.first) && set[joins[firstCount + $0.second]] }
            return (first, Set((cut + beside).map(\.second)))
        }
        return nil
    }

    /// Sets of joins that hold all that they need.
    private func candidates() -> [[Bool]] {
        if joinCount <= 10 {
            return (1..<1 << joinCount).compactMap { bits in
                let set = (0..<joinCount).map { bits >> $0 & 1 == 1 }
                return needed.indices.allSatisfy { join in !set[join] || needed[join].allSatisfy { set[$0] } }
                    ? set : nil
            }
        }
        var without = [[Bool]](
            repeating: [Bool](repeating: true, count: joinCount), count: joinCount)
        let whole = needed.indices.map { join in
            var set = [Bool](repeating: false, count: joinCount)
            var open = [join]
            set[join] = true
            while let next = open.popLast() {
                for other in needed[next] where !set[other] {
                    set[other] = true
                    open.append(other)
                }
            }
            for other in set.indices where set[other] { without[other][join] = false }
            return set
        }
        return whole + without
    }
}
