import Model

/// Spans of OTLP/JSON as sessions of a voice service, one line of NDJSON each.
///
/// A session is told by the attribute `session.id` (or `session_id`, `conversation.id`, `gen_ai.conversation.id`, of the span or
/// its resource), else by that of the first span of its trace that has one, else by the trace. A component is told by the attribute `component`, else by the words of the span's
/// name, else by those of `service.name`. What is written, in milliseconds: for each component the mean of its spans,
/// without those inside a span of the same component; `total_latency_ms`, the mean length of the outermost spans that are no
/// component, as turns of the session are (where the session is a trace only if it holds one turn, because its outermost
/// span is then the session itself); `duration`, in seconds, from the first start to the last end. `error_count` counts spans with status
/// ERROR; `error_component` and `error_type` are those of the first one, the type by the attribute `error.type` or
/// `exception.type` or that of its last event that has one. A span that is sent again, with the ids of an earlier one, counts once.
/// Source: opentelemetry-proto 1.x, `trace.proto` and the JSON mapping of OTLP.
enum SpanSessions {
    /// Whether a text begins like spans.
    static func areSpans(_ head: Span<UInt8>) -> Bool {
        let text = String(decoding: (0..<min(head.count, 1_024)).map { head[$0] }, as: UTF8.self)
        return text.contains("\"resourceSpans\"") || text.contains("\"resource_spans\"")
    }

    /// The sessions of a document or of lines of documents, by their start, and how many spans could not be used.
    static func lines(_ bytes: [UInt8]) -> (bytes: [UInt8], unusable: Int) {
        var reading = SpanReading()
        if let tree = JSONTree(bytes) {
            if case .array(let documents) = tree { documents.forEach { reading.take($0) } } else { reading.take(tree) }
        } else {
            for line in bytes.split(separator: Ascii.lineFeed) where line.contains(where: { $0 > Ascii.space }) {
                if let tree = JSONTree(Array(line)) { reading.take(tree) } else { reading.unusable += 1 }
            }
        }
        // Often the outermost span alone says whose session the trace is.
        let named = reading.spans.filter(\.isNamed).sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        let traces = Dictionary(named.map { ($0.trace, $0.session) }) { first, _ in first }
        let sessions = Dictionary(grouping: reading.spans) { span in
            span.isNamed ? span.session : traces[span.trace] ?? span.trace
        }.map {
            SpanSession(id: $0.key, spans: $0.value)
        }
        let sorted = sessions.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        return (Array(sorted.map { $0.line + "\n" }.joined().utf8), reading.unusable)
    }
}

/// One span, as far as it matters.
private struct SpanOfSession {
    var id: String
    var parent: String
    var trace: String
    var session: String
    var isNamed: Bool
    var component: String?
    var start: Int64
    var end: Int64
    var errorType: String?
    var isError: Bool
}

private struct SpanReading {
    private(set) var spans: [SpanOfSession] = []
    var unusable = 0
    /// The spans that there are, by trace and id: exporters send again what was not acknowledged in time.
    private var known: Set<[String]> = []

    mutating func take(_ tree: JSONTree) {
        for resource in list(tree, "resourceSpans", "resource_spans") {
            let shared = attributes(resource["resource"])
            for scope in list(resource, "scopeSpans", "scope_spans") + list(resource, "instrumentationLibrarySpans") {
                for span in list(scope, "spans") { add(span, shared) }
            }
        }
    }

    private func list(_ tree: JSONTree, _ names: String...) -> [JSONTree] {
        for name in names { if case .array(let elements)? = tree[name] { return elements } }
        return []
    }

    private func attributes(_ tree: JSONTree?) -> [String: String] {
        guard let tree else { return [:] }
        var found: [String: String] = [:]
        for item in list(tree, "attributes") {
            guard let key = item["key"]?.scalarText, case .object(let members)? = item["value"] else { continue }
            found[key] = members.lazy.compactMap { $0.value.scalarText }.first
        }
        return found
    }

