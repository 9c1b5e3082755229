import Model

/// How exports name the columns of learning sessions and of goals, and what their words mean.
enum LearningWords {
    /// The usual columns of a session's field, the surest first. `SourceMapping.fields` names others.
    static let sessions: [String: [String]] = [
        "learner": PersonWords.learners + ["@key"],
        "session": ["session_id", "sessionid", "lesson_id", "lesson", "session", "id"],
        "start": ["start_time", "started_at", "starttime", "start", "timestamp", "time"],
        "end": ["end_time", "ended_at", "endtime", "end"],
        "zone": ["time_zone", "timezone", "tz", "zone"],
        "minutes": ["duration_minutes", "minutes", "duration_min"],
        "seconds": ["duration_seconds", "seconds", "duration_s"],
        "exchanges": ["total_exchanges", "exchanges", "exchange_count"],
        "questions": ["questions_asked", "questions"],
        "clarifications": ["clarifications_needed", "clarifications"],
        "quality": ["average_quality", "avg_quality", "quality", "quality_score"],
        "lowest": ["min_quality", "minimum_quality", "lowest_quality"],
        "highest": ["max_quality", "maximum_quality", "highest_quality"],
        "topics": ["topics", "topic"],
        "primary_topic": ["primary_topic", "main_topic"],
        "positive": ["positive_feedback", "positive_feedback_count", "feedback.positive"],
        "negative": ["negative_feedback", "negative_feedback_count", "feedback.negative"],
        "success": ["successful", "success", "is_successful"],
        "completed": ["completed", "is_completed"],
    ]

    /// The usual columns of a goal's field.
    static let goals: [String: [String]] = [
        "id": ["goal_id", "id"],
        "learner": PersonWords.learners,
        "title": ["title", "name"],
        "text": ["description", "text"],
        "kind": ["goal_type", "type", "kind"],
        "target": ["target_value", "target"],
        "start": ["start_date", "created_at", "start", "created"],
        "deadline": ["deadline", "due_date", "due"],
        "status": ["status"],
        "value": ["current_value", "current", "value"],
        "unit": ["unit"],
    ]

    /// The usual columns of a part of the quality.
    static func columns(of part: QualityPart) -> [String] {
        let name = part.rawValue
        return [
            "quality_breakdown.\(name)", "breakdown.\(name)", "quality.\(name)", "quality_\(name)", "\(name)_score",
            name,
        ]
    }

    /// What a target in a unit is times to be one in the unit of its kind; nil for a unit that the kind cannot have.
    ///
    /// Units of counts may have any name but those of times and shares.
    static func factor(of unit: String?, for kind: LearningGoal.Kind) -> Double? {
        guard let unit = unit?.lowercased(), !unit.isEmpty, kind != .custom else { return 1 }
        switch (kind, unit) {
        case (.minutes, "min"), (.minutes, "mins"), (.minutes, "minute"), (.minutes, "minutes"): return 1
        case (.minutes, "h"), (.minutes, "hour"), (.minutes, "hours"): return 60
        case (.minutes, "s"), (.minutes, "second"), (.minutes, "seconds"): return 1.0 / 60
        case (.streak, "d"), (.streak, "day"), (.streak, "days"): return 1
        case (.streak, "week"), (.streak, "weeks"): return 7
        case (.quality, "%"), (.quality, "percent"), (.quality, "per cent"), (.quality, "points"): return 1
        case (.quality, "share"), (.quality, "fraction"), (.quality, "0-1"): return 100
        case (.minutes, _), (.streak, _), (.quality, _): return nil
        default:
            let ofOthers = [
                "min", "mins", "minute", "minutes", "h", "hour", "hours", "s", "second", "seconds", "d", "day", "days",
                "week", "weeks", "%", "percent", "per cent",
            ]
            return ofOthers.contains(unit) ? nil : 1
        }
    }

    /// What a word for the type of a goal means; nil for one that is not known.
    static func kind(_ word: String) -> LearningGoal.Kind? {
        switch word.lowercased().split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "_" }).joined(separator: "_") {
        case "streak", "streak_days": .streak
        case "sessions", "session_count", "sessions_count": .sessions
        case "topics", "topic_count", "topics_explored", "topics_mastered": .topics
        case "quality", "quality_score", "average_quality": .quality
        case "exchanges", "exchange_count": .exchanges
        case "minutes", "duration", "duration_minutes", "time": .minutes
        case "feedback", "feedback_count": .feedback
        case "custom": .custom
        default: nil
        }
    }

    /// What a word for the status of a goal says; reached and missed are computed, so that those words say "active".
    static func declaration(_ word: String) -> LearningGoal.Declaration? {
        switch word.lowercased() {
        case "active", "in_progress", "completed", "complete", "done", "expired": .active
        case "paused": .paused
        case "abandoned", "cancelled", "canceled": .abandoned
        default: nil
        }
    }

    /// Whether a word says yes or no; nil for another one.
    static func truth(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "true", "yes", "1", "y", "t", "completed", "success": true
        case "false", "no", "0", "n", "f": false
        default: nil
        }
    }

    /// Topics of a cell: separated by semicolons or bars, or a JSON list; each once, in their order, at most 50.
    static func topics(_ text: String) -> [String] {
        var parts: [String]
        if text.hasPrefix("["), case .array(let elements)? = JSONTree(Array(text.utf8)) {
            parts = elements.compactMap(\.scalarText)
        } else {
            parts = text.split { $0 == ";" || $0 == "|" }.map(String.init)
        }
        var seen: Set<String> = []
        parts = parts.map { ByteText.trimmed($0) }.filter { !$0.isEmpty && seen.insert($0).inserted }
        return Array(parts.prefix(50))
    }

    /// Whether columns look like those of learning sessions: somebody, a start and something about topics, and, where the
    /// somebody may be any user of a service, also something that is only asked of learners.
    static func areSessions(_ names: [String]) -> Bool {
        let known = Set(names.map { $0.lowercased() })
        let has = { (field: String) in (sessions[field] ?? []).contains { known.contains($0) } }
        let isTaught =
            known.contains("learning_velocity")
            || !known.isDisjoint(with: ["learner_id", "learner", "student_id", "student"])
            || known.contains { $0.hasPrefix("quality_breakdown") }
            || ["questions", "clarifications", "quality", "positive", "negative"].contains(where: has)
        return isTaught && has("learner") && has("start")
            && (has("topics") || has("primary_topic") || known.contains("learning_velocity"))
    }

    /// Whether columns look like those of goals.
    static func areGoals(_ names: [String]) -> Bool {
        let known = Set(names.map { $0.lowercased() })
        let has = { (field: String) in (goals[field] ?? []).contains { known.contains($0) } }
        return known.contains("goal_id") && has("target") && has("kind")
    }
}

extension ByteText {
    /// A text without blanks at both ends.
    fileprivate static func trimmed(_ text: String) -> String {
        let kept = text.drop { $0.isWhitespace }
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }
}
