/// Two tables of one name, published one after the other, before whoever has both.
///
/// A count that is hidden in one and published in the other is known where it has not changed, so that what protects a small
/// count in each table may not do so in both. A small count is safe here if it can be moved to enough other values by
/// changes that fit both tables: of counts that are hidden in both and move alike, or of counts that differ between the
/// tables (by k or more, `TableRelease.isTold`) and move in one alone. All this is known to whoever knows which counts changed and
/// in which direction; whoever knows less can tell less.
struct SuccessiveTables {
    let earlier: TableRelease
    let later: TableRelease
    let k: Int

    /// Whether every small count of either can still have as many values as `GuardedTable` promises.
    var tellNothing: Bool {
        isSafe(earlier, beside: later) && isSafe(later, beside: earlier)
    }

    private func isSafe(_ own: TableRelease, beside other: TableRelease) -> Bool {
        let least = GuardedTable.leastChoices(k: k)
        let counts = own.counts.counts
        let places = counts.indices.flatMap { row in counts[row].indices.map { (row, $0) } }
        let twins = twins(of: own, in: other)
        var (together, alone) = (HiddenCounts(counts, k: k), HiddenCounts(counts, k: k))
        together.isHidden = own.hidden
        alone.isHidden = own.hidden
        for (row, column) in places where own.hidden[row][column] {
            let count = counts[row][column]
            guard let (r, c) = twins[row][column] else {
                together.isHidden[row][column] = false
                continue
            }
            let there = other.counts.counts[r][c]
            together.isHidden[row][column] = other.hidden[r][c]
            alone.isHidden[row][column] = there != count
            // What moves in both stays within the limits of both; what moves alone stays on its side, k away.
            let limits = HiddenCounts(other.counts.counts, k: k).limits[r][c]
            together.limits[row][column] = together.limits[row][column].clamped(
                to: limits.lowerBound + count - there...limits.upperBound + count - there)
            if there > count {
                alone.limits[row][column] = alone.limits[row][column].clamped(to: 0...max(0, there - k))
            } else if there < count {
                alone.limits[row][column] = alone.limits[row][column].clamped(to: there + k...Int.max)
            }
        }
        return places.allSatisfy { row, column in
            guard counts[row][column] < k else { return true }
            return [together, alone].contains { moves in
                moves.isHidden[row][column] && moves.possible(row, column, enough: least).count >= least
            }
        }
    }

    /// Where the same people as in each count are counted in the other table; nil where they are not counted by themselves.
    private func twins(of own: TableRelease, in other: TableRelease) -> [[(Int, Int)?]] {
        let places = CountLookup(other.counts)
        let columns = own.counts.columns.map(places.column)
        return own.counts.rows.map { name in
            let row = name != own.others || own.pooled == other.pooled ? places.row(name) : nil
            return columns.map { column in row.flatMap { row in column.map { (row, $0) } } }
        }
    }
}
