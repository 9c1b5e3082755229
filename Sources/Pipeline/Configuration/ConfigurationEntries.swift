import Ingest
import Model
import Yams

extension YAMLReader {
    /// An entry under `sources`.
    mutating func source(_ name: String, _ key: Node, _ node: Node) -> ConfigurationFile.SourceEntry {
        let what = "source `\(name)`"
        var mapping = SourceMapping(table: name)
        if !Metric.isValidName(name) {
            fail("a source's name is made of lower-case letters, digits and underscores, found `\(name)`", at: key)
        }
        let fields = fields(node, of: what, keys: ConfigurationFile.SourceEntry.keys)
        mapping.role = choice(fields, "role", of: what) ?? mapping.role
        mapping.format = choice(fields, "format", of: what)
        mapping.encoding = choice(fields, "encoding", of: what)
        mapping.dayRule = choice(fields, "day", of: what) ?? mapping.dayRule
        mapping.dialect.delimiter = byte(fields["delimiter"], of: "`delimiter` of \(what)")
        mapping.dialect.quote = byte(fields["quote"], of: "`quote` of \(what)") ?? mapping.dialect.quote
        mapping.dialect.columns = fields["columns"].map { texts($0, of: "`columns` of \(what)") }
        mapping.idColumns = fields["id"].map { texts($0, of: "`id` of \(what)") } ?? []
        mapping.timeColumn = text(fields, "time", of: what)
        mapping.personColumn = text(fields, "person", of: what)
        mapping.missingNumbers =
            fields["missing"].map { texts($0, of: "`missing` of \(what)") } ?? mapping.missingNumbers
        mapping.missingTexts =
            (fields["missing_texts"] ?? fields["missing"]).map { texts($0, of: "`missing_texts` of \(what)") }
            ?? mapping.missingTexts
        mapping.decimalComma =
            fields["decimal_comma"].flatMap { boolean($0, of: "`decimal_comma` of \(what)") } ?? false
        for (field, _, node) in entries(fields["fields"], of: "`fields` of \(what)") {
            mapping.fields[field] = text(node, of: "the column of `\(field)`")
        }
        readForms(fields, into: &mapping, of: what)
        return ConfigurationFile.SourceEntry(
            node: key, files: fields["files"].map { texts($0, of: "`files` of \(what)") } ?? [], mapping: mapping)
    }

    /// The two keys whose text has a form of its own.
    private mutating func readForms(_ fields: [String: Node], into mapping: inout SourceMapping, of what: String) {
        if let node = fields["time_format"], let name = text(node, of: "`time_format` of \(what)") {
            if let format = TimeFormat(name: name) {
                mapping.timeFormat = format
            } else {
                let names = TimeFormat.names.map(\.0).joined(separator: ", ")
                fail("`time_format` of \(what) must be one of \(names), found `\(name)`", at: node)
            }
        }
        if let node = fields["records"], let text = text(node, of: "`records` of \(what)") {
            if let path = RecordPath(text) {
                mapping.records = path
            } else {
                fail(
                    "`records` of \(what) is not a path of keys, found `\(text)`", at: node,
                    fix: "Write it like data.items[], or {} for the values of an object.")
            }
        }
    }

