import Model
import Testing

@testable import Analysis

@Suite struct CoverageTests {
    @Test func freshnessGapsAndSmallGroups() throws {
        let rows =
            (0..<120).map { Row(day: november(1), values: [0.5, $0 < 30 ? 0.1 : nil], groups: ["big"]) }
            + (0..<7).map { _ in Row(day: november(4), values: [nil, nil], groups: ["small"]) }
        let made = try analyse(
            table(rows, catalogue([score("quality"), score("safety")], by: ["tier"])), asOf: november(6))
        let found = made.coverage
        #expect((found.oldestDay, found.newestDay, found.ageInDays) == (november(1), november(4), 2))
        #expect((found.records, found.daysWithRecords, found.recordsPerDay.value) == (127, 2, 63.5))
        #expect(found.emptyDays == [2, 3, 5, 6].map(november))
        #expect(found.metrics.map(\.n) == [120, 30] && found.metrics.map(\.missing) == [7, 97])
        #expect(found.metrics.map(\.isLow) == [false, true])
        #expect(found.metrics.map(\.newestDay) == [november(1), november(1)])
        #expect(found.isSmall)
        #expect(
            found.smallGroups == [SmallGroup(group: .value(dimension: "tier", value: "small"), n: 7, needed: 100)])
    }

    @Test func daysAfterAsOfAreLeftOutAndCounted() throws {
        let rows = (1...9).map { Row(day: november($0), values: [0.5]) }
        let made = try analyse(table(rows, catalogue([score("quality")])), asOf: november(6))
        #expect(made.coverage.daysAfterAsOf == 3 && made.coverage.recordsEver == 6)
        #expect(made.coverage.ageInDays == 0)
        #expect(made.distributions.first?.n == 6)
    }
}
