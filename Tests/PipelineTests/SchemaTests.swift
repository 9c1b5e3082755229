import Foundation
import Pipeline
import TestSupport
import Testing

/// Every JSON that a run or a command writes keeps to the schema that is published beside it.
@Suite struct SchemaTests {
    private func faults(_ document: Data, _ name: String, _ workshop: Workshop) throws -> [String] {
        let schema = try JSONSchema(workshop.read("site/schema/\(name).schema.json"))
        let value = try JSONSerialization.jsonObject(with: document, options: .fragmentsAllowed)
        return Array(schema.faults(of: value).prefix(5))
    }

    @Test func theValidatorFindsFaults() throws {
        let schema = try JSONSchema(
            Data(
                #"{"type":"object","required":["a"],"properties":{"a":{"type":["integer","null"],"minimum":0},"b":{"type":"array","items":{"enum":["x"]},"maxItems":1}}}"#
                    .utf8))
        let cases: [(String, Int)] = [
            (#"{"a":1}"#, 0), (#"{"a":null,"b":["x"]}"#, 0), (#"{"a":1.5}"#, 1), (#"{"a":-1}"#, 1), (#"{"a":true}"#, 1),
            (#"{}"#, 1), (#"{"a":1,"b":["y"]}"#, 1), (#"{"a":1,"b":["x","x"]}"#, 1), (#"[]"#, 1),
        ]
        for (text, count) in cases {
            let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
            #expect(schema.faults(of: value).count == count, "\(text): \(schema.faults(of: value))")
        }
        #expect(try !JSONSchema(Data(#"{"typo":1}"#.utf8)).faults(of: 1).isEmpty)
    }

    @Test func whatARunPublishesIsValid() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 300, days: 20, hasHealth: true) == .done)
            try workshop.write(
                Workshop.configuration + """

                    alerts:
                      slow: {metric: response_time, statistic: p95, limit: {warning: 0.1}, minimum: 1, owner: Team}
                    kpis:
                      resolved: {metric: resolved, target: 0.7, owner: Team}
                    """, to: "assay.yaml")
            for day in ["2026-11-18", "2026-11-19"] {
                let status = await workshop.build(configuration: "assay.yaml", asOf: day)
                #expect(status == .done, "\(workshop.messages.suffix(3))")
            }
            let run = "site/runs/2026-11-19/"
            for (file, name) in [
                ("summary.json", "summary"), ("manifest.json", "manifest"), ("alerts.json", "alerts"),
            ] { #expect(try faults(workshop.read(run + file), name, workshop) == [], "\(file)") }

            var diffed: [UInt8] = []
            var request = DiffRequest("previous", "latest", configuration: "assay.yaml", archive: "archive.sqlite")
            request.format = .json
            #expect(
                await Pipeline.diff(request, in: workshop.surroundings, messages: workshop.sink) { diffed += $0 }
                    == .done)
            #expect(try faults(Data(diffed), "diff", workshop) == [])

            var watch = WatchRequest(
                configuration: "assay.yaml", archive: "archive.sqlite", asOf: nil, format: .json)
            watch.range = "7d"
            var shown: [UInt8] = []
            #expect(await showKPIs(watch, in: workshop.surroundings, messages: workshop.sink) { shown += $0 } == .done)
            #expect(try faults(Data(shown), "kpi", workshop) == [])

            var history = HistoryRequest(configuration: nil, archive: "archive.sqlite")
            history.format = .json
            var listed: [UInt8] = []
            #expect(
                await listHistory(history, in: workshop.surroundings, messages: workshop.sink) { listed += $0 } == .done
            )
            #expect(try faults(Data(listed), "history-list", workshop) == [])
            for subject in ["1", "2026-11-19"] {
                var found: [UInt8] = []
                #expect(
                    await showHistory(subject, history, in: workshop.surroundings, messages: workshop.sink) {
                        found += $0
                    } == .done)
                #expect(try faults(Data(found), "history-show", workshop) == [])
            }

            // The feed names both reports, the newest first, by ids that stay.
            let feed = try String(decoding: workshop.read("site/feed.xml"), as: UTF8.self)
            let ids = feed.matches(of: /<id>urn:assay:site:[0-9a-f]{16}:([0-9-]+)<\/id>/).map { String($0.1) }
            #expect(ids == ["2026-11-19", "2026-11-18"])
            #expect(!feed.contains("https:") && feed.contains("href=\"runs/2026-11-18/index.html\""))
            #expect(feed.contains("<updated>2026-11-20T00:00:00Z</updated>"))
        }
    }

    @Test func answersOfQuestionsAreValid() async throws {
        try await inWorkshop { workshop in
            let rows = (0..<120).map { row in
                let day = row / 4
                return
                    "2026-\(day < 28 ? "09" : "10")-\(day % 28 < 9 ? "0" : "")\(day % 28 + 1),\(row % 2 == 0 ? "a" : "b"),\(Double((row * 7919) % 100) / 10),\(Double((row * 31) % 50))"
            }
            try workshop.write("day,arm,value,other\n" + rows.joined(separator: "\n") + "\n", to: "rows.csv")
            #expect(await workshop.sample(sessions: 60, days: 5) == .done)
            #expect(await workshop.build() == .done)
            let kinds: [(QuestionRequest.Kind, String)] = [
                (.trend, "trend"), (.distribution, "distribution"), (.compare, "compare"), (.correlate, "correlate"),
                (.improve, "improve"), (.anomalies, "anomalies"), (.changepoints, "changepoints"),
                (.forecast, "forecast"), (.cluster, "cluster"),
            ]
            for (kind, name) in kinds {
                for values in [["value"], ["value", "other"]] {
                    let answer = await workshop.ask(kind) { request in
                        request.time = "day"
                        request.values = kind == .correlate || kind == .cluster ? ["value", "other"] : values
                        request.by = kind == .compare ? ["arm"] : []
                        request.at = "2026-09-14"
                    }
                    #expect(answer.status == .done, "\(name): \(workshop.messages.suffix(2))")
                    #expect(try faults(Data(answer.text.utf8), name, workshop) == [], "\(name) \(values)")
                }
            }
        }
    }
}