    /// An entry under `metrics`.
    mutating func metric(_ name: String, _ key: Node, _ node: Node) -> ConfigurationFile.MetricEntry {
        let what = "metric `\(name)`"
        let fields = fields(node, of: what, keys: ConfigurationFile.MetricEntry.keys)
        let columns = (fields["sum"] ?? fields["column"]).map { texts($0, of: "the column of \(what)") } ?? [name]
        var entry = ConfigurationFile.MetricEntry(name: name, node: key, columns: columns)
        if fields["sum"] != nil, let column = fields["column"] {
            fail("\(what) has both `column` and `sum`", at: column, fix: "Keep one of them.")
        }
        if let said = text(fields, "reference", of: what), let heard = text(fields, "hypothesis", of: what) {
            (entry.columns, entry.comparesTexts) = ([said, heard], true)
        } else if fields["reference"] != nil || fields["hypothesis"] != nil {
            fail("\(what) needs both `reference` and `hypothesis`, the columns of two texts", at: key)
        }
        if entry.comparesTexts, let column = fields["sum"] ?? fields["column"] {
            fail("\(what) has both texts and a column of numbers", at: column, fix: "Keep one of them.")
        }
        entry.source = text(fields, "source", of: what)
        entry.title = text(fields, "title", of: what)
        entry.unit = text(fields, "unit", of: what) ?? ""
        entry.range = fields["range"].flatMap { range($0, of: what) }
        entry.direction = choice(fields, "direction", of: what) ?? .neutral
        entry.isProportion = fields["proportion"].flatMap { boolean($0, of: "`proportion` of \(what)") } ?? false
        entry.scale.offset = number(fields, "subtract", of: what) ?? 0
        entry.scale.multiplier = number(fields, "multiply_by", of: what) ?? 1
        entry.scale.divisor = number(fields, "divide_by", of: what) ?? 1
        if entry.scale.divisor == 0 { fail("`divide_by` of \(what) is 0", at: fields["divide_by"]) }
        for (word, _, node) in entries(fields["words"], of: "`words` of \(what)") {
            entry.words[word] = number(node, of: "the number of `\(word)`")
        }
        entry.zeroIsMissing =
            fields["zero_is_missing"].flatMap { boolean($0, of: "`zero_is_missing` of \(what)") } ?? false
        entry.relativeError = number(fields, "relative_error", of: what)
        if let share = entry.relativeError, !(0.000_1...0.1).contains(share) {
            fail("`relative_error` of \(what) must lie between 0.0001 and 0.1", at: fields["relative_error"])
        }
        entry.bins = fields["bins"].flatMap { integer($0, of: "`bins` of \(what)", in: 10...10_000) }
        entry.resolution = number(fields, "resolution", of: what)
        if let step = entry.resolution, !(step > 0 && step.isFinite) {
            fail("`resolution` of \(what) must be above 0", at: fields["resolution"])
            entry.resolution = nil
        }
        if entry.resolution != nil, entry.bins != nil || entry.relativeError != nil {
            fail(
                "`resolution` of \(what) stands for `bins` and `relative_error`: give one of them",
                at: fields["resolution"])
        }
        return entry
    }

    /// How much of the past is kept.
    mutating func retention(_ node: Node?) -> RetentionSettings {
        guard let node else { return RetentionSettings() }
        let fields = fields(node, of: "`retention`", keys: RetentionSettings.keys)
        return RetentionSettings(
            rowDays: fields["row_days"].flatMap { integer($0, of: "`row_days` of `retention`", in: 1...100_000) },
            runs: fields["runs"].flatMap { integer($0, of: "`runs` of `retention`", in: 1...100_000) })
    }

    /// An outside number: its metric, its value and where it comes from.
    mutating func benchmark(_ name: String, _ key: Node, _ node: Node) -> ConfigurationFile.BenchmarkEntry {
        let what = "benchmark `\(name)`"
        let fields = fields(node, of: what, keys: ConfigurationFile.BenchmarkEntry.keys)
        return ConfigurationFile.BenchmarkEntry(
            name: name, node: key, metric: text(fields, "metric", of: what), value: number(fields, "value", of: what),
            source: text(fields, "source", of: what))
    }

    /// An entry under `dimensions`.
    mutating func dimension(_ name: String, _ key: Node, _ node: Node) -> ConfigurationFile.DimensionEntry {
        let what = "dimension `\(name)`"
        let fields = fields(node, of: what, keys: ConfigurationFile.DimensionEntry.keys)
        return ConfigurationFile.DimensionEntry(
            name: name, node: key, source: text(fields, "source", of: what),
            column: text(fields, "column", of: what) ?? name, title: text(fields, "title", of: what),
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

    /// A text of a single byte; `tab` stands for the tabulator.
    private mutating func byte(_ node: Node?, of what: String) -> UInt8? {
        guard let node, let text = text(node, of: what) else { return nil }
        if text == "tab" { return 0x09 }
        guard text.utf8.count == 1, let byte = text.utf8.first else {
            fail("\(what) is one character, or tab, found `\(text)`", at: node)
            return nil
        }
        return byte
    }
}
