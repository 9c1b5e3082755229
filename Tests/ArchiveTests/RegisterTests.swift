import Archive
import Model
import TestSupport
import Testing

@Suite struct RegisterTests {
    static let intervention = Intervention(
        id: "INT_1", name: "Better prompts", kind: "training", metric: "score",
        scope: .value(dimension: "tier", value: "a"), start: Night.first, end: nil, expectedChange: 0.1,
        status: .active)
    static let measurement = Measurement(
        id: "M_1", intervention: "INT_1", day: Night.first.advanced(by: 3), baseline: 0.5, current: 0.75, change: nil,
        sampleSize: 40)

    @Test func interventionsAreReplacedById() throws {
        try Night.withArchive { archive in
            try register(archive, [Self.intervention], [Self.measurement])
            var ended = Self.intervention
            ended.status = .completed
            ended.end = Night.first.advanced(by: 9)
            ended.scope = .pair(first: "tier", firstValue: "a", second: "site", secondValue: "\u{E9}")
            let second = try register(archive, [ended], [])
            #expect(try archive.interventions() == [ended])
            #expect(try archive.measurements() == [Self.measurement])
            let undone = try archive.undo(delivery: try #require(second.delivery))
            #expect(undone.registersChanged)
            #expect(try archive.interventions() == [Self.intervention])
        }
    }

    @Test func rejectsKeepTheirPlaceAndCause() throws {
        try Night.withArchive { archive in
            let loading = try archive.load(asOf: Night.first)
            let offered = DeliveryFile(
                sha256: Array(repeating: 7, count: 32), name: "bad.csv", table: "sessions", bytes: 99)
            let open = try #require(try loading.begin(offered))
            let reject = Reject(
                file: "bad.csv", line: 17, column: "latency", cause: .notANumber, found: "fast\u{0}", isWholeRow: false)
            let count = Delivery.RejectCount(cause: .notANumber, isWholeRow: false, count: 3)
            try loading.finish(open, rows: 5, accepted: 4, counts: [count], rejects: [reject])
            let delivery = try #require(try loading.finish().delivery)
            let kept = try #require(try archive.rejects(delivery: delivery).first)
            #expect(kept.line == 17 && kept.cause == .notANumber && kept.column == "latency")
            #expect(kept.found == "fast\u{2400}")
            let file = try #require(try archive.deliveries().first?.files.first)
            #expect(file.file == offered)
            #expect(file.rejects == [count])
            #expect(file.rows == 5 && file.accepted == 4)
        }
    }

    @Test func runsComeBackInOrder() throws {
        try Night.withArchive { archive in
            let summary = Array(String(repeating: "{\"n\": 1}", count: 200).utf8)
            for (id, day) in [("r2", 5), ("r1", 3), ("r3", 5)] {
                let run = Run(
                    id: id, asOf: Night.first.advanced(by: day), started: "2026-11-19T03:00:00Z",
                    inputs: [.init(name: "a.csv", sha256: Array(repeating: 1, count: 32))], outcome: "done",
                    manifestHash: [1, 2, 3])
                try archive.saveRun(run, summary: summary + Array(id.utf8))
            }
            #expect(try archive.runs().map(\.id) == ["r1", "r2", "r3"])
            #expect(try archive.runs().first?.inputs.first?.name == "a.csv")
            #expect(try archive.summary(ofRun: "r2") == summary + Array("r2".utf8))
            #expect(try archive.newestRun(before: Night.first.advanced(by: 6))?.run.id == "r3")
            #expect(try archive.newestRun(before: Night.first.advanced(by: 5))?.run.id == "r1")
            #expect(try archive.newestRun(before: Night.first.advanced(by: 3)) == nil)
            #expect(try archive.summary(ofRun: "none") == nil)
        }
    }

    @Test func aWholeNightIsKeptOrDroppedTogether() throws {
        try Night.withArchive { archive in
            try archive.begin()
            try archive.load(LoadingTests.one)
            #expect(try archive.partials(over: Night.period).days.count == 2)
            try archive.saveRun(
                Run(id: "r", asOf: Night.first, started: "", inputs: [], outcome: "done", manifestHash: []), summary: []
            )
            try archive.rollback()
            #expect(try archive.runs().isEmpty)
            #expect(try archive.dayRange() == nil)
            #expect(throws: ArchiveError.misuse("no transaction is open")) { try archive.commit() }
        }
    }

    @discardableResult
    private func register(
        _ archive: Archive, _ interventions: [Intervention], _ measurements: [Measurement]
    ) throws -> LoadOutcome {
        let loading = try archive.load(asOf: Night.first)
        try loading.add(interventions)
        try loading.add(measurements)
        return try loading.finish()
    }
}
