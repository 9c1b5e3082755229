import ArgumentParser
import Diagnostics
import Foundation
import Pipeline

/// How the command speaks on standard error.
struct MessageOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but warnings and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say how long each stage took.")
    var verbose = false

    @Option(help: "How messages are written: text or json (one object a line).")
    var logFormat: LogFormat = .text

    /// The forms of a message.
    enum LogFormat: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    /// Where the run's messages go.
    var messages: MessageSink {
        let level: MessageLevel = quiet ? .quiet : verbose ? .verbose : .normal
        let isJSON = logFormat == .json
        // A line that is written over is for a person who watches; what follows it begins on a clean line.
        let isWatched = !isJSON && isatty(STDERR_FILENO) == 1
        let show: @Sendable (String) -> Void = { line in
            FileHandle.standardError.write(Data(("\r\u{1B}[K" + line).utf8))
        }
        return MessageSink(level: level, show: isWatched ? show : nil) { message in
            let line = isJSON ? message.json(at: Date().formatted(.iso8601)) : message.text
            FileHandle.standardError.write(Data(((isWatched ? "\r\u{1B}[K" : "") + line + "\n").utf8))
        }
    }
}

/// What the machine tells the command: the day, the folder, who runs it. Read once, here.
func surroundings() -> Surroundings {
    let now = Date()
    var surroundings = Surroundings(
        secondsSince1970: Int64(now.timeIntervalSince1970),
        folder: FileManager.default.currentDirectoryPath,
        program: URL(filePath: CommandLine.arguments.first ?? "assay").resolvingSymlinksInPath().path,
        executable: Bundle.main.executablePath,
        templates: ProcessInfo.processInfo.environment["ASSAY_TEMPLATES"],
        host: ProcessInfo.processInfo.hostName,
        process: ProcessInfo.processInfo.processIdentifier, cores: ProcessInfo.processInfo.activeProcessorCount)
    surroundings.privacyKey = ProcessInfo.processInfo.environment["ASSAY_PRIVACY_KEY"]
    return surroundings
}

/// Leaves with the exit code of the contract.
func leave(with status: ExitStatus) throws {
    if status != .done { throw ExitCode(status.rawValue) }
}
