import ArgumentParser
import Foundation
import Pipeline

/// `assay gate`
struct Gate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether results of tests allow to go ahead.",
        discussion: """
            FILES are JUnit reports or JSON, NDJSON and CSV with results, also compressed; without any, the archive is \
            judged. Rules stand under `validation` in the configuration.

            Exit codes: 0 ready, 1 conditionally ready, 2 not ready, 3 it could not be told.
            """)

    @Argument(help: "Files, folders or patterns with results of tests.")
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "What newly failing and fixed tests are told from: a file, or the id or day of a run (default: the run before).",
            valueName: "run|file"))
    var against: String?

    @Option(help: ArgumentHelp("Only the results of this source.", valueName: "source"))
    var source: String?

    @OptionGroup var options: ArchiveQuestionOptions

    func run() async throws {
        let request = GateRequest(
            exports: files, configuration: options.config, archive: options.archive, against: against,
            asOf: options.asOf, source: source, timeZone: options.timeZone, format: options.format)
        let status = await gate(request, in: surroundings(), messages: options.messages.messages) { bytes in
            FileHandle.standardOutput.write(Data(bytes))
        }
        if status != .ready { throw ExitCode(status.rawValue) }
    }
}
