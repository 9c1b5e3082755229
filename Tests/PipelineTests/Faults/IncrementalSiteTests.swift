import Foundation
import Pipeline
import Statistics
import Testing

/// Night by night, with late rows, corrections and deliveries that are taken out, the site has the bytes of one that is
/// made at once from what is left.
@Suite(.serialized) struct IncrementalSiteTests {
    private static let configuration = """
        sources:
          rows: {files: ["rows*"], id: id, time: time}
          marks: {files: ["marks*"], role: scores, id: id}
        metrics:
          score: {source: rows, range: [0, 1], direction: higher}
          mark: {source: marks, range: [0, 1], direction: higher}
        dimensions: {tier: {source: rows}}
        analysis: {forecast_days: 0}
        """

    /// The files of one night: new sessions, corrections of earlier ones, some of them on another day, and marks that may
    /// come before or after their sessions.
    private static func night(_ step: Int, _ generator: inout SeededGenerator) -> [(name: String, text: String)] {
        func number() -> String { "0.\(Int.random(in: 10...99, using: &generator))" }
        var rows = "id,time,tier,score\n"
        for _ in 0..<Int.random(in: 5...25, using: &generator) {
            let id = Int.random(in: 0..<80, using: &generator)
            let day = 1 + (id + (Int.random(in: 0..<6, using: &generator) == 0 ? step : 0)) % 18
            rows += "s\(id),2026-11-\(day < 10 ? "0" : "")\(day) 09:00:00,\(["a", "b"][id % 2]),\(number())\n"
        }
        var marks = "id,mark\n"
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            marks += "s\(Int.random(in: 0..<80, using: &generator)),\(number())\n"
        }
        return [("rows-\(step).csv", rows), ("marks-\(step).csv", marks)]
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func everyNightEqualsARebuild(seed: UInt64) async throws {
        try await inWorkshop { workshop in
            var generator = SeededGenerator(seed: seed)
            try workshop.write(Self.configuration, to: "assay.yaml")
            var live: [(delivery: Int64, folder: String)] = []
            var deliveries: Int64 = 0
            for step in 0..<6 {
                if live.count > 1, Int.random(in: 0..<3, using: &generator) == 0 {
                    let taken = live.remove(at: Int.random(in: 0..<live.count, using: &generator))
                    #expect(await workshop.undo(taken.delivery) == .done, "\(workshop.messages)")
                } else {
                    deliveries += 1
                    live.append((deliveries, "night-\(step)"))
                    for file in Self.night(step, &generator) {
                        try workshop.write(file.text, to: "night-\(step)/\(file.name)")
                    }
                }
                #expect(
                    await workshop.build([live[live.count - 1].folder], asOf: "2026-11-19") == .done,
                    "\(workshop.messages)")
                let scratch = "scratch-\(step)"
                for night in live {
                    #expect(
                        await workshop.build(
                            [night.folder], output: scratch, archive: "\(scratch).sqlite", asOf: "2026-11-19",
                            isDryRun: false) == .done, "\(workshop.messages)")
                }
                try compare(workshop, scratch, hasGaps: deliveries != Int64(live.count), "seed \(seed), step \(step)")
            }
        }
    }

    /// Every byte; where a delivery was taken out, the others keep their numbers, which only the account of files shows,
    /// and the feed counts the versions of a report.
    private func compare(_ workshop: Workshop, _ scratch: String, hasGaps: Bool, _ name: String) throws {
        let (found, expected) = (try workshop.files(in: "site"), try workshop.files(in: scratch))
        #expect(Set(found.keys) == Set(expected.keys), "\(name)")
        let accounts = [
            "data/index.html", "data/index.md", "summary.json", "manifest.json", "summaries/2026-11-19.json",
            "exports/files.csv", "feed.xml",
        ]
        for (path, bytes) in expected where found[path] != bytes {
            #expect(hasGaps && accounts.contains { path.hasSuffix($0) }, "\(name): \(path) differs")
        }
    }
}
