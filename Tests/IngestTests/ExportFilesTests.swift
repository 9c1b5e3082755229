import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite struct ExportFilesTests {
    @Test(arguments: [
        ("*.csv", "a.csv", true), ("*.csv", "b/a.csv", false), ("**/*.csv", "b/c/a.csv", true),
        ("**/*.csv", "a.csv", true),
        ("**", "b/a.csv", true), ("s?.csv", "s1.csv", true), ("s?.csv", "s/.csv", false),
        ("s[0-9].csv", "s5.csv", true),
        ("s[!0-9].csv", "s5.csv", false), ("s[ab]*", "sb", true), ("[", "[", true), ("", "", true),
        ("a*b*c", "aXbYbZc", true),
        ("a*b*c", "aXc", false), ("sessions-*.csv*", "sessions-2026-05-02.csv.gz", true), ("*", "", true),
        ("ü*", "über", true),
    ])
    func patterns(pattern: String, path: String, matches: Bool) {
        #expect(PathPattern(pattern).matches(path) == matches)
    }

    @Test func manyStarsAreNotSlow() {
        let pattern = PathPattern(String(repeating: "*a", count: 30))
        #expect(!pattern.matches(String(repeating: "a", count: 200) + "b"))
    }

    @Test func foldersPatternsAndFiles() throws {
        try withTemporaryFolder { folder in
            let names = [
                "b.csv", "a.ndjson", "sub/c.json.gz", "sub/.hidden.csv", ".dot/x.csv", "README.csv", "LICENSE.json",
                "truth.json",
                "SOURCE.txt", "notes.md", "d.CSV", "e.parquet",
            ]
            for name in names {
                let url = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("x\n".utf8).write(to: url)
            }
            #expect(
                try ExportFiles.expand([folder.path]).map(\.name) == ["a.ndjson", "b.csv", "d.CSV", "sub/c.json.gz"])
            #expect(try ExportFiles.expand(["\(folder.path)/*.csv", folder.path + "/b.csv"]).map(\.name) == ["b.csv"])
            #expect(try ExportFiles.expand(["\(folder.path)/**/*.gz"]).map(\.name) == ["sub/c.json.gz"])
            #expect(try ExportFiles.expand(["\(folder.path)/SOURCE.txt", "-"]).map(\.name) == ["-", "SOURCE.txt"])
            for missing in ["\(folder.path)/none.csv", "\(folder.path)/*.xml"] {
                let error = #expect(throws: IngestError.self) { try ExportFiles.expand([missing]) }
                #expect(error?.kind == .missing)
            }
        }
    }

    @Test func formatsAreTold() {
        for (name, text, format) in [
            ("x.csv", "{", ExportFormat.csv), ("x.jsonl.gz", "", .ndjson), ("x", "{\"a\":1}\n{\"a\":2}\n", .ndjson),
            ("x", "{\"a\":1}\n", .json), ("x", " [1]", .json), ("x.json", "{\"a\":\n1}\n{}", .json),
            ("x", "a,b\n", .csv),
            ("x.json", "{\"a\":1}\n{\"a\":2}", .ndjson),
        ] {
            #expect(FormatSniffer.format(of: name, head: Array(text.utf8).span) == format, "\(name) \(text)")
        }
    }
}
