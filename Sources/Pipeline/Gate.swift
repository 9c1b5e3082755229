import Analysis
import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Report

/// How `assay gate` ends: what a build server waits for.
public enum GateStatus: Int32, Sendable, Hashable {
    /// Go ahead.
    case ready = 0
    /// Go ahead under conditions.
    case conditional = 1
    /// Do not go ahead.
    case notReady = 2
    /// It could not be told.
    case error = 3
}

/// What `assay gate` is asked.
public struct GateRequest: Sendable {
    /// Files with results; empty takes the archive.
    public var exports: [String]
    /// The configuration; nil for `assay.yaml` here, if there is one.
    public var configuration: String?
    /// The archive; nil for the configured one.
    public var archive: String?
    /// A file, or the id or day of a run, to compare with; nil for the run before.
    public var against: String?
    /// The day that is judged; nil for the newest with results.
    public var asOf: String?
    /// The only source that counts; nil for all.
    public var source: String?
    /// The zone of times without one; nil as configured, else UTC.
    public var timeZone: String?
    /// How the answer is printed.
    public var format: AnswerFormat

    /// Collects the options of the command.
    public init(
        exports: [String], configuration: String? = nil, archive: String? = nil, against: String? = nil,
        asOf: String? = nil, source: String? = nil, timeZone: String? = nil, format: AnswerFormat = .text
    ) {
        self.exports = exports
        self.configuration = configuration
        self.archive = archive
        self.against = against
        self.asOf = asOf
        self.source = source
        self.timeZone = timeZone
        self.format = format
    }
}

