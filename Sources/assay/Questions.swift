import ArgumentParser
import Foundation
import Pipeline

/// A command that answers one question from any file.
protocol QuestionCommand: AsyncParsableCommand {
    /// What it asks.
    static var kind: QuestionRequest.Kind { get }
    /// What all questions take.
    var input: QuestionOptions { get }
    /// Puts in what only this question takes.
    func fill(_ request: inout QuestionRequest)
}

extension QuestionCommand {
    func fill(_ request: inout QuestionRequest) {}

    func run() async throws {
        var request = input.request(Self.kind)
        fill(&request)
        try leave(
            with: await ask(request, in: surroundings(), messages: input.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}

extension AnswerFormat: ExpressibleByArgument {}

/// Options of every question.
struct QuestionOptions: ParsableArguments {
    @Argument(help: "Files, folders or patterns to read (CSV, JSON, NDJSON; .gz, .zst), or - for standard input.")
    var files: [String] = []

    @Option(name: [.long], help: ArgumentHelp("The column of values; may stand several times.", valueName: "column"))
    var value: [String] = []

    @Option(help: ArgumentHelp("The column of time (default: the one that looks like it).", valueName: "column"))
    var time: String?

    @Option(
        help: ArgumentHelp(
            "A column to group by (trend, distribution, compare); may stand several times.", valueName: "column"))
    var by: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only rows with these values: column=value,value; may stand several times.", valueName: "filter"))
    var `where`: [String] = []

    @Option(help: ArgumentHelp("Only these values of the column tier.", valueName: "a,b"))
    var tiers: String?

    @Option(
        help: ArgumentHelp(
            "Only these values of the column dataset (or dataset_name, dataset_source).", valueName: "a,b"))
    var datasets: String?

    @Option(help: ArgumentHelp("Only the newest days.", valueName: "n"))
    var days: Int?

    @Option(help: ArgumentHelp("The zone of stamps without one (default: UTC).", valueName: "zone"))
    var timeZone: String?

    @Option(
        help: ArgumentHelp(
            "How stamps are written: auto, iso, dmy, mdy, epoch, epoch_s, epoch_ms, epoch_us, epoch_ns.",
            valueName: "format"))
    var timeFormat: String?

    @Option(help: ArgumentHelp("The level of intervals.", valueName: "share"))
    var level: Double?

    @Option(help: ArgumentHelp("Rows that a group needs.", valueName: "n"))
    var minimum: Int?

    @Flag(help: "Refuse input that is too small to rest decisions on (exit 65).")
    var strict = false

    @Option(help: "How the answer is printed: text, json, csv, markdown, html or ndjson.")
    var format: AnswerFormat = .text

    @OptionGroup var messages: MessageOptions

    func validate() throws {
        if let days, days < 1 { throw ValidationError("--days takes a number of days from 1 on.") }
        if let level, !(level > 0 && level < 1) { throw ValidationError("--level lies between 0 and 1.") }
        if let minimum, minimum < 2 { throw ValidationError("--minimum is at least 2.") }
    }

    func request(_ kind: QuestionRequest.Kind) -> QuestionRequest {
        var request = QuestionRequest(kind)
        request.exports = files
        request.values = value
        request.time = time
        request.by = by
        request.filters = `where`
        request.tiers = tiers
        request.datasets = datasets
        request.days = days
        request.timeZone = timeZone
        request.timeFormat = timeFormat
        request.level = level
        request.minimum = minimum
        request.isStrict = strict
        request.format = format
        return request
    }
}

/// Options of questions about a series.
struct SeriesOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What a step is: day, week, month, quarter or row; a number is the steps in a season.", valueName: "period")
    )
    var period: String?

    @Option(help: ArgumentHelp("Steps in a season (default: what the spacing suggests).", valueName: "n"))
    var season: Int?

    func validate() throws {
        if let season, season < 1 { throw ValidationError("--season is at least 1.") }
    }

    func fill(_ request: inout QuestionRequest) {
        request.period = period
        request.season = season
    }
}

/// `assay trend`
struct Trend: QuestionCommand {
    static let kind = QuestionRequest.Kind.trend
    static let configuration = CommandConfiguration(
        abstract: "Whether and how a column moves.",
        discussion: """
            assay trend scores.csv --time created_at --value accuracy --by tier

            Slope with an interval that allows for autocorrelation, Theil–Sen, Mann–Kendall, seasons (seasonal Mann–Kendall and \
            STL among them), shifts and bends, and unusual periods.
            """)
    @OptionGroup var input: QuestionOptions
    @OptionGroup var series: SeriesOptions
    @Option(help: ArgumentHelp("Periods to forecast.", valueName: "n")) var horizon: Int?

