import Foundation
import Report
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        (JSONValue.null, "null"), (.bool(true), "true"), (.int(-3), "-3"), (.double(0.1), "0.1"), (.double(2), "2"),
        (.double(-0.0), "-0"),
        (.double(1e300), "1e+300"), (.number(.nan), "null"), (.number(.infinity), "null"), (.double(.nan), "null"),
        (.string("a\"\\\n\u{1}é😀"), "\"a\\\"\\\\\\n\\u0001é😀\""), (.array([]), "[]"), (.object([:]), "{}"),
        (.object(["b": .int(1), "a": .array([.null])]), "{\"a\":[null],\"b\":1}"),
    ])
    func compact(value: JSONValue, expected: String) { #expect(value.compact == expected) }

    @Test func foundationReadsWhatWeWrite() throws {
        let value = JSONValue.object(["x": .array([.double(1.0 / 3), .string("</script>\u{2028}"), .bool(false)])])
        let read = try JSONSerialization.jsonObject(with: Data(value.pretty)) as? [String: [Any]]
        #expect(read?["x"]?[0] as? Double == 1.0 / 3)
        #expect(read?["x"]?[1] as? String == "</script>\u{2028}")
    }
}

@Suite struct CSVTableTests {
    @Test func quotesAndGuards() {
        let table = CSVTable(
            columns: ["a", "b"],
            rows: [
                [.text("x,y"), .double(0.5)], [.text("say \"hi\"\r\n"), .empty], [.text("=1+1"), .int(-2)],
                [.text("@x"), .number(.nan)],
                [.text("-5"), .double(-5)],
            ])
        let expected = "a,b\r\n\"x,y\",0.5\r\n\"say \"\"hi\"\"\r\n\",\r\n'=1+1,-2\r\n'@x,\r\n'-5,-5\r\n"
        #expect(String(decoding: table.bytes, as: UTF8.self) == expected)
    }

    @Test func whatLiesDeepStaysOnOneLine() {
        let value = JSONValue.object(["a": .object(["b": .array([.int(1), .object(["c": .null])])]), "d": .array([])])
        #expect(
            String(decoding: value.pretty(to: 2), as: UTF8.self) == """
                {
                  "a": {
                    "b": [1,{"c":null}]
                  },
                  "d": []
                }

                """)
        #expect(String(decoding: value.pretty(to: 0), as: UTF8.self) == value.compact + "\n")
    }
}
