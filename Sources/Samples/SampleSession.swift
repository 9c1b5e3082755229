import Model

/// One generated session with its scores.
struct SampleSession {
    static let columns = [
        "session_id", "started_at", "tier", "dataset", "channel", "agent", "intent", "duration_s", "exchanges", "words",
        "resolved", "csat", "errors", "stt_ms", "llm_ms", "tts_ms",
    ]
    static let qualityColumns = ["session_id", "overall_quality"] + SampleVocabulary.scores.map(\.name)

    var id: String
    var day: Day
    var startedAt: String
    var tier: String
    var dataset: String
    var channel: String
    var agent: String
    var intent: String
    var durationSeconds: Int
    var exchanges: Int
    var words: Int
    var isResolved: Bool
    /// 1 to 5; nil when the survey was not answered.
    var satisfaction: Int?
    var errors: Int
    var sttMilliseconds: Int
    var llmMilliseconds: Int
    var ttsMilliseconds: Int
    /// In ten-thousandths, overall first; nil when the session was not graded, a nil entry when a score is missing.
    var scores: [Int?]?

    var cells: [SampleCell] {
        [
            .text(id), .text(startedAt), .text(tier), .text(dataset), .text(channel), .text(agent), .text(intent),
            .decimal(durationSeconds, decimals: 0), .decimal(exchanges, decimals: 0), .decimal(words, decimals: 0),
            .bool(isResolved), satisfaction.map { .decimal($0, decimals: 0) } ?? .missing,
            .decimal(errors, decimals: 0),
            .decimal(sttMilliseconds, decimals: 0), .decimal(llmMilliseconds, decimals: 0),
            .decimal(ttsMilliseconds, decimals: 0),
        ]
    }

    var qualityCells: [SampleCell]? {
        scores.map { scores in [.text(id)] + scores.map { $0.map { .decimal($0, decimals: 4) } ?? .missing } }
    }
}
