import Words

/// The verdict of a run as its summary has it, in one sentence.
public enum RunVerdict {
    /// The part of a summary that holds it.
    public static func part(of summary: JSONValue) -> JSONValue { summary["verdict"] }

    /// "Mixed: of 6 metrics 1 improving, 2 declining, 3 flat."
    public static func sentence(_ verdict: JSONValue) -> String {
        let parts = ["improving", "declining", "moving", "flat", "inconclusive", "insufficient"]
            .map { (key: $0, count: verdict[$0].elements.count) }.filter { $0.count > 0 }
        let all = NumberWords.count(parts.reduce(0) { $0 + $1.count }, "metric", "metrics")
        let counts = parts.map { "\(NumberWords.count($0.count)) \(say(word: $0.key))" }
        guard let word = verdict["word"].text else { return say("The report says no verdict.") }
        return say(word: word).capitalizedFirst
            + (counts.isEmpty ? "." : say(": of \(all) \(counts.joined(separator: ", "))."))
    }
}
