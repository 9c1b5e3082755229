import Analysis
import Diagnostics
import Model
import Yams

extension YAMLReader {
    private static let voiceKeys = [
        "components", "total", "errors", "caches", "resolved", "satisfaction", "duration", "word_error_rate",
        "opinion_score", "intent", "outcome", "error_type", "error_component", "split", "targets",
    ]

    /// The table `service`: which metrics and dimensions play which part in voice sessions.
    mutating func voice(_ node: Node) -> VoiceRoles {
        var roles = VoiceRoles()
        let fields = fields(node, of: "`service`", keys: Self.voiceKeys)
        for (name, _, node) in entries(fields["components"], of: "`components`") {
            if let metric = text(node, of: "component `\(name)`") {
                roles.components.append(.init(name: name, metric: metric))
            }
        }
        for (name, key, node) in entries(fields["caches"], of: "`caches`") {
            let parts = self.fields(node, of: "cache `\(name)`", keys: ["hits", "misses"])
            guard let hits = text(parts, "hits", of: "cache `\(name)`"),
                let misses = text(parts, "misses", of: "cache `\(name)`")
            else {
                fail("cache `\(name)` needs `hits` and `misses`", at: key)
                continue
            }
            roles.caches.append(.init(name: name, hits: hits, misses: misses))
        }
        for (metric, key, node) in entries(fields["targets"], of: "`targets`") {
            let what = "the target of `\(metric)`"
            let parts = self.fields(node, of: what, keys: ["at_most", "share"])
            let share = parts["share"].flatMap { number($0, of: "`share` of \(what)", in: 0...1) } ?? 0.95
            guard let limit = number(parts, "at_most", of: what) else {
                fail("\(what) needs `at_most`", at: key)
                continue
            }
            roles.targets.append(.init(metric: metric, atMost: limit, share: share))
        }
        roles.total = text(fields, "total", of: "`service`")
        roles.errors = text(fields, "errors", of: "`service`")
        roles.resolved = text(fields, "resolved", of: "`service`")
        roles.satisfaction = text(fields, "satisfaction", of: "`service`")
        roles.duration = text(fields, "duration", of: "`service`")
        roles.wordErrorRate = text(fields, "word_error_rate", of: "`service`")
        roles.opinionScore = text(fields, "opinion_score", of: "`service`")
        roles.intent = text(fields, "intent", of: "`service`")
        roles.outcome = text(fields, "outcome", of: "`service`")
        roles.errorType = text(fields, "error_type", of: "`service`")
        roles.errorComponent = text(fields, "error_component", of: "`service`")
        if let node = fields["split"] { roles.split = split(node) }
        return roles
    }
}

extension YAMLReader {
    /// `variant`, or `{by: variant, control: old, against: new}`.
    private mutating func split(_ node: Node) -> VoiceRoles.Split? {
        guard node.mapping != nil else {
            return text(node, of: "`split` of `service`").map { VoiceRoles.Split(dimension: $0) }
        }
        let parts = fields(node, of: "`split`", keys: ["by", "control", "against"])
        guard let dimension = text(parts, "by", of: "`split`") else {
            fail("`split` needs `by`, a dimension", at: node)
            return nil
        }
        let names = (text(parts, "control", of: "`split`"), text(parts, "against", of: "`split`"))
        guard (names.0 == nil) == (names.1 == nil), names.0 == nil || names.0 != names.1 else {
            fail("`split` names two different values, `control` and `against`, or none", at: node)
            return nil
        }
        return VoiceRoles.Split(dimension: dimension, a: names.0, b: names.1)
    }
}

extension SettingsAssembly {
    /// The parts of voice sessions; a name that is not declared is reported.
    mutating func voice() -> VoiceRoles {
        let metrics = file.metrics.map(\.name)
        for name in file.voice.metrics where !metrics.contains(name) {
            reader.fail(
                "`service` names the metric `\(name)`, which is not declared", at: file.voiceNode,
                fix: nearestName(to: name, among: metrics).map { "Did you mean `\($0)`?" })
        }
        let dimensions = file.dimensions.map(\.name)
        for name in file.voice.dimensions where !dimensions.contains(name) {
            reader.fail(
                "`service` names the dimension `\(name)`, which is not declared", at: file.voiceNode,
                fix: nearestName(to: name, among: dimensions).map { "Did you mean `\($0)`?" })
        }
        return file.voice
    }
}
