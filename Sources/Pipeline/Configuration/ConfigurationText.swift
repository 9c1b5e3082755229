import Ingest
import Model

/// A proposal written down as a commented `assay.yaml`.
struct ConfigurationText {
    let survey: ExportSurvey
    /// What stands before the name of a file, by its name.
    let folders: [String: String]

    var text: String {
        var lines = [
            "# What the columns of the exports are. Proposed by looking at the first rows: read it before you rely on it.",
            "title: Report", "time_zone: UTC  # the zone of local days, such as Europe/Berlin", "", "sources:",
        ]
        for table in survey.tables { lines += source(table) }
        if !survey.catalogue.metrics.isEmpty { lines += ["", "metrics:"] }
        for (index, metric) in survey.catalogue.metrics.enumerated() { lines += self.metric(metric, index) }
        if !survey.catalogue.dimensions.isEmpty {
            lines += ["", "dimensions:"]
            for (index, dimension) in survey.catalogue.dimensions.enumerated() {
                guard let (table, column) = place(ofDimension: index) else { continue }
                lines.append("  \(dimension.name): {source: \(table), column: \(quoted(column))}")
            }
        }
        lines += ["", "analysis:", "  look_back_days: 90", ""]
        return lines.joined(separator: "\n")
    }

    private func source(_ table: ExportSurvey.Table) -> [String] {
        let mapping = table.mapping
        var lines = ["  \(mapping.table):"]
        if mapping.role != .sessions { lines.append("    role: \(mapping.role.rawValue)") }
        lines.append("    files: [\(patterns(of: table.files).map(quoted).joined(separator: ", "))]")
        if let records = mapping.records { lines.append("    records: \(quoted(records.description))") }
        if let encoding = mapping.encoding { lines.append("    encoding: \(encoding.rawValue)") }
        if mapping.decimalComma { lines.append("    decimal_comma: true") }
        if !mapping.idColumns.isEmpty {
            lines.append("    id: [\(mapping.idColumns.map(quoted).joined(separator: ", "))]")
        }
        if let person = mapping.personColumn { lines.append("    person: \(quoted(person))") }
        if let time = mapping.timeColumn {
            lines.append("    time: \(quoted(time))")
            if mapping.timeFormat != .automatic { lines.append("    time_format: \(mapping.timeFormat.name)") }
        }
        let ignored = table.columns.filter { $0.use == "ignored" }.map(\.name)
        if !ignored.isEmpty { lines.append("    # not used: \(ignored.map(commented).joined(separator: ", "))") }
        return lines
    }

    /// Names that differ only in digits become one pattern, and so does a name with a date, so that tomorrow's file is taken too.
    private func patterns(of files: [String]) -> [String] {
        guard files.count > 1 || files.contains(where: ExportSurvey.isDated) else {
            return files.map { (folders[$0] ?? "") + $0 }
        }
        var patterns: [String] = []
        for file in files {
            var pattern = folders[file] ?? ""
            for character in file {
                if character.isASCII, character.isNumber {
                    if !pattern.hasSuffix("*") { pattern.append("*") }
                } else {
                    pattern.append(character)
                }
            }
            if !patterns.contains(pattern) { patterns.append(pattern) }
        }
        return patterns
    }

    private func metric(_ metric: Metric, _ index: Int) -> [String] {
        for table in survey.tables {
            guard let column = table.mapping.metrics.first(where: { $0.metric == index }) else { continue }
            var parts = ["source: \(table.mapping.table)"]
            parts.append(
                column.comparesTexts
                    ? "reference: \(quoted(column.columns[0])), hypothesis: \(quoted(column.columns[1]))"
                    : column.columns.count == 1
                        ? "column: \(quoted(column.columns[0]))"
                        : "sum: [\(column.columns.map(quoted).joined(separator: ", "))]")
            parts += declarations(of: metric) + scale(column)
            return ["  \(metric.name): {\(parts.joined(separator: ", "))}"]
        }
        return []
    }

    private func declarations(of metric: Metric) -> [String] {
        var parts: [String] = []
        if !metric.unit.isEmpty { parts.append("unit: \(quoted(metric.unit))") }
        if metric.isProportion {
            parts.append("proportion: true")
        } else if let range = metric.range {
            parts.append("range: [\(limit(range.lowerBound)), \(limit(range.upperBound))]")
        }
        switch metric.direction {
        case .higher: parts.append("direction: higher")
        case .lower: parts.append("direction: lower")
        case .neutral: break
        }
        return parts
    }

    private func scale(_ column: MetricColumn) -> [String] {
        var parts: [String] = []
        if column.scale.offset != 0 { parts.append("subtract: \(column.scale.offset)") }
        if column.scale.multiplier != 1 { parts.append("multiply_by: \(column.scale.multiplier)") }
        if column.scale.divisor != 1 { parts.append("divide_by: \(column.scale.divisor)") }
        if column.zeroIsMissing { parts.append("zero_is_missing: true") }
        if !column.words.isEmpty {
            let words = column.words.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
                "\(quoted($0.key)): \($0.value)"
            }
            parts.append("words: {\(words.joined(separator: ", "))}")
        }
        return parts
    }

    private func limit(_ value: Double) -> String {
        value == .infinity
            ? ".inf"
            : value == -.infinity
                ? "-.inf" : value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    private func place(ofDimension index: Int) -> (table: String, column: String)? {
        for table in survey.tables {
            if let column = table.mapping.dimensions.first(where: { $0.dimension == index }) {
                return (table.mapping.table, column.column)
            }
        }
        return nil
    }

    /// A text between double quotes, with YAML's escapes.
    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}":
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A text that cannot end a comment.
    private func commented(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }
}
