import Analysis
import Diagnostics
import Model
import Yams

/// Reads the terms of a rule, whose meaning hangs on its metric.
struct AlertForm {
    let what: String
    let metric: Metric?
    let settings: AnalysisSettings
    /// The rule's key, where what is missing is reported.
    let place: Node

    /// The fields of an entry over those that it inherits; a condition takes the place of any other.
    static func layered(_ own: [String: Node], over inherited: [String: Node]) -> [String: Node] {
        var fields = inherited
        if AlertKeys.conditions.contains(where: { own[$0] != nil }) {
            for name in AlertKeys.conditions + ["clear"] { fields[name] = nil }
        }
        return fields.merging(own) { _, new in new }
    }

    /// Whether terms are about records and not about values.
    func needsNoMetric(_ terms: AlertTerms) -> Bool {
        switch terms.condition {
        case .freshness, .absence: true
        default: terms.statistic == .count
        }
    }

    /// The terms; nil after a mistake.
    func terms(_ fields: [String: Node], _ reader: inout YAMLReader) -> AlertTerms? {
        guard let statistic = reader.statistic(fields, of: what) else { return nil }
        let found = AlertKeys.conditions.filter { fields[$0] != nil }
        guard let name = found.first, let node = fields[name], found.count == 1 else {
            let names = AlertKeys.conditions.joined(separator: ", ")
            reader.fail(
                found.isEmpty
                    ? "\(what) has no limit; expected one of \(names)"
                    : "\(what) has \(found.map { "`\($0)`" }.joined(separator: " and ")); expected one of them",
                at: found.dropFirst().first.flatMap { fields[$0] } ?? place)
            return nil
        }
        guard let condition = condition(name, node, fields, statistic, &reader) else { return nil }
        var levels = self.levels(name, node, fields, condition, &reader)
        guard !levels.isEmpty else { return nil }
        for index in levels.indices { levels[index].clear = cleared(levels[index], condition, fields, &reader) }
        for level in levels {
            if case .limit = condition {
                requireReachable(level.limit, statistic, at: node, &reader)
            } else {
                requireDistance(level.limit, condition, "`\(name)` of \(what)", at: node, &reader)
            }
        }
        var terms = AlertTerms(condition, levels: levels)
        terms.statistic = statistic
        fill(&terms, fields, &reader)
        return terms
    }

    private func condition(
        _ name: String, _ node: Node, _ fields: [String: Node], _ statistic: MetricStatistic,
        _ reader: inout YAMLReader
    ) -> AlertCondition? {
        let own = statistic.badSide(for: metric?.direction)
        switch name {
        case "above": return .limit(.above)
        case "below": return .limit(.below)
        case "limit":
            if let own { return .limit(own) }
            reader.fail(
                "\(what) has a `limit`, but neither way of its metric is better", at: node,
                fix: "Say `above` or `below`, or give the metric a `direction`.")
            return nil
        case "change":
            let days = whole("baseline_days", 14...365, fields, &reader) ?? 7 * settings.weekdayWeeks
            return .change(baselineDays: days, bad: worse(fields, own, &reader))
        case "anomaly": return .anomaly(bad: worse(fields, own, &reader))
        case "freshness": return .freshness
        default:
            return .absence(withinDays: whole("within_days", 1...3_660, fields, &reader) ?? settings.lookBackDays)
        }
    }

    /// The side that is bad: as declared, else by the metric's direction.
    private func worse(
        _ fields: [String: Node], _ own: LimitSide?, _ reader: inout YAMLReader
    ) -> LimitSide? {
        guard let word: WorseSide = reader.choice(fields, "worse", of: what) else { return own }
        return switch word {
        case .above: .above
        case .below: .below
        case .either: nil
        }
    }

    private enum WorseSide: String, CaseIterable {
        case above
        case below
        case either
    }

    /// A number, or numbers by severity; `true` takes the usual ones where there are any.
    private func levels(
        _ name: String, _ node: Node, _ fields: [String: Node], _ condition: AlertCondition,
        _ reader: inout YAMLReader
    ) -> [AlertLevel] {
        var levels: [AlertLevel] = []
        if node.mapping != nil {
            let keys = Finding.Severity.allCases.map(\.rawValue)
            let given = reader.fields(node, of: "`\(name)` of \(what)", keys: keys)
            for severity in Finding.Severity.allCases {
                if let limit = reader.number(given, severity.rawValue, of: "`\(name)` of \(what)") {
                    levels.append(AlertLevel(severity, limit))
                }
            }
            if levels.isEmpty { reader.fail("`\(name)` of \(what) names no limit", at: node) }
        } else if node.scalar?.string == "true", let usual = usual(condition) {
            levels = usual
        } else if let limit = reader.number(node, of: "`\(name)` of \(what)") {
            let severity: Finding.Severity = reader.choice(fields, "severity", of: what) ?? .warning
            levels = [AlertLevel(severity, limit)]
        }
        let grows = condition != .limit(.below)
        for (mild, grave) in zip(levels, levels.dropFirst())
        where grows ? mild.limit >= grave.limit : mild.limit <= grave.limit {
            reader.fail(
                "`\(name)` of \(what): \(grave.severity.rawValue) must lie \(grows ? "above" : "below") \(mild.severity.rawValue), or it would never be told apart",
                at: node)
            return []
        }
        return levels
    }

    /// The limits of a condition that needs no knowledge of the metric.
    private func usual(_ condition: AlertCondition) -> [AlertLevel]? {
        switch condition {
        // Many groups are judged every night, so that these lie farther out than the mark of an unusual day in a chart.
        case .change, .anomaly: [AlertLevel(.warning, 5), AlertLevel(.critical, 8)]
        case .absence: [AlertLevel(.warning, 1)]
        case .freshness: [AlertLevel(.warning, 2)]
        case .limit: nil
        }
    }

