/// Prometheus' exposition text as rows: `metric`, `value`, `timestamp`, `kind`, `unit` and a column `labels.NAME` each.
///
/// Both the classic format (times in milliseconds) and OpenMetrics (times in seconds, ends with `# EOF`). Buckets of
/// histograms are counters as `_sum` and `_count` are, with their limit as the label `le`. A sample without a time has none in its
/// row.
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4.
enum PrometheusRows {
    /// Whether a text is one: its first line that says something declares a metric, or is a sample with a number.
    static func isExposition(_ head: Span<UInt8>) -> Bool {
        let text = String(decoding: (0..<min(head.count, 8_192)).map { head[$0] }, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") || line.hasPrefix("# UNIT ") { return true }
            if !line.hasPrefix("#") { return false }
        }
        return false
    }

    /// All samples of a text; a line that is none becomes a row with a fault.
    static func read(_ bytes: [UInt8]) -> LooseRows {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
        let isOpenMetrics = lines.contains("# EOF")
        var kinds: [Substring: Substring] = [:]
        var units: [Substring: Substring] = [:]
        var rows = LooseRows()
        for (index, line) in lines.enumerated() {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("#") {
                let words = line.split(maxSplits: 3) { $0 == " " || $0 == "\t" }
                if words.count == 4, words[1] == "TYPE" { kinds[words[2]] = words[3] }
                if words.count == 4, words[1] == "UNIT" { units[words[2]] = words[3] }
                continue
            }
            guard !line.isEmpty else { continue }
            guard let sample = sample(line) else {
                rows.append(.init(line: index + 1, position: 1, texts: [String(line.prefix(80))], fault: .malformed))
                continue
            }
            // A quantile of a summary that has seen nothing is NaN: no value, and none that is wrong.
            if sample.value.lowercased() == "nan" { continue }
            let family = family(of: sample.name, kinds)
            var row = LooseRows.Row(line: index + 1, position: 1)
            rows.set("metric", String(sample.name), in: &row)
            rows.set("value", sample.value, in: &row)
            rows.set("timestamp", sample.time.flatMap { time($0, isSeconds: isOpenMetrics) }, in: &row)
            rows.set("kind", isCounter(sample.name, family, kinds[family]) ? "counter" : "gauge", in: &row)
            // What is counted has no unit, whatever that of the values is.
            let isCount = family != sample.name && (sample.name.hasSuffix("_count") || sample.name.hasSuffix("_bucket"))
            rows.set("unit", isCount ? nil : units[family].map(String.init), in: &row)
            for label in sample.labels { rows.set("labels.\(label.key)", label.value, in: &row) }
            rows.append(row)
        }
        return rows
    }

    private struct Sample {
        var name: Substring
        var labels: [(key: String, value: String)] = []
        var value = ""
        var time: Substring?
    }

    /// The family that a sample belongs to: its name, or that without the suffix of a histogram, summary or counter.
    private static func family(of name: Substring, _ kinds: [Substring: Substring]) -> Substring {
        if kinds[name] != nil { return name }
        for suffix in ["_bucket", "_sum", "_count", "_total", "_created"] where name.hasSuffix(suffix) {
            let stem = name.dropLast(suffix.count)
            if kinds[stem] != nil { return stem }
        }
        return name
    }

    private static func isCounter(_ name: Substring, _ family: Substring, _ kind: Substring?) -> Bool {
        if kind == "counter" { return !name.hasSuffix("_created") }
        let isSum = ["_sum", "_count", "_bucket"].contains { name.hasSuffix($0) }
        return (kind == "histogram" || kind == "summary") && isSum && family != name
    }

    /// `name{label="value",…} value [time]`.
    private static func sample(_ line: Substring) -> Sample? {
        let name = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        guard let first = name.first, !first.isNumber else { return nil }
        var sample = Sample(name: name)
        var rest = line.dropFirst(name.count)
        if rest.first == "{" {
            guard let after = labels(rest.dropFirst(), into: &sample.labels) else { return nil }
            rest = after
        }
        // Exemplars of OpenMetrics stand behind a hash.
        let words = rest.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
        guard let value = words.first, words.count <= 2, rest.first == " " || rest.first == "\t" else { return nil }
        sample.value = String(value)
        sample.time = words.count == 2 ? words[1] : nil
        return sample
    }

    private static func labels(_ text: Substring, into found: inout [(key: String, value: String)]) -> Substring? {
        var rest = text
        while true {
            rest = rest.drop { $0 == " " || $0 == "," }
            if rest.first == "}" { return rest.dropFirst() }
            let key = rest.prefix { $0 != "=" && $0 != "}" && $0 != "\"" }
            rest = rest.dropFirst(key.count)
            guard !key.isEmpty, rest.hasPrefix("=\"") else { return nil }
            rest = rest.dropFirst(2)
            var value = ""
            while let letter = rest.first, letter != "\"" {
                rest = rest.dropFirst()
                guard letter == "\\", let escaped = rest.first else {
                    value.append(letter)
                    continue
                }
                value.append(escaped == "n" ? "\n" : escaped)
                rest = rest.dropFirst()
            }
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst()
            found.append((key.filter { $0 != " " }, value))
        }
    }

    /// A time as whole microseconds, in digits; nil for what is no number.
    private static func time(_ text: Substring, isSeconds: Bool) -> String? {
        guard let number = Double(text), number.isFinite, abs(number) < 1e15 else { return String(text) }
        return String(Int64((number * (isSeconds ? 1e6 : 1e3)).rounded()))
    }
}