/// `assay gate`: reads results of tests from files or the archive and says whether to go ahead.
///
/// - Parameter print: where the answer goes, standard output for a command.
public func gate(
    _ request: GateRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> GateStatus {
    var readiness: Readiness?
    let status = await reporting(to: messages) {
        let result = try GateReading(request, in: surroundings, messages: messages).result()
        print(AnswerSheet.gate(result).bytes(request.format))
        readiness = result.readiness
    }
    guard status == .done, let readiness else { return .error }
    return switch readiness {
    case .ready: .ready
    case .conditional: .conditional
    case .notReady: .notReady
    }
}

/// The results that a gate judges.
private struct GateReading {
    let request: GateRequest
    let surroundings: Surroundings
    let messages: MessageSink
    let settings: Settings?
    let zone: ZoneRules

    init(_ request: GateRequest, in surroundings: Surroundings, messages: MessageSink) throws {
        self.request = request
        self.surroundings = surroundings
        self.messages = messages
        let options = SettingsOptions(
            configuration: request.configuration, archive: request.archive, timeZone: request.timeZone,
            needsSources: false)
        settings =
            try Settings.configurationPath(options, surroundings) == nil
            ? nil : try Settings.resolve(options, exports: [], in: surroundings)
        zone = try settings?.zone ?? request.timeZone.map(Settings.zone) ?? .utc
    }

    func result() throws -> ValidationResult {
        let today = surroundings.today(in: zone)
        let read =
            request.exports.isEmpty ? (results: try archived(today), refused: 0) : try read(request.exports, today)
        var results = read.results
        if let source = request.source { results.removeAll { $0.source != source } }
        guard let newest = results.map(\.day).filter({ $0 <= lastDay(today) }).max() else {
            throw Failure(
                .inputMissing, "there are no results of tests to judge",
                fix: request.exports.isEmpty ? "Build them into the archive, or name files." : nil)
        }
        let asOf = try day(newest, today)
        var baseline: [TestResult]?
        var run: String?
        if let against = request.against {
            if FileManager.default.fileExists(atPath: surroundings.absolute(against)) {
                baseline = try self.read([against], today).results
                if baseline?.isEmpty ?? true { throw Failure(.inputMissing, "\(against): there are no results in it") }
            } else {
                run = against
            }
        }
        let analysis = settings?.analysis ?? AnalysisSettings()
        guard
            let result = ValidationResult(
                results, settings: analysis.validation, asOf: asOf, baseline: baseline, baselineRun: run,
                refused: read.refused, level: analysis.level, alpha: analysis.alpha)
        else { throw Failure(.inputMissing, "there are no results up to \(asOf.iso)") }
        if let run {
            let known = result.sources.contains { $0.change?.from.id == run || $0.change?.from.day.iso == run }
            let ids = result.sources.flatMap { $0.runs.dropLast().suffix(5).map(\.id) }
            guard known else {
                throw Failure(
                    .usage, "there is neither a file nor an earlier run `\(run)`",
                    fix: ids.isEmpty ? nil : "Known runs are \(ids.joined(separator: ", ")).")
            }
        }
        return result
    }

    /// The newest day that results may have: reports write the local time without its zone, and east of ours it may be tomorrow.
    private func lastDay(_ today: Day) -> Day { today.advanced(by: 1) }

    /// The day that is judged: that of the newest results, unless another one was asked for.
    private func day(_ newest: Day, _ today: Day) throws -> Day {
        switch request.asOf {
        case nil, "newest": return newest
        case "today": return today
        case "yesterday": return today.advanced(by: -1)
        case .some(let text):
            guard let day = Day(iso: text) else {
                throw Failure(.usage, "--as-of takes YYYY-MM-DD, today, yesterday or newest, found `\(text)`")
            }
            return day
        }
    }

    private func archived(_ today: Day) throws -> [TestResult] {
        let path = settings?.archive ?? surroundings.absolute(request.archive ?? ".assay/archive.sqlite")
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure(
                .inputMissing, "\(path): there is no such archive", fix: "Name files with results, or --archive.")
        }
        guard let empty = Catalogue(metrics: [], dimensions: []),
            let all = Period(start: today.advanced(by: -3_660), end: today.advanced(by: 3_660))
        else { throw Failure(.failed, "no period") }
        return try Archive(reading: path, catalogue: empty).testResults(over: all)
    }

    /// The results of files and how many of them could not be used.
    private func read(_ paths: [String], _ today: Day) throws -> (results: [TestResult], refused: Int) {
        var results: [TestResult] = []
        var undated: [TestResult] = []
        var refused = 0
        var others: [String] = []
        for file in try exportFiles(paths, in: surroundings) {
            guard let mapping = try mapping(of: file) else {
                others.append(file.name)
                continue
            }
            let (found, outcome) = try TestResultReader.results(
                file.source, file: file.name, mapping: mapping, zone: zone, deliveryDay: today, lastDay: lastDay(today))
            for reject in outcome.rejects.prefix(20) {
                messages.say(
                    .diagnostic(
                        Diagnostic(
                            .warning,
                            "\(reject.cause.rawValue)\(reject.column.map { " in `\($0)`" } ?? ""), found `\(reject.found)`",
                            at: .init(file: reject.file, line: reject.line, column: reject.position))))
            }
            if let failure = outcome.failure { throw failure }
            // A report of which nothing can be read must not pass for one without tests.
            if outcome.accepted == 0, outcome.rows > 0 {
                throw Failure(.inputRefused, "\(file.name): none of its \(outcome.rows) results can be used")
            }
            refused += outcome.rows - outcome.accepted
            let midnight = zone.utc(fromLocal: Int64(today.number) * 86_400) * 1_000_000
            let isDated = found.contains { $0.started != midnight } || TestResultReader.day(inNameOf: file.name) != nil
            if isDated { results += found } else { undated += found }
        }
        results += joined(undated, to: results)
        if let first = others.first {
            let more =
                others.count > 1 ? " and \(others.count - 1) more are left out: they hold" : " is left out: it holds"
            messages.say(
                .diagnostic(
                    Diagnostic(
                        .note, "\(first)\(more) no results of tests",
                        fix: "A source with the role `validation` takes files by their names.")))
        }
        return (results, refused)
    }

    /// Results of files that say no time are of the same run as the others that are named with them: of the newest one of
    /// their source, else of all.
    private func joined(_ undated: [TestResult], to dated: [TestResult]) -> [TestResult] {
        undated.map { result in
            let own = dated.filter { $0.source == result.source }
            guard let newest = (own.isEmpty ? dated : own).max(by: { $0.started < $1.started }) else { return result }
            var result = result
            (result.day, result.started) = (newest.day, newest.started)
            if result.run == nil { result.run = newest.run }
            return result
        }
    }

    /// How a named file is read: as configured for results, else by its content; nil for other exports.
    private func mapping(of file: ExportFile) throws -> SourceMapping? {
        if let settings,
            let source = settings.sources.first(where: { $0.mapping.role == .validation && settings.takes(file, $0) })
        {
            return source.mapping
        }
        return try TestResultSurvey.isResults(file) ? TestResultSurvey.mapping() : nil
    }
}
