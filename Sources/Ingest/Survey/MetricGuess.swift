import Diagnostics
import Model

/// What a numeric column may measure, judged by its name and values.
struct MetricGuess {
    let metric: Metric
    let column: MetricColumn
    /// What was assumed, part by part.
    let assumptions: [Remark]

    private static let lowerWords: Set<String> = [
        "latency", "error", "errors", "duration", "wer", "cost", "delay", "wait", "failure", "failures", "timeouts",
        "rejected", "incidents", "clarifications", "reopen", "reassignment", "ms", "seconds", "malformed", "misses",
        "retries", "dropped",
    ]
    private static let higherWords: Set<String> = [
        "score", "accuracy", "rating", "csat", "fcr", "pass", "quality", "resolved", "satisfaction", "safety",
        "coherence", "authenticity", "compliance", "consistency", "engagement", "completion", "success", "sla", "f1",
        "precision", "recall", "progress", "hits", "mos",
    ]
    private static let units: [(words: Set<String>, unit: String)] = [
        (["ms", "milliseconds"], "ms"), (["s", "sec", "seconds"], "s"), (["min", "minutes"], "min"),
        (["percent", "pct"], "%"), (["words"], "words"), (["tokens"], "tokens"), (["score"], "score"),
    ]

    /// nil if no valid key can be made of the name.
    ///
    /// - Parameter isVoice: whether the table holds sessions of a voice service.
    init?(_ profile: ColumnProfile, name: String, index: Int, isVoice: Bool = false) {
        let words = ColumnWords(profile.name)
        let shape = MetricGuess.shape(profile, words)
        let isRating = profile.isRating
        let direction: Direction =
            words.has(MetricGuess.lowerWords)
            ? .lower
            : words.has(MetricGuess.higherWords) || isRating || shape.isScore
                || (profile.isTruth && words.has(["resolution"]))
                ? .higher : .neutral
        let unit =
            MetricGuess.units.first { words.has($0.words) }?.unit
            ?? (shape.isScore
                ? "score"
                : isVoice && words.has(["duration", "handle"])
                    ? MetricGuess.durationUnit(profile) : MetricGuess.latencyUnit(profile, words))
        guard
            let metric = Metric(
                name: name, unit: profile.isTruth ? "" : unit, range: shape.range,
                direction: direction, isProportion: profile.isTruth)
        else { return nil }
        self.metric = metric
        let scale = Dictionary(
            uniqueKeysWithValues: ColumnProfile.ratingWords.enumerated().map { ($0.element, Double($0.offset + 1)) })
        column = MetricColumn(
            metric: index, columns: [profile.name], words: isRating ? scale : [:],
            zeroIsMissing: shape.zeroIsMissing)
        var remarks = [Remark("“\(profile.name)” is taken as metric “\(name)”")]
        if profile.isTruth { remarks.append(Remark(", a share of yes")) }
        if isVoice, !metric.unit.isEmpty { remarks.append(Remark(", in \(metric.unit)")) }
        if isRating { remarks.append(Remark(", with Poor as 1 to Excellent as 5")) }
        if let range = shape.range, !profile.isTruth {
            remarks.append(Remark(", from \(range.lowerBound) to \(range.upperBound)"))
        }
        if shape.zeroIsMissing {
            remarks.append(
                words.has(["latency"]) ? Remark(", where 0 means not measured") : Remark(", where 0 means no answer"))
        }
        switch direction {
        case .higher: remarks.append(Remark("; higher is better"))
        case .lower: remarks.append(Remark("; lower is better"))
        case .neutral: break
        }
        assumptions = remarks
    }

    private struct Shape {
        var range: ClosedRange<Double>?
        var zeroIsMissing = false
        var isScore = false
    }

    /// The unit of a latency whose name has none: seconds are written with decimals and stay below a minute,
    /// milliseconds are whole numbers, or none that was measured is below 10; empty where that tells nothing.
    private static func latencyUnit(_ profile: ColumnProfile, _ words: ColumnWords) -> String {
        guard words.has(["latency"]), profile.minimum >= 0 else { return "" }
        let isWhole = profile.wholeNumbers == profile.numbers
        if profile.maximum < 60 { return isWhole ? "" : "s" }
        // Nobody waits ten seconds for each answer.
        return isWhole || profile.smallestPositive >= 10 ? "ms" : ""
    }

    /// The unit of the length of a voice session whose name has none: no session is as short as a second or as long as half a
    /// day, so that whole numbers from a thousand on are milliseconds.
    private static func durationUnit(_ profile: ColumnProfile) -> String {
        profile.minimum >= 0 && profile.maximum < 10_000
            ? "s" : profile.wholeNumbers == profile.numbers && profile.minimum >= 1_000 ? "ms" : ""
    }

    private static func shape(_ profile: ColumnProfile, _ words: ColumnWords) -> Shape {
        if profile.isTruth { return Shape(range: 0...1) }
        if profile.isRating { return Shape(range: 1...5) }
        let isWhole = profile.wholeNumbers == profile.numbers
        if words.has(["csat", "satisfaction", "rating", "stars"]), isWhole, profile.maximum <= 5, profile.minimum >= 0 {
            return Shape(range: 1...5, zeroIsMissing: profile.zeros > 0 || words.has(["csat", "satisfaction"]))
        }
        // An opinion score goes from 1 to 5 (ITU-T P.800): what lies outside is a mistake of the export.
        if words.has(["mos"]), profile.isMostly(profile.inFive + profile.zeros, share: 0.5) {
            return Shape(range: 1...5, zeroIsMissing: profile.zeros > 0)
        }
        // Ratings with decimals; below 1 there is nothing but the 0 that means no answer.
        if words.has(["csat", "satisfaction", "mos"]), profile.maximum > 1, profile.maximum <= 5, profile.minimum >= 0,
            profile.inUnit == profile.zeros || profile.minimum >= 1
        {
            return Shape(range: 1...5, zeroIsMissing: profile.zeros > 0)
        }
        // What took no time at all was not measured, whether or not the first rows show such a one.
        if words.has(["latency"]), words.has(["stt", "llm", "tts", "total"]), profile.minimum >= 0 {
            return Shape(zeroIsMissing: true)
        }
        // A range is only guessed where the name says that it is a score: a value beyond a guessed range would be lost.
        if !isWhole, words.has(higherWords), profile.inUnit == profile.numbers {
            return Shape(range: 0...1, isScore: true)
        }
        if words.has(["percent", "pct", "rate"]), profile.minimum >= 0, profile.maximum <= 100, profile.maximum > 1 {
            return Shape(range: 0...100)
        }
        return Shape()
    }
}
