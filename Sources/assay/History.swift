import ArgumentParser
import Foundation
import Pipeline

/// `assay history`
struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What the archive holds; taking deliveries out, pruning, checking and copying it.",
        subcommands: [List.self, Show.self, Undo.self, Prune.self, Verify.self, Backup.self, Forget.self],
        defaultSubcommand: List.self)

    /// Which archive.
    struct ArchiveOptions: ParsableArguments {
        @Option(help: ArgumentHelp("The configuration (default: assay.yaml here, if there is one).", valueName: "file"))
        var config: String?

        @Option(
            help: ArgumentHelp(
                "The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
        var archive: String?

        @OptionGroup var messages: MessageOptions

        var request: HistoryRequest { HistoryRequest(configuration: config, archive: archive) }
    }

    /// How the answer is printed.
    struct PrintOptions: ParsableArguments {
        @Option(help: "How the answer is printed: text (tab-separated lines) or json.")
        var format: HistoryFormat = .text

        func applied(to request: HistoryRequest) -> HistoryRequest {
            var request = request
            request.format = format
            return request
        }
    }

    /// `assay history list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List deliveries with their files, rows and rejects.")

        @OptionGroup var printed: PrintOptions
        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            try leave(
                with: await listHistory(
                    printed.applied(to: options.request), in: surroundings(), messages: options.messages.messages,
                    print: write))
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

    /// `assay history show DELIVERY|RUN`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is remembered of a delivery or a run.",
            discussion: "Lines of tab-separated fields, the first of which says what the line is.")

        @Argument(help: "A delivery's number, a run's id, or the day of a run.")
        var subject: String

        @OptionGroup var printed: PrintOptions
        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            try leave(
                with: await showHistory(
                    subject, printed.applied(to: options.request), in: surroundings(),
                    messages: options.messages.messages, print: write))
        }
    }

    /// `assay history prune`
    struct Prune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drop rows past the retention; daily figures and summaries stay.",
            discussion: """
                Afterwards late rows and corrections of these days are refused (pruned_day), deliveries with rows there \
                cannot be taken out, and metrics that are added later stay missing on them. Make a backup first.
                """)

        @Option(
            help: ArgumentHelp(
                "For how many days up to the newest rows are kept (default: retention.row_days).", valueName: "n"))
        var rowDays: Int?

        @Flag(help: "Say what would be dropped and write nothing.")
        var dryRun = false

        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            let request = PruneRequest(options.request, rowDays: rowDays, isDryRun: dryRun)
            try leave(with: await pruneHistory(request, in: surroundings(), messages: options.messages.messages))
        }
    }

    /// `assay history verify`
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for damage and tampering (exit 1 where there is any).",
            discussion: """
                Checks SQLite's structures and references, the hash of every day's figures, a sample of days against \
                their rows, and the audit trail against itself and what it speaks of.
                """)

        @Option(help: ArgumentHelp("How many days are computed again from their rows.", valueName: "n"))
        var days = 30

        @Option(
            help: ArgumentHelp(
                "An audit head that was noted earlier and must still be in the trail.", valueName: "hash"))
        var head: String?

        @OptionGroup var printed: PrintOptions
        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            try leave(
                with: await verifyHistory(
                    printed.applied(to: options.request), sampled: days, head: head, in: surroundings(),
                    messages: options.messages.messages, print: write))
        }
    }

    /// `assay history backup FILE`
    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a consistent, checked copy of the archive.",
            discussion: "It may run beside a build. To restore it, put the copy in the archive's place.")

        @Argument(help: "The file to write; it must not be there yet.")
        var file: String

        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            try leave(
                with: await backUpHistory(
                    to: file, options.request, in: surroundings(), messages: options.messages.messages))
        }
    }
}

extension History {
    /// `assay history forget USER`
    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase a person from rows, figures and summaries, and prove it.",
            discussion: """
                The id is the one that exports write; it is found by its pseudonym, so the key of pseudonyms is needed. \
                Days are computed again, published runs made again; what cannot be is noted. Later exports of the person \
                are dropped. The audit trail records the erasure without the identity. Backups are not touched.
                """)

        @Argument(help: "The person's id as exports write it.")
        var user: String

        @Option(help: ArgumentHelp("The folder of the site (default: that of the configuration).", valueName: "folder"))
        var output: String?

        @OptionGroup var printed: PrintOptions
        @OptionGroup var options: ArchiveOptions

        func run() async throws {
            let request = HistoryRequest(configuration: options.config, archive: options.archive, output: output)
            try leave(
                with: await forgetPerson(
                    user, printed.applied(to: request), in: surroundings(), messages: options.messages.messages,
                    print: write))
        }
    }
}

extension HistoryFormat: ExpressibleByArgument {}

/// Writes requested data to standard output.
private func write(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }
