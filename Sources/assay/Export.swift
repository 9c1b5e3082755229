import ArgumentParser
import Foundation
import Pipeline

/// `assay export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print any table of a run.",
        discussion: """
            assay export --list
            assay export findings
            assay export trend.accuracy.all.series --run 2026-11-12 --format json
            assay export trend.accuracy.all.series --format markdown

            TABLE is the name of a file of exports/ without its ending, or the path of a list in summary.json. The default \
            format is CSV.
            """)

    @Argument(help: "The table.")
    var table: String?

    @Flag(help: "List the tables of the run.")
    var list = false

    @Option(
        help: ArgumentHelp(
            "The run: a day, the id of a run, latest (the default) or previous.", valueName: "run"))
    var run = "latest"

    @Option(help: ArgumentHelp("The site (default: Output, or as configured).", valueName: "folder"))
    var output: String?

    @Option(help: "How the table is printed: csv (the default), json, markdown, text, html or ndjson.")
    var format: AnswerFormat?

    @OptionGroup var options: History.ArchiveOptions

    func validate() throws {
        if table == nil, !list { throw ValidationError("Name a table, or give --list.") }
        if table != nil, list { throw ValidationError("--list takes no table.") }
    }

    func run() async throws {
        var request = ExportRequest(
            table, configuration: options.config, archive: options.archive, output: output)
        request.run = run
        request.format = format
        try leave(
            with: await export(request, in: surroundings(), messages: options.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}
