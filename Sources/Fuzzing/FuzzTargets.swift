import Glibc
import Ingest
import Model
import Pipeline
import TemplateEngine
import XML

/// What libFuzzer feeds: any bytes must be read or refused, in bounded time and memory, without a crash.
///
/// `ASSAY_FUZZ` says which; `Scripts/fuzz.sh` runs them one after the other.
private struct FuzzTarget: Sendable {
    let name: String
    let take: @Sendable ([UInt8]) -> Void

    static let all = [
        FuzzTarget(name: "csv") { readExport($0, .csv) },
        FuzzTarget(name: "json") { readExport($0, .json) },
        FuzzTarget(name: "ndjson") { readExport($0, .ndjson) },
        FuzzTarget(name: "times") { bytes in
            // One stamp a line, each format in turn.
            for format in TimeFormat.names.map(\.1) { readExport(Array("time\n".utf8) + bytes, .csv, format) }
        },
        FuzzTarget(name: "configuration") { _ = configurationProblems(String(decoding: $0, as: UTF8.self)) },
        FuzzTarget(name: "template") { renderTemplate(String(decoding: $0, as: UTF8.self)) },
        FuzzTarget(name: "registers") { readRegisters($0) },
        FuzzTarget(name: "results") { readResults($0) },
        FuzzTarget(name: "packed") { readExport($0, .csv) },
        FuzzTarget(name: "xml") { bytes in
            // What cannot be read is refused, which is as good.
            _ = try? XMLElement(xml: bytes)  // see above
            _ = try? XMLElement(html: bytes)  // see above
        },
    ]
}

private func readExport(_ bytes: [UInt8], _ format: ExportFormat, _ time: TimeFormat = .automatic) {
    guard
        let catalogue = Catalogue(
            metrics: [Metric(name: "score", range: 0...1), Metric(name: "n")].compactMap { $0 },
            dimensions: [Dimension(name: "tier")].compactMap { $0 }), let asOf = Day(iso: "2026-11-19")
    else { return }
    var mapping = SourceMapping(table: "t")
    mapping.format = format
    mapping.timeColumn = "time"
    mapping.timeFormat = time
    mapping.metrics = [MetricColumn(metric: 0, columns: ["score"]), MetricColumn(metric: 1, columns: ["a.b"])]
    mapping.dimensions = [DimensionColumn(dimension: 0, column: "tier")]
    for idColumns in [[], ["id"]] {
        mapping.idColumns = idColumns
        // What cannot be read is refused with its place, which is as good.
        _ = try? ExportReader.read(  // see above
            .bytes(bytes), file: "fuzz", mapping: mapping, catalogue: catalogue, zone: .utc, asOf: asOf,
            limits: ReadLimits(rejectsKept: 10, chunkBytes: 64, blockBytes: 256, recordBytes: 1 << 12)
        ) { _ in }
    }
    _ = try? ExportSurvey(of: [ExportFile(source: .bytes(bytes), name: "fuzz.\(format.rawValue)")])  // as above
}

/// Interventions and measurements, as CSV and as JSON.
private func readRegisters(_ bytes: [UInt8]) {
    guard let catalogue = Catalogue(metrics: [Metric(name: "score")].compactMap { $0 }, dimensions: []),
        let asOf = Day(iso: "2026-11-19")
    else { return }
    for format in [ExportFormat.csv, .json] {
        var mapping = SourceMapping(table: "t", role: .interventions)
        mapping.format = format
        // What cannot be read is refused with its place, which is as good.
        _ = try? RegisterReader.interventions(  // see above
            .bytes(bytes), file: "fuzz", mapping: mapping, catalogue: catalogue, zone: .utc, asOf: asOf)
        mapping.role = .measurements
        _ = try? RegisterReader.measurements(  // see above
            .bytes(bytes), file: "fuzz", mapping: mapping, zone: .utc, asOf: asOf)
    }
}

/// Results of tests: JUnit reports, and JSON of any nesting.
private func readResults(_ bytes: [UInt8]) {
    guard let asOf = Day(iso: "2026-11-19") else { return }
    for format in [ExportFormat.junit, .json, .ndjson] {
        var mapping = SourceMapping(table: "t", role: .validation)
        mapping.format = format
        // What cannot be read is refused with its place, which is as good.
        _ = try? TestResultReader.results(  // see above
            .bytes(bytes), file: "fuzz", mapping: mapping, zone: .utc, deliveryDay: asOf, lastDay: asOf)
    }
}

private func renderTemplate(_ text: String) {
    let sources = ["page.html": text, "b.html": "{% macro g(x) %}{{ x }}{% endmacro %}{% block a %}{% endblock %}"]
    let values: [String: TemplateValue] = [
        "t": "<&>\"'", "n": 3, "xs": [1, 2.5, "c"], "m": ["k": "v", "u": "javascript:x"], "nothing": .null,
    ]
    // A faulty template is an error with its place, which is as good.
    _ = try? TemplateSet(sources: sources).render("page.html", values)  // see above
}

/// The entry that libFuzzer calls.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let wanted = unsafe getenv("ASSAY_FUZZ").map { unsafe String(cString: $0) } ?? "csv"
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let target = FuzzTarget.all.first(where: { $0.name == wanted }) else { return -1 }
    target.take(bytes)
    return 0
}
