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

    @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp("The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "What newly failing and fixed tests are told from: a file, or the id or day of a run (default: the run before).",
            valueName: "run|file"))
    var against: String?

    @Option(help: ArgumentHelp("Only the results of this source.", valueName: "source"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "The day that is judged: YYYY-MM-DD, today, yesterday or newest (the default).", valueName: "date"))
    var asOf: String?

    @Option(help: "How the answer is printed: text, json, csv, markdown, html or ndjson.")
    var format: AnswerFormat = .text

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        let request = GateRequest(
            exports: files, configuration: config, archive: archive, against: against, asOf: asOf, source: source,
            format: format)
        let status = await gate(request, in: surroundings(), messages: messages.messages) { bytes in
            FileHandle.standardOutput.write(Data(bytes))
        }
        if status != .ready { throw ExitCode(status.rawValue) }
    }
}