    private mutating func add(_ span: JSONTree, _ shared: [String: String]) {
        let text = { (names: [String]) in names.lazy.compactMap { span[$0]?.scalarText }.first }
        guard let id = text(["spanId", "span_id"]), let trace = text(["traceId", "trace_id"]),
            let start = text(["startTimeUnixNano", "start_time_unix_nano"]).flatMap({ Int64($0) }), start > 0,
            let end = text(["endTimeUnixNano", "end_time_unix_nano"]).flatMap({ Int64($0) }), end >= start
        else {
            unusable += 1
            return
        }
        guard known.insert([trace, id]).inserted else { return }
        let own = attributes(span)
        let named = { (keys: [String]) in keys.lazy.compactMap { own[$0] ?? shared[$0] }.first { !$0.isEmpty } }
        let session = named(["session.id", "session_id", "conversation.id", "gen_ai.conversation.id"])
        let code = span["status"]?["code"]?.scalarText ?? ""
        let isError = code == "2" || code == "STATUS_CODE_ERROR"
        spans.append(
            SpanOfSession(
                id: id, parent: text(["parentSpanId", "parent_span_id"]) ?? "", trace: trace, session: session ?? trace,
                isNamed: session != nil,
                component: component(own["component"] ?? own["service.component"])
                    ?? component(text(["name"])) ?? component(shared["service.name"]),
                start: start, end: end,
                errorType: isError ? named(["error.type", "exception.type"]) ?? exception(span) : nil,
                isError: isError))
    }

    /// The type of the last exception among the events of a span.
    private func exception(_ span: JSONTree) -> String? {
        list(span, "events").reversed().lazy.compactMap { attributes($0)["exception.type"] }.first { !$0.isEmpty }
    }

    /// The words that a component goes by.
    private static let words: [(component: String, words: [String])] = [
        ("stt", ["stt", "asr", "transcribe", "transcription", "transcriber", "speechtotext", "recognition"]),
        ("tts", ["tts", "synthesize", "synthesis", "synthesizer", "texttospeech"]),
        ("llm", ["llm", "chat", "completion", "completions", "genai", "generate", "languagemodel"]),
    ]

    private func component(_ text: String?) -> String? {
        guard let text = text?.lowercased() else { return nil }
        let parts = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let pairs = zip(parts, parts.dropFirst()).map { $0 + $1 }
        let triples = zip(pairs, parts.dropFirst(2)).map { $0 + $1 }
        let all = Set(parts + pairs + triples)
        return Self.words.first { !all.isDisjoint(with: $0.words) }?.component
    }
}

/// The spans of one session.
private struct SpanSession {
    let id: String
    let start: Int64
    let line: String

    init(id: String, spans: [SpanOfSession]) {
        self.id = id
        let ordered = spans.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        start = ordered.first?.start ?? 0
        let byId = Dictionary(ordered.map { ([$0.trace, $0.id], $0) }) { first, _ in first }
        let isInside = { (span: SpanOfSession) -> Bool in
            var parent = byId[[span.trace, span.parent]]
            var seen: Set<String> = [span.id]
            while let above = parent, seen.insert(above.id).inserted {
                if above.component == span.component { return true }
                parent = byId[[above.trace, above.parent]]
            }
            return false
        }
        let mean = { (spans: [SpanOfSession]) -> Double? in
            // Lengths one by one: sums of nanoseconds since 1970 would lose digits.
            spans.isEmpty ? nil : spans.reduce(0) { $0 + Double($1.end - $1.start) / 1e6 } / Double(spans.count)
        }
        var fields = [
            ("session_id", SpanSession.quoted(id)), ("timestamp", SpanSession.quoted(SpanSession.stamp(start))),
            ("duration", SpanSession.text(Double((ordered.map(\.end).max() ?? start) - start) / 1e9)),
        ]
        var counts: [Int] = []
        for component in ["stt", "llm", "tts"] {
            let own = ordered.filter { $0.component == component && !isInside($0) }
            counts.append(own.count)
            fields.append(("\(component)_latency_ms", mean(own).map(SpanSession.text) ?? "null"))
        }
        let roots = ordered.filter { $0.component == nil && byId[[$0.trace, $0.parent]] == nil }
        let areTurns = ordered.contains(where: \.isNamed) || counts.allSatisfy { $0 <= 1 }
        fields.append(("total_latency_ms", areTurns ? mean(roots).map(SpanSession.text) ?? "null" : "null"))
        let errors = ordered.filter(\.isError)
        fields.append(("error_count", String(errors.count)))
        fields.append(("error_component", errors.first?.component.map(SpanSession.quoted) ?? "null"))
        fields.append(("error_type", errors.first?.errorType.map(SpanSession.quoted) ?? "null"))
        line = "{" + fields.map { "\(SpanSession.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
    }

    /// Six digits behind the point: a nanosecond of a millisecond, and no exponent.
    private static func text(_ value: Double) -> String {
        let units = Int64((value * 1e6).rounded())
        let rest = String(units % 1_000_000)
        return "\(units / 1_000_000).\(String(repeating: "0", count: 6 - rest.count))\(rest)"
    }

    private static func stamp(_ nanoseconds: Int64) -> String {
        let seconds = Int(nanoseconds / 1_000_000_000)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let clock = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60].map(two).joined(separator: ":")
        return "\(Day(number: Int32(truncatingIfNeeded: seconds / 86_400)).iso)T\(clock)Z"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
