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

    @OptionGroup var options: ArchiveQuestionOptions

    func run() async throws {
        var request = LearnersRequest(what: what, configuration: options.config, archive: options.archive)
        request.learner = learner
        request.asOf = options.asOf
        request.format = options.format
        try leave(
            with: await answerLearners(request, in: surroundings(), messages: options.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}
