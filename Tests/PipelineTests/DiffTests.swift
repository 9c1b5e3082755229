import Foundation
import Pipeline
import Testing

/// `assay diff`, `assay export` and the pages of what changed, on whole builds.
@Suite struct DiffTests {
    /// Four weeks of one metric: mean 0.5 until the day that is named, then the given one.
    private func rows(days: Int, from start: Int = 1, changed: (Int) -> Double? = { _ in nil }) -> String {
        var lines = ["session_id,started_at,quality"]
        for day in start..<(start + days) {
            for row in 0..<6 {
                let value = changed(day) ?? 0.4 + 0.04 * Double(row)
                lines.append(
                    "s\(day)-\(row),2026-10-\(day < 10 ? "0" : "")\(day)T1\(row):00:00Z,\(value)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let configuration = """
        title: Two runs
        sources:
          sessions: {files: ["sessions*"], id: session_id, time: started_at}
          tests: {role: validation, files: ["tests*"]}
        metrics:
          quality: {source: sessions, unit: score, range: [0, 1], direction: higher}
        """

    private func tests(_ day: Int, _ statuses: [String]) -> String {
        let lines = statuses.enumerated().map { place, status in
            "run-\(day),2026-10-\(day)T08:00:00Z,suite,test_\(place),\(status)"
        }
        return (["run,timestamp,suite,test,status"] + lines).joined(separator: "\n") + "\n"
    }

    private func twoRuns(_ workshop: Workshop) async throws {
        try workshop.write(Self.configuration, to: "assay.yaml")
        try workshop.write(rows(days: 20), to: "exports/sessions-1.csv")
        try workshop.write(tests(20, ["passed", "failed", "passed"]), to: "exports/tests-20.csv")
        #expect(await workshop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
        try workshop.write(rows(days: 1, from: 21) { _ in 0.9 }, to: "exports/sessions-2.csv")
        // A record of an old day comes late.
        try workshop.write(
            "session_id,started_at,quality\nlate,2026-10-05T20:00:00Z,0.9\n", to: "exports/sessions-3.csv")
        try workshop.write(tests(21, ["failed", "passed", "passed"]), to: "exports/tests-21.csv")
        #expect(await workshop.build(configuration: "assay.yaml", asOf: "2026-10-21") == .done)
    }

    private func diff(
        _ a: String, _ b: String, _ workshop: Workshop, format: AnswerFormat = .json, failOn: AlertSeverity? = nil
    ) async -> (status: Pipeline.ExitStatus, bytes: [UInt8]) {
        var request = DiffRequest(a, b, configuration: "assay.yaml", archive: "archive.sqlite")
        request.format = format
        request.failOn = failOn
        var bytes: [UInt8] = []
        let status = await Pipeline.diff(request, in: workshop.surroundings, messages: workshop.sink) { bytes += $0 }
        return (status, bytes)
    }

    private func export(
        _ table: String?, _ workshop: Workshop, format: AnswerFormat? = nil, output: String = "site"
    ) async -> (status: Pipeline.ExitStatus, text: String) {
        var request = ExportRequest(
            table, configuration: "assay.yaml", archive: "archive.sqlite", output: output)
        request.format = format
        var bytes: [UInt8] = []
        let status = await Pipeline.export(request, in: workshop.surroundings, messages: workshop.sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    @Test func twoNightsAreHeldAgainstEachOther() async throws {
        try await inWorkshop { workshop in
            try await twoRuns(workshop)
            let (status, bytes) = await diff("previous", "latest", workshop)
            #expect(status == .done)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            #expect((json["a"] as? [String: Any])?["as_of"] as? String == "2026-10-20")
            #expect(json["shared_days"] as? Int == 89)

            let tests = try #require(json["tests"] as? [String: [[String: String]]])
            #expect(tests["newly_failing"]?.map { $0["test"] } == ["suite/test_0"])
            #expect(tests["fixed"]?.map { $0["test"] } == ["suite/test_1"])

            // By hand: 120 values with mean 0.5; with the new day (six of 0.9) and the late one, 127 with mean
            // (60 + 5.4 + 0.9)/127. The population variance of 0.4 to 0.6 in steps of 0.04 is 0.0448/9 … by n − 1 = 119.
            let figure = try #require((json["figures"] as? [[String: Any]])?.first)
            let difference = try #require(figure["difference"] as? Double)
            #expect(abs(difference - (66.3 / 127 - 0.5)) < 1e-12)
            #expect(figure["hedges_g_interval"] is NSNull)
            #expect((figure["reason"] as? String)?.contains("share 89 days") == true)

            // Glass' Δ of the new day: (0.9 − 0.5)/s with s² = 20·6·σ²/119, σ² the mean square of ±0.02, ±0.06, ±0.1.
            let fresh = try #require((json["new_days"] as? [[String: Any]])?.first)
            #expect(fresh["days"] as? [String] == ["2026-10-21"])
            let sd = (120 * (2 * (0.02 * 0.02 + 0.06 * 0.06 + 0.1 * 0.1)) / 6 / 119).squareRoot()
            let delta = try #require(fresh["glass_delta"] as? Double)
            #expect(abs(delta - 0.4 / sd) < 1e-9)

            let corrected = try #require(json["corrected_days"] as? [[String: Any]])
            #expect(corrected.map { $0["day"] as? String } == ["2026-10-05"])
        }
    }

    @Test func ofItselfNothingIsSaid() async throws {
        try await inWorkshop { workshop in
            try await twoRuns(workshop)
            let (status, bytes) = await diff("latest", "2026-10-21", workshop, failOn: .note)
            #expect(status == .done)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            #expect((json["verdict"] as? [String: Any])?["word"] as? String == "alike")
            // Files have summaries without single tests, and say so.
            let files = await diff("site/summaries/2026-10-20.json", "site/summaries/2026-10-21.json", workshop)
            let other = try #require(try JSONSerialization.jsonObject(with: Data(files.bytes)) as? [String: Any])
            #expect((other["tests"] as? [String: Any])?["reason"] as? String != nil)
            let unknown = await diff("2026-01-01", "latest", workshop)
            #expect(unknown.status == .usage)
            #expect(workshop.messages.contains { $0.contains("2026-10-20, 2026-10-21") })
        }
    }

    @Test func eachNightHasItsPageAndNoOther() async throws {
        try await inWorkshop { workshop in
            try await twoRuns(workshop)
            let page = try String(decoding: workshop.read("site/archive/changes/2026-10-21.html"), as: UTF8.self)
            #expect(page.contains("From 20 October 2026 to 21 October 2026"))
            #expect(page.contains(">test_0<") && page.contains("<svg"))
            #expect(
                FileManager.default.fileExists(atPath: workshop.folder.path + "/site/archive/changes/2026-10-21.md"))
            #expect(page.contains("Corrections") && page.contains("2026-10-05"))
            // The earlier day once more, now with the row that came late: the page after it is made again.
            #expect(await workshop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            let again = try String(decoding: workshop.read("site/archive/changes/2026-10-21.html"), as: UTF8.self)
            #expect(!again.contains("Corrections"))
            #expect(
                !FileManager.default.fileExists(atPath: workshop.folder.path + "/site/archive/changes/2026-10-20.html"))
        }
    }

    @Test func anyTableOfARunIsPrinted() async throws {
        try await inWorkshop { workshop in
            try await twoRuns(workshop)
            let published = try workshop.read("site/series/quality.csv")
            let csv = await export("series/quality", workshop)
            #expect(csv.status == .done)
            #expect(Data(csv.text.utf8) == published)
            let json = await export("series/quality", workshop, format: .json)
            let rows = try #require(
                try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [[String: Any]])
            #expect(rows.count == published.split(separator: 0x0A).count - 1)
            let metrics = await export("summary.metrics", workshop, format: .csv)
            #expect(
                metrics.text.split(separator: "\r\n").first
                    == "direction,name,proportion,range.low,range.high,title,unit")
            let list = await export(nil, workshop)
            #expect(list.text.contains("series/quality") && list.text.contains("trend.*.*.series"))
            // Without the site the summary is still there.
            let away = await export("ledger", workshop, output: "elsewhere")
            #expect(away.status == .done && away.text.hasPrefix("alpha,rejected,tests"))
            #expect(await export("serie/quality", workshop).status == .usage)
        }
    }
}
