import ArgumentParser
import Pipeline

/// `assay check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate configuration, templates and exports without writing.",
        discussion:
            "Every problem is named with file, line and column, what was found, what was expected and what to do.")

    @Argument(help: "Files, folders or patterns to read.")
    var exports: [String] = []

    @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
    var config: String?

    @Flag(help: "Count any rejected row as a failure (exit 65).")
    var strict = false

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        let request = CheckRequest(exports: exports, configuration: config, isStrict: strict)
        try leave(with: await check(request, in: surroundings(), messages: messages.messages))
    }
}
