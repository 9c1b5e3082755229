import Testing

@testable import Ingest

@Suite struct NestedJSONTests {
    private func table(_ path: String?) -> Table {
        Table(id: "id", metrics: [.init(name: "v")], dimensions: [.init(name: "g")]) {
            $0.records = path.flatMap { RecordPath($0) }
        }
    }

    /// The same three records in every shape that they come in.
    @Test(arguments: [
        (nil, #"[{"id":"a","v":1,"g":"x"},{"id":"b","v":2,"g":"y"}]"#),
        (nil, #"{"id":"a","v":1,"g":"x"}{"id":"b","v":2,"g":"y"}"#),
        (
            "data.items[]",
            #"{"n":2,"data":{"z":[1],"items":[{"id":"a","v":1,"g":"x"},{"g":"y","v":2,"id":"b"}],"m":{}}}"#
        ),
        (
            "items{}",
            "{\"items\":{\"k\":{\"id\":\"a\",\"v\":1,\"g\":\"x\"},\n\"l\":{\"id\":\"b\",\"v\":2.0,\"g\":\"y\"}}}"
        ),
        ("[].recs[]", #"[{"g":"x","recs":[{"id":"a","v":1}]},{"recs":[{"id":"b","v":2,"g":"y"}],"g":"z"}]"#),
        ("[].recs{}", #"[{"g":"x","recs":{"p":{"id":"a","v":1}}},{"g":"y","recs":{"q":{"v":2,"id":"b"}}}]"#),
        ("[].a[].b[]", #"[{"g":"x","a":[{"id":"a","b":[{"v":1}]},{"id":"b","g":"y","b":[{"v":2}]}]}]"#),
        ("[].inner", #"[{"id":"a","inner":{"v":1,"g":"x"}},{"id":"b","inner":{"v":2,"g":"y"}}]"#),
        ("[][]", #"[[{"id":"a","v":1,"g":"x"}],[{"id":"b","v":2,"g":"y"}]]"#),
    ])
    func shapes(path: String?, text: String) throws {
        let reading = try table(path).read(text: text, file: "x.json")
        #expect(reading.ids == ["a", "b"])
        #expect(reading.values("v") == [1, 2])
        #expect(reading.texts("g") == ["x", "y"])
        #expect(reading.outcome.rejects.isEmpty)
        #expect(reading.outcome.failure == nil)
    }

    @Test func keysAndValues() throws {
        let table = Table(id: "@key", metrics: [.init(name: "v")]) {
            $0.records = RecordPath("{}")
            $0.metrics[0].columns = ["@value"]
        }
        let reading = try table.read(text: #"{"2026-05-01": 3, "2026-05-02": null, "q\"": 4}"#, file: "x.json")
        #expect(reading.ids == ["2026-05-01", "2026-05-02", "q\""])
        #expect(reading.values("v") == [3, nil, 4])
    }

    @Test func dottedColumns() throws {
        let table = Table(metrics: [.init(name: "v"), .init(name: "w")]) {
            $0.metrics[0].columns = ["progress.overall"]
            $0.metrics[1].columns = ["a.b.c"]
        }
        let text = """
            {"progress":{"x":1,"overall":0.5},"a":{"b":{"c":1}}}
            {"progress.overall":0.75,"a":{"b":3}}
            {"progress":null}
            """
        let reading = try table.read(text: text, file: "x.ndjson")
        #expect(reading.values("v") == [0.5, 0.75, nil])
        #expect(reading.values("w") == [1, nil, nil])
    }

    @Test func repeatedKeysLastWins() throws {
        let reading = try table(nil).read(text: #"{"id":"a","v":1,"v":2,"g":"x"}"#, file: "x.ndjson")
        #expect(reading.values("v") == [2])
        #expect(reading.outcome.notes.count == 1)
    }

    @Test func escapedKeysAreFound() throws {
        let reading = try table(nil).read(
            text: "{\"i\\u0064\":\"a\",\"v\":1}\n{\"i\\u0064\":\"b\",\"v\":2}\n", file: "x.ndjson")
        #expect(reading.ids == ["a", "b"])
    }

    /// Keys in any order, missing, extra: the expected order is only a guess.
    @Test func keyOrderDoesNotMatter() throws {
        var lines: [String] = []
        var seed: UInt64 = 7
        for index in 0..<500 {
            var fields = [
                "\"id\":\"r\(index)\"", "\"v\":\(index)", "\"g\":\"g\(index % 3)\"",
                "\"extra_field_\(index % 7)\":[1,{}]",
            ]
            for place in fields.indices.reversed() {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                fields.swapAt(place, Int(seed >> 33) % (place + 1))
            }
            lines.append("{" + fields.joined(separator: index % 2 == 0 ? "," : " , ") + "}")
        }
        let reading = try table(nil).read(text: lines.joined(separator: "\r\n"), file: "x.ndjson")
        #expect(reading.ids == (0..<500).map { "r\($0)" })
        #expect(reading.values("v") == (0..<500).map { Double($0) })
    }

    @Test func brokenDocumentKeepsWhatCameBefore() throws {
        let text = "[{\"id\":\"a\",\"v\":1},\n{\"id\":\"b\",\"v\":2},\n{\"id\":\"c\" \"v\":3},\n{\"id\":\"d\"}]"
        let reading = try table("[]").read(text: text, file: "x.json")
        #expect(reading.ids == ["a", "b"])
        #expect(reading.rejects == ["3 malformed -"])
        #expect(reading.outcome.failure?.kind == .malformed)
    }

    @Test(arguments: ["data[]", "items.x[]"])
    func pathThatLeadsNowhere(path: String) throws {
        let reading = try table(path).read(text: #"{"items":[{"id":"a"}]}"#, file: "x.json")
        #expect(reading.outcome.rows == 0)
        #expect(reading.outcome.notes.map(\.message) == ["the record path “\(path)” leads nowhere"])
    }

    @Test func presenceIsByWhatRecordsHave() throws {
        let reading = try table(nil).read(text: #"{"id":"a","g":null}"#, file: "x.ndjson")
        #expect(reading.batches[0].metrics[0] == nil)
        #expect(reading.batches[0].dimensions[0] == [0])
    }
}
