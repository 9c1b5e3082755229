import ArgumentParser
import Foundation
import Pipeline

/// `assay diff`
struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what changed between two runs.",
        discussion: """
            assay diff previous latest
            assay diff 2026-11-12 2026-11-19 --format markdown

            A run is a day (its newest run), the id of a run, latest, previous, or a file with a summary. Findings and alerts \
            that are new or gone, means that moved with their effect size, tests that newly fail or are fixed, and days that \
            were corrected since. Signs are later − earlier: the second run minus the first.
            """)

    @Argument(help: "The run to compare with.")
    var first: String

    @Argument(help: "The run that is described.")
    var second: String

    @Option(
        help: ArgumentHelp(
            "Leave with 10 if a new finding for the worse or a new alert has at least this severity: note, warning or critical.",
            valueName: "severity"))
    var failOn: AlertSeverity?

    @Option(help: "How the answer is printed: text, json, csv, markdown, html or ndjson.")
    var format: AnswerFormat = .text

    @OptionGroup var options: History.ArchiveOptions

    func run() async throws {
        var request = DiffRequest(first, second, configuration: options.config, archive: options.archive)
        request.format = format
        request.failOn = failOn
        try leave(
            with: await diff(request, in: surroundings(), messages: options.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}
