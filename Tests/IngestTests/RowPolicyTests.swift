import Model
import TestSupport
import Testing

@testable import Ingest

@Suite struct RowPolicyTests {
    static let sessions = Table(
        id: "session_id", time: "started_at",
        metrics: [.init(name: "duration_s", range: 0...86_400), .init(name: "csat", range: 1...5)],
        dimensions: [.init(name: "tier", values: ["basic", "pro"]), .init(name: "agent")])

    /// Counted by hand in the fixture.
    @Test func dirtyCSV() throws {
        let path = Repository.fixture("exports/dirty/sessions-2026-05-02.csv").path
        let reading = try Self.sessions.read(.file(path), file: "sessions-2026-05-02.csv")
        #expect(reading.ids == ["s1", "s2", "s11", "s12", "s14", "s1", "s17"])
        #expect(
            reading.rejects == [
                "4 unknown_value tier", "5 bad_date started_at", "6 bad_date started_at", "7 bad_date started_at",
                "8 bad_date started_at", "9 future_date started_at", "10 wrong_column_count -",
                "11 wrong_column_count -", "12 missing_id session_id", "13 out_of_range csat (cell)",
                "14 not_a_number duration_s (cell)", "15 not_a_number duration_s", "18 out_of_range duration_s",
                "21 malformed -",
            ])
        #expect(reading.outcome.rows == 19)
        #expect(reading.outcome.accepted == 7)
        #expect(reading.outcome.cellsRejected == 2)
        #expect(reading.outcome.rejectCounts[.badDate]?.rows == 4)
        #expect(reading.values("csat") == [nil, 4, nil, 3, 2, nil, 2])
        #expect(reading.values("duration_s") == [336.8, 59.5, 12.5, nil, 20, 336.8, 8])
        #expect(reading.texts("agent")[1] == "Ortiz, María")
        #expect(reading.texts("agent")[4] == "two\nlines")
        #expect(reading.texts("agent")[3] == "=HYPERLINK(\"http://example.invalid\",\"x\")")
    }

    @Test func dirtyNDJSON() throws {
        let path = Repository.fixture("exports/dirty/sessions-2026-05-02.ndjson").path
        let reading = try Self.sessions.read(.file(path), file: "sessions-2026-05-02.ndjson")
        #expect(reading.ids == ["s1", "s2", "s9", "s10", "s12"])
        #expect(
            reading.rejects == [
                "3 unknown_value tier", "4 bad_date started_at", "5 malformed -", "6 malformed -", "7 malformed -",
                "8 future_date started_at", "9 missing_id session_id", "12 not_a_number duration_s (cell)",
                "13 not_a_number duration_s", "14 malformed -",
            ])
        #expect(reading.values("duration_s") == [336.8, 59.5, 12.5, nil, 14])
        #expect(reading.texts("agent") == ["Kavya", "Ortiz, María", "", "Lior", "Zoë"])
        #expect(reading.days.allSatisfy { $0 == "2026-05-02" })
        #expect(reading.minutes.first == 38)
    }

    @Test func rejectsAreCountedBeyondTheLimit() throws {
        let rows = (0..<500).map { "s\($0),nonsense\n" }.joined()
        let reading = try Table(id: "id", time: "t").read(text: "id,t\n" + rows, limits: ReadLimits(rejectsKept: 3))
        #expect(reading.outcome.rejects.count == 3)
        #expect(reading.outcome.rejectCounts[.badDate]?.rows == 500)
        #expect(reading.outcome.rowsRejected == 500)
    }

    @Test(arguments: [
        ("v\n1\n0\nyes\nNO\nTRUE\n\nfalse\n?\n", [1, 0, 1, 0, 1, 0, nil] as [Double?], 0),
        ("v,w\n0.5,1\n2,1\n,1\n", [nil], 2),
    ])
    func proportions(text: String, expected: [Double?], refused: Int) throws {
        let reading = try Table(metrics: [.init(name: "v", isProportion: true)]).read(text: text)
        #expect(reading.values("v") == expected)
        #expect(reading.outcome.rowsRejected == refused)
    }

    @Test func wordsUnitsAndZeros() throws {
        let table = Table(metrics: [
            .init(name: "rating", range: 0...1), .init(name: "ms"), .init(name: "sum"), .init(name: "csat"),
        ]) {
            $0.metrics[0].words = ["Poor": 1, "Excellent": 5]
            $0.metrics[0].scale = UnitScale(offset: 1, divisor: 4)
            $0.metrics[1].scale = UnitScale(divisor: 1000)
            $0.metrics[2].columns = ["ms", "csat"]
            $0.metrics[3].zeroIsMissing = true
        }
        let reading = try table.read(text: "rating,ms,csat\nPOOR,177,0\nexcellent,5,4\n3,,2\nFine,x,5\n")
        #expect(reading.values("rating") == [0, 1, 0.5, nil])
        #expect(reading.values("ms") == [0.177, 0.005, nil, nil])
        #expect(reading.values("sum") == [177, 9, nil, nil])
        #expect(reading.values("csat") == [nil, 4, 2, 5])
        // The bad cell is refused once, though two metrics are made from it.
        #expect(reading.rejects == ["5 not_a_number rating (cell)", "5 not_a_number ms (cell)"])
    }

    @Test func missingMarks() throws {
        var table = Table(metrics: [.init(name: "v")], dimensions: [.init(name: "g")])
        let text = "v,g\nNA,None\n-1,NA\nnan,\n1,-\n"
        #expect(try table.read(text: text).values("v") == [nil, -1, nil, 1])
        #expect(try table.read(text: text).texts("g") == ["None", "NA", "", "-"])
        table.mapping.missingNumbers = ["-1"]
        table.mapping.missingTexts = ["-", "NA"]
        let declared = try table.read(text: text)
        #expect(declared.values("v") == [nil, 1])
        #expect(declared.rejects == ["2 not_a_number v", "4 not_a_number v"])
        #expect(declared.texts("g") == ["", ""])
    }

    @Test func decimalComma() throws {
        let table = Table(metrics: [.init(name: "v")]) { $0.decimalComma = true }
        #expect(try table.read(text: "v;w\n1,5;2\n-0,25;3\n").values("v") == [1.5, -0.25])
    }

    @Test func rowsWithoutTimeHaveNoDay() throws {
        let reading = try Table(id: "id").read(text: "id\na\n")
        #expect(reading.days == ["-"])
        #expect(reading.times == [RecordBatch.noTime])
        #expect(reading.minutes == [RecordBatch.noMinute])
    }

    @Test func fileNameIsAColumn() throws {
        let table = Table(time: "@date", dimensions: [.init(name: "source")]) { $0.dimensions[0].column = "@file" }
        let reading = try table.read(text: "v\n1\n2\n", file: "in/conv_2026-05-03.csv.gz")
        #expect(reading.days == ["2026-05-03", "2026-05-03"])
        #expect(reading.texts("source") == ["conv", "conv"])
    }

    @Test(arguments: [
        ("sessions-2026-05-02.ndjson", "sessions", "2026-05-02"), ("a/b/20260502_calls.csv.gz", "calls", "2026-05-02"),
        ("x.2026-05-02.y.json", "x.y", "2026-05-02"), ("export_123456789.csv", "export_123456789", ""),
        ("2026-13-01.csv", "2026-13-01", ""), ("-", "-", ""), ("2026-05-02.csv", "", "2026-05-02"),
        ("sessions-2026-05.csv", "sessions", ""), ("calls_202611.ndjson", "calls", ""),
        ("quality-2026-W07.json.gz", "quality", ""), ("2026-Q3-scores.csv", "scores", ""),
        ("run-2026-13.csv", "run-2026-13", ""), ("v2026x05.csv", "v2026x05", ""), ("top-2026.csv", "top-2026", ""),
    ])
    func fileLabels(path: String, stem: String, date: String) {
        let label = FileLabel(path)
        #expect(label.name == stem)
        #expect(String(decoding: label.date, as: UTF8.self) == date)
    }

    @Test func manyRowsComeInBatches() throws {
        let text = "id,g\n" + (0..<140_000).map { "\($0),g\($0 % 5000)\n" }.joined()
        let reading = try Table(id: "id", dimensions: [.init(name: "g")]).read(text: text)
        #expect(reading.batches.map(\.count) == [65_536, 65_536, 8_928])
        #expect(Set(reading.texts("g")).count == 5000)
        #expect(reading.texts("g")[139_999] == "g4999")
        #expect(Set(reading.keys).count == 140_000)
    }

    @Test func sinkErrorsPass() {
        #expect(throws: Absent.self) {
            _ = try ExportReader.read(
                .bytes(Array("id\na\n".utf8)), file: "x.csv", mapping: SourceMapping(table: "t"),
                catalogue: known(Catalogue(metrics: [], dimensions: [])), zone: .utc,
                asOf: known(Day(iso: "2026-01-01"))
            ) { _ in throw Absent() }
        }
    }
}
