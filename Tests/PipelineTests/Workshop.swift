import Foundation
import Pipeline
import TestSupport

/// A temporary folder in which commands run as a user would run them.
struct Workshop {
    let folder: URL
    private let log = Log()

    /// What commands said.
    private final class Log: @unchecked Sendable {
        var lines: [String] = []
    }

    init(_ folder: URL) { self.folder = folder }

    var messages: [String] { log.lines }

    /// The machine as tests present it: a fixed moment, this folder, the project's templates.
    var surroundings: Surroundings {
        Surroundings(
            secondsSince1970: 1_795_305_600, folder: folder.path, program: "assay", executable: nil,
            templates: Repository.root.appending(path: "Templates").path, host: "test", process: 1)
    }

    var sink: MessageSink {
        let log = log
        return MessageSink(level: .normal) { log.lines.append($0.text) }
    }

    func build(
        _ exports: [String] = ["exports"], configuration: String? = nil, output: String = "site",
        archive: String = "archive.sqlite",
        asOf: String? = nil, isStrict: Bool = false, requiresNewData: Bool = false, isDryRun: Bool = false,
        jobs: Int = 2, failOn: AlertSeverity? = nil, language: String? = nil
    ) async -> ExitStatus {
        var request = BuildRequest(
            exports: exports, configuration: configuration, output: output, archive: archive, asOf: asOf,
            timeZone: nil,
            isStrict: isStrict, requiresNewData: requiresNewData, isDryRun: isDryRun, jobs: jobs)
        request.failOn = failOn
        request.language = language
        return await Pipeline.build(request, in: surroundings, messages: sink)
    }

    func sample(
        sessions: Int, days: Int, hasVoice: Bool = false, hasHealth: Bool = false, hasPeople: Bool = false
    ) async -> ExitStatus {
        var request = SampleRequest(
            folder: "exports", sessions: sessions, days: days, end: "2026-11-19", seed: 7, format: "csv",
            split: "month",
            timeZone: "Europe/Berlin")
        request.hasVoice = hasVoice
        request.hasHealth = hasHealth
        request.hasPeople = hasPeople
        return await writeSample(request, in: surroundings, messages: sink)
    }

    func check(_ exports: [String] = ["exports"], configuration: String? = nil, isStrict: Bool = false) async
        -> ExitStatus
    {
        await Pipeline.check(
            CheckRequest(exports: exports, configuration: configuration, isStrict: isStrict), in: surroundings,
            messages: sink)
    }

    /// The sample's nine learners, and a configuration that reads them.
    func sampleLearners(with entries: String = "", as name: String = "assay.yaml") async throws -> ExitStatus {
        var request = SampleRequest(
            folder: "exports", sessions: 60, days: 60, end: "2026-11-19", seed: 7, format: "csv", split: "whole",
            timeZone: "Europe/Berlin")
        request.learners = 9
        try write(
            """
            time_zone: Europe/Berlin
            output: site
            archive: archive.sqlite
            sources:
              lessons: {role: learning, files: ["learning*"]}
            \(entries)
            """, to: name)
        return await writeSample(request, in: surroundings, messages: sink)
    }

    func propose(_ exports: [String] = ["exports"]) async -> ExitStatus {
        await Pipeline.propose(
            ProposalRequest(exports: exports, configuration: nil, printsOnly: false), in: surroundings, messages: sink)
    }

    func undo(
        _ delivery: Int64, configuration: String? = nil, archive: String = "archive.sqlite"
    ) async -> ExitStatus {
        await undoDelivery(
            delivery, HistoryRequest(configuration: configuration, archive: archive), in: surroundings, messages: sink)
    }

