import Foundation
import Pipeline
import Testing

/// `assay gate` and the nights that bring results of tests, with real files and a real archive.
@Suite(.serialized) struct GateTests {
    private func report(_ statuses: [(name: String, status: String)], day: String) -> String {
        let cases = statuses.map { name, status in
            let escaped = name.map { ["<": "&lt;", "&": "&amp;", "\"": "&quot;"][$0] ?? String($0) }.joined()
            let inside = [
                "failed": "<failure message=\"\(escaped)\"/>", "errored": "<error/>", "skipped": "<skipped/>",
            ]
            return "<testcase name=\"\(escaped)\" classname=\"s\" time=\"0.1\">\(inside[status] ?? "")</testcase>"
        }
        return
            "<testsuites><testsuite name=\"s\" timestamp=\"\(day)T03:00:00Z\">\(cases.joined())</testsuite></testsuites>"
    }

    private func tests(_ passed: Int, _ failed: Int) -> [(name: String, status: String)] {
        (0..<passed + failed).map { ("t\($0)", $0 < passed ? "passed" : "failed") }
    }

    @Test func exitCodesAreThoseOfTheContract() async throws {
        try await inWorkshop { workshop in
            try workshop.write(report(tests(10, 0), day: "2026-11-19"), to: "ready.xml")
            try workshop.write(report(tests(7, 3), day: "2026-11-19"), to: "conditional.xml")
            try workshop.write(report(tests(5, 5), day: "2026-11-19"), to: "not.xml")
            try workshop.write("<testsuite><testcase></testsuite>", to: "broken.xml")
            try workshop.write("a,b\n1,2\n", to: "other.csv")
            #expect(await workshop.gate(["ready.xml"]).status == .ready)
            #expect(await workshop.gate(["conditional.xml"]).status == .conditional)
            #expect(await workshop.gate(["not.xml"]).status == .notReady)
            #expect(await workshop.gate(["broken.xml"]).status == .error)
            #expect(await workshop.gate(["other.csv"]).status == .error)
            #expect(await workshop.gate(["missing.xml"]).status == .error)
            #expect(await workshop.gate([]).status == .error)
            #expect([GateStatus.ready, .conditional, .notReady, .error].map(\.rawValue) == [0, 1, 2, 3])
        }
    }

    /// A failing test of a file without times must not pass for one of an earlier run.
    @Test func filesThatAreNamedTogetherAreJudgedTogether() async throws {
        try await inWorkshop { workshop in
            try workshop.write(report(tests(2, 8), day: "2026-11-19"), to: "dated.xml")
            let cases = (0..<3).map { "<testcase name=\"u\($0)\" classname=\"v\"/>" }.joined()
            try workshop.write("<testsuite name=\"v\">\(cases)</testsuite>", to: "undated.xml")
            let (status, text) = await workshop.gate(["dated.xml", "undated.xml"], format: .json)
            #expect(status == .notReady)
            #expect(text.contains("\"total\": 13"), "\(text)")
        }
    }

    /// What cannot be used is not known to work: ready needs all of it.
    @Test func whatIsRefusedCannotBeReady() async throws {
        try await inWorkshop { workshop in
            let report = report(tests(10, 0), day: "2026-11-19")
            try workshop.write(
                report.replacing("</testsuite>", with: "<testcase><failure/></testcase></testsuite>"), to: "one.xml")
            let (status, text) = await workshop.gate(["one.xml"])
            #expect(status == .conditional && text.contains("1 result that was delivered could not be used"), "\(text)")
        }
    }

