import Words

/// The verdict of a run as its summary has it, in one sentence.
public enum RunVerdict {
    /// The part of a summary that holds it.
    public static func part(of summary: JSONValue) -> JSONValue { summary["verdict"] }

    /// "Mixed: 1 improving, 2 declining, 3 flat."
    public static func sentence(_ verdict: JSONValue) -> String {
        let counts = ["improving", "declining", "moving", "flat", "inconclusive", "insufficient"].compactMap { key in
            let count = verdict[key].elements.count
            return count == 0 ? nil : "\(NumberWords.count(count)) \(say(word: key))"
        }
        guard let word = verdict["word"].text else { return say("The report says no verdict.") }
        return say(word: word).capitalizedFirst
            + (counts.isEmpty ? "." : say(": metrics \(counts.joined(separator: ", "))."))
    }
}
