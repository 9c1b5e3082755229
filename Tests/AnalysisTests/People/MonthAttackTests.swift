import Model
import Statistics
import Testing

@testable import Analysis

/// Whoever has the tables of who came back and that of classes by month, and knows that every session tells a class. Unknown are, for
/// each first month, how many began and how many came back after each number of months.
private struct MonthAttack {
    static let months = 8
    var program = LinearProgram(variables: 2 * months * months)

    static func name(_ month: Int) -> String { "2026-0\(month + 1)" }
    /// Those who began in a month and came back so many later (0: all who began).
    static func came(_ first: Int, _ age: Int) -> Int { first * months + age }
    /// Those who did not.
    static func stayed(_ first: Int, _ age: Int) -> Int { months * months + first * months + age }

    init(starts: [Int]) {
        for first in starts {
            for age in 1..<Self.months {
                // Who came back and who did not are those who began.
                program.require([Self.came(first, age), Self.stayed(first, age)], .atLeast, 0)
            }
        }
    }

    mutating func learn(_ cell: GuardedTable.Cell, of unknowns: [Int], k: Int) {
        switch cell {
        case .count(let count): program.require(unknowns, .equal, Double(count))
        case .small: program.require(unknowns, .atMost, Double(k - 1))
        case .withheld: program.require(unknowns, .atLeast, Double(k))
        }
    }

    /// What a table of who came back says; first months that are not named are together.
    mutating func learn(_ table: GuardedTable, age: Int, observed: [Int]) {
        for (row, name) in table.rows.enumerated() {
            let firsts = observed.filter { Self.name($0) == name }
            let all = firsts.isEmpty ? observed.filter { !table.rows.contains(Self.name($0)) } : firsts
            for first in firsts { program.require([Self.came(first, 0)], .equal, Double(table.rowTotals[row])) }
            program.require(
                all.flatMap { [Self.came($0, age), Self.stayed($0, age)] }, .equal, Double(table.rowTotals[row]))
            for (column, name) in table.columns.enumerated() {
                let parts = name.split(separator: " or ").map(String.init)
                let unknowns = all.flatMap { first in
                    (parts.contains("came back") ? [Self.came(first, age)] : [])
                        + (parts.contains("did not") ? [Self.stayed(first, age)] : [])
                }
                learn(table.cells[row][column], of: unknowns, k: table.k)
            }
        }
        for (column, name) in table.columns.enumerated() where !name.contains(" or ") {
            // Months that are left out are in no total.
            let told =
                table.rows.contains("other months")
                ? observed : observed.filter { table.rows.contains(Self.name($0)) }
            program.require(
                told.map { name == "came back" ? Self.came($0, age) : Self.stayed($0, age) }, .equal,
                Double(table.columnTotals[column]))
        }
    }

    /// What the number of all people of months says.
    mutating func learn(months table: GuardedTable, starts: [Int]) {
        for (row, name) in table.rows.enumerated() {
            guard let month = (0..<Self.months).first(where: { Self.name($0) == name }) else { continue }
            let unknowns = starts.filter { $0 <= month }.map { Self.came($0, month - $0) }
            program.require(unknowns, .equal, Double(table.rowTotals[row]))
        }
    }

    func choices(of unknown: Int) -> Int {
        guard let range = program.range(of: [unknown]) else { return 0 }
        guard range.upperBound < 1e9 else { return .max }
        return Int((range.upperBound + 1e-6).rounded(.down)) - Int((range.lowerBound - 1e-6).rounded(.up)) + 1
    }
}

@Suite("Linear programming against who came back and the people of each month together")
struct MonthAttackTests {
    /// People who began in January to March and come in months of ours alone; the day of the report is in September.
    private func people(_ generator: inout SeededGenerator) -> [[Int]] {
        (0..<3).flatMap { first in
            (0..<8 + generator.below(20)).map { _ in
                // Most come back each month, a few do not, or the other way round.
                let share = [1, 3, 17, 19][generator.below(4)]
                return [first] + (first + 1..<MonthAttack.months).filter { _ in generator.below(20) < share }
            }
        }
    }

