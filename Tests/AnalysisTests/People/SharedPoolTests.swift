import Model
import Testing

@testable import Analysis

@Suite("Small groups before whoever has all tables of the same people and knows who is pooled")
struct SharedPoolTests {
    private func result(_ facts: [PersonFact], _ day: String = "2026-11-02") throws -> PeopleResult {
        let report = try #require(Day(iso: day))
        return try #require(
            PeopleResult(facts, scores: [], settings: PeopleSettings(), asOf: report, level: 0.95, earlier: [:]))
    }

    private func id(_ number: Int) -> String { "p" + String(100_000_000_000_000 + number) }

    @Test("Of 5, 20 and 4 who began in June, July and August no tables of ages together tell the 4")
    func months() throws {
        let began = [5, 20, 4]
        var facts: [PersonFact] = []
        for (month, size) in began.enumerated() {
            for _ in 0..<size {
                facts.append(
                    PersonFact(
                        kind: .session, person: id(facts.count), key: 1,
                        day: Day(iso: "2026-0\(6 + month)-10") ?? Day(number: 0),
                        measures: [.minutes: 40, .interactions: 25, .engagement: 0.5]))
            }
        }
        let found = try result(facts)
        var program = LinearProgram(variables: 3)
        program.require(0..<3, .equal, 29)
        for age in found.retention {
            guard let table = age.table.table.value else { continue }
            let observed = (0..<3).filter { 6 + $0 + age.months < 11 }
            for (row, name) in table.rows.enumerated() {
                let named = observed.filter { name == "2026-0\(6 + $0)" }
                let others = observed.filter { !table.rows.contains("2026-0\(6 + $0)") }
                program.require(named.isEmpty ? others : named, .equal, Double(table.rowTotals[row]))
            }
        }
        let range = try #require(program.range(of: [2]))
        #expect(range.upperBound - range.lowerBound > 1.99, "\(range)")
        #expect(
            found.retention.allSatisfy { age in age.table.row("2026-08") == nil && age.table.row("other months") == nil
            })
        #expect(found.retention.contains { $0.table.row("2026-07") == nil || $0.isOver("2026-07") })
    }

    @Test("Of 23, 18, 4 and 18 in classes of progress the tables of cohorts and of months together do not tell the 4")
    func classes() throws {
        let names = ["excellent", "good", "moderate", "needs_attention"]
        let rates = [0.8, 0.6, 0.4, 0.1]
        // By month, the classes: 14 + 9, 4 + 14, 2 + 2 and 9 + 9.
        let sizes = [[14, 4, 2, 9], [9, 14, 2, 9]]
        var facts: [PersonFact] = []
        for month in sizes.indices {
            for (place, size) in sizes[month].enumerated() {
                for _ in 0..<size {
                    facts.append(
                        PersonFact(
                            kind: .progress, person: id(facts.count), key: 1,
                            day: Day(iso: month == 0 ? "2026-09-10" : "2026-10-10") ?? Day(number: 0),
                            measures: [.overall: rates[place], .goals: rates[place]]))
                }
            }
        }
        let found = try result(facts)
        var program = LinearProgram(variables: 4)
        for table in [found.progress, found.months.progress].compactMap(\.table.value) {
            for (column, joined) in table.columns.enumerated() {
                let parts = joined.split(separator: " or ").map(String.init)
                program.require(
                    names.indices.filter { parts.contains(names[$0]) }, .equal, Double(table.columnTotals[column]))
            }
        }
        let range = try #require(program.range(of: [2]))
        #expect(found.progress.table.value != nil && range.upperBound - range.lowerBound > 1.99, "\(range)")
    }

    /// Whoever knows which cohorts are pooled, which of them are small, and all tables of cohorts.
    @Test(
        "Cohorts that are counted together keep three values each",
        arguments: [[4, 4, 9, 20], [4, 4, 4, 9, 20], [1, 1, 1, 1, 1, 9, 20, 30], [4, 3, 9, 20], [30, 30, 3]])
    func cohorts(sizes: [Int]) throws {
        let facts = sizes.enumerated().flatMap { place, size in
            (0..<size).map { number in
                var fact = PersonFact(
                    kind: .profile, person: id(1_000 * place + number), key: 0,
                    day: Day(iso: "2026-10-10") ?? Day(number: 0))
                fact.words[.focus] = "focus\(place)"
                return fact
            }
        }
        let found = try result(facts)
        let table = try #require(found.sizes.table.value)
        var program = LinearProgram(variables: sizes.count)
        let pooled = sizes.indices.filter { place in !table.rows.contains { $0.contains("focus\(place)") } }
        for (row, name) in table.rows.enumerated() {
            let named = sizes.indices.filter { name.contains("focus\($0)") }
            program.require(named.isEmpty ? pooled : named, .equal, Double(table.rowTotals[row]))
        }
        for place in sizes.indices {
            program.require([place], .atLeast, sizes[place] < 5 ? 1 : 5)
            if sizes[place] < 5 { program.require([place], .atMost, 4) }
        }
        #expect(table.rows.count > 1 && pooled.count < sizes.count)
        for place in sizes.indices where sizes[place] < 5 {
            let range = try #require(program.range(of: [place]))
            #expect(range.upperBound - range.lowerBound > 1.99, "\(range)")
        }
    }
}
