import Diagnostics
import Foundation
import Ingest

/// `assay serve`: builds, hands the site's folder to whoever shows it, and builds again whenever exports, configuration or
/// templates change. It knows nothing of how the folder is shown.
///
/// - Parameters:
///   - surroundings: asked anew for each build.
///   - start: begins to show a folder and says where.
///   - hasEnded: asked twice a second.
public func preview(
    _ request: BuildRequest, in surroundings: @Sendable () -> Surroundings, messages: MessageSink,
    start: (_ folder: String) throws -> String, until hasEnded: () -> Bool
) async -> ExitStatus {
    await reporting(to: messages) {
        let inputs = try WatchedInputs(request, in: surroundings())
        messages.say(.outcome("Preview at \(try start(inputs.output)), for this machine only; Ctrl-C ends it."))
        var seen: [String: String]?
        while !hasEnded() {
            let state = inputs.state
            if state != seen, inputs.canBuild {
                seen = state
                // What is wrong is said, and the site that stands is shown on.
                _ = await build(request, in: surroundings(), messages: messages)
            }
            try await Task.sleep(for: .milliseconds(500))
        }
        messages.say(.outcome("The preview has ended."))
    }
}

/// What a build reads, as far as a preview has to watch it.
struct WatchedInputs {
    /// The folder of the site.
    let output: String
    /// Whether there is anything to build from; without it the folder is only shown.
    let canBuild: Bool
    private let request: BuildRequest
    private let surroundings: Surroundings

    init(_ request: BuildRequest, in surroundings: Surroundings) throws {
        self.request = request
        self.surroundings = surroundings
        let configuration = try Settings.configurationPath(request.options, surroundings)
        canBuild = configuration != nil || !request.exports.isEmpty
        guard canBuild else {
            output = surroundings.absolute(request.options.output ?? "Output")
            guard FileManager.default.fileExists(atPath: output + "/index.html") else {
                throw Failure(
                    .inputMissing, "\(output): there is no site to show",
                    fix: "Name a folder of exports, a configuration with --config, or a site with --output.")
            }
            return
        }
        let exports = try exportFiles(request.exports, in: surroundings)
        output = try Settings.resolve(request.options, exports: exports, in: surroundings).output
    }

    /// Every watched file with its length and date. A configuration that is wrong at the moment names no exports.
    var state: [String: String] {
        let named = (try? exportFiles(request.exports, in: surroundings)) ?? []  // they may be on their way
        let settings = try? Settings.resolve(request.options, exports: named, in: surroundings)  // as said above
        let own = named.isEmpty ? (try? settings?.ownFiles()) ?? [] : named  // as said above
        var paths = own.compactMap { file in if case .file(let path) = file.source { path } else { nil } }
        let configuration = try? Settings.configurationPath(request.options, surroundings)  // it may be gone
        if let configuration { paths.append(configuration) }
        for folder in [surroundings.templates, settings?.userTemplates].compactMap({ $0 }) {
            paths += (FileManager.default.enumerator(atPath: folder) ?? .init()).compactMap { $0 as? String }
                .map { folder + "/" + $0 }
        }
        return Dictionary(
            paths.map { path in (path, SeenFile.Mark(path).map { "\($0.bytes) \($0.written) \($0.inode)" } ?? "") }
        ) { first, _ in first }
    }
}
