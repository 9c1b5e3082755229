import Analysis
import Yams

extension YAMLReader {
    private static let achievementKeys = [
        "title", "category", "rarity", "points", "hidden", "requires", "value", "at_least", "time",
    ]

    /// The words of `requires`.
    private static let requirements = [
        "sessions", "streak", "start_before", "start_from", "quality_days", "quality_sessions", "session_quality",
        "topics", "topic_exchanges", "exchanges", "session_minutes", "minutes", "feedback", "active_days",
    ]

    /// A file of achievements: a mapping of ids to what they are called, what they are worth and what they require.
    mutating func achievements() -> [AchievementDefinition] {
        guard let root = root() else { return [] }
        var definitions: [AchievementDefinition] = []
        for (id, key, node) in entries(root, of: "the file of achievements") {
            let what = "achievement `\(id)`"
            let fields = fields(node, of: what, keys: Self.achievementKeys)
            guard let requirement = requirement(fields, of: what, at: key),
                let points = fields["points"].flatMap({ integer($0, of: "`points` of \(what)", in: 0...1_000_000) })
            else {
                if fields["points"] == nil { fail("\(what) needs `points`", at: key) }
                continue
            }
            definitions.append(
                AchievementDefinition(
                    id: id, title: text(fields, "title", of: what) ?? id,
                    category: text(fields, "category", of: what) ?? "other",
                    rarity: choice(fields, "rarity", of: what) ?? .common, points: points,
                    isHidden: fields["hidden"].flatMap { boolean($0, of: "`hidden` of \(what)") } ?? false,
                    requirement: requirement))
        }
        return definitions
    }

    private mutating func requirement(
        _ fields: [String: Node], of what: String, at key: Node
    ) -> AchievementDefinition.Requirement? {
        guard let node = fields["requires"], let word = text(node, of: "`requires` of \(what)") else {
            fail("\(what) needs `requires`", at: key, fix: "One of \(Self.requirements.joined(separator: ", ")).")
            return nil
        }
        guard isKnown(word, node, of: what, among: Self.requirements) else { return nil }
        if word == "start_before" || word == "start_from" {
            guard let minute = minute(fields, of: what, at: key) else { return nil }
            return word == "start_before" ? .startBefore(minute: minute) : .startFrom(minute: minute)
        }
        let least = fields["at_least"].flatMap { number($0, of: "`at_least` of \(what)", in: 0...1) }
        if ["quality_days", "quality_sessions", "session_quality"].contains(word), least == nil {
            fail("\(what) needs `at_least`, a quality from 0 to 1", at: key)
            return nil
        }
        if least != nil, !["quality_days", "quality_sessions", "session_quality"].contains(word) {
            fail("`at_least` of \(what) has no meaning where it requires `\(word)`", at: fields["at_least"] ?? key)
            return nil
        }
        if word == "session_quality" { return .qualitySessions(1, atLeast: least ?? 0) }
        guard let value = fields["value"].flatMap({ number($0, of: "`value` of \(what)", in: 1...1_000_000_000) })
        else {
            if fields["value"] == nil { fail("\(what) needs `value`", at: key) }
            return nil
        }
        guard value == value.rounded() || ["session_minutes", "minutes"].contains(word) else {
            fail("`value` of \(what) counts \(word), so it is a whole number", at: fields["value"] ?? key)
            return nil
        }
        let count = Int(value)
        return switch word {
        case "sessions": .sessions(count)
        case "streak": .streak(count)
        case "quality_days": .qualityDays(count, atLeast: least ?? 0)
        case "quality_sessions": .qualitySessions(count, atLeast: least ?? 0)
        case "topics": .topics(count)
        case "topic_exchanges": .topicExchanges(count)
        case "exchanges": .exchanges(count)
        case "session_minutes": .sessionMinutes(value)
        case "minutes": .minutes(value)
        case "feedback": .feedback(count)
        default: .activeDays(count)
        }
    }

    /// `08:00` as a minute of the day.
    private mutating func minute(_ fields: [String: Node], of what: String, at key: Node) -> Int? {
        guard let node = fields["time"], let text = text(node, of: "`time` of \(what)") else {
            fail("\(what) needs `time`, such as \"08:00\"", at: key)
            return nil
        }
        let parts = text.split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else {
            fail("`time` of \(what) is a time of the day such as \"08:00\", found `\(text)`", at: node)
            return nil
        }
        return hour * 60 + minute
    }
}
