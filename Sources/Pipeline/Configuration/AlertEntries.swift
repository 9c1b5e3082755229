import Analysis
import Diagnostics
import Model
import Yams

/// The keys of a rule under `alerts`, and which of them defaults and overrides may hold.
enum AlertKeys {
    static let conditions = ["above", "below", "limit", "change", "anomaly", "freshness", "absence"]
    static let steadiness = [
        "minimum", "over_days", "for", "clear_nights", "stale_days", "severity", "baseline_days", "within_days",
        "objective", "objective_days",
    ]
    static let terms = conditions + ["statistic", "value", "clear", "worse"] + steadiness
    static let defaults = steadiness + ["owner"]
    static let overrides = terms + ["off"]
    static let rule =
        terms + ["title", "metric", "by", "where", "owner", "component", "overrides", "acknowledge", "mute"]
}

extension SettingsAssembly {
    /// The rules under `alerts`, in the order of the file; what does not fit is reported at its line.
    mutating func alertRules(_ catalogue: Catalogue, _ settings: AnalysisSettings) -> [AlertRule] {
        let defaults =
            file.alerts.first { $0.name == "defaults" }.map {
                reader.fields($0.node, of: "`defaults` of `alerts`", keys: AlertKeys.defaults)
            } ?? [:]
        var rules: [AlertRule] = []
        for entry in file.alerts where entry.name != "defaults" {
            guard Metric.isValidName(entry.name) else {
                reader.fail("`\(entry.name)` is not a name: lower-case letters, digits and underscores", at: entry.key)
                continue
            }
            if let rule = alertRule(entry, defaults: defaults, catalogue, settings) { rules.append(rule) }
        }
        return rules
    }

    private mutating func alertRule(
        _ entry: ConfigurationFile.Entry, defaults: [String: Node], _ catalogue: Catalogue,
        _ settings: AnalysisSettings
    ) -> AlertRule? {
        let what = "alert `\(entry.name)`"
        let fields = reader.fields(entry.node, of: what, keys: AlertKeys.rule)
        let metric = fields["metric"].flatMap { self.metric($0, of: what, catalogue) }
        if fields["metric"] != nil, metric == nil { return nil }
        let form = AlertForm(what: what, metric: metric, settings: settings, place: entry.key)
        guard let scope = scope(fields, of: what, catalogue),
            let terms = form.terms(AlertForm.layered(fields, over: defaults), &reader)
        else { return nil }
        guard metric != nil || form.needsNoMetric(terms) else {
            reader.fail(
                "\(what) names no `metric`", at: entry.key,
                fix: "Only `freshness`, `absence` and `statistic: n` look at records alone.")
            return nil
        }
        var rule = AlertRule(
            id: entry.name, title: reader.text(fields, "title", of: what) ?? KeyWords.title(of: entry.name),
            metric: metric?.name, scope: scope, terms: terms,
            owner: reader.text(fields, "owner", of: what) ?? reader.text(defaults, "owner", of: "`defaults`"),
            component: reader.text(fields, "component", of: what))
        for (value, key, node) in reader.entries(fields["overrides"], of: "`overrides` of \(what)") {
            let over = reader.fields(node, of: "`\(value)` of `overrides` of \(what)", keys: AlertKeys.overrides)
            guard isValue(value, at: key, of: scope, what, catalogue) else { continue }
            if over["off"].flatMap({ reader.boolean($0, of: "`off`") }) == true {
                var off = terms
                off.levels = []
                rule.overrides[value] = off
            } else {
                rule.overrides[value] = form.terms(
                    AlertForm.layered(over, over: AlertForm.layered(fields, over: defaults)), &reader)
            }
        }
        rule.silences =
            silences(fields["mute"], .mute, of: what, scope, catalogue)
            + silences(fields["acknowledge"], .acknowledge, of: what, scope, catalogue)
        return rule
    }

    /// Whether a value can belong to the rule's dimension; values of an open list are known by the data alone.
    mutating func isValue(
        _ value: String, at node: Node, of scope: AlertScope, _ what: String, _ catalogue: Catalogue
    ) -> Bool {
        let dimension: String
        switch scope {
        case .all:
            reader.fail(
                "\(what) has no `by`, so that `\(value)` stands for nothing", at: node, fix: "Name a dimension.")
            return false
        case .each(let name), .one(let name, _): dimension = name
        }
        guard let values = catalogue.dimension(named: dimension)?.values, !values.contains(value) else { return true }
        reader.fail(
            "\(what) names the value `\(value)` of `\(dimension)`; expected one of \(values.joined(separator: ", "))",
            at: node, fix: nearestName(to: value, among: values).map { "Did you mean `\($0)`?" })
        return false
    }

