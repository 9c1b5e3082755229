import Foundation
import Pipeline
import Testing

/// Each way to fail has its exit code and a message that says what to do; the previous site stands.
@Suite(.serialized) struct ExitStatusTests {
    static let rows =
        "id,time,tier,score\n"
        + (1...60).map { "r\($0),2026-10-\($0 % 20 + 10) 09:00:00,\($0 % 2 == 0 ? "a" : "b"),0.\($0 + 20)\n" }.joined()
    static let configuration = """
        title: Small
        sources: {rows: {id: id, time: time}}
        metrics: {score: {range: [0, 1], direction: higher}}
        dimensions: {tier: {values: [a, b]}}
        """

    private func prepared(_ workshop: Workshop) throws {
        try workshop.write(Self.rows, to: "exports/rows.csv")
        try workshop.write(Self.configuration, to: "assay.yaml")
    }

    @Test func missingInput() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.build(["nowhere"]) == .inputMissing)
            #expect(workshop.messages.contains { $0.contains("nowhere") })
            #expect(await workshop.build([], configuration: "nowhere.yaml") == .inputMissing)
            #expect(await workshop.build([]) == .usage)
        }
    }

    @Test func wrongConfigurationNamesThePlace() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            try workshop.write(Self.configuration + "\nmetrcs: {}\n", to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            let message = workshop.messages.joined(separator: "\n")
            #expect(message.contains("assay.yaml:5:1: error: unknown key `metrcs`"), "\(message)")
            #expect(message.contains("Did you mean `metrics`?"))
        }
    }

    @Test(arguments: [
        ("title: [", "assay.yaml"), ("sources: {}\nmetrics: {a: {}}", "`sources` names no source"),
        ("sources: {a: {role: session}}\nmetrics: {m: {}}", "Did you mean `sessions`?"),
        ("sources: {a: {}}\nmetrics: {M: {}}", "is not a name"),
        ("sources: {a: {}}\nmetrics: {m: {range: [1, 0]}}", "the smaller first"),
        ("sources: {a: {}}\nmetrics: {m: {source: b}}", "names the source `b`"),
        ("sources: {a: {}, b: {}}\nmetrics: {m: {}}", "names no `source`"),
        ("time_zone: Mars/Olympus\nsources: {a: {}}\nmetrics: {m: {}}", "no time zone"),
        ("sources: {a: {}}\nmetrics: {m: {}}\nanalysis: {alpha: 2}", "`alpha` must lie between"),
        ("sources: {a: {}}\nmetrics: {m: {}}\ndimensions: {m: {}}", "both under"),
        ("", "the configuration is empty"),
    ])
    func everyMistakeHasItsWords(text: String, expected: String) async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            try workshop.write(text, to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains(expected) }, "\(workshop.messages)")
        }
    }

    @Test func strictRefusesAndKeepsNothing() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            try workshop.write(
                Self.rows + "r61,2026-10-10 09:00:00,c,0.5\nr62,never,a,0.5\nr63,2026-10-11 09:00:00,a,7\n",
                to: "exports/rows.csv")
            #expect(await workshop.build(isStrict: true) == .inputRefused)
            #expect(!FileManager.default.fileExists(atPath: workshop.folder.appending(path: "site").path))
            #expect(await workshop.build() == .done)
            let data = try #require(try workshop.json("site/runs/2026-10-29/summary.json")["data"] as? [String: Any])
            // A score of 7 is the only one of its row, so the row goes with it.
            #expect(data["rejects"] as? [String: Int] == ["unknown_value": 1, "bad_date": 1, "out_of_range": 1])
            #expect(data["records"] as? Int == 60)
            let page = String(decoding: try workshop.read("site/runs/2026-10-29/data/index.html"), as: UTF8.self)
            #expect(page.contains("rows.csv:62"))
            #expect(await workshop.check(isStrict: true) == .inputRefused)
            #expect(await workshop.check() == .done)
        }
    }

    @Test func afterAFailureThePreviousSiteStands() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            #expect(await workshop.build() == .done)
            let before = try workshop.files(in: "site")
            try workshop.write("{% if %}", to: "mine/pages/analysis.html")
            try workshop.write(Self.configuration + "\ntemplates: mine\n", to: "assay.yaml")
            #expect(await workshop.build() == .failed)
            #expect(workshop.messages.contains { $0.contains("pages/analysis.html:1:") }, "\(workshop.messages)")
            #expect(try workshop.files(in: "site") == before)
        }
    }

    @Test func userTemplatesReplaceOursFileByFile() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            try workshop.write(
                "<p class=\"notice\">Ours: {% include \"blocks/prose.html\" with prose=block.prose %}</p>\n",
                to: "mine/blocks/notice.html")
            try workshop.write(
                "<dl>{% for item in items %}<dt>{{ item.label }}</dt><dd>MINE {{ item.note }}</dd>{% endfor %}</dl>",
                to: "mine/blocks/key_figures.html")
            try workshop.write(Self.configuration + "\ntemplates: mine\n", to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(String(decoding: try workshop.read("site/index.html"), as: UTF8.self).contains("MINE"))
        }
    }

    @Test func outputThatCannotBeWritten() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            try workshop.write("a file, not a folder", to: "site")
            #expect(await workshop.build() == .cannotWrite)
            #expect(await workshop.build(output: "other", archive: "site/archive.sqlite") != .done)
        }
    }

    @Test func asOfMustBeADay() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            #expect(await workshop.build(asOf: "19.11.2026") == .usage)
            #expect(await workshop.build(asOf: "2026-10-20") == .done)
            #expect(await workshop.build(asOf: "2026-10-21") == .done)
            #expect(
                FileManager.default.fileExists(
                    atPath: workshop.folder.appending(path: "site/runs/2026-10-20/index.html").path))
            let archive = String(decoding: try workshop.read("site/archive/index.html"), as: UTF8.self)
            #expect(archive.contains("20 October 2026") && archive.contains("21 October 2026"))
        }
    }
}
