import ArgumentParser
import Foundation
import Pipeline

extension LearnersQuestion: ExpressibleByArgument {}

/// `assay learners`
struct Learners: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show progress, streaks, mastery, goals and achievements of learners.",
        discussion: """
            WHAT is list (the default), progress, streaks, mastery, goals, achievements, insights or all. The figures are \
            those of the pages; the archive is read and not changed.
            """)

    @Argument(help: "Which table.")
    var what: LearnersQuestion = .list

    @Option(help: ArgumentHelp("Only this learner, as pages name them.", valueName: "learner"))
    var learner: String?

    @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp("The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "The day that is described: YYYY-MM-DD, today, yesterday or newest (the default).", valueName: "date"))
    var asOf: String?

    @Option(help: "How the answer is printed: text, json, csv, markdown, html or ndjson.")
    var format: AnswerFormat = .text

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        var request = LearnersRequest(what: what, configuration: config, archive: archive)
        request.learner = learner
        request.asOf = asOf
        request.format = format
        try leave(
            with: await answerLearners(request, in: surroundings(), messages: messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}
