import TestSupport
import Testing

@testable import Ingest

/// Where the chunks and the blocks of a text end must not change what is read from it.
@Suite struct ChunkTests {
    static let texts: [(name: String, text: String)] = [
        (
            "a.csv",
            "\u{FEFF}id,t,v,g\r\n\"a\"\"1\",2026-05-02T00:38:58+02:00,1.5,\"x\r\ny\"\r\nb,bad,2,y\r\n\r\nc,2026-05-03,,\"z\r\nd,2026-05-03 10:00,é,zoë\r\ne,2026-05-03,1e3,é,\r\nf,2026-05-04,7,q"
        ),
        (
            "b.ndjson",
            "{\"id\":\"a\",\"t\":\"2026-05-02\",\"v\":1.5,\"g\":\"x\\u00e9\\ud83d\\ude00\"}\r\n\n{\"id\":\"b\",,}\n  {\"t\":1777716672,\"id\" : 12, \"v\":\"3\"} \n{\"id\":\"c\",\"t\":\"2026-05-02\",\"v\":[1,{\"a\":null}],\"g\":\"\"}\n{\"id\":\"d\",\"t\":\"2026-05-02\",\"v\":-0.5e1"
        ),
        (
            "c.json",
            "{\"skip\":[1,{\"a\":\"\\\"]\"}],\n\"items\" : [ {\"id\":\"a\",\"t\":\"2026-05-02\",\"v\":1} ,\n{\"id\":\"b\",\"t\":\"2026-05-03\",\"v\":false,\"g\":\"y\"},{\"id\":\"c\"}],\"more\":{} }\n"
        ),
        (
            "d.json",
            "[{\"id\":\"a\",\"t\":\"2026-05-02\",\"v\":1},\n{\"id\":\"b\",\"t\":\"2026-05-02\",\"v\":2},{\"id\":"
        ),
    ]

    /// Bytes are counted sixteen at a time, and at most 255 such blocks before the counts are added up.
    @Test(arguments: [0, 1, 15, 16, 17, 255 * 16 - 1, 255 * 16, 255 * 16 + 1, 511 * 16 + 7])
    func bytesAreCounted(length: Int) {
        let all = [UInt8](repeating: 0x0A, count: length)
        #expect(ByteScan.count(0x0A, all.span, 0..<length) == length)
        #expect(ByteScan.count(0x0B, all.span, 0..<length) == 0)
        let some = (0..<length).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + $0) }
        for start in stride(from: 0, through: min(length, 20), by: 3) {
            #expect(ByteScan.count(0x16, some.span, start..<length) == some[start...].count { $0 == 0x16 })
        }
    }

    @Test(arguments: texts.indices)
    func everyChunkSizeReadsTheSame(index: Int) throws {
        let (file, text) = Self.texts[index]
        let table = Table(id: "id", time: "t", metrics: [.init(name: "v")], dimensions: [.init(name: "g")]) {
            if file == "c.json" { $0.records = RecordPath("items[]") }
        }
        let whole = try table.read(text: text, file: file)
        #expect(whole.count > 0)
        #expect(!whole.outcome.rejects.isEmpty)
        for size in 1...128 {
            let limits = size <= 64 ? ReadLimits(chunkBytes: size) : ReadLimits(chunkBytes: 100, blockBytes: size - 64)
            let parts = try table.read(text: text, file: file, limits: limits)
            #expect(parts.outcome == whole.outcome, "\(limits)")
            #expect(parts.ids == whole.ids)
            #expect(parts.keys == whole.keys)
            #expect(parts.days == whole.days)
            #expect(parts.values("v") == whole.values("v"))
            #expect(parts.texts("g") == whole.texts("g"))
        }
    }

    /// Equal rows without ids are told apart by their order in the file, whichever block they stand in.
    @Test(arguments: [1, 7, 20, 1 << 20])
    func equalRowsHaveKeysOfTheirOwn(block: Int) throws {
        let text = "v,g\n" + String(repeating: "1,x\n2,y\n", count: 20)
        let table = Table(metrics: [.init(name: "v")], dimensions: [.init(name: "g")])
        let reading = try table.read(text: text, limits: ReadLimits(blockBytes: block))
        #expect(Set(reading.keys).count == 40)
        #expect(reading.keys == (try table.read(text: text).keys))
    }

    /// A record that is too long and one that is cut off cost a reject each, in every block.
    @Test(arguments: ["x.csv", "x.ndjson"])
    func blocksRefuseInOrder(file: String) throws {
        let long = String(repeating: "x", count: 300)
        let row: (String) -> String = { file == "x.csv" ? "\($0),1\n" : "{\"id\":\"\($0)\",\"v\":1}\n" }
        let text = (file == "x.csv" ? "id,v\n" : "\n") + row("a") + row(long) + row("b") + "c,{\n" + row("d")
        let table = Table(id: "id", metrics: [.init(name: "v")])
        for block in [1, 10, 50, 1000] {
            let limits = ReadLimits(chunkBytes: 16, blockBytes: block, recordBytes: 100)
            let reading = try table.read(text: text, file: file, limits: limits)
            #expect(reading.ids == ["a", "b", "d"])
            #expect(reading.rejects.first == "3 malformed -")
            #expect(reading.rejects.last == (file == "x.csv" ? "5 not_a_number v" : "5 malformed -"))
        }
    }

    /// Lengths around the width of a block and of a vector register.
    @Test(arguments: [1, 14, 15, 16, 17, 30, 31, 32, 33, 61, 62, 63, 64, 65, 127, 128, 129])
    func fieldsOfEveryLength(length: Int) throws {
        let plain = String(repeating: "x", count: length)
        let quoted = String(repeating: "\"\"", count: length / 2 + 1)
        let reading = try Table(id: "id", dimensions: [.init(name: "g")]).read(
            text: "id,g\n\(plain),\"\(quoted)\"\n\"\(plain)\",\(plain)\n")
        #expect(reading.ids == [plain, plain])
        #expect(reading.texts("g") == [String(repeating: "\"", count: length / 2 + 1), plain])
        let json = try Table(id: "id", dimensions: [.init(name: "g")]).read(
            text: "{\"id\":\"\(plain)\",\"\(plain)y\":0,\"g\":\"\(plain)\\n\"}\n", file: "x.ndjson")
        #expect(json.ids == [plain])
        #expect(json.texts("g") == ["\(plain)\n"])
    }
}