    private mutating func silences(
        _ node: Node?, _ kind: AlertSilence.Kind, of what: String, _ scope: AlertScope, _ catalogue: Catalogue
    ) -> [AlertSilence] {
        guard let node else { return [] }
        var found: [AlertSilence] = []
        for item in reader.list(node) {
            let here = "`\(kind.rawValue)` of \(what)"
            let fields = reader.fields(item, of: here, keys: ["value", "owner", "reason", "until"])
            let value = reader.text(fields, "value", of: here)
            if let value, let node = fields["value"], !isValue(value, at: node, of: scope, what, catalogue) { continue }
            if let silence = silence(fields, kind, value: value, of: here, at: item) { found.append(silence) }
        }
        return found
    }

    /// An acknowledgement or mute: who, why and until when.
    mutating func silence(
        _ fields: [String: Node], _ kind: AlertSilence.Kind, value: String?, of here: String, at item: Node
    ) -> AlertSilence? {
        guard let owner = reader.text(fields, "owner", of: here),
            let reason = reader.text(fields, "reason", of: here), let until = reader.text(fields, "until", of: here)
        else {
            reader.fail(
                "\(here) needs `owner`, `reason` and `until`", at: item,
                fix: "What nobody answers for and nothing ends is forgotten, not silenced.")
            return nil
        }
        guard let day = Day(iso: until) else {
            reader.fail("`until` of \(here) takes YYYY-MM-DD, found `\(until)`", at: fields["until"])
            return nil
        }
        return AlertSilence(kind, value: value, owner: owner, reason: reason, until: day)
    }
}

extension SettingsAssembly {
    /// The metric that a node names; an unknown one is reported with the nearest.
    mutating func metric(_ node: Node, of what: String, _ catalogue: Catalogue) -> Metric? {
        guard let name = reader.text(node, of: "`metric` of \(what)") else { return nil }
        return metric(named: name, at: node, of: what, catalogue)
    }

    /// The metric of a name; an unknown one is reported with the nearest.
    mutating func metric(named name: String, at node: Node, of what: String, _ catalogue: Catalogue) -> Metric? {
        if let metric = catalogue.metric(named: name) { return metric }
        reader.fail(
            "\(what) names the metric `\(name)`, which is not declared", at: node,
            fix: nearestName(to: name, among: catalogue.metrics.map(\.name)).map { "Did you mean `\($0)`?" })
        return nil
    }

    /// The dimension of a name; an unknown one is reported with the nearest.
    mutating func dimension(_ name: String, at node: Node, of what: String, _ catalogue: Catalogue) -> String? {
        if catalogue.dimension(named: name) != nil { return name }
        reader.fail(
            "\(what) names the dimension `\(name)`, which is not declared", at: node,
            fix: nearestName(to: name, among: catalogue.dimensions.map(\.name)).map { "Did you mean `\($0)`?" })
        return nil
    }

    /// `by: tier`, `where: {tier: research}` or neither; nil after a mistake.
    mutating func scope(_ fields: [String: Node], of what: String, _ catalogue: Catalogue) -> AlertScope? {
        if let by = fields["by"] {
            if let one = fields["where"] {
                reader.fail("\(what) has both `by` and `where`", at: one, fix: "Keep one of them.")
                return nil
            }
            guard let name = reader.text(by, of: "`by` of \(what)") else { return nil }
            return dimension(name, at: by, of: what, catalogue).map { .each(dimension: $0) }
        }
        guard let node = fields["where"] else { return .all }
        let entries = reader.entries(node, of: "`where` of \(what)")
        guard let (name, key, value) = entries.first, entries.count == 1 else {
            reader.fail("`where` of \(what) names one value of one dimension, such as {tier: research}", at: node)
            return nil
        }
        guard let dimension = dimension(name, at: key, of: what, catalogue),
            let text = reader.text(value, of: "the value of `\(name)`")
        else { return nil }
        let scope = AlertScope.one(dimension: dimension, value: text)
        return isValue(text, at: value, of: scope, what, catalogue) ? scope : nil
    }
}
