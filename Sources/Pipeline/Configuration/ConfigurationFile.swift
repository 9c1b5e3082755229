import Diagnostics
import Yams

/// What stands in an `assay.yaml`, checked entry by entry but not yet put together.
///
/// Each entry keeps its node, so that what is found wrong later (a column that no export has, a metric that two
/// sources claim) can still be reported at its line.
struct ConfigurationFile {
    var title: String?
    var timeZone: String?
    var output: String?
    var archive: String?
    var templates: String?
    var sources: [SourceEntry] = []
    var metrics: [MetricEntry] = []
    var dimensions: [DimensionEntry] = []
    var pairs: [(first: String, second: String, node: Node)] = []
    var analysis: [String: Node] = [:]

    /// The keys of the file's top level.
    static let keys = [
        "title", "time_zone", "output", "archive", "templates", "sources", "metrics", "dimensions", "pairs", "analysis",
    ]

    /// One entry under `sources`.
    struct SourceEntry {
        var name: String
        var node: Node
        var role: Role = .sessions
        var files: [String] = []
        var format: String?
        var delimiter: String?
        var encoding: String?
        var records: String?
        var id: [String] = []
        var time: String?
        var timeFormat: String?
        var day: DayRule = .written
        var missing: [String]?

        static let keys = [
            "role", "files", "format", "delimiter", "encoding", "records", "id", "time", "time_format", "day", "missing",
        ]
    }

    /// What a source holds.
    enum Role: String, CaseIterable {
        case sessions
        case scores
        case interventions
        case measurements
    }

    /// The day that a time stamp with an offset belongs to.
    enum DayRule: String, CaseIterable {
        case written
        case zone
    }

    /// Which way is good.
    enum GoodDirection: String, CaseIterable {
        case higher
        case lower
        case neutral
    }

    /// One entry under `metrics`.
    struct MetricEntry {
        var name: String
        var node: Node
        var source: String?
        var columns: [String] = []
        var title: String?
        var unit = ""
        var range: ClosedRange<Double>?
        var direction: GoodDirection = .neutral
        var isProportion = false
        var factor = 1.0
        var words: [String: Double] = [:]
        var zeroIsMissing = false
        var relativeError: Double?
        var bins: Int?

        static let keys = [
            "source", "column", "sum", "title", "unit", "range", "direction", "proportion", "factor", "words",
            "zero_is_missing", "relative_error", "bins",
        ]
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
    /// Reads a file's text.
    ///
    /// - Returns: the entries that could be read and everything that was wrong with the others.
    static func read(_ text: String, file: String) -> (file: ConfigurationFile, problems: [Diagnostic]) {
        var reader = YAMLReader(file: file, text: text)
        var configuration = ConfigurationFile()
        guard let root = reader.root() else {
            if reader.problems.isEmpty { reader.fail("the configuration is empty", at: nil, fix: "Try `assay init`.") }
            return (configuration, reader.problems)
        }
        let fields = reader.fields(root, of: "the configuration", keys: keys)
        configuration.title = fields["title"].flatMap { reader.text($0, of: "`title`") }
        configuration.timeZone = fields["time_zone"].flatMap { reader.text($0, of: "`time_zone`") }
        configuration.output = fields["output"].flatMap { reader.text($0, of: "`output`") }
        configuration.archive = fields["archive"].flatMap { reader.text($0, of: "`archive`") }
        configuration.templates = fields["templates"].flatMap { reader.text($0, of: "`templates`") }
        for (name, _, node) in fields["sources"].map({ reader.entries($0, of: "`sources`") }) ?? [] {
            configuration.sources.append(reader.source(name, node))
        }
        for (name, key, node) in fields["metrics"].map({ reader.entries($0, of: "`metrics`") }) ?? [] {
            configuration.metrics.append(reader.metric(name, key, node))
        }
        for (name, key, node) in fields["dimensions"].map({ reader.entries($0, of: "`dimensions`") }) ?? [] {
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
        if let analysis = fields["analysis"] {
            configuration.analysis = reader.fields(analysis, of: "`analysis`", keys: AnalysisKey.all.map(\.name))
        }
        return (configuration, reader.problems)
    }
}

extension YAMLReader {
    fileprivate mutating func source(_ name: String, _ node: Node) -> ConfigurationFile.SourceEntry {
        let what = "source `\(name)`"
        var entry = ConfigurationFile.SourceEntry(name: name, node: node)
        let fields = fields(node, of: what, keys: ConfigurationFile.SourceEntry.keys)
        if let node = fields["role"] {
            entry.role = choice(node, of: "`role` of \(what)", as: ConfigurationFile.Role.self) ?? entry.role
        }
        entry.files = fields["files"].map { texts($0, of: "`files` of \(what)") } ?? []
        entry.format = fields["format"].flatMap { text($0, of: "`format` of \(what)") }
        entry.delimiter = fields["delimiter"].flatMap { text($0, of: "`delimiter` of \(what)") }
        entry.encoding = fields["encoding"].flatMap { text($0, of: "`encoding` of \(what)") }
        entry.records = fields["records"].flatMap { text($0, of: "`records` of \(what)") }
        entry.id = fields["id"].map { texts($0, of: "`id` of \(what)") } ?? []
        entry.time = fields["time"].flatMap { text($0, of: "`time` of \(what)") }
        entry.timeFormat = fields["time_format"].flatMap { text($0, of: "`time_format` of \(what)") }
        if let node = fields["day"] {
            entry.day = choice(node, of: "`day` of \(what)", as: ConfigurationFile.DayRule.self) ?? entry.day
        }
        entry.missing = fields["missing"].map { texts($0, of: "`missing` of \(what)") }
        return entry
    }