    /// A suite that crashed before its first test has no case, only a count (jest-junit, PHPUnit and others).
    @Test func aSuiteThatBrokeOffWithoutACaseIsNoPass() async throws {
        try await inWorkshop { workshop in
            let good = report(tests(10, 0), day: "2026-11-19")
            let crashed =
                "<testsuite name=\"B\" tests=\"0\" errors=\"1\"><system-err>no module</system-err></testsuite>"
            try workshop.write(good.replacing("</testsuites>", with: crashed + "</testsuites>"), to: "one.xml")
            let (_, text) = await workshop.gate(["one.xml"], format: .json)
            #expect(text.contains("\"errored\": 1") && text.contains("\"total\": 11"), "\(text)")
            let (_, csv) = await workshop.gate(["one.xml"], format: .csv)
            #expect(csv.contains("the suite counts 1 errors, of which no case shows any: no module"), "\(csv)")
            // Counts that cases account for add nothing, be they of a suite or of all.
            let bad = report(tests(9, 1), day: "2026-11-19")
                .replacing("<testsuites>", with: "<testsuites errors=\"0\" failures=\"1\">")
                .replacing("<testsuite name=\"s\"", with: "<testsuite name=\"s\" failures=\"2\"")
            try workshop.write(bad, to: "two.xml")
            let (_, counted) = await workshop.gate(["two.xml"], format: .json)
            #expect(counted.contains("\"total\": 10"), "\(counted)")
        }
    }

    /// Rules alone are enough where files are named; reports write local times, and east of here it may be tomorrow.
    @Test func rulesAloneAreAConfigurationAndTomorrowIsNotTheFuture() async throws {
        try await inWorkshop { workshop in
            try workshop.write("validation: {gates: [t3]}\n", to: "assay.yaml")
            try workshop.write(report(tests(10, 0), day: "2026-11-23"), to: "ready.xml")
            let (status, text) = await workshop.gate(["ready.xml"])
            #expect(status == .ready, "\(text) \(workshop.messages)")
            try workshop.write(report(tests(3, 1), day: "2026-11-23"), to: "gate.xml")
            #expect(await workshop.gate(["gate.xml"]).status == .notReady)
            try workshop.write(report(tests(10, 0), day: "2026-11-24"), to: "future.xml")
            #expect(await workshop.gate(["future.xml"]).status == .error)
        }
    }

    /// A run that broke off half way passes nothing.
    @Test func testsThatAreGoneCannotBeReady() async throws {
        try await inWorkshop { workshop in
            try workshop.write(report(tests(20, 0), day: "2026-11-18"), to: "old.xml")
            try workshop.write(report(tests(17, 0), day: "2026-11-19"), to: "new.xml")
            try workshop.write(report(tests(18, 0), day: "2026-11-19"), to: "most.xml")
            let (status, text) = await workshop.gate(["new.xml"], against: "old.xml")
            #expect(status == .conditional && text.contains("3 of 20 tests of the run before did not run"), "\(text)")
            #expect(await workshop.gate(["most.xml"], against: "old.xml").status == .ready)
        }
    }

    @Test func aFileToCompareWithTellsWhatIsNew() async throws {
        try await inWorkshop { workshop in
            try workshop.write(
                report([("a", "failed"), ("b", "passed"), ("c", "passed")], day: "2026-11-18"), to: "old.xml")
            try workshop.write(
                report([("a", "passed"), ("b", "errored"), ("c", "skipped")], day: "2026-11-19"), to: "new.xml")
            let (_, text) = await workshop.gate(["new.xml"], against: "old.xml", format: .json)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let source = try #require((json["sources"] as? [[String: Any]])?.first)
            #expect(source["fixed"] as? [String] == ["s/a"] && source["newly_failing"] as? [String] == ["s/b"])
            #expect(source["newly_skipped"] as? [String] == ["s/c"])
            #expect(await workshop.gate(["new.xml"], against: "no-such-run").status == .error)
        }
    }

