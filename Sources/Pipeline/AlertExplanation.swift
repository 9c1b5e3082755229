import Archive
import Foundation
import Model

/// Why an alert was raised, from the newest run in which it was not quiet; nil where no run has it.
func alertExplanation(_ id: String, in archive: Archive) throws -> String? {
    var firing: [Day] = []
    var newest: (day: Day, alert: [String: Any])?
    for run in try archive.runs().reversed() {
        guard let bytes = try archive.summary(ofRun: run.id),
            let summary = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let alerts = (summary["alerts"] as? [String: Any])?["list"] as? [[String: Any]],
            let found = alerts.first(where: { $0["id"] as? String == id })
        else { continue }
        if newest == nil { newest = (run.asOf, found) }
        if found["state"] as? String == "firing" { firing.append(run.asOf) }
    }
    guard let newest else { return nil }
    let word = { (key: String) in newest.alert[key] as? String }
    let number = { (key: String) in (newest.alert[key] as? NSNumber).map { "\($0)" } ?? "not defined" }
    var lines = [
        word("text") ?? "", "", "Rule: \(word("rule") ?? "")", "Group: \(word("group") ?? "")",
        "State on \(newest.day.iso): \(word("state") ?? "")\(word("severity").map { " (\($0))" } ?? "")",
        "Value: \(number("value")); expected: \(number("expected")); compared with the limits: \(number("reading"))",
        "n: \(number("n"))",
    ]
    if let first = word("first"), let fired = word("fired") {
        lines.append("First breach: \(first); firing since \(fired)")
    }
    if let reason = word("reason") { lines.append("Not judged: \(reason)") }
    if let first = firing.last, let last = firing.first {
        lines.append(
            "Firing in \(firing.count) \(firing.count == 1 ? "run" : "runs"), first for \(first.iso), last for \(last.iso)"
        )
    }
    lines += [
        "", "`assay alerts --rule \(word("rule") ?? "") --all` replays every night; the rule stands under `alerts`.",
    ]
    return lines.joined(separator: "\n") + "\n"
}

/// What the newest run that knows it says of a health metric, by the name of its rule, of the metric or of the series; nil where
/// no run has it.
func pointExplanation(_ id: String, in archive: Archive) throws -> String? {
    for run in try archive.runs().reversed() {
        guard let bytes = try archive.summary(ofRun: run.id),
            let summary = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let series = (summary["points"] as? [String: Any])?["series"] as? [[String: Any]]
        else { continue }
        let found = series.filter { entry in
            ["rule", "name", "title"].contains { entry[$0] as? String == id }
        }
        guard !found.isEmpty else { continue }
        return found.map { explanation(of: $0, on: run.asOf) }.joined(separator: "\n")
            + "\n`assay alerts --all` lists every health metric; rules stand under `points` of `health`.\n"
    }
    return nil
}

private func explanation(of series: [String: Any], on day: Day) -> String {
    let word = { (key: String) in series[key] as? String }
    let number = { (key: String) in (series[key] as? NSNumber).map { "\($0)" } ?? "not defined" }
    var lines = [
        word("title") ?? "", "", "Rule: \(word("rule") ?? "none: nothing is expected of it")",
        "State on \(day.iso): \(word("level") ?? "none")",
        "Newest value: \(number("latest")) \(word("unit") ?? "") at \(word("latest_at") ?? "no time")",
        "Limits: \(word("limits") ?? "none")",
        "Breach: \(number("breach_minutes")) of \(number("known_minutes")) known minutes; availability \(number("availability"))",
    ]
    let episodes = series["episodes"] as? [[String: Any]] ?? []
    lines.append("Episodes: \(episodes.count)")
    for episode in episodes.suffix(5).reversed() {
        let time = { (key: String) in episode[key] as? String }
        lines.append(
            "  \(time("worst") ?? ""): first breach \(time("began") ?? ""), fired \(time("fired") ?? "")"
                + (time("escalated").map { ", critical from \($0)" } ?? "")
                + (time("ended").map { ", good again from \($0)" } ?? ", not over"))
    }
    return lines.joined(separator: "\n") + "\n"
}
