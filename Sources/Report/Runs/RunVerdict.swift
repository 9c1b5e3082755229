import Analysis
import Words

/// The verdict of a run as its summary has it, in one sentence.
public enum RunVerdict {
    /// The part of a summary that holds it.
    public static func part(of summary: JSONValue) -> JSONValue { summary["verdict"] }

    /// "Mixed: of 6 metrics 1 getting better, 2 getting worse, 3 flat."
    public static func sentence(_ verdict: JSONValue) -> String {
        let parts = [
            ("improving", say("getting better")), ("declining", say("getting worse")),
            ("moving", say("rising or falling with no good direction")), ("flat", say("flat")),
            ("inconclusive", say("inconclusive")), ("insufficient", say("with too little data")),
        ].map { (words: $0.1, count: verdict[$0.0].elements.count) }.filter { $0.count > 0 }
        let all = NumberWords.count(parts.reduce(0) { $0 + $1.count }, "metric", "metrics")
        let counts = parts.map { "\(NumberWords.count($0.count)) \($0.words)" }
        guard let word = verdict["word"].text.flatMap(OverallVerdict.Word.init(rawValue:)) else {
            return say("The report says no verdict.")
        }
        return Wording.verdict(word)
            + (counts.isEmpty ? "." : say(": of \(all) \(counts.joined(separator: ", "))."))
    }
}
