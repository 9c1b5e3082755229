import Foundation
import Pipeline
import Testing

/// Whole nights in a temporary folder: real files, real SQLite, real pages.
@Suite(.serialized) struct BuildTests {
    private func prepared(_ workshop: Workshop, sessions: Int = 1_800, days: Int = 45) async throws {
        #expect(await workshop.sample(sessions: sessions, days: days) == .done)
        try workshop.write(Workshop.configuration, to: "assay.yaml")
    }

    @Test func figuresAreThoseOfTheRows() async throws {
        try await inWorkshop { workshop in
            try await prepared(workshop)
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let summary = try workshop.json("site/runs/2026-11-19/summary.json")
            let truth = try workshop.json("exports/truth.json")
            let data = try #require(summary["data"] as? [String: Any])
            #expect(data["records"] as? Int == 1_800)
            let scores = try #require((truth["scores"] as? [String: Any])?["clinical_compliance"] as? [String: Any])
            let spread = try #require(
                (summary["distribution"] as? [String: Any])?["clinical_compliance"] as? [String: Any])
            #expect(spread["n"] as? Int == scores["n"] as? Int)
            let (mean, expected) = (try #require(spread["mean"] as? Double), try #require(scores["mean"] as? Double))
            #expect(abs(mean - expected) < 1e-12)
            let tiers = try #require((truth["counts"] as? [String: Any])?["by_tier"] as? [String: Int])
            let groups = try #require(
                (((summary["comparison"] as? [String: Any])?["resolved"] as? [String: Any])?["tier"] as? [String: Any])?[
                    "groups"] as? [[String: Any]])
            for group in groups { #expect(group["n"] as? Int == tiers[try #require(group["name"] as? String)]) }
            #expect(groups.count == 5)
        }
    }

    /// Eleven weeks from Monday to Friday, Fridays half a point higher: five levels in their places and null for the others.
    @Test func weekdaysStandInTheirPlaces() async throws {
        try await inWorkshop { workshop in
            let first = Date(timeIntervalSince1970: 1_788_739_200)
            let rows = (0..<550).map { row -> String in
                let step = row / 10
                let date = first.addingTimeInterval(Double(step / 5 * 7 + step % 5) * 86_400)
                let value = Double(row * 7 % 11) / 100 + (step % 5 == 4 ? 0.5 : 0)
                return "\(date.formatted(.iso8601.year().month().day())),\(value)\n"
            }
            try workshop.write("day,quality\n" + rows.joined(), to: "exports/rows.csv")
            try workshop.write(
                """
                sources:
                  rows: {files: ["rows*"], time: day}
                metrics:
                  quality: {source: rows, unit: score, range: [0, 1], direction: higher}
                """, to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let summary = try workshop.json("site/runs/2026-11-20/summary.json")
            let week = try #require((summary["weekday"] as? [String: Any])?["quality"] as? [Any])
            #expect(week.count == 7 && week[5] is NSNull && week[6] is NSNull)
            #expect(
                week.prefix(5).enumerated().allSatisfy { abs(($1 as? Double ?? 9) - ($0 == 4 ? 0.4 : -0.1)) < 0.03 })
        }
    }

