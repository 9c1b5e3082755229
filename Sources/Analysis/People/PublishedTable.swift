import Model

/// A table of people with the day that it was counted for.
public struct PublishedTable: Sendable, Hashable {
    /// Its key in JSON and in the archive.
    public let name: String
    /// The table; fails where it cannot be published.
    public let table: Answer<GuardedTable>
    /// The day that the counts are of: an earlier one while too few people came, went or changed to tell the difference.
    public let day: Day
    /// The groups that were too small to stand for themselves.
    public let small: [String]
    /// Rows that are not in the table at all, nor in its totals; where there are any, `small` is empty.
    public var leftOut: [String] = []

    /// Whether its rows are months, in each of which a person counts once: its columns add up person-months.
    public var isByMonth: Bool { ClassMonths.names.contains(name) }

    /// A row by its name; nil where there is none.
    public func row(_ name: String) -> Int? { table.value?.rows.firstIndex(of: name) }
}

/// The counts that a table was last published with.
public struct TableRelease: Sendable, Hashable {
    /// The day that they are of.
    public var day: Day
    /// The true counts.
    public var counts: GuardedTable.Counts
    /// Which of them were hidden.
    public var hidden: [[Bool]]
    /// The row of those that are put together; empty where there is none.
    public var others: String
    /// Who they are; without a row of others, those who were left out.
    public var pooled: [String]
    /// Those of them who were fewer than k by themselves.
    public var small: [String]
    /// What was published of people beside counts, under a name of its own and without any.
    public var figures: FigureRelease?

    /// Counts of a day.
    public init(
        day: Day, counts: GuardedTable.Counts, hidden: [[Bool]], others: String = "", pooled: [String] = [],
        small: [String] = [], figures: FigureRelease? = nil
    ) {
        self.small = small
        self.figures = figures
        self.day = day
        self.counts = counts
        self.hidden = hidden
        self.others = others
        self.pooled = pooled
    }

    /// Whether some count differs from later ones by fewer than k people, so that publishing both would tell of them.
    func isTold(by later: GuardedTable.Counts, k: Int) -> Bool {
        let (before, after) = (CountLookup(counts), CountLookup(later))
        let columns = Set(counts.columns + later.columns).map { (before.column($0), after.column($0)) }
        func differs(_ a: Int, _ b: Int) -> Bool { a != b && abs(a - b) < k }
        for row in Set(counts.rows + later.rows) {
            let (r, s) = (before.row(row), after.row(row))
            if differs(before.total(row: r), after.total(row: s)) { return true }
            if columns.contains(where: { differs(before.count(r, $0), after.count(s, $1)) }) { return true }
        }
        return columns.contains { differs(before.total(column: $0), after.total(column: $1)) }
    }
}

/// Counts by the names of rows and columns; what a table does not have is 0.
struct CountLookup {
    private let counts: [[Int]]
    private let rows: [String: Int]
    private let columns: [String: Int]