    private func result(_ people: [[Int]]) throws -> PeopleResult {
        let facts = people.enumerated().flatMap { number, months in
            let id = "p" + String(100_000_000_000_000 + number)
            return months.map { month in
                PersonFact(
                    kind: .session, person: id, key: UInt64(month),
                    day: Day(iso: MonthAttack.name(month) + "-10") ?? Day(number: 0),
                    measures: [.minutes: 40, .interactions: 25, .engagement: 0.5])
            }
        }
        let report = try #require(Day(iso: "2026-09-05"))
        return try #require(
            PeopleResult(
                facts, scores: [], settings: PeopleSettings(), asOf: report, level: 0.95,
                earlier: [:]))
    }

    /// The small counts among those who came back and who did not that whoever knows some totals of months can tell.
    private func pinned(_ found: PeopleResult, _ people: [[Int]], months: GuardedTable?) -> (pinned: Int, small: Int) {
        let starts = Set(people.map { $0[0] }).sorted()
        var attack = MonthAttack(starts: starts)
        for age in found.retention {
            let observed = starts.filter { $0 + age.months < MonthAttack.months }
            age.table.table.value.map { attack.learn($0, age: age.months, observed: observed) }
        }
        months.map { attack.learn(months: $0, starts: starts) }
        var (told, small) = (0, 0)
        for first in starts {
            let began = people.filter { $0[0] == first }
            for age in 1..<MonthAttack.months - first {
                let came = began.count { $0.contains(first + age) }
                for (count, unknown) in [
                    (came, MonthAttack.came(first, age)), (began.count - came, MonthAttack.stayed(first, age)),
                ] where count < 5 {
                    small += 1
                    if attack.choices(of: unknown) < 2 { told += 1 }
                }
            }
        }
        return (told, small)
    }

    @Test(
        "Totals of all months, guarded by themselves, tell small counts of who came back; those that are published do not"
    )
    func jointly() throws {
        var generator = SeededGenerator(seed: 20_261_122)
        var (naive, attacked, shown) = (0, 0, 0)
        for _ in 0..<20 {
            let people = people(&generator)
            let found = try result(people)
            let published = found.months.engagement.table.value
            shown += published?.rows.count ?? 0
            let guarded = pinned(found, people, months: published)
            attacked += guarded.small
            #expect(guarded.pinned == 0)
            // The same months by themselves: everybody of a month in one class.
            let totals = (0..<MonthAttack.months).map { month in people.count { $0.contains(month) } }
            let told = totals.indices.filter { totals[$0] >= 5 }
            let single = try #require(
                GuardedTable(
                    .init(rows: told.map(MonthAttack.name), columns: ["high"], counts: told.map { [totals[$0]] }), k: 5)
            )
            naive += pinned(found, people, months: single).pinned
        }
        #expect(attacked > 40 && naive > 5 && shown > 0, "\(attacked) \(naive) \(shown)")
    }

    @Test("Months of fewer than k people are left out, and a class of one person in five months is joined with another")
    func people() throws {
        // 20 people with long sessions in five months, and one with short ones in each of them: 5 person-months of one person.
        func facts(_ number: Int, minutes: Double, months: [Int]) -> [PersonFact] {
            months.map { month in
                PersonFact(
                    kind: .session, person: "p" + String(100_000_000_000_000 + number), key: UInt64(month),
                    day: Day(iso: MonthAttack.name(month) + "-10") ?? Day(number: 0),
                    measures: [.minutes: minutes, .interactions: minutes / 2])
            }
        }
        let rows =
            (0..<20).flatMap { facts($0, minutes: 60, months: [1, 2, 3, 4, 5]) }
            + facts(20, minutes: 5, months: [1, 2, 3, 4, 5])
            + (21..<27).flatMap { facts($0, minutes: 60, months: [$0 < 24 ? 6 : 7]) }
        let report = try #require(Day(iso: "2026-09-05"))
        let found = try #require(
            PeopleResult(
                rows, scores: [], settings: PeopleSettings(), asOf: report, level: 0.95,
                earlier: [:]))
        let table = found.months.engagement
        // July and August have 3 people each, 6 together: cohorts less months tell of no fewer than 5.
        #expect(table.leftOut.contains("2026-07") && table.leftOut.contains("2026-08"), "\(table)")
        if let guarded = table.table.value { #expect(guarded.columns == ["high or low"], "\(guarded)") }
    }
}
