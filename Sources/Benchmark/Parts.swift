import Charts
import Drawing
import Foundation
import Ingest
import Model
import Pipeline
import Samples
import TemplateEngine

extension Benchmark {
    /// A line with its band over 90 days, laid out and drawn.
    static func chartDrawing() throws {
        let points = (0..<90).map { Mark.Point(x: Double($0), y: 0.7 + 0.01 * Double($0 % 7)) }
        let figure = Figure(
            title: "Benchmark", description: "A line.",
            x: Axis(title: "Day", scale: .linear(domain: 0...89, includesZero: false)),
            y: Axis(title: "Mean", scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .band(
                    points.map { .init(x: $0.x, low: ($0.y ?? 0) - 0.02, high: ($0.y ?? 0) + 0.02) }, tone: .series(1)),
                .line(points, tone: .series(1)),
            ])
        let measure = TextMeasure.cairo()
        let count = 500
        let (bytes, time) = try seconds {
            var bytes = 0
            for _ in 0..<count {
                bytes += try SVGDrawing.svg(figure.scene(measure: measure), idPrefix: "g1").utf8.count
            }
            return bytes
        }
        report(
            "chart", 0, time, "\(Int(time / Double(count) * 1e6)) µs and \(bytes / count) bytes a chart of 90 points")
    }

    /// A table of 500 rows with escaped cells.
    static func templateRendering() throws {
        let template =
            "<table>{% for row in rows %}<tr><td>{{ row.name }}</td><td class=\"{{ row.tone }}\">{{ row.value }}</td></tr>{% endfor %}</table>"
        let templates = try TemplateSet(sources: ["page.html": template])
        let rows = (0..<500).map {
            TemplateValue.map(["name": .string("a & b \($0)"), "tone": .string("good"), "value": .int($0)])
        }
        let count = 200
        let (bytes, time) = try seconds {
            var bytes = 0
            for _ in 0..<count { bytes += try templates.render("page.html", ["rows": .list(rows)]).count }
            return bytes
        }
        report(
            "template", 0, time,
            "\(Int(Double(bytes) / time / 1e6)) MB/s, \(Int(time / Double(count) * 1e6)) µs a page of 500 rows")
    }

    /// A sample of so many sessions over 90 days: written, read, and built into a site.
    static func wholeBuild(sessions: Int, in folder: URL) async throws {
        for format in SamplePlan.Format.allCases {
            let exports = folder.appending(path: format.rawValue)
            try writeSample(sessions, format, into: exports)
            try ingest(sessions, format, from: exports)
            try await build(sessions, format, from: exports, in: folder)
        }
        try FileManager.default.removeItem(at: folder)
    }

    private static func writeSample(_ sessions: Int, _ format: SamplePlan.Format, into folder: URL) throws {
        guard let end = Day(iso: "2026-11-19"),
            let plan = SamplePlan(sessions: sessions, days: 90, end: end, seed: 7, format: format, split: .day)
        else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try SampleExports(plan: plan).write { (name: String, bytes: [UInt8]) throws -> Void in
            try Data(bytes).write(to: folder.appending(path: name))
        }
    }

    /// Reads, checks and maps every session file; the rows go nowhere.
    private static func ingest(_ sessions: Int, _ format: SamplePlan.Format, from folder: URL) throws {
        let files = try ExportFiles.expand([folder.path]).filter { $0.name.hasPrefix("sessions") }
        let survey = try ExportSurvey(of: Array(files.prefix(2)))
        guard let mapping = survey.tables.first?.mapping else { return }
        var limits = ReadLimits()
        limits.hashes = false
        let (total, time) = try seconds {
            var total = (rows: 0, bytes: 0)
            for file in files {
                let outcome = try ExportReader.read(
                    file.source, file: file.name, mapping: mapping, catalogue: survey.catalogue, zone: .utc,
                    asOf: Day(number: 30_000), limits: limits
                ) { _ in }
                total.rows += outcome.accepted
                total.bytes += outcome.bytes
            }
            return total
        }
        let rate = "\(Int(Double(total.bytes) / time / 1e6)) MB/s, \(Int(Double(total.rows) / time)) rows/s"
        report("ingest \(format.rawValue)", sessions, time, "\(rate), \(total.rows) rows")
    }

    private static func build(_ sessions: Int, _ format: SamplePlan.Format, from exports: URL, in folder: URL)
        async throws
    {
        let process = ProcessInfo.processInfo
        let surroundings = Surroundings(
            secondsSince1970: 1_795_305_600, folder: folder.path, program: CommandLine.arguments[0],
            executable: Bundle.main.executablePath,
            templates: process.environment["ASSAY_TEMPLATES"], host: process.hostName,
            process: process.processIdentifier)
        let name = format.rawValue
        let request = BuildRequest(
            exports: [exports.path], configuration: "Fixtures/configurations/sample.yaml".absolute,
            output: "site-\(name)",
            archive: "archive-\(name).sqlite", asOf: nil, timeZone: nil, isStrict: false, requiresNewData: false,
            isDryRun: false, jobs: nil)
        let sink = MessageSink(level: .verbose) { message in
            if case .stage(let stage, let milliseconds, let detail) = message {
                report("build \(name): \(stage)", sessions, Double(milliseconds) / 1000, detail)
            } else if case .diagnostic(let diagnostic) = message, diagnostic.severity == .error {
                print(diagnostic)
            }
        }
        let clock = ContinuousClock()
        let start = clock.now
        let status = await Pipeline.build(request, in: surroundings, messages: sink)
        report(
            "build \(name)", sessions, (clock.now - start) / .seconds(1),
            status == .done ? "whole" : "exit \(status.rawValue)")
    }
}

extension String {
    /// The path below the current folder as an absolute one.
    fileprivate var absolute: String { FileManager.default.currentDirectoryPath + "/" + self }
}
