import Analysis
import Archive
import Diagnostics
import Foundation
import Model
import Report

/// What `assay diff` is asked.
public struct DiffRequest: Sendable {
    /// The run to compare with, and the run that is described: a day, the id of a run, `latest`, `previous`, or a file
    /// with a summary.
    public var runs: (String, String)
    /// The configuration; nil for `assay.yaml` here, if there is one.
    public var configuration: String?
    /// The archive; nil for the configured one.
    public var archive: String?
    /// How the answer is printed.
    public var format = AnswerFormat.text
    /// The mildest severity of a new finding for the worse that ends the command with 10; nil for none.
    public var failOn: AlertSeverity?

    /// Names two runs.
    public init(_ a: String, _ b: String, configuration: String? = nil, archive: String? = nil) {
        runs = (a, b)
        self.configuration = configuration
        self.archive = archive
    }
}

/// `assay diff`: what changed between two runs, from their summaries.
///
/// - Parameter print: where the answer goes, standard output for a command.
public func diff(
    _ request: DiffRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let reading = try DiffReading(request, in: surroundings)
        let (a, b) = (try reading.snapshot(request.runs.0), try reading.snapshot(request.runs.1))
        let comparison = RunComparison(a, b, tests: try reading.tests(a, b), level: reading.analysis.level)
        print(AnswerSheet.runs(comparison).bytes(request.format))
        let grave = (comparison.newFindings.filter { $0.goodness == .worse } + comparison.newAlerts)
            .compactMap(\.severity)
        if let severity = request.failOn, grave.contains(where: { $0 >= severity }) {
            throw ExitStatus.alertFiring
        }
    }
}

/// Finds the summaries that a diff needs.
private struct DiffReading {
    let request: DiffRequest
    let surroundings: Surroundings
    /// nil where both runs are files.
    let archive: Archive?
    let analysis: AnalysisSettings

    init(_ request: DiffRequest, in surroundings: Surroundings) throws {
        self.request = request
        self.surroundings = surroundings
        let options = SettingsOptions(configuration: request.configuration, archive: request.archive)
        let isConfigured = try Settings.configurationPath(options, surroundings) != nil
        analysis =
            isConfigured
            ? try Settings.resolve(options, exports: [], in: surroundings).analysis : AnalysisSettings()
        let files = [request.runs.0, request.runs.1].filter { DiffReading.isFile($0, surroundings) }
        archive =
            files.count == 2
            ? nil
            : try readArchive(
                HistoryRequest(configuration: request.configuration, archive: request.archive), in: surroundings)
    }

    private static func isFile(_ name: String, _ surroundings: Surroundings) -> Bool {
        name.hasSuffix(".json") && FileManager.default.fileExists(atPath: surroundings.absolute(name))
    }

    func snapshot(_ name: String) throws -> RunSnapshot {
        if Self.isFile(name, surroundings) {
            let bytes = Array(FileManager.default.contents(atPath: surroundings.absolute(name)) ?? Data())
            guard let summary = JSONValue(reading: bytes).flatMap(RunSnapshot.init(summary:)) else {
                throw Failure(
                    .inputRefused, "\(name): this is no summary of a run", fix: "Name summary.json of a run's folder.")
            }
            return summary
        }
        guard let archive else { throw Failure(.failed, "no archive") }
        let run = try archive.run(called: name)
        guard let snapshot = try archive.snapshot(of: run) else {
            throw Failure(.failed, "the summary of run \(run.id) cannot be read")
        }
        return snapshot
    }

    /// Tests that changed; files carry none.
    func tests(_ a: RunSnapshot, _ b: RunSnapshot) throws -> Answer<[TestMove]> {
        guard let archive else { return .failure(.undefined("summaries in files carry no results of single tests")) }
        return try archive.testMoves(from: a.asOf, to: b.asOf, settings: analysis.validation)
    }
}

extension Archive {
    /// The run that a name means: a day (its newest run), an id, `latest` or `previous` (the newest run of the day before
    /// the latest that has one).
    func run(called name: String) throws -> Run {
        let runs = try runs()
        let latest = runs.last
        let found =
            switch name {
            case "latest": latest
            case "previous": runs.last { $0.asOf != latest?.asOf }
            default: runs.last { $0.asOf.iso == name } ?? runs.last { $0.id == name }
            }
        if let found { return found }
        let days = Set(runs.map(\.asOf)).sorted()
        let known = days.isEmpty ? "There is no run yet." : "Runs are kept for \(DayList.words(days))."
        throw Failure(
            .usage, name == "previous" ? "there is no run before the latest" : "there is no run `\(name)`", fix: known)
    }

    /// What the summary of a run says; nil where it cannot be read.
    func snapshot(of run: Run) throws -> RunSnapshot? {
        try summary(ofRun: run.id).flatMap(JSONValue.init(reading:)).flatMap(RunSnapshot.init(summary:))
    }

    /// Tests that changed between two days.
    func testMoves(from a: Day, to b: Day, settings: ValidationSettings) throws -> Answer<[TestMove]> {
        let last = max(a, b)
        guard let period = Period(start: last.advanced(by: -3_660), end: last.advanced(by: 1)) else {
            return .failure(.noRecords)
        }
        return TestMove.between(a, b, try testResults(over: period), settings: settings)
    }
}

/// Days as a message names them.
enum DayList {
    /// All of up to five days, else the first, the last and their number.
    static func words(_ days: [Day]) -> String {
        guard days.count > 5, let first = days.first, let last = days.last else {
            return days.map(\.iso).joined(separator: ", ")
        }
        return "\(days.count) days from \(first.iso) to \(last.iso)"
    }
}
