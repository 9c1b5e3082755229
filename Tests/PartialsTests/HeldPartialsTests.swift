import Model
import Partials
import Statistics
import Testing

/// Days of records that name people, with groups of one to many of them.
@Suite struct HeldPartialsTests {
    /// Random records of a day, each of one of `crowd` people; every tenth names nobody.
    private static func day(_ seed: UInt64, crowd: Int) -> (RecordBatch, [UInt64: UInt64]) {
        let records = SmallDay.records(Int(20 + seed * 7 % 120), seed: seed)
        var generator = SeededGenerator(seed: seed + 1_000)
        var people: [UInt64: UInt64] = [:]
        for key in records.keys where Int.random(in: 0..<10, using: &generator) > 0 {
            people[key] = UInt64.random(in: 1...UInt64(crowd), using: &generator)
        }
        return (records, people)
    }

    /// Counted from the rows alone: which records stand in a group, by the texts of its values.
    private static func rows(of group: Group, in records: RecordBatch) -> Set<Int> {
        func text(_ dimension: String, _ row: Int) -> String {
            let place = dimension == "tier" ? 0 : 1
            return records.dictionaries[place][Int(records.dimensions[place]?[row] ?? 0)]
        }
        return Set(
            records.keys.indices.filter { row in
                switch group {
                case .all: true
                case .value(let dimension, let value): text(dimension, row) == value
                case .pair(let first, let a, let second, let b): text(first, row) == a && text(second, row) == b
                }
            })
    }

    @Test(arguments: 1...60) func nothingThatIsToldIsOfFewerThanKNorIsADifference(seed: UInt64) throws {
        let k = 5
        let (records, people) = Self.day(seed, crowd: Int(3 + seed % 25))
        let rule = try #require(RecordPeople(people, k: k))
        let (held, left) = SmallDay.make(records).held(to: rule)
        #expect(left.isOfPeople)
        func isFew(_ rows: some Sequence<Int>) -> Bool {
            (1..<k).contains(Set(rows.compactMap { people[records.keys[$0]] }).count)
        }
        let everybody = Set(records.keys.indices)
        #expect((held == nil) == isFew(everybody))
        guard let held else { return }
        for metric in ["score", "latency", "errors", ""] {
            let place = ["score", "latency", "errors"].firstIndex(of: metric)
            let valued = everybody.filter { row in
                place.map { !(records.metrics[$0]?[row] ?? .nan).isNaN } ?? true
            }
            let told = held.groups.filter { metric.isEmpty || held.partial(metric: metric, group: $0) != nil }
            let parts = told.map { (group: $0, rows: Self.rows(of: $0, in: records).intersection(valued)) }
            for part in parts { #expect(!isFew(part.rows), "\(part.group) of \(metric)") }
            for whole in parts {
                for dimension in ["tier", "site"] {
                    let inside = parts.filter { Self.divides(whole.group, by: dimension, $0.group) }
                    let rest = inside.reduce(whole.rows) { $0.subtracting($1.rows) }
                    #expect(!isFew(rest), "\(whole.group) of \(metric) less what is told by \(dimension)")
                }
            }
        }
    }

    /// Whether a group is one of the parts of another by a dimension.
    private static func divides(_ whole: Group, by dimension: String, _ part: Group) -> Bool {
        switch (whole, part) {
        case (.all, .value(dimension, _)): true
        case (.value(let own, let value), .pair(let first, let a, let second, let b)):
            own == first && value == a && dimension == second || own == second && value == b && dimension == first
        default: false
        }
    }

    @Test func recordsLoseIdsAndTheValuesThatAreNotTold() throws {
        let records = SmallDay.records(40, seed: 3)
        // Two people in the first tier, twelve in the others.
        var people: [UInt64: UInt64] = [:]
        for (row, key) in records.keys.enumerated() {
            people[key] = records.dimensions[0]?[row] == 1 ? UInt64(1 + row % 2) : UInt64(10 + row % 12)
        }
        let rule = try #require(RecordPeople(people, k: 5))
        let (held, left) = SmallDay.make(records).held(to: rule)
        let table = PartialTable(
            catalogue: SmallDay.catalogue, period: Period(of: .day, containing: SmallDay.day),
            days: [try #require(held)], held: left)
        let sample = table.sample(group: .all, over: table.period)
        #expect(sample.isOfPeople && sample.count == 40 && sample.records.ids.count == 0)
        #expect(!(0..<sample.count).contains { sample.value(dimension: 0, at: $0) == "alpha" })
        #expect(!table.groups(of: "tier").contains(.value(dimension: "tier", value: "alpha")))
        // All records less those of the tiers that are told are of nobody or of five people.
        let told = Set(
            table.groups(of: "tier").map { group in
                if case .value(_, let value) = group { value } else { "" }
            })
        let others = records.keys.indices.filter { row in
            let code = Int(records.dimensions[0]?[row] ?? 0)
            return code == 0 || !told.contains(records.dictionaries[0][code])
        }
        let rest = Set(others.compactMap { people[records.keys[$0]] })
        #expect(rest.isEmpty || rest.count >= 5)
    }

    /// Tier 1 has 20 people, of whom 3 say how it was; the others have 12 each, all of whom do. What is withheld is no 0: neither the
    /// 17 records without a value nor the 3 with one are told.
    @Test func aMetricThatIsWithheldIsNotMissing() throws {
        var records = SmallDay.records(44, seed: 11)
        let tiers = (0..<44).map { UInt32($0 < 20 ? 1 : $0 < 32 ? 2 : 3) }
        records.dimensions = [tiers, tiers.map { _ in 1 }]
        records.metrics[0] = (0..<44).map { (3..<20).contains($0) ? .nan : 0.5 }
        let people = Dictionary(uniqueKeysWithValues: records.keys.enumerated().map { ($1, UInt64($0 + 1)) })
        let rule = try #require(RecordPeople(people, k: 5))
        let (held, left) = SmallDay.make(records).held(to: rule)
        let table = PartialTable(
            catalogue: SmallDay.catalogue, period: Period(of: .day, containing: SmallDay.day),
            days: [try #require(held)], held: left)
        let group = Group.value(dimension: "tier", value: "alpha")
        #expect(table.recordCount(over: table.period, group: group) == 20)
        #expect(table.merged(metric: "score", group: group, over: table.period) == nil)
        #expect(table.leavesOut("score", of: group, over: table.period))
        #expect(!table.leavesOut("score", of: .all, over: table.period))
        #expect(table.merged(metric: "score", group: .all, over: table.period)?.missing == 17)
        #expect(table.merged(metric: "latency", group: group, over: table.period)?.n == 20)
    }

    @Test func whatNamesNobodyStaysAsItIs() throws {
        let day = SmallDay.make(SmallDay.records(30, seed: 5))
        let rule = try #require(RecordPeople([1: 2], k: 5))
        let (held, left) = day.held(to: rule)
        #expect(held == day && left == HeldBack())
        #expect(RecordPeople([:], k: 5) == nil)
    }
}
