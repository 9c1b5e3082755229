import ArgumentParser
import Pipeline

/// `assay init`
struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at exports and propose a commented assay.yaml.",
        discussion: "Nothing is overwritten: with --print the proposal goes to standard output.")

    @Argument(help: "Files, folders or patterns to look at.")
    var exports: [String] = []

    @Option(help: ArgumentHelp("Where the proposal goes (default: assay.yaml).", valueName: "file"))
    var config: String?

    @Flag(help: "Print the proposal instead of writing it.")
    var print = false

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        let request = ProposalRequest(exports: exports, configuration: config, printsOnly: print)
        try leave(with: await propose(request, in: surroundings(), messages: messages.messages))
    }
}
