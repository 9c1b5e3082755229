import Model
import Statistics
import Testing

@testable import Partials

/// Two dimensions of which one lies within the other, in whole or nearly.
@Suite struct CrossedPartsTests {
    private static func day(_ rows: [(country: String, office: String, person: UInt64)]) throws -> (
        day: DayPartials, people: [UInt64: UInt64]
    ) {
        let dimensions = [Dimension(name: "country"), Dimension(name: "office")].compactMap { $0 }
        let metric = try #require(Metric(name: "score", range: 0...1))
        let catalogue = try #require(Catalogue(metrics: [metric], dimensions: dimensions, pairs: []))
        var batch = RecordBatch(table: "sessions", catalogue: catalogue)
        let names = [Set(rows.map(\.country)).sorted(), Set(rows.map(\.office)).sorted()]
        var people: [UInt64: UInt64] = [:]
        for (place, row) in rows.enumerated() {
            let key = UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15
            batch.keys.append(key)
            batch.ids.append("id-\(place)".utf8)
            batch.times.append(Int64(SmallDay.day.number) * 86_400_000_000)
            batch.minutes.append(600)
            batch.days.append(SmallDay.day.number)
            people[key] = row.person
        }
        batch.metrics = [rows.indices.map { Double($0 % 10) / 10 }]
        batch.dimensions = [
            rows.map { row in UInt32((names[0].firstIndex(of: row.country) ?? 0) + 1) },
            rows.map { row in UInt32((names[1].firstIndex(of: row.office) ?? 0) + 1) },
        ]
        batch.dictionaries = names.map { [""] + $0 }
        return (DayPartials.make(day: SmallDay.day, records: batch, catalogue: catalogue, sizes: .standard), people)
    }

    /// Offices o1 (12 people) and o2 (3) are Germany, o3 (13) and o4 (3) Austria. Of offices alone, 6 people in o2 and o4 hide each
    /// other; but Germany less o1 is o2. So no office may be told beside the countries.
    @Test func officesDoNotTellWhatTheirCountriesLeaveOut() throws {
        let rows = [("de", "o1", 12), ("de", "o2", 3), ("at", "o3", 13), ("at", "o4", 3)].enumerated().flatMap {
            place, part in
            (0..<part.2).map { (country: part.0, office: part.1, person: UInt64(place * 100 + $0 + 1)) }
        }
        let (day, people) = try Self.day(rows)
        let rule = try #require(RecordPeople(people, k: 5))
        let held = try #require(day.held(to: rule).partials)
        let told: [Group] = [
            .all, .value(dimension: "country", value: "at"), .value(dimension: "country", value: "de"),
        ]
        #expect(held.groups == told)
        #expect(told.allSatisfy { held.partial(metric: "score", group: $0) != nil })
    }

    /// Offices that no small one stands beside stay, in both divisions.
    @Test func whatTellsOfNobodyStays() throws {
        let rows = [("de", "o1", 12), ("de", "o2", 6), ("at", "o3", 13), ("at", "o4", 7)].enumerated().flatMap {
            place, part in
            (0..<part.2).map { (country: part.0, office: part.1, person: UInt64(place * 100 + $0 + 1)) }
        }
        let (day, people) = try Self.day(rows)
        let rule = try #require(RecordPeople(people, k: 5))
        #expect(try #require(day.held(to: rule).partials).groups == day.groups)
    }

    /// The attack of somebody who knows which offices are in which countries: everything that linear combinations of the totals
    /// that are told give, found by elimination. No sum of up to three small cells may be among it.
    @Test(arguments: 1...80) func noCombinationOfTotalsTellsOfFew(seed: UInt64) throws {
        let k = 5
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<Int.random(in: 30...140, using: &generator)).map { _ in
            let person = Int.random(in: 1...Int(15 + seed % 60), using: &generator)
            let office = person % 7
            let isAway = Int.random(in: 0..<40, using: &generator) == 0
            return (country: "c\(isAway ? 0 : office % 3)", office: "o\(office)", person: UInt64(person))
        }
        let (day, people) = try Self.day(rows)
        let rule = try #require(RecordPeople(people, k: k))
        guard let held = day.held(to: rule).partials else { return }
        func name(_ dimension: String, _ value: String) -> String {
            held.groups.contains(.value(dimension: dimension, value: value)) ? value : ""
        }
        var cells: [[String]: Set<UInt64>] = [:]
        for row in rows {
            cells[[name("country", row.country), name("office", row.office)], default: []].insert(row.person)
        }
        let keys = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
        // Totals: of each value that is told, and of the rest of its dimension, which is all records less those.
        let totals = (0...1).flatMap { side in
            Set(keys.map { $0[side] }).map { value in keys.map { $0[side] == value ? 1.0 : 0 } }
        }
        let rank = Self.rank(totals)
        let small = keys.indices.filter { (cells[keys[$0]] ?? []).count < k }
        let single = small.map { [$0] }
        let double = single.flatMap { set in small.filter { $0 > set[0] }.map { set + [$0] } }
        let triple = double.flatMap { set in small.filter { $0 > set[1] }.map { set + [$0] } }
        for set in single + double + triple {
            let crowd = set.reduce(into: Set<UInt64>()) { $0.formUnion(cells[keys[$1]] ?? []) }
            guard (1..<k).contains(crowd.count) else { continue }
            let sum = keys.indices.map { set.contains($0) ? 1.0 : 0 }
            #expect(Self.rank(totals + [sum]) == rank + 1, "\(set.map { keys[$0] }) of \(crowd.count)")
        }
    }

    /// How many rows are independent, by Gaussian elimination with the largest pivot.
    private static func rank(_ matrix: [[Double]]) -> Int {
        var rows = matrix
        var rank = 0
        for column in rows.first?.indices ?? 0..<0 {
            guard let pivot = rows.indices.dropFirst(rank).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
                abs(rows[pivot][column]) > 1e-9
            else { continue }
            rows.swapAt(rank, pivot)
            for row in rows.indices.dropFirst(rank + 1) {
                let factor = rows[row][column] / rows[rank][column]
                for place in rows[row].indices { rows[row][place] -= factor * rows[rank][place] }
            }
            rank += 1
        }
        return rank
    }
}
