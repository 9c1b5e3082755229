import Archive
import Diagnostics
import Foundation
import Model
import Report

/// What `assay export` is asked.
public struct ExportRequest: Sendable {
    /// The name of the table; nil lists all.
    public var table: String?
    /// The run: a day, an id, `latest` or `previous`.
    public var run = "latest"
    /// The configuration; nil for `assay.yaml` here, if there is one.
    public var configuration: String?
    /// The archive; nil for the configured one.
    public var archive: String?
    /// The site; nil for the configured one.
    public var output: String?
    /// How the answer is printed; nil for CSV, or text for the list.
    public var format: AnswerFormat?

    /// Names a table; nil lists all.
    public init(_ table: String?, configuration: String? = nil, archive: String? = nil, output: String? = nil) {
        self.table = table
        self.configuration = configuration
        self.archive = archive
        self.output = output
    }
}

/// `assay export`: a table of a run, as the run published it.
///
/// - Parameter print: where the table goes, standard output for a command.
public func export(
    _ request: ExportRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let archive = try readArchive(
            HistoryRequest(configuration: request.configuration, archive: request.archive), in: surroundings)
        let run = try archive.run(called: request.run)
        guard let summary = try archive.summary(ofRun: run.id).flatMap(JSONValue.init(reading:)) else {
            throw Failure(.failed, "the summary of run \(run.id) cannot be read")
        }
        let output = try outputFolder(request, in: surroundings)
        let folder = output + "/runs/\(run.asOf.iso)"
        var files = publishedTables(folder, of: summary)
        // The series of all runs stand once, as the newest run has them.
        if try archive.run(called: "latest").id == run.id {
            files?.merge(tables(in: output + "/series", called: "series/")) { own, _ in own }
        }
        let tables = RunTables(files: files ?? [:], summary: summary)
        if files == nil {
            messages.say(
                .diagnostic(
                    Diagnostic(
                        .note, "\(folder): the run's folder is not there or is another run's; only its summary is read",
                        fix: "Name the site with --output.")))
        }
        guard let name = request.table else {
            return print(tables.list(run: "run of \(run.asOf.iso)").bytes(request.format ?? .text))
        }
        if let bytes = tables.file(name), (request.format ?? .csv) == .csv { return print(bytes) }
        guard let sheet = tables.answer(name, run: "run of \(run.asOf.iso)") else {
            let near = nearestName(to: name, among: tables.names).map { "Did you mean `\($0)`? " } ?? ""
            throw Failure(
                .usage, "the run of \(run.asOf.iso) has no table `\(name)`",
                fix: near + "`assay export --list` shows all.")
        }
        print(sheet.bytes(request.format ?? .csv))
    }
}

/// The CSV files of a run's folder by name; nil where the folder does not hold that run.
private func publishedTables(_ folder: String, of summary: JSONValue) -> [String: [UInt8]]? {
    guard let published = FileManager.default.contents(atPath: folder + "/summary.json"),
        JSONValue(reading: Array(published)) == summary
    else { return nil }
    return tables(in: folder + "/exports", called: "")
}

/// The CSV files below a folder by their names, with something before them.
private func tables(in folder: String, called start: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
        guard name.hasSuffix(".csv"), let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
        else { continue }
        files[start + name.dropLast(4)] = Array(data)
    }
    return files
}

private func outputFolder(_ request: ExportRequest, in surroundings: Surroundings) throws -> String {
    let options = SettingsOptions(
        configuration: request.configuration, output: request.output, archive: request.archive)
    guard try Settings.configurationPath(options, surroundings) != nil else {
        return surroundings.absolute(request.output ?? "Output")
    }
    return try Settings.resolve(options, exports: [], in: surroundings).output
}
