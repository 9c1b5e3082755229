import ArgumentParser
import Foundation
import Pipeline

/// Options of the commands that read the archive and answer.
struct ArchiveQuestionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp("The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "The day to look at: YYYY-MM-DD, today, yesterday or newest (the default).", valueName: "date"))
    var asOf: String?

    @Option(help: "The zone of the report, such as Europe/Berlin (default: as configured, else UTC).")
    var timeZone: String?

    @Option(help: "How the answer is printed: text, json, csv, markdown, html or ndjson.")
    var format: AnswerFormat = .text

    @OptionGroup var messages: MessageOptions

    var request: WatchRequest {
        WatchRequest(configuration: config, archive: archive, asOf: asOf, timeZone: timeZone, format: format)
    }
}

/// `assay alerts`
struct Alerts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge the alert rules for every night of the history.",
        discussion: """
            Reads the archive, never writes. Rules stand under `alerts` in the configuration; a run for an earlier day \
            (--as-of) shows what they said then, from the records as the archive knows them now.
            """)

    @Argument(help: "The exports that a build without a configuration has read; not needed with a configuration.")
    var exports: [String] = []

    @Option(help: ArgumentHelp("Only this rule; may stand several times.", valueName: "id"))
    var rule: [String] = []

    @Flag(help: "Also list alerts that are quiet.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "Leave with 10 if an alert of at least this severity fires: note, warning or critical.",
            valueName: "severity"))
    var failOn: AlertSeverity?

    @OptionGroup var options: ArchiveQuestionOptions

    func run() async throws {
        var request = options.request
        request.exports = exports
        request.rules = rule
        request.isComplete = all
        request.failOn = failOn
        try leave(
            with: await listAlerts(request, in: surroundings(), messages: options.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}

/// `assay kpi`
struct KPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Show the KPIs against their targets.",
        discussion: """
            Reads the archive, never writes. Ranges in hours end with the newest record of the day and need records \
            with a time of day.
            """)

    @Argument(help: "The exports that a build without a configuration has read; not needed with a configuration.")
    var exports: [String] = []

    @Option(
        help: ArgumentHelp(
            "The time to read: 1h, 6h, 24h, 7d, 30d or another number of hours or days (default: as configured).",
            valueName: "range"))
    var range: String?

    @OptionGroup var options: ArchiveQuestionOptions

    func run() async throws {
        var request = options.request
        request.exports = exports
        request.range = range
        try leave(
            with: await showKPIs(request, in: surroundings(), messages: options.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}