    func fill(_ request: inout QuestionRequest) {
        series.fill(&request)
        request.horizon = horizon
    }
}

/// `assay distribution`
struct Distribution: QuestionCommand {
    static let kind = QuestionRequest.Kind.distribution
    static let configuration = CommandConfiguration(
        abstract: "How a column is spread: moments, quantiles, normality, shape, outliers.")
    @OptionGroup var input: QuestionOptions
}

/// `assay compare`
struct Compare: QuestionCommand {
    static let kind = QuestionRequest.Kind.compare
    static let configuration = CommandConfiguration(
        abstract: "How groups differ.",
        discussion: """
            assay compare scores.csv --value accuracy --by tier
            assay compare scores.csv --value accuracy --by arm --paired-by learner
            assay compare scores.csv --value accuracy --value coherence      (columns of the same rows, paired)

            Omnibus tests, pairs with Holm's correction, Tukey–Kramer, Games–Howell and Dunn beside them, and the smallest \
            difference that each pair could show.
            """)
    @OptionGroup var input: QuestionOptions
    @Option(help: ArgumentHelp("Pair rows of two groups that share a value of this column.", valueName: "column"))
    var pairedBy: String?
    @Option(
        help: ArgumentHelp("The chance of finding a difference that the last table is made for.", valueName: "share"))
    var power = 0.8

    func validate() throws {
        if !(power > 0.05 && power < 1) {
            throw ValidationError("--power lies between 0.05, the level of the test, and 1.")
        }
    }

    func fill(_ request: inout QuestionRequest) {
        request.pairedBy = pairedBy
        request.power = power
    }
}

/// `assay correlate`
struct Correlate: QuestionCommand {
    static let kind = QuestionRequest.Kind.correlate
    static let configuration = CommandConfiguration(
        abstract: "Which columns go together: Pearson, Spearman, Kendall with corrected p.")
    @OptionGroup var input: QuestionOptions
}

/// `assay improve`
struct Improve: QuestionCommand {
    static let kind = QuestionRequest.Kind.improve
    static let configuration = CommandConfiguration(
        abstract: "What changed at a day: before and after, level and slope, control group.",
        discussion:
            "assay improve scores.csv --time created_at --value accuracy --at 2026-10-01 --scope tier=professional")
    @OptionGroup var input: QuestionOptions
    @Option(help: ArgumentHelp("The first day of the change.", valueName: "date")) var at: String
    @Option(help: ArgumentHelp("The group that was changed; the others serve as control.", valueName: "column=value"))
    var scope: String?
    @Option(
        parsing: .unconditional, help: ArgumentHelp("The change that was hoped for.", valueName: "number"))
    var expected: Double?

    func fill(_ request: inout QuestionRequest) {
        request.at = at
        request.scope = scope
        request.expected = expected
    }
}

/// `assay anomalies`
struct Anomalies: QuestionCommand {
    static let kind = QuestionRequest.Kind.anomalies
    static let configuration = CommandConfiguration(
        abstract: "Which steps are unusual for what the series led us to expect.",
        discussion:
            """
            Each step is judged by what came before it alone; the first 10 values are only learnt from. With --format csv or \
            ndjson every row of the input gets one: time, value, expected, low, high, score, anomaly, judged, the step that it was \
            averaged into (step, step_value) and the reason why it was not judged.
            """)
    @OptionGroup var input: QuestionOptions
    @OptionGroup var series: SeriesOptions

    func fill(_ request: inout QuestionRequest) { series.fill(&request) }
}

/// `assay changepoints`
struct ChangePoints: QuestionCommand {
    static let kind = QuestionRequest.Kind.changepoints
    static let configuration = CommandConfiguration(
        commandName: "changepoints", abstract: "Where the level or the slope of a series changes.",
        discussion:
            "Each change stands after correction for the number of steps; errors may depend on the step before.")
    @OptionGroup var input: QuestionOptions
    @OptionGroup var series: SeriesOptions

    func fill(_ request: inout QuestionRequest) { series.fill(&request) }
}

/// `assay forecast`
struct Forecast: QuestionCommand {
    static let kind = QuestionRequest.Kind.forecast
    static let configuration = CommandConfiguration(
        abstract: "What comes next, with prediction intervals and how well it did in the past.")
    @OptionGroup var input: QuestionOptions
    @OptionGroup var series: SeriesOptions
    @Option(help: ArgumentHelp("Steps to forecast.", valueName: "n")) var horizon = 14

    func validate() throws {
        if !(1...10_000).contains(horizon) { throw ValidationError("--horizon takes a number from 1 to 10000.") }
    }

    func fill(_ request: inout QuestionRequest) {
        series.fill(&request)
        request.horizon = horizon
    }
}

/// `assay cluster`
struct Cluster: QuestionCommand {
    static let kind = QuestionRequest.Kind.cluster
    static let configuration = CommandConfiguration(
        abstract: "Which rows are alike: k-means++ on standardised columns.")
    @OptionGroup var input: QuestionOptions
    @Option(
        name: [.customLong("k")],
        help: ArgumentHelp(
            "How many clusters (default: 1 unless the gap statistic speaks for more, then the best silhouette).",
            valueName: "n"))
    var clusters: Int?

    func validate() throws {
        if let clusters, clusters < 2 { throw ValidationError("--k is at least 2.") }
    }

    func fill(_ request: inout QuestionRequest) { request.clusters = clusters }
}
