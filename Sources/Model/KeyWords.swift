/// What a key reads like where nobody has declared a title for it: the one home of that.
public enum KeyWords {
    /// Parts of keys that the field writes in capitals.
    private static let capitals: Set<String> = [
        "ai", "aht", "api", "asr", "cpu", "csat", "fcr", "gpu", "http", "id", "ip", "kpi", "llm", "ml", "mos", "nlp",
        "nlu",
        "nps", "qps", "ram", "rfc", "rps", "sla", "slo", "sms", "stt", "ttfb", "tts", "ui", "url", "ux", "wer", "p50",
        "p75",
        "p90",
        "p95", "p99",
    ]

    /// The words of a key: "stt_latency" as "STT latency". A text that is no key (`[a-z][a-z0-9_]*`) stays as it is: somebody
    /// has written it for readers.
    public static func words(of key: String) -> String {
        guard Metric.isValidName(key) else { return key }
        return key.split(separator: "_").map { capitals.contains(String($0)) ? $0.uppercased() : String($0) }
            .joined(separator: " ")
    }

    /// The same with a capital letter: "cross_modal" as "Cross modal".
    public static func title(of key: String) -> String {
        let words = words(of: key)
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