    fileprivate mutating func metric(_ name: String, _ key: Node, _ node: Node) -> ConfigurationFile.MetricEntry {
        let what = "metric `\(name)`"
        var entry = ConfigurationFile.MetricEntry(name: name, node: key)
        let fields = fields(node, of: what, keys: ConfigurationFile.MetricEntry.keys)
        entry.source = fields["source"].flatMap { text($0, of: "`source` of \(what)") }
        entry.columns = (fields["sum"] ?? fields["column"]).map { texts($0, of: "the column of \(what)") } ?? [name]
        if fields["sum"] != nil, let column = fields["column"] {
            fail("\(what) has both `column` and `sum`", at: column, fix: "Keep one of them.")
        }
        entry.title = fields["title"].flatMap { text($0, of: "`title` of \(what)") }
        entry.unit = fields["unit"].flatMap { text($0, of: "`unit` of \(what)") } ?? ""
        entry.range = fields["range"].flatMap { range($0, of: what) }
        if let node = fields["direction"] {
            entry.direction = choice(node, of: "`direction` of \(what)", as: ConfigurationFile.GoodDirection.self) ?? .neutral
        }
        entry.isProportion = fields["proportion"].flatMap { boolean($0, of: "`proportion` of \(what)") } ?? false
        entry.factor = fields["factor"].flatMap { number($0, of: "`factor` of \(what)") } ?? 1
        for (word, _, node) in fields["words"].map({ entries($0, of: "`words` of \(what)") }) ?? [] {
            entry.words[word] = number(node, of: "the number of `\(word)`")
        }
        entry.zeroIsMissing = fields["zero_is_missing"].flatMap { boolean($0, of: "`zero_is_missing` of \(what)") } ?? false
        entry.relativeError = fields["relative_error"].flatMap { number($0, of: "`relative_error` of \(what)") }
        entry.bins = fields["bins"].flatMap { integer($0, of: "`bins` of \(what)", in: 10...10_000) }
        return entry
    }

    fileprivate mutating func dimension(_ name: String, _ key: Node, _ node: Node) -> ConfigurationFile.DimensionEntry {
        let what = "dimension `\(name)`"
        let fields = fields(node, of: what, keys: ConfigurationFile.DimensionEntry.keys)
        return ConfigurationFile.DimensionEntry(
            name: name, node: key, source: fields["source"].flatMap { text($0, of: "`source` of \(what)") },
            column: fields["column"].flatMap { text($0, of: "`column` of \(what)") } ?? name,
            title: fields["title"].flatMap { text($0, of: "`title` of \(what)") },
            values: fields["values"].map { texts($0, of: "`values` of \(what)") })
    }

    /// Two numbers, the smaller first; `-.inf` and `.inf` leave a side open, as YAML writes them.
    private mutating func range(_ node: Node, of what: String) -> ClosedRange<Double>? {
        var limits: [Double] = []
        for limit in list(node) {
            switch limit.scalar?.string {
            case "-.inf": limits.append(-.infinity)
            case ".inf": limits.append(.infinity)
            default: if let value = number(limit, of: "`range` of \(what)") { limits.append(value) }
            }
        }
        guard limits.count == 2, limits[0] < limits[1] else {
            fail("`range` of \(what) is two numbers, the smaller first, such as [0, 1] or [0, .inf]", at: node)
            return nil
        }
        return limits[0]...limits[1]
    }
}
