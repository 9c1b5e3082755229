import Diagnostics
import Foundation
import Ingest
import Model

/// `assay init`: proposes a configuration from exports.
public func propose(_ request: ProposalRequest, in surroundings: Surroundings, messages: MessageSink) async
    -> ExitStatus
{
    await reporting(to: messages) {
        guard !request.exports.isEmpty else {
            throw Failure(.usage, "there is no file to look at", fix: "Name files or a folder of exports.")
        }
        let files = try exportFiles(request.exports, in: surroundings)
        let survey = try ExportSurvey(of: files)
        messages.say(survey.notes)
        let name = request.configuration ?? "assay.yaml"
        let path = surroundings.absolute(name)
        let text = ConfigurationText(survey: survey, folders: folders(of: files, from: path)).text
        if request.printsOnly {
            FileHandle.standardOutput.write(Data(text.utf8))
            return
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Failure(.cannotWrite, "\(name) is there already", fix: "Remove it, or use --print.")
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw Failure(.cannotWrite, "\(name): cannot be written: \(error.localizedDescription)")
        }
        let keys = PrivacyKeyPlace(path: surroundings.absolute(".assay/privacy.key"), isNamed: false)
        if let made = try keys.make() { messages.say([made]) }
        let build = request.configuration.map { "assay build --config \($0)" } ?? "assay build"
        messages.say(.outcome("Wrote \(name). Read it, correct it, then run `\(build)`."))
    }
}

/// The folder of each file as a pattern begins: relative to the configuration where it lies below it, with a slash at the end.
private func folders(of files: [ExportFile], from configuration: String) -> [String: String] {
    let own = URL(filePath: configuration).deletingLastPathComponent().path
    let base = own.hasSuffix("/") ? own : own + "/"
    return files.reduce(into: [:]) { folders, file in
        guard case .file(let path) = file.source, path.hasSuffix(file.name) else { return }
        let folder = String(path.dropLast(file.name.count))
        folders[file.name] = folder.hasPrefix(base) ? String(folder.dropFirst(base.count)) : folder
    }
}
