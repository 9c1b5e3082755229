import Analysis
import Diagnostics
import Ingest
import Model
import Yams

/// What stands in an `assay.yaml`, checked entry by entry but not yet put together.
///
/// Each entry keeps its node, so that what is found wrong later (a metric that no source holds, a pair of unknown
/// dimensions) can still be reported at its line.
struct ConfigurationFile {
    var title: String?
    var timeZone: String?
    var output: String?
    var archive: String?
    var templates: String?
    var baseAddress: String?
    var language: String?
    var languageNode: Node?
    var sources: [SourceEntry] = []
    var metrics: [MetricEntry] = []
    var dimensions: [DimensionEntry] = []
    var pairs: [(first: String, second: String, node: Node)] = []
    var analysis: [(name: String, node: Node)] = []
    var benchmarks: [BenchmarkEntry] = []
    var allowedRejects: Double?
    var validation = ValidationSettings()
    var voice = VoiceRoles()
    var voiceNode: Node?
    var alerts: [Entry] = []
    var kpis: [Entry] = []
    var health: Node?
    var notify: Node?
    var retention = RetentionSettings()
    var learning = LearningEntries()
    var privacy = PrivacySettings()
    var reports: [Entry] = []
    /// Whether the file is no mapping at all.
    var isUnreadable = false

    /// The keys of the file's top level.
    static let keys = [
        "title", "time_zone", "output", "archive", "templates", "sources", "metrics", "dimensions", "pairs", "analysis",
        "benchmarks", "allowed_rejects", "validation", "service", "alerts", "kpis", "health", "notify", "retention",
        "learning", "goals",
        "privacy", "base_address", "reports", "language",
    ]

    /// An entry whose keys can only be read with the catalogue at hand.
    struct Entry {
        var name: String
        var key: Node
        var node: Node
    }

    /// One entry under `sources`: the mapping but for its metrics and dimensions.
    struct SourceEntry {
        var node: Node
        var files: [String]
        var mapping: SourceMapping

        static let keys = [
            "role", "files", "format", "delimiter", "quote", "columns", "encoding", "records", "id", "time",
            "time_format",
            "day", "missing", "missing_texts", "decimal_comma", "fields",
            "person",
        ]
    }

    /// One entry under `metrics`.
    struct MetricEntry {
        var name: String
        var node: Node
        var source: String?
        var columns: [String]
        var title: String?
        var unit = ""
        var range: ClosedRange<Double>?
        var direction: Direction = .neutral
        var isProportion = false
        var scale = UnitScale.none
        var words: [String: Double] = [:]
        var zeroIsMissing = false
        var comparesTexts = false
        var relativeError: Double?
        var bins: Int?
        var resolution: Double?

        static let keys = [
            "source", "column", "sum", "reference", "hypothesis", "title", "unit", "range", "direction", "proportion",
            "subtract", "multiply_by",
            "divide_by", "words", "zero_is_missing", "relative_error", "bins", "resolution",
        ]
    }

    /// One entry under `benchmarks`.
    struct BenchmarkEntry {
        var name: String
        var node: Node
        var metric: String?
        var value: Double?
        var source: String?

        static let keys = ["metric", "value", "source"]
    }

    /// One entry under `dimensions`.
    struct DimensionEntry {
        var name: String
        var node: Node
        var source: String?
        var column: String
        var title: String?
        var values: [String]?

        static let keys = ["source", "column", "title", "values"]
    }
}

extension ConfigurationFile {
    /// Reads a file's text with a reader, which keeps everything that is wrong.
    static func read(_ reader: inout YAMLReader) -> ConfigurationFile {
        var configuration = ConfigurationFile()
        guard let root = reader.root() else {
            configuration.isUnreadable = true
            if reader.problems.isEmpty { reader.fail("the configuration is empty", at: nil, fix: "Try `assay init`.") }
            return configuration
        }
        let fields = reader.fields(root, of: "the configuration", keys: keys)
        configuration.title = reader.text(fields, "title")
        configuration.timeZone = reader.text(fields, "time_zone")
        configuration.output = reader.text(fields, "output")
        configuration.archive = reader.text(fields, "archive")
        configuration.templates = reader.text(fields, "templates")
        configuration.language = reader.text(fields, "language")
        configuration.languageNode = fields["language"]
        if let text = reader.text(fields, "base_address") {
            let isAddress = text.wholeMatch(of: /https?:\/\/[^\s\/?#]+(\/[^\s?#]*)?/) != nil
            if isAddress {
                configuration.baseAddress = text.hasSuffix("/") ? text : text + "/"
            } else {
                reader.fail(
                    "`base_address` is where the site is reached, such as https://reports.example/quality/, found `\(text)`",
                    at: fields["base_address"])
            }
        }
        for (name, key, node) in reader.entries(fields["sources"], of: "`sources`") {
            configuration.sources.append(reader.source(name, key, node))
        }
        for (name, key, node) in reader.entries(fields["metrics"], of: "`metrics`") {
            configuration.metrics.append(reader.metric(name, key, node))
        }
        for (name, key, node) in reader.entries(fields["dimensions"], of: "`dimensions`") {
            configuration.dimensions.append(reader.dimension(name, key, node))
        }
        for node in fields["pairs"].map({ reader.list($0) }) ?? [] {
            let names = reader.texts(node, of: "a pair of dimensions")
            guard names.count == 2, names[0] != names[1] else {
                reader.fail("a pair names two different dimensions, such as [tier, dataset]", at: node)
                continue
            }
            configuration.pairs.append((names[0], names[1], node))
        }
        for (name, key, node) in reader.entries(fields["analysis"], of: "`analysis`") {
            guard reader.isKnown(name, key, of: "`analysis`", among: SettingKey<AnalysisSettings>.all.map(\.name))
            else { continue }
            configuration.analysis.append((name, node))
        }
        if let node = fields["allowed_rejects"], let share = reader.number(node, of: "`allowed_rejects`") {
            if (0...1).contains(share) {
                configuration.allowedRejects = share
            } else {
                reader.fail("`allowed_rejects` is a share from 0 to 1, found \(share)", at: node)
            }
        }
        if let node = fields["privacy"] { configuration.privacy = reader.privacy(node) }
        configuration.retention = reader.retention(fields["retention"])
        for (name, key, node) in reader.entries(fields["benchmarks"], of: "`benchmarks`") {
            configuration.benchmarks.append(reader.benchmark(name, key, node))
        }
        if let node = fields["service"] { (configuration.voice, configuration.voiceNode) = (reader.voice(node), node) }
        if let node = fields["validation"] { configuration.validation = reader.validation(node) }
        configuration.alerts = reader.entries(fields["alerts"], of: "`alerts`").map(Entry.init)
        configuration.kpis = reader.entries(fields["kpis"], of: "`kpis`").map(Entry.init)
        configuration.reports = reader.entries(fields["reports"], of: "`reports`").map(Entry.init)
        configuration.health = fields["health"]
        configuration.notify = fields["notify"]
        configuration.learning = reader.learning(fields["learning"], goals: fields["goals"])
        return configuration
    }
}