    /// The limit that ends a level; it lies on the good side of the limit itself.
    private func cleared(
        _ level: AlertLevel, _ condition: AlertCondition, _ fields: [String: Node], _ reader: inout YAMLReader
    ) -> Double {
        guard let node = fields["clear"] else { return level.limit }
        let given: Double?
        if node.mapping != nil {
            let keys = Finding.Severity.allCases.map(\.rawValue)
            let found = reader.fields(node, of: "`clear` of \(what)", keys: keys)
            given = reader.number(found, level.severity.rawValue, of: "`clear` of \(what)")
        } else {
            given = reader.number(node, of: "`clear` of \(what)")
        }
        guard let clear = given else { return level.limit }
        let isGood = condition == .limit(.below) ? clear >= level.limit : clear <= level.limit
        if !isGood {
            reader.fail("`clear` of \(what) lies on the bad side of its \(level.severity.rawValue) limit", at: node)
        }
        return clear
    }

    /// A limit that no value can pass would be a rule that never speaks.
    private func requireReachable(
        _ limit: Double, _ statistic: MetricStatistic, at node: Node, _ reader: inout YAMLReader
    ) {
        guard let range = statistic.range(of: metric), !range.contains(limit) else { return }
        reader.fail(
            "\(what): \(limit) lies outside the range of `\(statistic.name)`, \(range.lowerBound) to \(range.upperBound), so that it never tells good from bad",
            at: node)
    }

    /// How far, how old or how long something is begins above 0, or the rule would speak every night; a group that has been
    /// silent for longer than `within_days` counts as gone, so that more nights of absence never come.
    private func requireDistance(
        _ limit: Double, _ condition: AlertCondition, _ what: String, at node: Node, _ reader: inout YAMLReader
    ) {
        if limit <= 0 {
            reader.fail("\(what) must be above 0, found \(limit)", at: node, fix: "It would speak every night.")
        } else if case .absence(let days) = condition, limit > Double(days) {
            reader.fail(
                "\(what) asks for \(limit) nights, but a group counts as gone after \(days)", at: node,
                fix: "Raise `within_days`.")
        }
    }

    private func fill(_ terms: inout AlertTerms, _ fields: [String: Node], _ reader: inout YAMLReader) {
        let places: [(String, ClosedRange<Int>, WritableKeyPath<AlertTerms, Int>)] = [
            ("minimum", 1...1_000_000_000, \.minimum), ("over_days", 1...366, \.overDays),
            ("clear_nights", 1...366, \.clearNights), ("stale_days", 1...366, \.staleDays),
            ("objective_days", 1...3_660, \.objectiveDays),
        ]
        for (name, range, path) in places {
            if let value = whole(name, range, fields, &reader) { terms[keyPath: path] = value }
        }
        if let share = reader.number(fields, "objective", of: what) {
            terms.objective = share
            if !(share > 0 && share < 1) {
                reader.fail("`objective` of \(what) is a share between 0 and 1", at: fields["objective"])
            }
        }
        guard let node = fields["for"], let text = reader.text(node, of: "`for` of \(what)") else { return }
        let words = text.split(separator: " ").map(String.init)
        let numbers = words.compactMap(Int.init)
        switch (words.count, numbers.count) {
        case (1, 1): (terms.breaches, terms.within) = (numbers[0], numbers[0])
        case (3, 2) where words[1] == "of": (terms.breaches, terms.within) = (numbers[0], numbers[1])
        default: terms.breaches = 0
        }
        guard terms.breaches >= 1, terms.breaches <= terms.within, terms.within <= 366 else {
            reader.fail(
                "`for` of \(what) is a number of nights in a row, or such as `2 of 3`, found `\(text)`", at: node)
            return
        }
    }

    private func whole(
        _ name: String, _ range: ClosedRange<Int>, _ fields: [String: Node], _ reader: inout YAMLReader
    ) -> Int? {
        fields[name].flatMap { reader.integer($0, of: "`\(name)` of \(what)", in: range) }
    }
}

extension YAMLReader {
    /// The statistic of an entry, the mean where none is named; nil after a mistake.
    mutating func statistic(_ fields: [String: Node], of what: String) -> MetricStatistic? {
        let limit = number(fields, "value", of: what)
        guard let node = fields["statistic"] else {
            if let value = fields["value"] {
                fail(
                    "\(what) has a `value`, but no share that it belongs to", at: value,
                    fix: "Say `statistic: share_above`.")
                return nil
            }
            return .mean
        }
        guard let name = text(node, of: "`statistic` of \(what)") else { return nil }
        if let statistic = MetricStatistic(name: name, limit: limit) { return statistic }
        let names = MetricStatistic.names
        if name.hasPrefix("share_"), names.contains(name) {
            fail("`\(name)` of \(what) needs a `value`, the limit that values are counted beyond", at: node)
        } else {
            fail(
                "`statistic` of \(what) is one of \(names.joined(separator: ", ")), found `\(name)`"
                    + (limit == nil ? "" : " with a `value`"), at: node,
                fix: nearestName(to: name, among: names).map { "Did you mean `\($0)`?" })
        }
        return nil
    }
}

extension MetricStatistic {
    /// What its figures can be; nil where nothing bounds them.
    func range(of metric: Metric?) -> ClosedRange<Double>? {
        switch self {
        case .mean, .quantile: metric?.range
        case .shareAbove, .shareBelow, .missingShare: 0...1
        case .count: 0...Double.infinity
        }
    }
}
