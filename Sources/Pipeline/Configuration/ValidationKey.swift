import Analysis
import Model
import Yams

/// What stands under `validation`.
extension SettingKey where Settings == ValidationSettings {
    /// Every key with a number.
    static let numbers: [SettingKey] = [
        number("pass_score", \.passScore, 0...100),
        number("warn_score", \.warnScore, 0...100),
        number("ready_score", \.readyScore, 0...100),
        number("ready_success", \.readySuccess, 0...1),
        number("conditional_score", \.conditionalScore, 0...100),
        number("conditional_success", \.conditionalSuccess, 0...1),
        whole("minimum_tests", \.minimumTests, 1...1_000_000),
        number("gone_share", \.goneShare, 0...1),
        whole("stale_days", \.staleDays, 1...3_660),
        whole("run_gap_minutes", \.runGapMinutes, 1...10_080),
        whole("history_runs", \.historyRuns, 2...366),
        whole("minimum_runs", \.minimumRuns, 3...366),
        whole("lasting_runs", \.lastingRuns, 2...100),
        whole("unstable_runs", \.unstableRuns, 1...100),
        number("notable_slowing", \.notableSlowing, 0...100),
        number("source_success_difference", \.sourceSuccessDifference, 0...1),
        number("source_score_difference", \.sourceScoreDifference, 0...100),
        number("source_consistency", \.sourceConsistency, 0...1),
        number("critical_success", \.criticalSuccess, 0...1),
        number("advised_score", \.advisedScore, 0...100),
        number("advised_success", \.advisedSuccess, 0...1),
        number("praised_success", \.praisedSuccess, 0...1),
    ]

    /// Every key under `validation`.
    static let names = ["categories", "gates", "source_weights", "criteria"] + numbers.map(\.name)
}

extension YAMLReader {
    /// A number within limits.
    mutating func number(_ node: Node, of what: String, in range: ClosedRange<Double>) -> Double? {
        guard let value = number(node, of: what) else { return nil }
        if range.contains(value) { return value }
        fail("\(what) must lie between \(range.lowerBound) and \(range.upperBound), found \(value)", at: node)
        return nil
    }

    /// The table `validation`.
    mutating func validation(_ node: Node) -> ValidationSettings {
        var settings = ValidationSettings()
        let fields = fields(node, of: "`validation`", keys: SettingKey<ValidationSettings>.names)
        for key in SettingKey<ValidationSettings>.numbers {
            if let node = fields[key.name] { key.apply(&settings, node, &self) }
        }
        for (name, _, node) in entries(fields["categories"], of: "`categories`") {
            settings.categories.append(category(name, node))
        }
        settings.gates = fields["gates"].map { patterns($0, of: "`gates`") } ?? []
        for (name, _, node) in entries(fields["source_weights"], of: "`source_weights`") {
            guard let weight = number(node, of: "the weight of `\(name)`", in: 0...1_000_000) else { continue }
            settings.sourceWeights.append(.init(source: name, weight: weight))
        }
        for (name, key, node) in entries(fields["criteria"], of: "`criteria`") {
            if let found = criterion(name, key, node) { settings.criteria.append(found) }
        }
        requireOrder(settings, fields)
        return settings
    }

    private mutating func requireOrder(_ settings: ValidationSettings, _ fields: [String: Node]) {
        let pairs = [
            ("pass_score", settings.passScore, "warn_score", settings.warnScore),
            ("ready_score", settings.readyScore, "conditional_score", settings.conditionalScore),
            ("ready_success", settings.readySuccess, "conditional_success", settings.conditionalSuccess),
        ]
        for (upper, high, lower, low) in pairs where high < low {
            fail("`\(upper)` (\(high)) lies below `\(lower)` (\(low))", at: fields[upper] ?? fields[lower])
        }
    }

    private mutating func patterns(_ node: Node, of what: String) -> [NamePattern] {
        texts(node, of: what).map { NamePattern($0) }
    }

    private mutating func category(_ name: String, _ node: Node) -> ValidationSettings.CategoryRule {
        let what = "category `\(name)`"
        let fields = fields(node, of: what, keys: ["title", "weight", "tests", "pass_score", "warn_score"])
        return ValidationSettings.CategoryRule(
            name: name, title: text(fields, "title", of: what),
            weight: fields["weight"].flatMap { number($0, of: "`weight` of \(what)", in: 0...1_000_000) } ?? 1,
            tests: fields["tests"].map { patterns($0, of: "`tests` of \(what)") } ?? [],
            passScore: fields["pass_score"].flatMap { number($0, of: "`pass_score` of \(what)", in: 0...100) },
            warnScore: fields["warn_score"].flatMap { number($0, of: "`warn_score` of \(what)", in: 0...100) })
    }

    private mutating func criterion(_ name: String, _ key: Node, _ node: Node) -> SuccessCriterion? {
        let what = "criterion `\(name)`"
        let fields = fields(
            node, of: what, keys: ["success", "score", "difference", "consistency", "at_least", "at_most"])
        let (low, high) = (number(fields, "at_least", of: what), number(fields, "at_most", of: what))
        let measures = ["success", "score", "difference", "consistency"].filter { fields[$0] != nil }
        guard measures.count == 1, let node = fields[measures[0]], low != nil || high != nil else {
            fail(
                "\(what) needs one of `success`, `score`, `difference`, `consistency`, and `at_least` or `at_most`",
                at: key)
            return nil
        }
        let measure: SuccessCriterion.Measure
        switch measures[0] {
        case "success": measure = .success(patterns(node, of: "`success` of \(what)"))
        case "score":
            guard let category = text(node, of: "`score` of \(what)") else { return nil }
            measure = .score(category: category)
        case "difference":
            let names = texts(node, of: "`difference` of \(what)")
            guard names.count == 2 else {
                fail("`difference` of \(what) names two categories", at: node)
                return nil
            }
            measure = .difference(names[0], names[1])
        default:
            guard boolean(node, of: "`consistency` of \(what)") == true else { return nil }
            measure = .consistency
        }
        return SuccessCriterion(name: name, measure: measure, atLeast: low, atMost: high)
    }
}
