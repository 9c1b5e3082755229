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

    /// Every text that is no JSON is refused with its place, whether it is read as one document or as lines.
    @Test(.enabled(if: suite != nil, "the JSON suite is not beside the project"))
    func refusalsHaveAPlace() throws {
        let folder = try #require(Self.suite)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where name.hasPrefix("n_") {
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            // Nothing at all, or blanks, is an export without rows.
            if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { continue }
            let reading = try Table(metrics: [.init(name: "a")]).read(.bytes(bytes), file: "x.json")
            let lines = reading.outcome.rejects.map(\.line) + [reading.outcome.failure?.diagnostic.place?.line ?? 0]
            #expect(
                lines.contains { $0 >= 1 }, "\(name): \(reading.rejects) \(String(describing: reading.outcome.failure))"
            )
        }
    }

    /// What the grammar leaves to the reader: one line for each case, as docs/input.md tells.
    @Test(.enabled(if: suite != nil, "the JSON suite is not beside the project"))
    func choicesAreWrittenDown() throws {
        let folder = try #require(Self.suite)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let found = try names.filter { $0.hasPrefix("i_") }.map { name in
            let tree = JSONTree(Array(try Data(contentsOf: folder.appending(path: name))))
            return "| `\(name.dropFirst(2).dropLast(5))` | \(tree == nil ? "refused" : "read") |"
        }
        let guide = try String(contentsOf: Repository.root.appending(path: "docs/input.md"), encoding: .utf8)
        #expect(found.count == 35)
        for line in found { #expect(guide.contains(line), "docs/input.md lacks \(line)") }
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
