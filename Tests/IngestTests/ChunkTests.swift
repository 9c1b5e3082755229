import TestSupport
import Testing

@testable import Ingest

/// Where the chunks of a text end must not change what is read from it.
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

    @Test(arguments: texts.indices)
    func everyChunkSizeReadsTheSame(index: Int) throws {
        let (file, text) = Self.texts[index]
        let table = Table(id: "id", time: "t", metrics: [.init(name: "v")], dimensions: [.init(name: "g")]) {
            if file == "c.json" { $0.records = RecordPath("items[]") }
        }
        let whole = try table.read(text: text, file: file)
        #expect(whole.count > 0)
        #expect(!whole.outcome.rejects.isEmpty)
        for chunk in 1...64 {
            let parts = try table.read(text: text, file: file, limits: ReadLimits(chunkBytes: chunk))
            #expect(parts.outcome == whole.outcome, "chunks of \(chunk)")
            #expect(parts.ids == whole.ids)
            #expect(parts.keys == whole.keys)
            #expect(parts.days == whole.days)
            #expect(parts.values("v") == whole.values("v"))
            #expect(parts.texts("g") == whole.texts("g"))
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
