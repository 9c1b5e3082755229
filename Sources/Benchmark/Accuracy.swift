import Foundation

/// `assay-bench accuracy [FOLDER]`: our methods on public collections beside the figures published for others.
///
/// The folder holds `nab`, `tcpd` and `m3` as they lie beside the project (default `../shared/data/sets`). Our methods run
/// with their defaults on every series alike.
enum Accuracy {
    /// One line of the result: a figure of ours beside published ones.
    struct Line {
        let name: String
        let ours: Double
        /// Figures of others with their names, the same direction of goodness.
        var published: [(name: String, value: Double)] = []
        var note = ""
    }

    static func run(_ folder: URL) async throws {
        try section("anomalies: NAB", in: folder.appending(path: "nab"), AnomalyAccuracy.lines)
        try section("change points: TCPD", in: folder.appending(path: "tcpd"), ChangeAccuracy.lines)
        try section("forecasts: M3", in: folder.appending(path: "m3"), ForecastAccuracy.lines)
        try await findings(seeds: 200)
    }

    /// Prints what findings do on seeded sessions.
    static func findings(seeds: Int) async throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        head("findings: 30 segments, 90 nights, \(seeds) seeds")
        try await FindingAccuracy.measure(seeds: seeds, cores: cores, show)
    }

    private static func section(_ title: String, in folder: URL, _ lines: (URL) throws -> (series: Int, lines: [Line]))
        throws
    {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("\(title): skipped, \(folder.path) is not there")
            return
        }
        let (result, time) = try Benchmark.seconds { try lines(folder) }
        show(title, result, time)
    }

    private static func show(_ title: String, _ result: (series: Int, lines: [Line]), _ time: Double) {
        head("\(title), \(result.series) series, \(decimals(time, 1)) s")
        for line in result.lines { show(line) }
    }

    private static func head(_ text: String) { FileHandle.standardOutput.write(Data("\n\(text)\n".utf8)) }

    /// Without a buffer, because the next line may be an hour away.
    private static func show(_ line: Line) {
        let others = line.published.map { "\($0.name) \(decimals($0.value, 3))" }.joined(separator: ", ")
        let parts = [decimals(line.ours, 3), others, line.note].filter { !$0.isEmpty }
        FileHandle.standardOutput.write(Data("  \(line.name): \(parts.joined(separator: " | "))\n".utf8))
    }

    /// A number with so many decimals.
    static func decimals(_ value: Double, _ count: Int) -> String { String(format: "%.\(count)f", value) }

    /// Decodes a JSON file.
    static func read<Value: Decodable>(_ type: Value.Type, _ url: URL) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }

    /// The mean of some numbers; NaN without any, which a table shows as such.
    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
