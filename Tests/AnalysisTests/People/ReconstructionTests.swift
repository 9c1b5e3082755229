import Model
import Statistics
import Testing

@testable import Analysis

/// Whoever has every table of two nights, knows all cohorts and classes, the rule, and that between the nights people only came
/// and nobody changed, against the tables. Unknown are the people of the first night by cohort, success and
/// engagement together, and who came: all tables are sums of these.
private struct Reconstruction {
    static let cohorts = ["a", "b", "c"].map { "\($0), low frequency, low engagement" }
    static let successes = ["success", "no success", "no outcome"]
    static let classes = ["high", "medium", "low"]
    static let kinds = cohorts.count * successes.count * classes.count

    var program = LinearProgram(variables: 2 * kinds)

    /// The unknowns of one count of a table: those of the first night, in the second also those who came.
    static func unknowns(_ row: String, _ column: String, rows: [String], night: Int) -> [Int] {
        let inRow = cohorts.indices.filter {
            row == cohorts[$0] || row == "other cohorts" && !rows.contains(cohorts[$0])
        }
        let names = column.split(separator: " or ").map(String.init)
        var found: [Int] = []
        for cohort in inRow {
            for success in successes.indices {
                for level in classes.indices
                where names.contains(successes[success]) || names.contains(classes[level]) {
                    let kind = (cohort * successes.count + success) * classes.count + level
                    found += (0...night).map { $0 * kinds + kind }
                }
            }
        }
        return found
    }

    /// Adds what a table says.
    mutating func learn(_ table: GuardedTable, night: Int) {
        for (row, name) in table.rows.enumerated() {
            let all = table.columns.map { Self.unknowns(name, $0, rows: table.rows, night: night) }
            program.require(Set(all.joined()), .equal, Double(table.rowTotals[row]))
            for column in table.columns.indices {
                switch table.cells[row][column] {
                case .count(let count): program.require(all[column], .equal, Double(count))
                case .small: program.require(all[column], .atMost, Double(table.k - 1))
                case .withheld: program.require(all[column], .atLeast, Double(table.k))
                }
            }
        }
        for (column, name) in table.columns.enumerated() {
            let all = table.rows.flatMap { Self.unknowns($0, name, rows: table.rows, night: night) }
            program.require(all, .equal, Double(table.columnTotals[column]))
        }
    }

    /// How many whole numbers a sum of unknowns can be.
    func choices(of unknowns: [Int]) -> Int {
        guard let range = program.range(of: unknowns) else { return 0 }
        return Int((range.upperBound + 1e-6).rounded(.down)) - Int((range.lowerBound - 1e-6).rounded(.up)) + 1
    }
}

@Suite("Linear programming against all tables of a night, and of two nights")
struct ReconstructionTests {
    /// Rows about one person of a kind.
    private func facts(_ number: Int, _ kind: Int) -> [PersonFact] {
        let id = "p" + String(100_000_000_000_000 + number)
        let (level, success, cohort) = (kind % 3, kind / 3 % 3, kind / 9)
        let day = Day(number: 20_716)
        var rows = [
            PersonFact(
                kind: .profile, person: id, key: 0, day: day,
                words: [.focus: ["a", "b", "c", "d"][cohort], .frequency: "low", .engagementLevel: "low"]),
            PersonFact(
                kind: .session, person: id, key: 1, day: day,
                measures: [.minutes: [40, 20, 5][level], .interactions: [25, 12, 2][level], .engagement: 0.5]),
        ]
        if success < 2 {
            rows.append(
                PersonFact(
                    kind: .outcome, person: id, key: 2, day: day, words: [.category: ["good", "neutral"][success]]))
        }
        return rows
    }

    private func result(_ kinds: [Int], night: Int32, earlier: [String: TableRelease] = [:]) throws -> PeopleResult {
        try #require(
            PeopleResult(
                kinds.enumerated().flatMap { facts($0, $1) }, scores: [], settings: PeopleSettings(),
                asOf: Day(number: 20_776 + night), level: 0.95, earlier: earlier))
    }

    @Test("The program finds what is known by hand: x + y = 4, x ≤ 3, y ≥ 2")
    func program() throws {
        var program = LinearProgram(variables: 2)
        program.require([0, 1], .equal, 4)
        program.require([0], .atMost, 3)
        program.require([1], .atLeast, 2)
        #expect(program.range(of: [0]) == 0...2)
        #expect(program.range(of: [1]) == 2...4)
        program.require([1], .atMost, 1)
        #expect(program.range(of: [1]) == nil)
    }

    @Test("The attack succeeds on tables that hide small counts alone")
    func naive() {
        var attack = Reconstruction()
        // A cohort of 20 with 3 successes that are hidden, and 9 and 8 that are not.
        let rows = [Reconstruction.cohorts[0]]
        let cell = { Reconstruction.unknowns(rows[0], $0, rows: rows, night: 0) }
        attack.program.require(cell("no success"), .equal, 9)
        attack.program.require(cell("no outcome"), .equal, 8)
        attack.program.require(Reconstruction.successes.flatMap(cell), .equal, 20)
        #expect(attack.choices(of: cell("success")) == 1)
    }

    @Test(
        "Mistake: totals less the others tell a count. No count below k of either night, and no number of people who came that is below k, can be told"
    )
    func mistakeTotalsLessOthers() throws {
        var generator = SeededGenerator(seed: 20_261_121)
        var (attacked, renewed) = (0, 0)
        for _ in 0..<14 {
            // Kinds that are rare or common, so that small counts stand beside large ones.
            let weights = (0..<Reconstruction.kinds).map { _ in [0, 0, 1, 2, 4, 7][generator.below(6)] }
            let kinds = weights.enumerated().flatMap { Array(repeating: $0, count: $1) }
            let first = try result(kinds, night: 0)
            // Some come: few, or many of a kind or two.
            var later = kinds
            for _ in 0..<1 + generator.below(2) {
                let kind = generator.below(Reconstruction.kinds)
                later += Array(repeating: kind, count: 3 + generator.below(9))
            }
            let second = try result(later, night: 1, earlier: first.releases)
            var attack = Reconstruction()
            for table in [first.success, first.engagement] { table.table.value.map { attack.learn($0, night: 0) } }
            let isNew = second.success.day > first.success.day
            if isNew {
                renewed += 1
                for table in [second.success, second.engagement] {
                    table.table.value.map { attack.learn($0, night: 1) }
                }
            }
            for (night, people) in [kinds, later].enumerated() where night == 0 || isNew {
                let shown = night == 0 ? first : second
                for table in [shown.success, shown.engagement].compactMap(\.table.value) {
                    for row in table.rows {
                        for column in table.columns {
                            let unknowns = Reconstruction.unknowns(row, column, rows: table.rows, night: night)
                            let own = Set(unknowns.map { $0 % Reconstruction.kinds })
                            let count = people.count { own.contains($0) }
                            let came = later.count { own.contains($0) } - kinds.count { own.contains($0) }
                            if count < 5 {
                                attacked += 1
                                #expect(
                                    attack.choices(of: unknowns) >= 2, "night \(night), \(row), \(column): \(count)")
                            }
                            if night == 1, (1..<5).contains(came) {
                                attacked += 1
                                let news = own.map { $0 + Reconstruction.kinds }
                                #expect(attack.choices(of: news) >= 2, "came to \(row), \(column): \(came)")
                            }
                        }
                    }
                }
            }
        }
        #expect(attacked > 40 && renewed >= 3, "\(attacked) \(renewed)")
    }
}
