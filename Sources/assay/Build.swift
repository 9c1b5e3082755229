import ArgumentParser
import Pipeline

extension AlertSeverity: ExpressibleByArgument {}
extension LearnerPages: ExpressibleByArgument {}

/// `assay build`
struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read exports, analyse them, publish the site.",
        discussion: """
            EXPORTS are files, folders, patterns such as 'exports/*.csv.gz', or - for standard input. Without any, the \
            configuration's sources are read.

            Exit codes: 0 done, 1 failed and nothing published, 10 an alert fires (with --fail-on), 11 no new data (with --require-new-data), 64 wrong usage, \
            65 input refused, 66 input missing, 69 archive or output cannot be written, 75 another run holds the lock, \
            78 configuration wrong.
            """)

    @OptionGroup var places: BuildPlaces

    @Option(
        help: ArgumentHelp(
            "The day to describe: YYYY-MM-DD, today, yesterday or newest (the default).", valueName: "date"))
    var asOf: String?

    @Option(help: ArgumentHelp("The zone of the report, such as Europe/Berlin (default: UTC).", valueName: "zone"))
    var timeZone: String?

    @Option(
        help: ArgumentHelp(
            "The language of the report: en, de or one of your own templates (default: as configured).",
            valueName: "code"))
    var language: String?

    @Flag(help: "Refuse the input if a row is rejected, or if records are too few for a report (exit 65).")
    var strict = false

    @Flag(help: "Leave with 11 if there is nothing new to read.")
    var requireNewData = false

    @Option(
        help: ArgumentHelp(
            "Leave with 10, after publishing, if an alert of at least this severity fires: note, warning or critical.",
            valueName: "severity"))
    var failOn: AlertSeverity?

    @Flag(help: "Do everything but write: neither archive nor site change.")
    var dryRun = false

    @Flag(
        help: "Write the report as one HTML file, too: report.html in the run's folder, at most 1 MB, loading nothing.")
    var singleFile = false

    @Flag(help: "Write the report as a PDF document, too: report.pdf in the run's folder.")
    var pdf = false

    @Flag(help: "Read files again that `assay history undo` has taken out.")
    var takeBack = false

    @Option(
        help: ArgumentHelp(
            "How many files and pages to work on at once (default: the number of cores).", valueName: "n"))
    var jobs: Int?

    @Option(help: "Which learners get pages of their own: none, top (the default) or all.")
    var learners: LearnerPages?

    @OptionGroup var messages: MessageOptions

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256.") }
    }

    func run() async throws {
        var request = BuildRequest(
            exports: places.exports, configuration: places.config, output: places.output, archive: places.archive,
            asOf: asOf, timeZone: timeZone,
            isStrict: strict, requiresNewData: requireNewData, isDryRun: dryRun, takesBack: takeBack, jobs: jobs)
        request.failOn = failOn
        request.language = language
        request.learners = learners
        request.hasOneFile = singleFile
        request.hasPDF = pdf
        try leave(with: await build(request, in: surroundings(), messages: messages.messages))
    }
}
