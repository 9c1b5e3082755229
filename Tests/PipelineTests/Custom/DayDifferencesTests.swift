import Model
import Partials
import Testing

@testable import Pipeline

/// Reports of one day beside what other pages show of it.
@Suite("A report less what other pages show")
struct DayDifferencesTests {
    private let catalogue: Catalogue
    private let records: RecordBatch
    private let rule: RecordPeople
    private let main: DayPartials?

    /// A record each of 12, 13, 14 and 3 people in tiers t1 to t4, of which other pages show the second and the third.
    init() throws {
        let tiers = [12, 13, 14, 3].enumerated().flatMap { Array(repeating: UInt32($0 + 1), count: $1) }
        let metric = try #require(Metric(name: "score", range: 0...1))
        let dimension = try #require(Dimension(name: "tier"))
        catalogue = try #require(Catalogue(metrics: [metric], dimensions: [dimension], pairs: []))
        var batch = RecordBatch(table: "sessions", catalogue: catalogue)
        var people: [UInt64: UInt64] = [:]
        for row in tiers.indices {
            let key = UInt64(row + 1) &* 0x9E37_79B9_7F4A_7C15
            batch.keys.append(key)
            batch.ids.append("id-\(row)".utf8)
            batch.times.append(1_728_000_000_000_000)
            batch.minutes.append(600)
            batch.days.append(20_000)
            people[key] = UInt64(row + 1)
        }
        batch.metrics = [tiers.indices.map { Double($0 % 10) / 10 }]
        batch.dimensions = [tiers]
        batch.dictionaries = [["", "t1", "t2", "t3", "t4"]]
        records = batch
        rule = try #require(RecordPeople(people, k: 5))
        main =
            rule.told(
                of: DayPartials.make(day: Day(number: 20_000), records: batch, catalogue: catalogue, sizes: .standard)
            ).partials
    }

    /// What is told of the day by a report of some tiers: nil where other pages tell of few people with it.
    private func beside(_ tiers: Set<UInt32>) -> UInt64? {
        let codes = records.dimensions[0] ?? []
        let places = codes.indices.filter { tiers.contains(codes[$0]) }.map { Int32($0) }
        let own = DayPartials.make(
            day: Day(number: 20_000), records: records.rows(places), catalogue: catalogue, sizes: .standard)
        return DayDifferences(records, catalogue: catalogue, people: rule, shown: main).beside(
            codes.map { tiers.contains($0) ? 1 : 0 }, report: 0, told: rule.told(of: own).partials)
    }

    @Test("Other pages hide the small tier and the smallest besides")
    func shown() throws {
        let groups = try #require(main).groups
        #expect(groups == [.all, .value(dimension: "tier", value: "t2"), .value(dimension: "tier", value: "t3")])
    }

    /// All 42 less the 25 of the report are t3 and t4; less t3, which other pages show, that is t4, of 3 people.
    @Test("All records less a report and a group that is shown tell of three people: the day is left out")
    func complementLessAGroup() { #expect(beside([1, 2]) == nil) }

    /// All 42 less the 26 of the report are t2 and t4, and t2 is shown, too.
    @Test("A report's own groups are parts as well")
    func ownGroups() { #expect(beside([1, 3]) == nil) }

    /// All 42 less the 27 of the report are t1 and t4, 15 people, whom nothing divides.
    @Test("Where the rest is of enough people, the day is told")
    func told() { #expect(beside([2, 3]) == 0) }
}
