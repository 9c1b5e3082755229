import Analysis
import Diagnostics
import Model
import Report
import Yams

extension SettingsAssembly {
    /// The entries under `reports`, in the order of the file.
    mutating func reports(_ catalogue: Catalogue) -> [ReportDefinition] {
        if file.reports.count > CustomReports.most {
            reader.fail(
                "\(file.reports.count) reports; at most \(CustomReports.most) are made",
                at: file.reports[CustomReports.most].key)
        }
        return file.reports.compactMap { report($0, catalogue) }
    }

    private mutating func report(_ entry: ConfigurationFile.Entry, _ catalogue: Catalogue) -> ReportDefinition? {
        let what = "report `\(entry.name)`"
        guard Metric.isValidName(entry.name) else {
            reader.fail("\(what) is no name: lower-case letters, digits and underscores", at: entry.key)
            return nil
        }
        let keys = [
            "title", "filter", "at_least", "at_most", "range", "from", "to", "metrics", "by", "sections", "charts",
        ]
        let fields = reader.fields(entry.node, of: what, keys: keys)
        let metrics = names(fields["metrics"], of: "`metrics` of \(what)", among: catalogue.metrics.map(\.name))
        let filter = filter(fields, of: what, catalogue)
        // A dimension of which a single value is left tells nothing apart.
        let single = filter.values.filter { $0.values.count == 1 }.map(\.dimension)
        let dimensions = catalogue.dimensions.map(\.name)
        let by =
            names(fields["by"], of: "`by` of \(what)", among: dimensions) ?? dimensions.filter { !single.contains($0) }
        var definition = ReportDefinition(
            name: entry.name, title: reader.text(fields, "title", of: what) ?? KeyWords.title(of: entry.name),
            catalogue: catalogue.limited(toMetrics: metrics ?? catalogue.metrics.map(\.name), dimensions: by))
        definition.filter = filter
        range(fields, of: what, at: entry.key, into: &definition)
        let sections = parts(fields["sections"], "sections", of: what)
        let charts = parts(fields["charts"], "charts", of: what)
        if sections != nil || charts != nil { definition.parts = Set((sections ?? []) + (charts ?? [])) }
        if definition.parts.isEmpty {
            reader.fail("\(what) shows nothing: it has neither `sections` nor `charts`", at: entry.key)
        }
        return definition
    }

    /// Names of a list that are all known; nil where there is no list.
    private mutating func names(_ node: Node?, of what: String, among known: [String]) -> [String]? {
        guard let node else { return nil }
        var found: [String] = []
        for item in reader.list(node) {
            guard let name = reader.text(item, of: what) else { continue }
            if !known.contains(name) {
                reader.fail(
                    "\(what) names `\(name)`; expected one of \(known.joined(separator: ", "))", at: item,
                    fix: nearestName(to: name, among: known).map { "Did you mean `\($0)`?" })
            } else if !found.contains(name) {
                found.append(name)
            }
        }
        return found
    }

    /// Parts that stand under `sections` or `charts`; one that belongs under the other is told so.
    private mutating func parts(_ node: Node?, _ key: String, of what: String) -> [String]? {
        guard let node else { return nil }
        let isChart = key == "charts"
        let known = ReportPart.all.filter { $0.isChart == isChart }.map(\.name)
        for item in reader.list(node) {
            guard let name = item.scalar?.string,
                ReportPart.all.contains(where: { $0.name == name && $0.isChart != isChart })
            else { continue }
            reader.fail(
                "`\(name)` of \(what) stands under `\(isChart ? "sections" : "charts")`", at: item)
            return []
        }
        return names(node, of: "`\(key)` of \(what)", among: known)
    }

    private mutating func filter(_ fields: [String: Node], of what: String, _ catalogue: Catalogue) -> RecordFilter {
        var filter = RecordFilter()
        for (name, key, node) in reader.entries(fields["filter"], of: "`filter` of \(what)") {
            guard let dimension = dimension(name, at: key, of: what, catalogue) else { continue }
            var values: [String] = []
            for item in reader.list(node) {
                guard let value = reader.text(item, of: "a value of `\(name)`") else { continue }
                let scope = AlertScope.one(dimension: dimension, value: value)
                if isValue(value, at: item, of: scope, what, catalogue) { values.append(value) }
            }
            if values.isEmpty { reader.fail("`filter` of \(what) names no value of `\(name)`", at: node) }
            filter.values.append(.init(dimension: dimension, values: values))
        }
        var limits: [String: RecordFilter.Limit] = [:]
        for (key, path) in [("at_least", \RecordFilter.Limit.low), ("at_most", \RecordFilter.Limit.high)] {
            for (name, place, node) in reader.entries(fields[key], of: "`\(key)` of \(what)") {
                guard let metric = metric(named: name, at: place, of: what, catalogue),
                    let value = reader.number(node, of: "`\(name)` in `\(key)` of \(what)")
                else { continue }
                var limit = limits[metric.name] ?? RecordFilter.Limit(metric: metric.name)
                limit[keyPath: path] = value
                limits[metric.name] = limit
                if limit.low > limit.high {
                    reader.fail(
                        "\(what): no value of `\(name)` is at least \(limit.low) and at most \(limit.high)", at: node)
                }
            }
        }
        filter.limits = limits.values.sorted { $0.metric < $1.metric }
        return filter
    }

    private mutating func range(
        _ fields: [String: Node], of what: String, at key: Node, into definition: inout ReportDefinition
    ) {
        if let node = fields["range"] {
            definition.days = days(node, of: what)
            if fields["from"] != nil || fields["to"] != nil {
                reader.fail("\(what) has both `range` and `from` or `to`", at: node, fix: "Keep one of them.")
            }
            return
        }
        guard fields["from"] != nil || fields["to"] != nil else { return }
        let ends = ["from", "to"].map { name -> Day? in
            guard let text = reader.text(fields, name, of: what) else {
                reader.fail("\(what) needs both `from` and `to`", at: fields["from"] ?? fields["to"] ?? key)
                return nil
            }
            if let day = Day(iso: text) { return day }
            reader.fail("`\(name)` of \(what) takes YYYY-MM-DD, found `\(text)`", at: fields[name])
            return nil
        }
        guard let first = ends[0], let last = ends[1] else { return }
        definition.fixed = Period(start: first, end: last.advanced(by: 1))
        if last < first || first.distance(to: last) > 3_660 {
            reader.fail("\(what): `from` to `to` are 1 to 3,660 days", at: fields["to"])
        }
    }
}
