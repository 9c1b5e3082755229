import Analysis
import Model
import Yams

/// What `assay.yaml` says of learners.
struct LearningEntries {
    /// The rules, with the goals; achievements stand in a file of their own.
    var settings = LearningSettings()
    /// That file; nil for the bundled one.
    var achievements: String?
    /// Whether learners keep the ids of the export.
    var showsIds = false
    /// Whether titles and texts of learners' goals are kept.
    var showsTexts = false
    /// Which learners get pages of their own.
    var pages = LearnerPages.top
}

/// What stands under `learning`.
extension SettingKey where Settings == LearningSettings {
    /// Every key with a number.
    static let numbers: [SettingKey] = [
        number("grace_hours", \.graceHours, 0...720),
        whole("at_risk_days", \.atRiskDays, 0...3_660),
        whole("near_days", \.nearDays, 1...366),
        number("success_quality", \.successQuality, 0...1),
        number("prior_sessions", \.priorSessions, 0...1_000),
        number("prior_mean", \.priorMean, 0...1),
        number("decay_per_day", \.decayPerDay, 0...0.99),
        number("quality_smoothing", \.qualitySmoothing, 0.01...1),
        number("success_share", \.successShare, 0...1),
        whole("minimum_days", \.minimumDays, 3...366),
        whole("minimum_anomaly_days", \.minimumAnomalyDays, 8...366),
        number("anomaly_z", \.anomalyZ, 1...100),
        whole("gap_days", \.gapDays, 2...3_660),
        number("high_velocity", \.highVelocity, 0...100_000),
        number("low_velocity", \.lowVelocity, 0...100_000),
        whole("forecast_days", \.forecastDays, 1...366),
        whole("goal_sessions", \.goalSessions, 1...1_000_000),
        whole("suggestions", \.suggestions, 0...5),
        whole("insights", \.insights, 1...100),
        whole("top", \.topLearners, 1...100_000),
        whole("top_topics", \.topTopics, 1...1_000),
    ]

    /// Every key under `learning`.
    static let names =
        ["achievements", "show_ids", "show_texts", "pages", "levels", "streak_milestones", "compared_days"]
        + numbers.map(\.name)
}

extension YAMLReader {
    /// The tables `learning` and `goals`.
    mutating func learning(_ node: Node?, goals: Node?) -> LearningEntries {
        var entries = LearningEntries()
        if let node {
            let fields = fields(node, of: "`learning`", keys: SettingKey<LearningSettings>.names)
            for key in SettingKey<LearningSettings>.numbers {
                if let node = fields[key.name] { key.apply(&entries.settings, node, &self) }
            }
            entries.achievements = text(fields, "achievements", of: "`learning`")
            entries.showsIds = fields["show_ids"].flatMap { boolean($0, of: "`show_ids`") } ?? false
            entries.showsTexts = fields["show_texts"].flatMap { boolean($0, of: "`show_texts`") } ?? false
            entries.pages = choice(fields, "pages", of: "`learning`") ?? entries.pages
            if let days = fields["streak_milestones"].map({ days($0, of: "`streak_milestones`") }), !days.isEmpty {
                entries.settings.streakMilestones = days
            }
            if let days = fields["compared_days"].map({ days($0, of: "`compared_days`") }), !days.isEmpty {
                entries.settings.comparedDays = days
            }
            let levels = self.entries(fields["levels"], of: "`levels`").compactMap { level($0.name, $0.value) }
            if !levels.isEmpty {
                entries.settings.levels = levels.sorted { ($1.score, $1.sessions) < ($0.score, $0.sessions) }
            }
        }
        entries.settings.goals = self.entries(goals, of: "`goals`").compactMap { goal($0.name, $0.key, $0.value) }
        return entries
    }

    private mutating func days(_ node: Node, of what: String) -> [Int] {
        Array(Set(list(node).compactMap { integer($0, of: "a number of \(what)", in: 1...3_660) })).sorted()
    }

    private mutating func level(_ name: String, _ node: Node) -> MasteryLevel? {
        let what = "level `\(name)`"
        let fields = fields(node, of: what, keys: ["score", "sessions", "mastered"])
        let score = fields["score"].flatMap { number($0, of: "`score` of \(what)", in: 0...1) }
        let sessions = fields["sessions"].flatMap { integer($0, of: "`sessions` of \(what)", in: 0...1_000_000) }
        let isMastered = fields["mastered"].flatMap { boolean($0, of: "`mastered` of \(what)") }
        return MasteryLevel(name: name, score: score ?? 0, sessions: sessions ?? 0, isMastered: isMastered ?? false)
    }

    private mutating func goal(_ name: String, _ key: Node, _ node: Node) -> LearningGoal? {
        let what = "goal `\(name)`"
        let fields = fields(
            node, of: what,
            keys: ["title", "text", "type", "target", "start", "deadline", "status", "learner", "value"])
        guard let kind: LearningGoal.Kind = choice(fields, "type", of: what),
            let target = fields["target"].flatMap({ number($0, of: "`target` of \(what)", in: 1e-9...1e12) }),
            let start = fields["start"].flatMap({ day($0, of: "`start` of \(what)") })
        else {
            if problems.isEmpty || fields["type"] == nil || fields["target"] == nil || fields["start"] == nil {
                fail("\(what) needs `type`, `target` and `start`", at: key)
            }
            return nil
        }
        var goal = LearningGoal(
            id: name, learner: text(fields, "learner", of: what), title: text(fields, "title", of: what) ?? name,
            kind: kind, target: target, start: start,
            deadline: fields["deadline"].flatMap { day($0, of: "`deadline` of \(what)") },
            declared: choice(fields, "status", of: what) ?? .active)
        goal.text = text(fields, "text", of: what) ?? ""
        goal.supplied = number(fields, "value", of: what)
        if kind == .quality, target > 100 {
            fail("`target` of \(what) is a quality in per cent, at most 100", at: fields["target"])
        }
        if let deadline = goal.deadline, deadline < start {
            fail("`deadline` of \(what) lies before its `start`", at: fields["deadline"])
        }
        return goal
    }

    private mutating func day(_ node: Node, of what: String) -> Day? {
        guard let text = text(node, of: what) else { return nil }
        if let day = Day(iso: text) { return day }
        fail("\(what) is a day such as 2026-11-19, found `\(text)`", at: node)
        return nil
    }
}
