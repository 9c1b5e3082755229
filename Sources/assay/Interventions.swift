import ArgumentParser
import Foundation
import Pipeline

/// `assay interventions`
struct Interventions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The register of deliberate changes that the improvement analysis reads.",
        discussion: """
            Every change is kept as a delivery: `assay history list` shows it, `assay history undo` takes it back. An export of the \
            register that is delivered later holds over it.
            """,
        subcommands: [List.self, Add.self, Start.self, Measure.self, Complete.self, Cancel.self],
        defaultSubcommand: List.self)

    /// Which register, and how it is spoken of.
    struct Common: ParsableArguments {
        @Option(help: ArgumentHelp("The configuration (default: assay.yaml here).", valueName: "file"))
        var config: String?

        @Option(
            help: ArgumentHelp(
                "The archive (default: .assay/archive.sqlite beside the configuration).", valueName: "file"))
        var archive: String?

        @OptionGroup var messages: MessageOptions

        func run(
            _ change: InterventionRequest.Change?, on day: String? = nil, format: AnswerFormat = .text,
            kind: String? = nil, metric: String? = nil
        ) async throws {
            let request = InterventionRequest(
                configuration: config, archive: archive, change: change, day: day, format: format, kind: kind,
                metric: metric)
            try leave(
                with: await interventions(request, in: surroundings(), messages: messages.messages) { bytes in
                    FileHandle.standardOutput.write(Data(bytes))
                })
        }
    }

    /// The day of a change.
    struct Dated: ParsableArguments {
        @Argument(help: "The id of the intervention.")
        var id: String

        @Option(help: ArgumentHelp("The day (default: today).", valueName: "YYYY-MM-DD"))
        var on: String?
    }

    /// `assay interventions list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the register.")

        @Option(help: "How it is printed: text, json, csv, markdown, html or ndjson.")
        var format: AnswerFormat = .text

        @Option(help: ArgumentHelp("Only those of this type.", valueName: "kind"))
        var type: String?

        @Option(
            name: [.customLong("metric"), .customLong("component")],
            help: ArgumentHelp("Only those that are meant to move this metric.", valueName: "metric"))
        var metric: String?

        @OptionGroup var common: Common

        func run() async throws { try await common.run(nil, format: format, kind: type, metric: metric) }
    }

    /// `assay interventions add`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enter a new intervention.",
            discussion: "It is planned before its start, completed after its end, and active between.")

        @Option(help: "What it is called.")
        var name: String

        @Option(help: ArgumentHelp("The metric that it is meant to move.", valueName: "metric"))
        var metric: String

        @Option(help: ArgumentHelp("The first day on which it applies.", valueName: "YYYY-MM-DD"))
        var start: String

        @Option(help: ArgumentHelp("The last day on which it is carried out.", valueName: "YYYY-MM-DD"))
        var end: String?

        @Option(
            help: ArgumentHelp("process_change, training, data_quality, system_update or your own.", valueName: "kind"))
        var type: String = "process_change"

        @Option(
            help: ArgumentHelp(
                "Where it applies, as dimension=value; may stand twice. Without one it applies to all records.",
                valueName: "dimension=value"))
        var scope: [String] = []

        @Option(
            parsing: .unconditional,
            help: ArgumentHelp("The change that is hoped for, in the metric’s unit.", valueName: "number"))
        var expected: Double?

        @Option(help: "Its id (default: INT_ with the start and a number).")
        var id: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run(
                .add(
                    .init(
                        id: id, name: name, kind: type, metric: metric, scope: scope, start: start, end: end,
                        expected: expected)))
        }
    }

    /// `assay interventions start ID`
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say that a planned one has begun.")

        @OptionGroup var dated: Dated
        @OptionGroup var common: Common

        func run() async throws { try await common.run(.start(dated.id), on: dated.on) }
    }

    /// `assay interventions complete ID`
    struct Complete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say that an active one was carried out.")

        @OptionGroup var dated: Dated
        @OptionGroup var common: Common

        func run() async throws { try await common.run(.complete(dated.id), on: dated.on) }
    }

    /// `assay interventions cancel ID`
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say that one was given up.")

        @OptionGroup var dated: Dated
        @OptionGroup var common: Common

        func run() async throws { try await common.run(.cancel(dated.id), on: dated.on) }
    }

    /// `assay interventions measure ID`
    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a value that somebody measured; the report computes its own beside it.")

        @OptionGroup var dated: Dated

        @Option(
            parsing: .unconditional,
            help: ArgumentHelp("The measured value, in the metric’s unit.", valueName: "number"))
        var current: Double

        @Option(parsing: .unconditional, help: ArgumentHelp("The value before.", valueName: "number"))
        var baseline: Double?

        @Option(name: .customLong("n"), help: ArgumentHelp("Records behind it.", valueName: "number"))
        var sampleSize: Int?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run(
                .measure(dated.id, .init(current: current, baseline: baseline, sampleSize: sampleSize)), on: dated.on)
        }
    }
}
