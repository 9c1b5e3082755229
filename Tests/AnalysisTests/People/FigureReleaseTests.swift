import Model
import Testing

@testable import Analysis

/// People of cohorts by focus, each with two sessions, unless they have none.
private struct Crowd {
    /// How many people each focus has, and how many of them have no session.
    var focuses: [(n: Int, without: Int)]
    /// Engagement of a person, by number.
    var engagement: (Int) -> Double = { 0.3 + Double($0 % 5) / 10 }

    var facts: [PersonFact] {
        var facts: [PersonFact] = []
        for (focus, size) in focuses.enumerated() {
            for place in 0..<size.n {
                let number = facts.count { $0.kind == .profile }
                let person = "p" + String(100_000_000_000_000 + number)
                facts.append(
                    PersonFact(
                        kind: .profile, person: person, key: 0, day: Day(number: 20_700),
                        words: [.focus: "focus \(focus)", .frequency: "low", .engagementLevel: "low"]))
                guard place >= size.without else { continue }
                for session in 0..<2 {
                    facts.append(
                        PersonFact(
                            kind: .session, person: person, key: UInt64(session),
                            day: Day(number: 20_716 + Int32(session * 4)),
                            measures: [
                                .minutes: 40 + Double(number % 5), .interactions: 25,
                                .engagement: engagement(number),
                            ]))
                }
            }
        }
        return facts
    }

    func result(after earlier: [String: TableRelease] = [:], night: Int = 0) throws -> PeopleResult {
        try #require(
            PeopleResult(
                facts, scores: [], settings: PeopleSettings(), asOf: Day(number: 20_776 + Int32(night)), level: 0.95,
                earlier: earlier))
    }
}

@Suite("What is told of cohorts beside counts stands with the tables, and tells nothing beyond them")
struct FigureReleaseTests {
    private static let sizes = [(n: 8, without: 0), (n: 8, without: 0), (n: 12, without: 0)]

    @Test("Where one person comes, or one of equal counts changes, every figure stands")
    func figuresStand() throws {
        let first = try Crowd(focuses: Self.sizes).result()
        #expect(first.cohorts.allSatisfy { $0.engagement.value != nil && $0.hours.value != nil })
        var more = Self.sizes
        more[2].n += 1
        // 1 in place of 0.4: the mean of eight moves by 0.075, more than a step of 0.05.
        let changed = Crowd(focuses: Self.sizes, engagement: { $0 == 1 ? 1 : 0.3 + Double($0 % 5) / 10 })
        for crowd in [Crowd(focuses: more), changed] {
            let next = try crowd.result(after: first.releases, night: 1)
            #expect(next.cohorts == first.cohorts && next.pairs == first.pairs && next.segments == first.segments)
            #expect(next.releases.isEmpty && next.success.day == first.success.day)
        }
    }

    @Test("Where k of a cohort change, and nobody else, figures move")
    func figuresMove() throws {
        let first = try Crowd(focuses: Self.sizes).result()
        let next = try Crowd(focuses: Self.sizes, engagement: { $0 < 5 ? 0.9 : 0.3 + Double($0 % 5) / 10 })
            .result(after: first.releases, night: 1)
        // 5 · 0.9 + 0.3 + 0.4 + 0.5 of eight: 0.7125; a spread of 0.6 over 8 makes steps of 0.1.
        #expect(abs((next.cohorts[0].engagement.value?.mean ?? 0) - 0.7) < 1e-9)
        #expect(next.cohorts[1] == first.cohorts[1] && next.success.day > first.success.day)
    }

    @Test("Whether a mean is told follows from the published counts alone")
    func absentMeans() throws {
        var byCells: [String: Set<[Bool]>] = [:]
        for n in 5...10 {
            for without in 0...4 {
                let result = try Crowd(focuses: [(n, without), (12, 6), (14, 4), (13, 3)]).result()
                guard let table = result.engagement.table.value else { continue }
                let cells = "\(table.rows) \(table.columns) \(table.cells) \(table.rowTotals) \(table.columnTotals)"
                byCells[cells, default: []].insert(result.cohorts.map { $0.hours.value == nil })
            }
        }
        #expect(byCells.count > 5 && byCells.values.allSatisfy { $0.count == 1 })
    }

    /// Values that round to the same means and deviations give the same differences, p and effect sizes.
    @Test("Comparisons tell nothing beyond the published figures")
    func comparisons() throws {
        func base(_ number: Int) -> Double { (number < 8 ? 0.3 : 0.5) + Double(number % 5) / 10 }
        let first = try Crowd(focuses: Self.sizes, engagement: base).result()
        // Within the same extremes; eight values move by 0.01 in all, their mean by 0.00125.
        let second = try Crowd(focuses: Self.sizes, engagement: { base($0) + ($0 == 1 ? 0.01 : 0) }).result()
        #expect(first.cohorts == second.cohorts && first.pairs == second.pairs)
        #expect(first.pairs.contains { $0.engagement.value != nil })
    }

    /// Means 0.5 and 0.7 with deviations 0.15 of 8 and 12: SE = √(0.0225/8 + 0.0225/12) = 0.068465, t = 2.92119, and g is
    /// 0.2 ÷ 0.15 · (1 − 3 ÷ (4 · 18 − 1)) = 1.27700.
    @Test("Hedges g of published figures, by hand")
    func effectByHand() throws {
        func figure(_ mean: Double, _ n: Int) -> FigureRelease.Figure {
            FigureRelease.Figure(mean: mean, deviation: 0.15, step: 0.05, n: n, values: [])
        }
        let counts = GuardedTable.Counts(rows: ["a", "b"], columns: ["people"], counts: [[8], [12]])
        let table = PublishedTable(
            name: "cohorts", table: .success(try #require(GuardedTable(counts, k: 5))), day: Day(number: 1), small: [])
        let groups = CohortGroups(
            sizes: table, success: table,
            released: FigureRelease(
                cohorts: ["a": [.goals: figure(0.5, 8)], "b": [.goals: figure(0.7, 12)]],
                segments: SegmentRelease(figures: nil, tooFew: nil, values: [])), level: 0.95)
        let goals = try #require(groups.pairs.first?.goals.value)
        #expect(abs(goals.difference - 0.2) < 1e-12 && abs(goals.effect - 1.277) < 0.002)
    }

    @Test("Among 47 people of whom three have no score, cohorts of nine or more still have a mean")
    func fewWithoutAScore() throws {
        let result = try Crowd(focuses: [(8, 0), (12, 3), (14, 0), (13, 0)]).result()
        #expect(result.cohorts.map { $0.engagement.value != nil } == [false, true, true, true])
    }
}
