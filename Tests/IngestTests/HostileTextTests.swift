import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Hostile values pass through unchanged: making them harmless is for those who write them out.
@Suite struct HostileTextTests {
    static let list = Repository.shared("data/sets/nasty_strings/blns.json")

    private func strings() throws -> [String] {
        let bytes = Array(try Data(contentsOf: #require(Self.list)))
        guard case .array(let elements)? = JSONTree(bytes) else { return [] }
        return elements.compactMap(\.scalarText).filter { !$0.isEmpty }
    }

    private let table = Table(id: "id", dimensions: [.init(name: "agent")])

    @Test(.enabled(if: list != nil, "the naughty strings are not beside the project"))
    func throughCSV() throws {
        let strings = try strings()
        #expect(strings.count > 500)
        let lines = strings.enumerated().map { "\($0),\"\($1.replacingOccurrences(of: "\"", with: "\"\""))\"\r\n" }
        let reading = try table.read(text: "id,agent\r\n" + lines.joined())
        #expect(reading.texts("agent") == strings)
        #expect(reading.outcome.rejects.isEmpty)
    }

    @Test(.enabled(if: list != nil, "the naughty strings are not beside the project"))
    func throughNDJSON() throws {
        let strings = try strings()
        let lines = try strings.enumerated().map { index, text in
            String(decoding: try JSONEncoder().encode(["id": "\(index)", "agent": text]), as: UTF8.self)
        }
        let reading = try table.read(text: lines.joined(separator: "\n"), file: "x.ndjson")
        #expect(reading.texts("agent") == strings)
    }

    /// No value of any kind makes a number, a time or a crash of what it is not.
    @Test(.enabled(if: list != nil, "the naughty strings are not beside the project"))
    func asNumbersAndTimes() throws {
        for text in try strings() {
            let bytes = Array(text.utf8)
            if let value = DecimalNumber.value(bytes.span, 0..<bytes.count) { #expect(Double(text) == value) }
            var reader = TimeStampReader()
            for format in TimeFormat.names.map(\.1) { _ = reader.read(bytes.span, 0..<bytes.count, as: format) }
            _ = FileLabel(text)
            _ = RecordPath(text)
            _ = PathPattern(text).matches(text)
        }
    }

    @Test(
        arguments: [
            ([0xC3, 0x28], false), ([0xE2, 0x82, 0xAC], true), ([0xE0, 0x80, 0x80], false),
            ([0xED, 0xA0, 0x80], false),
            ([0xF4, 0x90, 0x80, 0x80], false), ([0xF0, 0x9F, 0x98, 0x80], true), ([0x80], false),
            ([0xE2, 0x82], false),
            ([0xC0, 0xAF], false), ([0xFE], false),
        ] as [([UInt8], Bool)])
    func utf8(bytes: [UInt8], isFine: Bool) throws {
        #expect(ByteText.isUTF8(bytes.span, 0..<bytes.count) == isFine)
        let reading = try table.read(.bytes(Array("id,agent\n1,".utf8) + bytes + [0x0A]), file: "x.csv")
        #expect(reading.rejects == (isFine ? [] : ["2 bad_encoding agent"]))
    }
}
