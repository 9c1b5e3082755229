import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite struct JSONTests {
    static let suite = Repository.shared("data/sets/nasty_json/test_parsing")

    /// Both readers of the grammar, the one that builds and the one that skips, agree with the suite.
    @Test(.enabled(if: suite != nil, "the JSON suite is not beside the project"))
    func parsingSuite() throws {
        let folder = try #require(Self.suite)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        var counts: [Character: Int] = [:]
        for name in names {
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            let kind = try #require(name.first)
            counts[kind, default: 0] += 1
            let isTree = JSONTree(bytes) != nil
            #expect(isTree == skips(bytes), "\(name)")
            if kind != "i" { #expect(isTree == (kind == "y"), "\(name)") }
            _ = try Table(metrics: [.init(name: "a")]).read(.bytes(bytes), file: "x.json")
            _ = try Table(metrics: [.init(name: "a")]).read(.bytes(bytes), file: "x.ndjson")
        }
        #expect(counts["y"] == 95)
        #expect(counts["n"] == 81)
    }

    private func skips(_ bytes: [UInt8]) -> Bool {
        var cursor = JSONCursor(line: 1, spansLines: true)
        return JSONGrammar.skipValue(bytes.span, &cursor) && cursor.next(bytes.span) == nil
    }

    @Test(arguments: [
        (#""\u00e9\n\t\/\\\"""#, "é\n\t/\\\""), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"),
        (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\u0000""#, "\0"), (#""""#, ""),
        (#""日本""#, "日本"),
    ])
    func strings(text: String, expected: String) { #expect(JSONTree(Array(text.utf8)) == .text(expected)) }

    @Test func depthIsBounded() {
        for (depth, isFine) in [(512, true), (513, false), (100_000, false)] {
            let text =
                Array(String(repeating: "[", count: depth).utf8) + Array(String(repeating: "]", count: depth).utf8)
            #expect((JSONTree(text) != nil) == isFine)
            #expect(skips(text) == isFine)
        }
    }

    @Test(arguments: [
        ("a", [RecordPath.Step.key("a")]), ("data.items[]", [.key("data"), .key("items"), .elements]),
        ("{}", [.values]),
        ("[].recordings{}", [.elements, .key("recordings"), .values]), ("a\\.b[]", [.key("a.b"), .elements]),
        ("{}.content[]", [.values, .key("content"), .elements]), ("", []),
    ])
    func paths(text: String, steps: [RecordPath.Step]) throws {
        let path = try #require(RecordPath(text))
        #expect(path.steps == steps)
        #expect(RecordPath(path.description) == path)
    }

    @Test(arguments: ["a[0]", "a[", "x{y}"]) func badPaths(text: String) { #expect(RecordPath(text) == nil) }
}