    @Test func plantedStepIsFoundAndTheIdleInterventionIsNot() async throws {
        try await inWorkshop { workshop in
            try await prepared(workshop, sessions: 6_000, days: 60)
            #expect(await workshop.build() == .done)
            let improvement = try #require(
                try workshop.json("site/runs/2026-11-19/summary.json")["improvement"] as? [String: Any])
            let effective = try #require(improvement["INT_001"] as? [String: Any])
            #expect(effective["claimed"] as? Bool == true)
            let interval = try #require((effective["by_day"] as? [String: Any])?["interval"] as? [Double])
            #expect(interval[0] < 0.04 && 0.04 < interval[1], "planted 0.04, found \(interval)")
            #expect(try workshop.namesakes(in: "site/runs") == [])
        }
    }

    @Test(arguments: [1, 2, 5]) func theSameInputsGiveTheSameBytes(jobs: Int) async throws {
        try await inWorkshop { workshop in
            try await prepared(workshop)
            #expect(await workshop.build() == .done)
            let first = try workshop.files(in: "site")
            // Into the same folder: an archive names the folders that it publishes in.
            try FileManager.default.removeItem(at: workshop.folder.appending(path: "site"))
            #expect(await workshop.build(archive: "other.sqlite", jobs: jobs) == .done)
            #expect(try workshop.read("archive.sqlite") == (try workshop.read("other.sqlite")))
            let second = try workshop.files(in: "site")
            #expect(Set(first.keys) == Set(second.keys))
            for (name, bytes) in first { #expect(second[name] == bytes, "\(name) differs") }
        }
    }

    @Test func aRerunRewritesNoFile() async throws {
        try await inWorkshop { workshop in
            try await prepared(workshop)
            #expect(await workshop.build() == .done)
            let before = try workshop.dates(in: "site")
            #expect(await workshop.build() == .done)
            #expect(try workshop.dates(in: "site") == before)
            #expect(before.count > 20)
            #expect(await workshop.build(requiresNewData: true) == .noNewData)
        }
    }

    @Test func overlapAndUndoChangeNothingInTheEnd() async throws {
        try await inWorkshop { workshop in
            try await prepared(workshop)
            #expect(await workshop.build() == .done)
            let before = try workshop.read("site/runs/2026-11-19/exports/distributions.csv")
            // The same rows once more, in another file, with one corrected.
            var text = String(decoding: try workshop.read("exports/quality-2026-11.csv"), as: UTF8.self)
            #expect(await workshop.build() == .done)
            text = text.split(separator: "\n").enumerated().map { number, line in
                number == 1
                    ? line.split(separator: ",", omittingEmptySubsequences: false)[0]
                        + ",0.5,0.5,0.5,0.5,0.0001,0.5,0.5,0.5" : String(line)
            }.joined(separator: "\n")
            try workshop.write(text + "\n", to: "later/quality-2026-11-corrected.csv")
            #expect(await workshop.build(["later"]) == .done)
            let corrected = try workshop.read("site/runs/2026-11-19/exports/distributions.csv")
            #expect(corrected != before)
            #expect(String(decoding: corrected, as: UTF8.self).contains("0.0001"))
            #expect(await workshop.undo(2, configuration: "assay.yaml") == .done)
            #expect(await workshop.build() == .done)
            #expect(try workshop.read("site/runs/2026-11-19/exports/distributions.csv") == before)
            #expect(await workshop.undo(99, configuration: "assay.yaml") == .usage)
        }
    }

    @Test func aDryRunWritesNothing() async throws {
        try await inWorkshop { workshop in
            try await prepared(workshop)
            #expect(await workshop.build(isDryRun: true) == .done)
            #expect(!FileManager.default.fileExists(atPath: workshop.folder.appending(path: "site").path))
            #expect(!FileManager.default.fileExists(atPath: workshop.folder.appending(path: "archive.sqlite").path))
        }
    }

    @Test func withoutConfigurationItInfersAndSaysSo() async throws {
        try await inWorkshop { workshop in
            try workshop.write(
                "id,created_at,tier,score\n"
                    + (0..<200).map {
                        "c\($0),2026-10-\($0 % 28 + 1 < 10 ? "0" : "")\($0 % 28 + 1)T10:00:00Z,\($0 % 2 == 0 ? "basic" : "premium"),0.\(50 + $0 % 40)\n"
                    }.joined(),
                to: "exports/conversations.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let page = String(decoding: try workshop.read("site/runs/2026-10-28/data/index.html"), as: UTF8.self)
            #expect(page.contains("is taken as the time"))
            #expect(await workshop.propose() == .done)
            #expect(await workshop.build(output: "second", archive: "second.sqlite") == .done, "\(workshop.messages)")
            #expect(
                try workshop.read("second/runs/2026-10-28/exports/distributions.csv")
                    == (try workshop.read("site/runs/2026-10-28/exports/distributions.csv")))
        }
    }

    @Test func hostileValuesReachNoReaderAsCode() async throws {
        let hostile = [
            "<script>window.__pwned=1</script>", "\"><img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0",
            "{{ 7*7 }}{% raw %}", "javascript:alert(1)",
            "Ω≈ç√∫˜µ≤≥÷", "','\"`", "../../etc/passwd", "\u{202E}gnirts", "null", "NaN",
        ]
        try await inWorkshop { workshop in
            let rows = (0..<440).map { row -> String in
                let name = hostile[row % hostile.count]
                let quoted =
                    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                    + "\""
                return "\(quoted.dropLast())#\(row)\",2026-10-\(row % 20 + 10) 10:00:00,\(quoted),0.\(50 + row % 40)\n"
            }
            try workshop.write("id,time,tier,score\n" + rows.joined(), to: "exports/a.csv")
            try workshop.write(
                """
                title: "<script>alert('title')</script>"
                sources: {a: {id: id, time: time}}
                metrics: {score: {range: [0, 1], direction: higher, title: "</title><b>score</b>"}}
                dimensions: {tier: {}}
                """, to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            for (name, bytes) in try workshop.files(in: "site") where name.hasSuffix(".html") {
                let page = String(decoding: bytes, as: UTF8.self)
                #expect(!page.contains("<script>"), "\(name)")
                #expect(!page.contains("<img"), "\(name)")
                #expect(!page.contains("<b>"), "\(name)")
            }
            let csv = String(decoding: try workshop.read("site/runs/2026-10-29/exports/comparisons.csv"), as: UTF8.self)
            #expect(csv.contains("'=cmd"))
        }
    }
}
