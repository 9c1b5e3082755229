import ArgumentParser
import Pipeline

/// `assay sample`
struct Sample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write seeded exports with planted effects and a truth file.",
        discussion: "The same options write the same bytes.")

    @Option(help: ArgumentHelp("The folder to write into; made if it is not there.", valueName: "folder"))
    var into: String

    @Option(help: ArgumentHelp("How many sessions.", valueName: "n"))
    var sessions = 9_000

    @Option(help: ArgumentHelp("How many days.", valueName: "n"))
    var days = 90

    @Option(help: ArgumentHelp("The last day.", valueName: "date"))
    var end = "2026-11-19"

    @Option(help: ArgumentHelp("The seed.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: "The format of the session and quality files: csv or ndjson.")
    var format = "csv"

    @Option(help: "How they are split into files: day, month or whole.")
    var split = "month"

    @Option(help: ArgumentHelp("The zone in which sessions start.", valueName: "zone"))
    var timeZone = "Europe/Berlin"

    @Flag(help: "Write sessions of a voice service with planted incidents, too.")
    var voice = false

    @Option(
        help: ArgumentHelp(
            "Write sessions of so many learners with planted streaks, mastery and goals, and their goals, too.",
            valueName: "n"))
    var learners = 0
    @Flag(name: .customLong("people"), help: "Write people of a behaviour service with planted cohorts, too.")
    var hasPeople = false

    @Flag(help: "Write points of health metrics and a pipeline log with planted incidents, too.")
    var health = false

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        var request = SampleRequest(
            folder: into, sessions: sessions, days: days, end: end, seed: seed, format: format, split: split,
            timeZone: timeZone)
        request.hasVoice = voice
        request.learners = learners
        request.hasPeople = hasPeople
        request.hasHealth = health
        try leave(with: await writeSample(request, in: surroundings(), messages: messages.messages))
    }
}
