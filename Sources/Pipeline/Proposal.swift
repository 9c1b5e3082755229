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
        let survey = try ExportSurvey(of: try exportFiles(request.exports, in: surroundings))
        messages.say(survey.notes)
        let text = ConfigurationText(survey: survey).text
        if request.printsOnly {
            FileHandle.standardOutput.write(Data(text.utf8))
            return
        }
        let name = request.configuration ?? "assay.yaml"
        let path = surroundings.absolute(name)
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
        let build = (["assay build"] + request.exports).joined(separator: " ")
        messages.say(.outcome("Wrote \(name). Read it, correct it, then run `\(build)`."))
    }
}
