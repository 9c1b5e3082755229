import Foundation
import Glibc

/// The program that is killed.
struct Program {
    let path: String

    /// A stage of a build and how long it usually takes.
    struct Stage {
        var name: String
        var seconds: Double
    }

    /// Runs it to its end.
    func run(_ arguments: [String], in folder: URL) throws -> (status: Int32, output: String, messages: String) {
        let (process, output, messages) = try started(arguments, in: folder)
        let lines = String(decoding: messages.readDataToEndOfFile(), as: UTF8.self)
        let text = String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, lines)
    }

    /// Starts it and kills it some seconds after a stage has ended (nil: after the start); false if it ended by itself.
    func kill(_ arguments: [String], in folder: URL, after stage: String?, seconds: Double) throws -> Bool {
        let (process, _, messages) = try started(arguments, in: folder)
        if let stage {
            var said = ""
            while !said.contains("\"stage\":\"\(stage)\"") {
                let data = messages.availableData
                if data.isEmpty { break }
                said += String(decoding: data, as: UTF8.self)
            }
        }
        usleep(UInt32(seconds * 1_000_000))
        _ = Glibc.kill(process.processIdentifier, SIGKILL)
        _ = messages.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
    }

    /// The stages of what a verbose build said.
    func stages(_ messages: String) -> [Stage] {
        messages.split(separator: "\n").compactMap { line in
            guard let fields = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],  // no stage
                let name = fields["stage"] as? String, let milliseconds = fields["milliseconds"] as? Int
            else { return nil }
            return Stage(name: name, seconds: Double(milliseconds + 1) / 1000)
        }
    }

    private func started(
        _ arguments: [String], in folder: URL
    ) throws -> (Process, output: FileHandle, messages: FileHandle) {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        return (process, output.fileHandleForReading, messages.fileHandleForReading)
    }
}
