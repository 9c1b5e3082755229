import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite struct CSVTests {
    /// The rows of a text as the loose reader sees them.
    private func rows(_ bytes: [UInt8], _ dialect: CSVDialect = CSVDialect()) throws -> (
        columns: [String], rows: [[String]]
    ) {
        var mapping = SourceMapping(table: "t")
        mapping.format = .csv
        mapping.dialect = dialect
        let export = try OpenedExport(.bytes(bytes), file: "t.csv", mapping: mapping, limits: ReadLimits())
        let rows = LooseRows.all(of: export).rows
        return (rows.columns, rows.rows.filter { $0.fault == nil }.map { $0.texts.map { $0 ?? "" } })
    }

    static let spectrum = Repository.shared("data/sets/nasty_csv/csv-spectrum/csvs")

    @Test(
        .enabled(if: spectrum != nil, "csv-spectrum is not beside the project"),
        arguments: [
            "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "quotes_and_newlines",
            "simple",
            "simple_crlf", "utf8",
        ])
    func csvSpectrum(name: String) throws {
        let folder = try #require(Self.spectrum)
        let bytes = Array(try Data(contentsOf: folder.appending(path: "\(name).csv")))
        let expected = try #require(
            JSONTree(
                Array(try Data(contentsOf: folder.deletingLastPathComponent().appending(path: "json/\(name).json")))))
        let found = try rows(bytes)
        let objects = found.rows.map { row in
            JSONTree.object(zip(found.columns, row).map { JSONTree.Member(key: $0, value: .text($1)) })
        }
        #expect(JSONTree.array(objects) == expected)
    }

    /// The file has come with single line feeds, its expectation with both bytes.
    @Test(.enabled(if: spectrum != nil, "csv-spectrum is not beside the project"))
    func csvSpectrumLineBreaks() throws {
        let folder = try #require(Self.spectrum)
        let text = try String(contentsOf: folder.appending(path: "newlines_crlf.csv"), encoding: .utf8)
        let found = try rows(Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8))
        #expect(found.rows == [["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]])
        let place = try rows(Array(try Data(contentsOf: folder.appending(path: "location_coordinates.csv"))))
        #expect(place.rows.count == 1)
        #expect(place.rows.first?[1] == "37\u{FFFD}36'37.8\"N 121\u{FFFD}2'17.9\"W")
    }

    @Test(arguments: [
        ("a,b\n1,2", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
        ("a;b\n1,5;2\n", [["1,5", "2"]]), ("a\tb\n1\t2\n", [["1", "2"]]), ("a|b\n1|2\n", [["1", "2"]]),
        ("a,b\n\"1\"\"2\",x\n", [["1\"2", "x"]]), ("a,b\n5\" pipe,x\n", [["5\" pipe", "x"]]),
        ("a,b\n\"x\ny\",2\n", [["x\ny", "2"]]), ("a,b\n\n1,2\n\n", [["1", "2"]]), ("sep=;\na;b\n1;2\n", [["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]), ("a\n1\n\n2\n", [["1"], ["2"]]), ("a,b\n,\n", [["", ""]]),
        ("a,b\n\"\",\"\"\n", [["", ""]]), ("a,b\n\"1\",\"2\"", [["1", "2"]]), ("a,b\n\"1\",\"2\"\r", [["1", "2"]]),
    ])
    func dialects(text: String, expected: [[String]]) throws { #expect(try rows(Array(text.utf8)).rows == expected) }

    @Test(
        arguments: [
            ("utf16le", [0xFF, 0xFE, 0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0, 0xFC, 0, 0x2C, 0, 0x3D, 0xD8, 0x00, 0xDE]),
            ("utf16be", [0xFE, 0xFF, 0, 0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0, 0xFC, 0, 0x2C, 0xD8, 0x3D, 0xDE, 0x00]),
        ] as [(String, [UInt8])])
    func byteOrderMarks(name: String, bytes: [UInt8]) throws { #expect(try rows(bytes).rows == [["ü", "😀"]]) }

    @Test func latin1IsDeclared() throws {
        let table = Table(dimensions: [.init(name: "city")]) { $0.encoding = .latin1 }
        let bytes = Array("city,x\nM".utf8) + [0xFC] + Array("nchen,1\n".utf8)
        #expect(try table.read(.bytes(bytes)).texts("city") == ["München"])
        let undeclared = Table(dimensions: [.init(name: "city")])
        #expect(try undeclared.read(.bytes(bytes)).rejects == ["2 bad_encoding city"])
    }

    @Test func noHeader() throws {
        let table = Table(id: "id", metrics: [.init(name: "v")]) { $0.dialect.columns = ["id", "v"] }
        let reading = try table.read(text: "a,1\nb,2\n")
        #expect(reading.ids == ["a", "b"])
        #expect(reading.values("v") == [1, 2])
    }

    /// A stray quote costs the line that it stands on, and lines are counted through quoted line breaks.
    @Test(arguments: [
        ("id,v\n\"a\nb\",1\nc\n", ["4 wrong_column_count -"], ["a\nb"]),
        ("id,v\n\"a,1\nb,2\nc,3\n", ["2 malformed -"], ["b", "c"]),
        ("id,v\n\"a\"x,1\nb,2\n", ["2 malformed -"], ["b"]),
        ("id,v\na,1\nb,\"2\n", ["3 malformed -"], ["a"]),
        ("id,v\na,\"1\nb,2\nc,\"3\"\n", ["2 malformed -"], ["b", "c"]),
        ("id,v\r\n\"a\r\nb\",1\r\nc,1,1\r\nd,1\r\n", ["4 wrong_column_count -"], ["a\r\nb", "d"]),
        ("id,v\n\n\n,1\na,1\n", ["4 missing_id id"], ["a"]),
    ])
    func faultsKeepTheirPlace(text: String, rejects: [String], ids: [String]) throws {
        let reading = try Table(id: "id", metrics: [.init(name: "v")]).read(text: text)
        #expect(reading.rejects == rejects)
        #expect(reading.ids == ids)
    }

    @Test func recordBoundCostsOneReject() throws {
        let long = String(repeating: "x", count: 5000)
        let text = "id,v\na,1\nb,\(long)\nc,3\n"
        let reading = try Table(id: "id", metrics: [.init(name: "v")]).read(
            text: text, limits: ReadLimits(chunkBytes: 64, recordBytes: 1000))
        #expect(reading.ids == ["a", "c"])
        #expect(reading.rejects == ["3 malformed -"])
    }

    @Test func tooManyFieldsCostOneReject() throws {
        let wide = String(repeating: ",", count: 100_000)
        let reading = try Table(id: "id", metrics: [.init(name: "v")]).read(text: "id,v\na,1\n\(wide)\nc,3\n")
        #expect(reading.ids == ["a", "c"])
        #expect(reading.outcome.rowsRejected == 1)
    }

    @Test func neededColumnsAreNamed() throws {
        let table = Table(id: "session_id")
        let error = #expect(throws: IngestError.self) { try table.read(text: "sesion_id,v\na,1\n") }
        #expect(error?.kind == .mapping)
        #expect(error?.description.contains("Did you mean “sesion_id”?") == true)
    }

    @Test func otherColumnsMayLack() throws {
        let reading = try Table(metrics: [.init(name: "v"), .init(name: "w")]).read(text: "V,x\n1,2\n")
        #expect(reading.values("v") == [1])
        #expect(reading.batches[0].metrics[1] == nil)
        #expect(reading.outcome.notes.map(\.message) == ["there is no column “w”"])
    }

    @Test(arguments: ["", "\n\n", "\u{FEFF}"])
    func emptyFilesHaveNoRows(text: String) throws {
        let reading = try Table(id: "id").read(text: text, file: "e.csv")
        #expect(reading.outcome.rows == 0)
        #expect(reading.outcome.notes.map(\.message) == ["the file is empty"])
    }
}