    @Test func theArchiveRemembersRuns() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 300, days: 10) == .done)
            try workshop.write(
                Workshop.configuration.replacing(
                    "metrics:", with: "  validation: {role: validation, files: [\"validation-*\"]}\nmetrics:")
                    + "\nvalidation:\n  gates: [\"text_005\"]\n  source_weights: {simulated: 0.3, live: 0.7}\n",
                to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let summary = try workshop.json("site/runs/2026-11-19/summary.json")
            let truth = try #require(try workshop.json("exports/truth.json")["validation"] as? [String: String])
            let validation = try #require(summary["validation"] as? [String: Any])
            let sources = try #require(validation["sources"] as? [[String: Any]])
            let simulated = try #require(sources.first { $0["name"] as? String == "simulated" })
            #expect((simulated["newly_failing"] as? [String])?.contains(try #require(truth["newly_failing"])) == true)
            #expect((simulated["fixed"] as? [String])?.contains(try #require(truth["fixed"])) == true)
            let flaky = try #require(simulated["flaky"] as? [[String: Any]])
            #expect(flaky.map { $0["test"] as? String } == [truth["flaky"]])
            #expect((simulated["counts"] as? [String: Int])?["errored"] == 1)
            let page = String(decoding: try workshop.read("site/runs/2026-11-19/validation/index.html"), as: UTF8.self)
            #expect(page.contains("newly failing") && page.contains("Flaky tests"))
            let overview = String(decoding: try workshop.read("site/runs/2026-11-19/index.html"), as: UTF8.self)
            #expect(overview.contains("validation/index.html"))
            // The gate says the same from the archive, and of one source alone.
            let gate = await workshop.gate([], archive: "archive.sqlite", format: .json)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(gate.text.utf8)) as? [String: Any])
            #expect(json["verdict"] as? String == validation["verdict"] as? String)
            #expect(json["score"] as? Double == validation["score"] as? Double)
            let one = await workshop.gate([], archive: "archive.sqlite", source: "simulated", format: .csv)
            #expect(one.text.split(separator: "\r\n").count == 26)
            // The same delivery again changes nothing, and what is taken out is gone.
            #expect(await workshop.build() == .done)
            #expect(
                try workshop.json("site/runs/2026-11-19/summary.json")["validation"] as? NSDictionary == validation
                    as NSDictionary)
            #expect(await workshop.undo(1, configuration: "assay.yaml") == .done)
            #expect(await workshop.gate([], archive: "archive.sqlite").status == .error)
        }
    }

    @Test func hostileNamesStayText() async throws {
        try await inWorkshop { workshop in
            let names = [
                "<img src=x onerror=\"window.__pwned=1\">", "\"><script>alert(1)</script>", "{{ 7*7 }}",
                "=cmd|' /C calc'!A0",
                "a|b`c", "../../etc/passwd",
            ]
            try workshop.write(report(names.map { ($0, "failed") }, day: "2026-11-19"), to: "exports/junit.xml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            for (path, bytes) in try workshop.files(in: "site") where path.hasSuffix(".html") {
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(
                    !text.contains("<img src=x") && !text.contains("<script>alert") && !text.contains(">49<"), "\(path)"
                )
            }
            let table = String(
                decoding: try workshop.read("site/runs/2026-11-19/exports/validation-tests.csv"), as: UTF8.self)
            #expect(table.contains("'=cmd") && !table.contains(",=cmd"))
            let html = await workshop.gate(["exports"], format: .html)
            #expect(html.status == .notReady && !html.text.contains("<img src=x"))
            #expect(await workshop.gate(["exports"], format: .markdown).text.contains("a\\|b\\`c"))
        }
    }

    @Test(arguments: [
        ("gatez: [a]", "Did you mean `gates`?"), ("ready_success: 1.5", "must lie between"),
        ("ready_score: 50", "lies below `conditional_score`"), ("criteria: {a: {score: x}}", "needs one of"),
        ("source_weights: {live: -1}", "must lie between"), ("categories: {a: {wieght: 1}}", "unknown key `wieght`"),
        ("history_runs: 1", "whole number from 2"),
    ])
    func mistakesInTheConfigurationHaveAPlace(line: String, message: String) async throws {
        try await inWorkshop { workshop in
            try workshop.write(report(tests(5, 0), day: "2026-11-19"), to: "exports/junit.xml")
            try workshop.write("sources: {v: {role: validation}}\nvalidation:\n  \(line)\n", to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(
                workshop.messages.contains { $0.contains(message) && $0.contains("assay.yaml:3") },
                "\(workshop.messages)")
        }
    }
}

extension Workshop {
    /// What `assay gate` says, and how it would end.
    fileprivate func gate(
        _ files: [String], archive: String? = nil, against: String? = nil, source: String? = nil,
        format: AnswerFormat = .text
    ) async -> (status: GateStatus, text: String) {
        var bytes: [UInt8] = []
        let request = GateRequest(exports: files, archive: archive, against: against, source: source, format: format)
        let status = await Pipeline.gate(request, in: surroundings, messages: sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }
}
