import Model
import Statistics
import Testing

@testable import Partials

/// Values of days whose records name people.
@Suite struct HeldValuesTests {
    private static func table(_ seed: UInt64, crowd: UInt64) throws -> (PartialTable, RecordPeople, RecordBatch) {
        let records = SmallDay.records(Int(80 + seed * 11 % 200), seed: seed)
        var generator = SeededGenerator(seed: seed + 2_000)
        var people: [UInt64: UInt64] = [:]
        for key in records.keys { people[key] = UInt64.random(in: 1...crowd, using: &generator) }
        let rule = try #require(RecordPeople(people, k: 5))
        let (held, left) = SmallDay.make(records).held(to: rule)
        let table = PartialTable(
            catalogue: SmallDay.catalogue, period: Period(of: .day, containing: SmallDay.day),
            days: [try #require(held)], held: left)
        return (table, rule, records)
    }

    @Test(arguments: 1...30) func everyLevelIsOfKPeople(seed: UInt64) throws {
        let (table, rule, records) = try Self.table(seed, crowd: 8 + seed)
        let held = table.holdingValues(to: rule)
        for (place, metric) in SmallDay.catalogue.metrics.enumerated() {
            guard let before = table.merged(metric: metric.name, group: .all, over: table.period) else { continue }
            let after = try #require(held.merged(metric: metric.name, group: .all, over: table.period))
            #expect(after.moments == before.moments && after.missing == before.missing && after.areValuesHeld)
            #expect(after.counts.n == before.counts.n && !before.areValuesHeld)
            // Going up through what is told, the people of as many of the smallest values, counted from the rows, are k more each time.
            let rows = records.keys.indices
                .map { (records.metrics[place]?[$0] ?? .nan, rule.people[records.keys[$0]] ?? 0) }
                .filter { $0.0.isFinite }.sorted { $0.0 < $1.0 }
            var start = 0
            for entry in after.counts.entries {
                #expect(Set(rows[start..<start + entry.count].map(\.1)).count >= rule.k, "\(metric.name) \(entry)")
                start += entry.count
            }
            #expect(after.minimum == after.counts.entries.first?.value)
            #expect(after.maximum == after.counts.entries.last?.value)
        }
        for group in held.groups where group != .all {
            for metric in SmallDay.catalogue.metrics {
                guard let own = held.merged(metric: metric.name, group: group, over: table.period) else { continue }
                // With 5 people a record each at most, 5 records are the fewest that a bar may have.
                #expect(own.counts.entries.allSatisfy { $0.count >= rule.k }, "\(group) \(metric.name)")
            }
        }
    }

    @Test func hoursOfFewPeopleAreNone() throws {
        let (table, rule, records) = try Self.table(3, crowd: 12)
        let held = table.holdingValues(to: rule)
        var people: [Int: Set<UInt64>] = [:]
        for (row, minute) in records.minutes.enumerated() where minute >= 0 {
            people[Int(minute) / 60, default: []].insert(rule.people[records.keys[row]] ?? 0)
        }
        let told = held.hourCounts(day: SmallDay.day)
        #expect(told.indices.allSatisfy { told[$0] == 0 || (people[$0]?.count ?? 0) >= rule.k })
        let rest = told.indices.filter { told[$0] == 0 }.reduce(into: Set<UInt64>()) { $0.formUnion(people[$1] ?? []) }
        #expect(rest.isEmpty || rest.count >= rule.k)
        let minutes = held.sample(group: .all, over: table.period).records.minutes
        #expect(minutes.allSatisfy { $0 == RecordBatch.noMinute || ($0 % 60 == 0 && told[Int($0) / 60] > 0) })
    }

    private static let levelled: [(values: [Double], told: [Double])] = {
        let halves: [Double] = Array(repeating: 0.5, count: 9)
        let sixes: [Double] = Array(repeating: 0.6, count: 4)
        let threes: [Double] = Array(repeating: 3, count: 6)
        let zeros: [Double] = Array(repeating: 0, count: 9)
        return [
            // A value that five people share stays, and takes up what lies alone below it; four 0.6 and a 0.7, five records 0.1
            // wide, are told by their mean to a step of 0.02.
            ([0.1234] + halves + sixes + [0.7], [0.5, 0.62]),
            // What is left at the end goes to the level before.
            (threes + [9.75], [3]),
            // Ones and zeros stay: their mean tells how many there are of each.
            (zeros + [1], [0, 1]),
        ]
    }()

    @Test(arguments: levelled) func levels(values: [Double], told: [Double]) {
        let counts = BinnedCounts(values, bins: .logarithmic(relativeError: 0.01))
        let rows = values.enumerated().map { (value: $1, person: UInt64($0 + 1)) }
        let levels = ValueLevels(counts, rows: rows, k: 5)
        #expect(levels.held(counts, of: .all).entries.map(\.value) == told)
    }

    /// Two people of a group have a 0: its mean tells that there are two, so the counts do, too. Of other values fewer than five
    /// people's join those beside them, but tests are of the values themselves.
    @Test func yesAndNoStayInGroups() throws {
        let rows = (0..<12).map { (value: $0 < 2 ? 0.0 : 1, person: UInt64($0 + 1)) }
        let all = BinnedCounts(
            rows.map(\.value) + Array(repeating: 0, count: 9), bins: .logarithmic(relativeError: 0.01))
        let own = BinnedCounts(rows.map(\.value), bins: .logarithmic(relativeError: 0.01))
        var levels = ValueLevels(all, rows: rows, k: 5)
        levels.join(.value(dimension: "agent", value: "a"), own, rows: rows, k: 5)
        #expect(levels.held(own, of: .value(dimension: "agent", value: "a")) == own)
    }

    @Test(arguments: 1...10) func testsAreOfTheValuesThemselves(seed: UInt64) throws {
        let (table, rule, _) = try Self.table(seed, crowd: 8 + seed)
        let held = table.holdingValues(to: rule)
        for metric in SmallDay.catalogue.metrics {
            for group in held.groups {
                let before = table.merged(metric: metric.name, group: group, over: table.period)
                let after = held.merged(metric: metric.name, group: group, over: table.period)
                #expect(after?.tested == before?.counts && before?.tested == before?.counts)
            }
        }
    }

    @Test func whatNamesNobodyStays() throws {
        let day = SmallDay.make(SmallDay.records(30, seed: 5))
        let table = PartialTable(
            catalogue: SmallDay.catalogue, period: Period(of: .day, containing: SmallDay.day), days: [day])
        #expect(table.holdingValues(to: nil).entries == [day])
        #expect(table.holdingValues(to: RecordPeople([1: 2], k: 5)).entries == [day])
    }
}
