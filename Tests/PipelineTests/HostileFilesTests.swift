import Foundation
import Glibc
import Pipeline
import Testing

/// Names and configurations that mean harm.
@Suite(.serialized) struct HostileFilesTests {
    private static let rows =
        "id,time,score\n"
        + (0..<40).map { "r\($0),2026-10-\($0 % 20 + 10) 10:00:00,0.\(50 + $0)\n" }.joined()

    /// Names of files and ids reach pages as text only, and nothing is written outside the site.
    @Test func namesAndIdsAreOnlyText() async throws {
        try await inWorkshop { workshop in
            let names = [
                "a<b>&\"'.csv", "..%2f..%2fetc.csv", "=cmd|x.csv", "line\nbreak.csv", "{{ 7*7 }}.csv", "-.csv",
                "\u{202E}vsc.csv",
            ]
            for (number, name) in names.enumerated() {
                try workshop.write(
                    Self.rows.replacingOccurrences(of: "r", with: "../../\(number)/").replacingOccurrences(
                        of: "sco../../\(number)/e", with: "score"), to: "in/exports/\(name)")
            }
            try workshop.write(
                "intervention_id,name,intervention_type,start_date\n../../../out,<b>,x,2026-10-15\n..,y,x,2026-10-16\n",
                to: "in/exports/interventions.csv")
            try workshop.write(
                """
                sources:
                  register: {role: interventions, files: [interventions.csv]}
                  a: {id: id, time: time}
                metrics: {score: {source: a, range: [0, 1], direction: higher}}
                analysis: {forecast_days: 0}
                """, to: "assay.yaml")
            #expect(await workshop.build(["in/exports"], output: "in/site") == .done, "\(workshop.messages)")
            let top = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path).sorted()
            #expect(top.allSatisfy { $0 == "in" || $0 == "assay.yaml" || $0.hasPrefix("archive.sqlite") }, "\(top)")
            for (name, bytes) in try workshop.files(in: "in/site") where name.hasSuffix(".html") {
                let page = String(decoding: bytes, as: UTF8.self)
                #expect(!page.contains("<b>") && !page.contains("a<b"), "\(name)")
                #expect(!page.contains("href=\"../../../../"), "\(name)")
            }
        }
    }

    /// A name that is no UTF-8 costs the night that file at most.
    @Test func aNameThatIsNoTextCostsOneFile() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows, to: "exports/a.csv")
            try workshop.write(
                "sources: {a: {id: id, time: time}}\nmetrics: {score: {range: [0, 1]}}\n", to: "assay.yaml")
            let bytes =
                Array(workshop.folder.path.utf8) + Array("/exports/".utf8) + [0xFF, 0xFE] + Array(".csv".utf8) + [0]
            let made = unsafe bytes.withUnsafeBytes { path in
                unsafe open(path.bindMemory(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o644)
            }
            #expect(made >= 0)
            close(made)
            #expect(await workshop.build() == .done, "\(workshop.messages)")
        }
    }

    /// Nine levels of ten aliases each are neither expanded nor compared.
    @Test(arguments: ["metrics: *i", "? *i\n: 1", "pairs: *i", "metrics: {m: {words: *i}}"])
    func aliasesDoNotExplode(use: String) {
        let levels = "abcdefghi".enumerated().map { number, name in
            let inner = number == 0 ? "x" : "*" + String(Array("abcdefghi")[number - 1])
            return "\(name): &\(name) [\(Array(repeating: inner, count: 10).joined(separator: ","))]"
        }
        let clock = ContinuousClock()
        let start = clock.now
        let problems = configurationProblems(levels.joined(separator: "\n") + "\n" + use + "\n")
        #expect(!problems.isEmpty)
        #expect(clock.now - start < .seconds(10), "\(clock.now - start)")
    }

    @Test(arguments: [
        String(repeating: "[", count: 20_000), String(repeating: "{a: ", count: 20_000),
        "a: " + String(repeating: "!", count: 50_000),
        "\0", "\u{FEFF}title: x", "a: \"\\", "- - - -", "&a *a", "<<: *x", "%YAML 9.9\n---\n",
        "title: 2026-11-19\nsources: 3",
    ]) func brokenConfigurationsHaveProblems(text: String) {
        #expect(!configurationProblems(text).isEmpty)
    }
}