    init(_ table: GuardedTable.Counts) {
        counts = table.counts
        rows = Dictionary(table.rows.enumerated().map { ($1, $0) }) { first, _ in first }
        columns = Dictionary(table.columns.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    func row(_ name: String) -> Int? { rows[name] }
    func column(_ name: String) -> Int? { columns[name] }

    func count(_ row: Int?, _ column: Int?) -> Int {
        guard let row, let column else { return 0 }
        return counts[row][column]
    }

    func total(row: Int?) -> Int { row.map { counts[$0].reduce(0, +) } ?? 0 }
    func total(column: Int?) -> Int { column.map { place in counts.reduce(0) { $0 + $1[place] } } ?? 0 }
}

/// Makes tables that may be published, and remembers what they were made of.
struct Publishing {
    let k: Int
    let asOf: Day
    /// How many people there are in all.
    let everybody: Int
    /// What was published before, by name, and stands; nil for tables of today.
    let held: [String: TableRelease]?
    /// What was published before, by name.
    let earlier: [String: TableRelease]
    private(set) var releases: [String: TableRelease] = [:]
    /// Whether some table and the one before it would tell of a small count.
    private var isTelling = false

    init(
        k: Int, asOf: Day, everybody: Int, after earlier: [String: TableRelease], held: [String: TableRelease]? = nil
    ) {
        self.k = k
        self.asOf = asOf
        self.everybody = everybody
        self.earlier = earlier
        self.held = held
    }

    /// Whether publishing these tables after the earlier ones would tell of fewer than k people.
    var isTold: Bool {
        isTelling
            || earlier.contains { name, release in
                releases[name].map { release.isTold(by: $0.counts, k: k) } ?? false
            }
    }

    /// People by two attributes. Small rows and columns are pooled under `others`. A table that leaves out fewer than k of
    /// all people is not published: the total of another one less its own would tell of them.
    ///
    /// - Parameters:
    ///   - outOf: how many people could be in the table, where some are left out for a reason that everybody knows.
    ///   - leftOut: rows that whoever calls has left out.
    ///   - isRefused: whether whoever calls has found that the table would tell of few people.
    mutating func table(
        _ name: String, _ people: [(row: String, column: String)], rowOrder: [String]? = nil, columnOrder: [String],
        others: String, outOf: Int? = nil, leavingOut leftOut: [String] = [], isRefused: Bool = false
    ) -> PublishedTable {
        if let held {
            guard let release = held[name] else {
                return refused(name, people.isEmpty ? .noRecords : .notPublishedBefore)
            }
            let isTelling = release.counts.rows.contains { leftOut.contains($0) }
            guard !isTelling else { return refused(name, .notPublishable) }
            return PublishedTable(
                name: name,
                table: GuardedTable(release.counts, k: k, hiding: release.hidden).map { .success($0) }
                    ?? .failure(.notPublishable),
                day: release.day, small: release.small, leftOut: release.others.isEmpty ? release.pooled : [])
        }
        guard !people.isEmpty else { return refused(name, leftOut.isEmpty ? .noRecords : .hidden) }
        guard !isRefused else { return refused(name, .notPublishable) }
        let rows = rowOrder ?? Set(people.map(\.row)).sorted()
        let columns = columnOrder
        var counts = [[Int]](repeating: [Int](repeating: 0, count: columns.count), count: rows.count)
        let rowPlaces = Dictionary(rows.enumerated().map { ($1, $0) }) { first, _ in first }
        let columnPlaces = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        for person in people {
            guard let row = rowPlaces[person.row], let column = columnPlaces[person.column] else { continue }
            counts[row][column] += 1
        }
        let small = rows.indices.filter { (1..<k).contains(counts[$0].reduce(0, +)) }.map { rows[$0] }
        guard !(1..<k).contains(everybody - (outOf ?? people.count)) else { return refused(name, .leavesOutFew, small) }
        guard
            let byRow = PooledRows(counts.map { $0.reduce(0, +) }, k: k),
            let byColumn = PooledRows(columns.indices.map { c in counts.reduce(0) { $0 + $1[c] } }, k: k)
        else {
            return refused(name, .hidden, small)
        }
        var pooled = GuardedTable.Counts(
            rows: byRow.kept.map { rows[$0] }, columns: byColumn.kept.map { columns[$0] },
            counts: byRow.kept.map { r in byColumn.kept.map { counts[r][$0] } })
        if !byColumn.pooled.isEmpty {
            pooled.columns.append(byColumn.pooled.map { columns[$0] }.joined(separator: " or "))
            for (place, r) in byRow.kept.enumerated() {
                pooled.counts[place].append(byColumn.pooled.reduce(0) { $0 + counts[r][$1] })
            }
        }
        if !byRow.pooled.isEmpty {
            pooled.rows.append(others)
            let columnSets = byColumn.kept.map { [$0] } + (byColumn.pooled.isEmpty ? [] : [byColumn.pooled])
            pooled.counts.append(
                columnSets.map { set in
                    byRow.pooled.reduce(0) { sum, r in set.reduce(sum) { $0 + counts[r][$1] } }
                })
        }
        return published(
            name, pooled, small: small, others: byRow.pooled.isEmpty ? "" : others,
            pooled: byRow.pooled.isEmpty ? leftOut : byRow.pooled.map { rows[$0] })
    }

    /// What is told beside counts: of today, or as it was published while tables stand; nil where it was not.
    mutating func figures(_ made: () -> FigureRelease) -> FigureRelease? {
        let name = "figures"
        if let held { return held[name]?.figures }
        let today = made()
        if earlier[name]?.figures?.isTold(by: today, k: k) ?? false { isTelling = true }
        releases[name] = TableRelease(
            day: asOf, counts: .init(rows: [], columns: [], counts: []), hidden: [], figures: today)
        return today
    }

    private func refused(_ name: String, _ why: Absence, _ small: [String] = []) -> PublishedTable {
        PublishedTable(name: name, table: .failure(why), day: asOf, small: small)
    }

    private mutating func published(
        _ name: String, _ counts: GuardedTable.Counts, small: [String], others: String, pooled: [String]
    ) -> PublishedTable {
        func made(_ table: GuardedTable) -> TableRelease {
            TableRelease(day: asOf, counts: counts, hidden: table.hidden, others: others, pooled: pooled, small: small)
        }
        guard var table = GuardedTable(counts, k: k) else {
            return refused(name, .notPublishable, small)
        }
        if let before = earlier[name] {
            // As few hidden counts as the table needs by itself; where both tables together would tell, those of before, too.
            let candidates = [table, GuardedTable(counts, k: k, hiding: before.hiddenCounts(in: counts))]
            let safe = candidates.compactMap { $0 }.first { candidate in
                before.counts == counts && before.hidden == candidate.hidden
                    || SuccessiveTables(earlier: before, later: made(candidate), k: k).tellNothing
            }
            if let safe { table = safe } else { isTelling = true }
        }
        releases[name] = made(table)
        return PublishedTable(
            name: name, table: .success(table), day: asOf, small: small, leftOut: others.isEmpty ? pooled : [])
    }
}

extension TableRelease {
    /// Which counts of another table were hidden in this one, by the names of row and column.
    func hiddenCounts(in other: GuardedTable.Counts) -> [[Bool]] {
        let own = CountLookup(counts)
        let columns = other.columns.map(own.column)
        return other.rows.map(own.row).map { row in
            columns.map { column in row.flatMap { row in column.map { hidden[row][$0] } } ?? false }
        }
    }
}
