import Analysis
import Model
import Yams

extension SettingsAssembly {
    private static let termKeys = ["for_minutes", "clear_points", "stale_minutes", "objective", "owner"]
    /// A year in minutes: nothing is waited for longer.
    private static let longest = 527_040.0
    private static let ruleKeys =
        termKeys + [
            "title", "metric", "where", "component", "above", "below", "clear", "enabled", "acknowledge", "mute",
        ]

    /// The rules for points of health metrics, in the order of the file.
    mutating func points(_ node: Node?, into settings: inout AnalysisSettings) {
        var usual: [String: Node] = [:]
        for (name, key, node) in reader.entries(node, of: "`points` of `health`") {
            if name == "defaults" {
                usual = reader.fields(node, of: "`defaults` of `points`", keys: Self.termKeys)
                continue
            }
            if let rule = pointRule(name, key, node, usual) { settings.pointRules.append(rule) }
        }
        requireDistinct(settings.pointRules, at: node)
    }

    private mutating func pointRule(
        _ name: String, _ key: Node, _ node: Node, _ usual: [String: Node]
    ) -> PointRule? {
        let what = "point rule `\(name)`"
        let fields = reader.fields(node, of: what, keys: Self.ruleKeys)
        let sides = ["above", "below"].filter { fields[$0] != nil }
        let metric = reader.text(fields, "metric", of: what) ?? name
        let known = PointRule.usual.first { $0.metric == metric }
        var rule: PointRule
        if let side = sides.first.flatMap(LimitSide.init), let ladder = fields[side.rawValue], sides.count == 1 {
            rule = PointRule(id: name, metric: metric, bad: side)
            (rule.warning, rule.critical) = limits(ladder, of: "`\(side.rawValue)` of \(what)")
            if rule.warning == nil, rule.critical == nil { return nil }
        } else if sides.isEmpty, let known {
            rule = known
            rule.isUsual = false
            rule.id = name
        } else {
            reader.fail(
                sides.count == 2 ? "\(what) has both `above` and `below`" : "\(what) needs `above` or `below`", at: key,
                fix: "Such as above: {warning: 300, critical: 800} for a response time, below for a rate.")
            return nil
        }
        if let title = reader.text(fields, "title", of: what) { rule.title = title }
        rule.component = reader.text(fields, "component", of: what)
        for (key, _, value) in reader.entries(fields["where"], of: "`where` of \(what)") {
            rule.context[key] = reader.text(value, of: "`\(key)` of \(what)")
        }
        if let node = fields["enabled"] { rule.isEnabled = reader.boolean(node, of: "`enabled` of \(what)") ?? true }
        if let node = fields["clear"] {
            (rule.clearWarning, rule.clearCritical) = limits(node, of: "`clear` of \(what)")
        }
        fill(&rule, usual.merging(fields) { $1 }, of: what)
        requireOrder(rule, of: what, at: key)
        rule.silences =
            pointSilences(fields["acknowledge"], .acknowledge, of: what)
            + pointSilences(fields["mute"], .mute, of: what)
        return rule
    }

    /// A number is the limit of a warning; else limits by severity.
    private mutating func limits(_ node: Node, of what: String) -> (warning: Double?, critical: Double?) {
        guard node.mapping != nil else { return (reader.number(node, of: what), nil) }
        let fields = reader.fields(node, of: what, keys: ["warning", "critical"])
        let limits = (reader.number(fields, "warning", of: what), reader.number(fields, "critical", of: what))
        if limits.0 == nil, limits.1 == nil { reader.fail("\(what) names no limit", at: node) }
        return limits
    }

    private mutating func fill(_ rule: inout PointRule, _ fields: [String: Node], of what: String) {
        if let minutes = reader.number(fields, "for_minutes", of: what) {
            rule.minutes = minutes
            if !(0...Self.longest).contains(minutes) {
                reader.fail(
                    "`for_minutes` of \(what) lies between 0 and \(Int(Self.longest)), found \(minutes)",
                    at: fields["for_minutes"])
            }
        }
        if let node = fields["clear_points"] {
            rule.clearPoints = reader.integer(node, of: "`clear_points` of \(what)", in: 1...1_000) ?? rule.clearPoints
        }
        if let minutes = reader.number(fields, "stale_minutes", of: what) {
            rule.staleMinutes = minutes
            if !(minutes > 0 && minutes <= Self.longest) {
                reader.fail(
                    "`stale_minutes` of \(what) is above 0 and at most \(Int(Self.longest)), found \(minutes)",
                    at: fields["stale_minutes"])
            }
        }
        if let objective = reader.number(fields, "objective", of: what) {
            if objective > 0, objective < 1 {
                rule.objective = objective
            } else {
                reader.fail(
                    "`objective` of \(what) lies between 0 and 1, found \(objective)", at: fields["objective"],
                    fix: "99.9 % is 0.999; an objective of 1 leaves no budget.")
            }
        }
        rule.owner = reader.text(fields, "owner", of: what) ?? rule.owner
    }

    /// Critical lies beyond warning, and what ends a level on the good side of its limit.
    private mutating func requireOrder(_ rule: PointRule, of what: String, at key: Node) {
        let side = rule.bad.rawValue
        if let warning = rule.warning, let critical = rule.critical, !rule.bad.holds(critical, of: warning) {
            reader.fail(
                "\(what): critical (\(critical)) must lie \(side) warning (\(warning)), or it would never be told apart",
                at: key)
        }
        for (limit, clear) in [(rule.warning, rule.clearWarning), (rule.critical, rule.clearCritical)] {
            guard let clear else { continue }
            guard let limit else {
                reader.fail("\(what) has a limit to clear for a severity without one", at: key)
                continue
            }
            if rule.bad.holds(clear, of: limit) {
                reader.fail("`clear` of \(what) lies on the bad side of its limit", at: key)
            }
        }
    }

    /// Of two rules for one series the first would hold and the second never speak.
    private mutating func requireDistinct(_ rules: [PointRule], at node: Node?) {
        for (place, rule) in rules.enumerated() {
            if let earlier = rules[..<place].first(where: { earlier in
                earlier.metric == rule.metric && earlier.context.allSatisfy { rule.context[$0.key] == $0.value }
            }) {
                reader.fail(
                    "point rule `\(rule.id)` never speaks: `\(earlier.id)` before it takes every series that it is about",
                    at: node, fix: "Put the narrower rule first, or give it another `where`.")
            }
        }
    }

    private mutating func pointSilences(_ node: Node?, _ kind: AlertSilence.Kind, of what: String) -> [AlertSilence] {
        guard let node else { return [] }
        let here = "`\(kind.rawValue)` of \(what)"
        return reader.list(node).compactMap { item in
            let fields = reader.fields(item, of: here, keys: ["owner", "reason", "until"])
            return silence(fields, kind, value: nil, of: here, at: item)
        }
    }
}