    func show(_ subject: String, archive: String = "archive.sqlite") async -> (status: ExitStatus, text: String) {
        var bytes: [UInt8] = []
        let request = HistoryRequest(configuration: nil, archive: archive)
        let status = await showHistory(subject, request, in: surroundings, messages: sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    func explained(_ id: String, archive: String = "archive.sqlite") async -> String {
        var bytes: [UInt8] = []
        _ = await explain(
            id, HistoryRequest(configuration: nil, archive: archive), in: surroundings, messages: sink
        ) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    func verify(
        archive: String = "archive.sqlite", days: Int = 30, head: String? = nil
    ) async -> (status: ExitStatus, text: String) {
        var bytes: [UInt8] = []
        let request = HistoryRequest(configuration: nil, archive: archive)
        let status = await verifyHistory(request, sampled: days, head: head, in: surroundings, messages: sink) {
            bytes += $0
        }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    func prune(rowDays: Int?, isDryRun: Bool = false) async -> ExitStatus {
        await pruneHistory(
            PruneRequest(
                HistoryRequest(configuration: nil, archive: "archive.sqlite"), rowDays: rowDays, isDryRun: isDryRun),
            in: surroundings, messages: sink)
    }

    func backUp(to file: String) async -> ExitStatus {
        await backUpHistory(
            to: file, HistoryRequest(configuration: nil, archive: "archive.sqlite"), in: surroundings, messages: sink)
    }

    /// The answer to a question, and how the command would end.
    func ask(
        _ kind: QuestionRequest.Kind, _ fill: (inout QuestionRequest) -> Void = { _ in }
    ) async -> (status: ExitStatus, text: String) {
        var request = QuestionRequest(kind)
        request.exports = ["rows.csv"]
        request.format = .json
        fill(&request)
        var bytes: [UInt8] = []
        let status = await Pipeline.ask(request, in: surroundings, messages: sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    func write(_ text: String, to path: String) throws {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ path: String) throws -> Data { try Data(contentsOf: folder.appending(path: path)) }

    func json(_ path: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: try read(path)) as? [String: Any] ?? [:]
    }

    /// Every file below a folder with its bytes.
    func files(in path: String) throws -> [String: Data] {
        let root = folder.appending(path: path)
        var files: [String: Data] = [:]
        for name in FileManager.default.enumerator(atPath: root.path)?.compactMap({ $0 as? String }) ?? [] {
            var isFolder: ObjCBool = false
            let file = root.appending(path: name)
            guard unsafe FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            files[name] = try Data(contentsOf: file)
        }
        return files
    }

    /// Captions of tables and names of charts that stand twice on a page: who hears the page cannot tell them apart.
    func namesakes(in path: String) throws -> [String] {
        try files(in: path).filter { $0.key.hasSuffix(".html") }.flatMap { path, bytes in
            let page = String(decoding: bytes, as: UTF8.self)
            let captions = page.matches(of: #/<caption[^>]*><span>(.*?)</span>/#).map(\.1)
            let charts = page.matches(of: #/<figcaption><strong>(.*?)</strong>/#).map(\.1)
            return [captions, charts].flatMap { names in
                Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.map { "\(path): \($0.key)" }
            }
        }.sorted()
    }

    /// When each file below a folder was last written.
    func dates(in path: String) throws -> [String: Date] {
        let root = folder.appending(path: path)
        var dates: [String: Date] = [:]
        for name in try files(in: path).keys {
            let attributes = try FileManager.default.attributesOfItem(atPath: root.appending(path: name).path)
            dates[name] = attributes[.modificationDate] as? Date
        }
        return dates
    }

    /// A configuration with few metrics, so that whole builds stay quick.
    static let configuration = """
        title: Small report
        time_zone: Europe/Berlin
        sources:
          sessions: {files: ["sessions*"], id: session_id, time: started_at}
          quality: {role: scores, files: ["quality*"], id: session_id}
          interventions: {role: interventions, files: [interventions.csv]}
          measurements: {role: measurements, files: [measurements.csv]}
        metrics:
          clinical_compliance: {source: quality, unit: score, range: [0, 1], direction: higher}
          response_time: {source: sessions, sum: [stt_ms, llm_ms, tts_ms], divide_by: 1000, unit: s, direction: lower}
          resolved: {source: sessions, proportion: true, direction: higher}
        dimensions:
          tier: {source: sessions}
        """
}

/// Runs a test in a workshop of its own.
func inWorkshop(_ body: (Workshop) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }  // a left-over folder fails no test
    try await body(Workshop(folder))
}
