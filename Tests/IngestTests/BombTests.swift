import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Small input that asks for much time or memory gets neither.
@Suite struct BombTests {
    private static let table = Table(id: "id", metrics: [.init(name: "score")], dimensions: [.init(name: "tier")])

    private func fixture(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Repository.fixture("exports/hostile/\(name)")))
    }

    /// 8 MB from some kilobytes: what was read before the bound is kept, and the place of the fault is the file.
    @Test(arguments: ["bomb.csv.gz", "bomb.csv.zst"]) func unpackingIsBounded(name: String) throws {
        var limits = ReadLimits()
        limits.unpackedBytes = 1 << 20
        limits.unpackedShare = 100
        let reading = try Self.table.read(.bytes(fixture(name)), file: name, limits: limits)
        #expect(reading.outcome.failure?.kind == .corrupt)
        #expect(reading.outcome.failure?.description.contains("more than 100 times its size") == true)
        #expect((100_000..<400_000).contains(reading.outcome.rows), "\(reading.outcome.rows)")
        // Within the usual bounds the same file is no bomb.
        #expect(try Self.table.read(.bytes(fixture(name)), file: name).outcome.rows == 1_400_000)
    }

    /// A record of 24 MB is one reject; the row before it counts.
    @Test func aRecordWithoutEndIsOneReject() throws {
        let reading = try Self.table.read(.bytes(fixture("zeros.csv.gz")), file: "zeros.csv.gz")
        #expect(reading.count == 1)
        #expect(reading.rejects.count == 1, "\(reading.rejects)")
    }

    /// Depth, digits, keys and columns without end, each in both ways of reading JSON and in CSV.
    @Test(arguments: [
        ("deep.json", String(repeating: "[", count: 300_000)),
        ("deep.ndjson", #"{"id":1,"a":"# + String(repeating: "{\"a\":", count: 200_000)),
        ("digits.json", #"[{"id":"a","score":1"# + String(repeating: "0", count: 1 << 20) + "}]"),
        ("digits.csv", "id,score\na,0." + String(repeating: "1", count: 1 << 20) + "\n"),
        ("exponent.json", #"[{"id":"a","score":1e"# + String(repeating: "9", count: 100_000) + "}]"),
        ("keys.json", "[{" + (0..<50_000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}]"),
        ("string.json", "[\"" + String(repeating: "\\u0000", count: 200_000)),
        ("columns.csv", "id,score," + String(repeating: "c,", count: 200_000) + "\n1,0.5\n"),
        ("quote.csv", "id,score\n\"" + String(repeating: "x,\n", count: 300_000)),
        ("commas.csv", "id,score\n" + String(repeating: ",", count: 1 << 20) + "\n2,0.5\n"),
    ]) func memoryAndTimeAreBounded(name: String, text: String) throws {
        let clock = ContinuousClock()
        let start = clock.now
        guard let reading = try? Self.table.read(.bytes(Array(text.utf8)), file: name) else {  // refused as a whole
            return #expect(clock.now - start < .seconds(20))
        }
        #expect(reading.values("score").allSatisfy { $0.map { $0.isFinite && abs($0) < 1e140 } ?? true })
        #expect(clock.now - start < .seconds(20), "\(clock.now - start)")
    }

    /// Every value of a dimension is another: batches and their dictionaries stay small.
    @Test func manyDistinctTextsStaySmall() throws {
        let lines = (0..<20_000).map { "\($0),0.5,t\($0)\n" }.joined()
        let reading = try Self.table.read(.bytes(Array(("id,score,tier\n" + lines).utf8)), file: "x.csv")
        #expect(reading.count == 20_000)
        #expect(Set(reading.texts("tier")).count == 20_000)
    }

    /// UTF-16 with and without a mark, NUL bytes, and text cut within a character.
    @Test(
        arguments: [
            ("utf16le.csv", [0xFF, 0xFE] + Array("id,score\n1,0.5\n".utf8).flatMap { [$0, 0] }, 1),
            ("utf16be.csv", [0xFE, 0xFF] + Array("id,score\n1,0.5\n".utf8).flatMap { [0, $0] }, 1),
            ("odd.csv", [0xFF, 0xFE] + Array("id,score\n1,0.5\n".utf8).flatMap { [$0, 0] } + [0x31], 2),
            ("utf16.json", [0xFF, 0xFE] + Array(#"[{"id":"a","score":0.5}]"#.utf8).flatMap { [$0, 0] }, 1),
            ("nul.csv", Array("id,score\n1\0,0.5\n\0\n2,0.5\n".utf8), 3),
            ("nul.json", Array("[{\"id\":\"a\",\"score\":0.5}\0]".utf8), 1),
            ("cut.csv", Array("id,score\n1,0.5\n\u{20AC}".utf8.dropLast()), 2),
        ] as [(String, [UInt8], Int)]) func encodingsAndNulls(name: String, bytes: [UInt8], most: Int) throws
    {
        let reading = try Self.table.read(.bytes(bytes), file: name)
        #expect((1...most).contains(reading.count), "\(reading.ids) \(reading.rejects)")
    }
}
