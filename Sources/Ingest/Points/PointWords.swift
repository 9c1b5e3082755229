/// How exports of metric points and pipeline logs name their columns.
enum PointWords {
    /// The usual columns of a point's fields, the surest first. `SourceMapping.fields` names others.
    static let point: [String: [String]] = [
        "metric": ["metric", "metric_name", "name"],
        "value": ["value", "metric_value", "reading"],
        "time": ["timestamp", "time", "ts", "at", "recorded_at", "collected_at", "measured_at"],
        "unit": ["unit", "units"],
        "kind": ["kind", "type", "metric_type"],
        "context": ["context", "labels", "tags"],
    ]

    /// The usual columns of a pipeline log.
    static let stage: [String: [String]] = [
        "stage": ["stage", "stage_name", "step"],
        "item": ["item", "file", "file_name", "document", "document_id", "job_id", "batch_id", "id"],
        "start": ["started_at", "start_time", "started", "start", "entered_at"],
        "end": ["finished_at", "ended_at", "end_time", "completed_at", "ended", "end"],
        "status": ["status", "state", "result"],
    ]

    /// Columns of their own that tell series apart.
    static let ownContext = [
        "component", "service", "agent_type", "interaction_mode", "mode", "host", "instance", "region", "environment",
        "endpoint", "error_type",
    ]

    /// What belongs to one session, request or person, and so would make a series of every point: it is dropped, and what
    /// was told apart by it becomes one series. Ids of persons never reach the archive.
    static let dropped = Set(PersonWords.columns).union([
        "session_id", "session", "conversation_id", "request_id", "trace_id", "span_id", "user_name", "email",
        "message_id", "query", "message", "text",
    ])

    /// Whether columns are those of metric points; measurements of an intervention are not.
    static func arePoints(_ columns: [String]) -> Bool {
        let names = Set(columns.map { $0.lowercased() })
        let has = { (field: String) in (point[field] ?? []).contains(where: names.contains) }
        let isNamed =
            names.contains("metric") || names.contains("metric_name") || (names.contains("name") && has("unit"))
        return isNamed && has("value") && has("time") && !names.contains("intervention_id")
    }

    /// Whether columns are those of a pipeline log.
    static func areStages(_ columns: [String]) -> Bool {
        let names = Set(columns.map { $0.lowercased() })
        let has = { (field: String) in (stage[field] ?? []).contains(where: names.contains) }
        return (names.contains("stage") || names.contains("stage_name")) && has("start") && has("end") && has("item")
    }

    /// `component=api, host=a1` of pairs: sorted, without what is dropped, blank or too long to be a label.
    static func context(_ pairs: [(key: String, value: String)]) -> String {
        var kept: [String: String] = [:]
        for (key, value) in pairs where !key.isEmpty && !value.isEmpty && !dropped.contains(key.lowercased()) {
            kept[key] = String(value.prefix(100))
        }
        return kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }

    /// The pairs in a cell: a JSON object, `k=v` parts, or a text that is the whole context.
    static func pairs(in text: String) -> [(key: String, value: String)] {
        if text.hasPrefix("{"), case .object(let members)? = JSONTree(Array(text.utf8)) {
            return members.compactMap { member in member.value.scalarText.map { (member.key, $0) } }
        }
        let parts = text.split { $0 == ";" || $0 == "," }.map { $0.split(separator: "=", maxSplits: 1) }
        guard !parts.isEmpty, parts.allSatisfy({ $0.count == 2 }) else { return [("context", text)] }
        return parts.map { pair in
            let trimmed = pair.map { $0.drop { $0 == " " } }.map(String.init)
            return (trimmed[0], trimmed[1])
        }
    }
}
