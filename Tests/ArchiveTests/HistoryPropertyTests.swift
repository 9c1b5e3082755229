import Archive
import Model
import Partials
import Statistics
import Testing

/// Any history of loadings, corrections, moves and undos gives what a replay of the live rows gives.
@Suite struct HistoryPropertyTests {
    @Test(arguments: 0..<16) func incrementalIsTheSameAsReplayed(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        try Night.withArchive { archive in
            var model = ArchiveModel()
            var before: [Day: EncodedDay] = [:]
            for step in 0..<14 {
                let outcome: LoadOutcome
                if !model.deliveries.isEmpty, Int.random(in: 0..<4, using: &generator) == 0 {
                    let place = Int.random(in: 0..<model.deliveries.count, using: &generator)
                    outcome = try archive.undo(delivery: model.deliveries.remove(at: place).id)
                } else {
                    let files = Self.files(step, using: &generator)
                    let asOf = Int.random(in: 0..<5, using: &generator)
                    outcome = try archive.load(files, asOf: asOf)
                    model.deliveries.append(
                        .init(id: try #require(outcome.delivery), asOf: asOf, files: files))
                }
                let after = model.figures
                #expect(try Night.figures(archive) == after, "seed \(seed), step \(step)")
                expectChanges(outcome, from: before, to: after)
                before = after
            }
            // A rebuild from what is stored changes nothing either.
            #expect(try archive.adoptCatalogue().isEmpty)
            try archive.checkIntegrity(full: true)
        }
    }

    /// Few keys over few days, so that nearly every row meets an earlier one.
    static func files(_ step: Int, using generator: inout SeededGenerator) -> [File] {
        func rows(_ count: Int, _ make: (UInt64) -> Row) -> [Row] {
            (0..<count).map { _ in make(UInt64.random(in: 0..<12, using: &generator)) }
        }
        var days: [Int] = (0..<16).map { _ in Int.random(in: 0..<4, using: &generator) }
        var files: [File] = []
        if Bool.random(using: &generator) {
            var found = rows(Int.random(in: 1..<10, using: &generator)) { key in
                Row(key, day: days.popLast() ?? 0, tier: ["a", "b", nil][Int(key) % 3])
            }
            for place in found.indices { found[place].latency = Double(Int.random(in: 1...5, using: &generator)) }
            files.append(File(table: "sessions", rows: found, salt: UInt8(step)))
        }
        if files.isEmpty || Bool.random(using: &generator) {
            var found = rows(Int.random(in: 1..<10, using: &generator)) { Row($0) }
            for place in found.indices {
                found[place].score = Bool.random(using: &generator) ? 0.5 : Double(step) / 10
            }
            files.insert(
                File(table: "quality", rows: found, salt: UInt8(step)),
                at: Bool.random(using: &generator) ? 0 : files.count)
        }
        return files
    }

    /// Exactly the days whose figures differ are said to have changed.
    private func expectChanges(_ outcome: LoadOutcome, from before: [Day: EncodedDay], to after: [Day: EncodedDay]) {
        let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
        #expect(outcome.changedDays == changed.sorted())
        #expect(Set(outcome.touchedDays).isSuperset(of: changed))
    }
}
