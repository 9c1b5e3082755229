import ArgumentParser
import Pipeline

/// `assay history`
struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What the archive holds, and taking a delivery out again.",
        subcommands: [List.self, Undo.self], defaultSubcommand: List.self)

    /// Which archive.
    struct ArchiveOptions: ParsableArguments {
        @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
        var config: String?

        @Option(
            help: ArgumentHelp(
                "The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
        var archive: String?

        @OptionGroup var messages: MessageOptions
    }

    /// `assay history list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List deliveries with their files, rows and rejects.")

        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            let request = HistoryRequest(configuration: options.config, archive: options.archive)
            try leave(with: await listHistory(request, in: surroundings(), messages: options.messages.messages))
        }
    }

    /// `assay history undo DELIVERY`
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a delivery out again.",
            discussion: "Exactly the days that it touched are recomputed; the next build publishes them.")

        @Argument(help: "The delivery's number, as `assay history list` shows it.")
        var delivery: Int64

        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            let request = HistoryRequest(configuration: options.config, archive: options.archive)
            try leave(
                with: await undoDelivery(delivery, request, in: surroundings(), messages: options.messages.messages))
        }
    }
}
