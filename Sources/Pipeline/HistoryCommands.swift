import Archive
import Diagnostics
import Foundation
import Model
import Report

/// `assay history list`: deliveries as tab-separated lines or as JSON.
public func listHistory(
    _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let archive = try readArchive(request, in: surroundings)
        if request.format == .json {
            return print(JSONValue.object(["deliveries": .array(try archive.deliveries().map(\.json))]).pretty)
        }
        var lines = [
            "delivery\tas_of\tstate\tfiles\trows\taccepted\trefusals\tinserted\treplaced\tunchanged\tmoved\tpending"
        ]
        for delivery in try archive.deliveries() {
            let refusals = delivery.files.reduce(0) { $0 + $1.rejects.reduce(0) { $0 + $1.count } }
            let counts = delivery.counts
            let numbers = [
                delivery.files.count, delivery.files.reduce(0) { $0 + $1.rows },
                delivery.files.reduce(0) { $0 + $1.accepted },
                refusals, counts.inserted, counts.replaced, counts.unchanged, counts.moved, counts.pending,
            ]
            let state = delivery.isUndone ? "undone" : "live"
            lines.append(
                ([String(delivery.id), delivery.asOf.iso, state] + numbers.map(String.init)).joined(separator: "\t"))
        }
        print(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
}

/// `assay history undo`: takes a delivery out and recomputes what it touched.
public func undoDelivery(
    _ delivery: Int64, _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink
) async -> ExitStatus {
    await reporting(to: messages) {
        let archive = try openArchive(request, in: surroundings)
        let outcome = try archive.undo(delivery: delivery)
        messages.say(
            .outcome(
                "Delivery \(delivery) is taken out: \(outcome.touchedDays.count) days recomputed, \(outcome.changedDays.count) changed. The next build publishes them."
            ))
    }
}

/// The archive for writing, with the metrics and dimensions that it was last used with: what is recomputed is what
/// was computed before, so no configuration is needed.
func openArchive(_ request: HistoryRequest, in surroundings: Surroundings) throws -> Archive {
    let path = try archivePath(request, in: surroundings)
    guard let stored = try Archive.storedCatalogue(of: path) else {
        throw Failure(.failed, "\(path): nothing has been loaded into it yet")
    }
    return try Archive(
        path: path, catalogue: stored.catalogue, holder: surroundings.lockHolder, sizes: stored.sizes)
}

/// The archive for reading, with the metrics and dimensions that it was last used with.
func readArchive(_ request: HistoryRequest, in surroundings: Surroundings) throws -> Archive {
    let path = try archivePath(request, in: surroundings)
    guard let stored = try Archive.storedCatalogue(of: path) else {
        throw Failure(.failed, "\(path): nothing has been loaded into it yet")
    }
    return try Archive(reading: path, catalogue: stored.catalogue, sizes: stored.sizes)
}

func archivePath(_ request: HistoryRequest, in surroundings: Surroundings) throws -> String {
    var path = surroundings.absolute(request.options.archive ?? ".assay/archive.sqlite")
    if request.options.archive == nil, try Settings.configurationPath(request.options, surroundings) != nil {
        path = try Settings.resolve(request.options, exports: [], in: surroundings).archive
    }
    guard FileManager.default.fileExists(atPath: path) else {
        throw Failure(.inputMissing, "\(path): there is no such archive", fix: "Name it with --archive.")
    }
    return path
}

/// `assay explain ID`: why a finding or alert was raised, from the newest run that has it.
public func explain(
    _ id: String, _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink,
    print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let archive = try readArchive(request, in: surroundings)
        let wanted = id.hasPrefix("f-") ? String(id.dropFirst(2)) : id
        var seen: [Day] = []
        var newest: (day: Day, finding: [String: Any], summary: [String: Any])?
        for run in try archive.runs().reversed() {
            guard let bytes = try archive.summary(ofRun: run.id),
                let summary = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
                let findings = summary["findings"] as? [[String: Any]],
                let found = findings.first(where: { $0["id"] as? String == wanted })
            else { continue }
            if newest == nil { newest = (run.asOf, found, summary) }
            seen.append(run.asOf)
        }
        if newest == nil, let text = try alertExplanation(id, in: archive) ?? pointExplanation(id, in: archive) {
            print(Array(text.utf8))
            return
        }
        guard let newest else {
            throw Failure(
                .usage, "no run has a finding or alert `\(wanted)`",
                fix:
                    "Ids stand in summary.json, exports/findings.csv and alerts.json; rules of points are known by their names."
            )
        }
        print(Array(Explanation(newest.finding, newest.summary, on: newest.day, seen: seen).text.utf8))
    }
}

/// A finding with its evidence and the rule that raised it.
private struct Explanation {
    let text: String

    init(_ finding: [String: Any], _ summary: [String: Any], on day: Day, seen: [Day]) {
        let number = { (key: String) in Self.number(finding[key]) }
        let ends = (finding["interval"] as? [NSNumber])?.map(Self.number).joined(separator: " to ") ?? "not defined"
        let period = finding["period"] as? [String: Any]
        let ledger = summary["ledger"] as? [String: Any]
        var lines = [finding["text"] as? String ?? "", ""]
        lines +=
            [
                "Kind: \(finding["kind"] as? String ?? "")",
                "Estimate: \(number("estimate")) \(finding["unit"] as? String ?? "")",
                "Interval: \(ends)",
                finding["log_ratio"] is NSNumber
                    ? "Logarithm of the ratio to what was expected: \(number("log_ratio"))"
                    : "Standard deviations: \(number("standardised"))", "n: \(number("n"))",
                "Days: \(period?["start"] as? String ?? "") to \(period?["end"] as? String ?? "")",
            ] + Self.test(finding["test"] as? [String: Any]) + [
                "p: \(Self.p(finding["p"])); after correction over \(ledger?["tests"] as? Int ?? 0) tests: \(Self.p(finding["p_adjusted"]))",
                "Severity: \(finding["severity"] as? String ?? ""); \(finding["goodness"] as? String ?? "")",
            ]
        if let first = seen.last {
            lines.append(
                "Reported by \(seen.count) \(seen.count == 1 ? "run" : "runs"), first for \(first.iso), last for \(day.iso)"
            )
        }
        lines += [
            "",
            "A finding is raised where the corrected p is below \(ledger?["alpha"] as? Double ?? 0.05) and the effect is not trivial.",
            "A change for the worse is a warning from a medium size on and critical from a large one; all else is a note.",
        ]
        text = lines.joined(separator: "\n") + "\n"
    }

    /// A number with five digits; whole ones as they are.
    private static func number(_ value: Any?) -> String {
        guard let number = value as? NSNumber else { return "not defined" }
        let value = number.doubleValue
        return value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : String(format: "%.5g", value)
    }

    /// A p; one below what a number can hold is not 0.
    private static func p(_ value: Any?) -> String {
        (value as? NSNumber)?.doubleValue == 0 ? "< 0.0001" : number(value)
    }

    /// The test's name as JSON has it, its statistic and its degrees of freedom; summaries of older versions have none.
    private static func test(_ test: [String: Any]?) -> [String] {
        guard let test, let method = test["method"] as? String else { return [] }
        let free = (test["df"] as? [NSNumber] ?? []).map(number).joined(separator: ", ")
        return [
            "Test: \(method.replacing("_", with: " ")), statistic \(number(test["statistic"]))"
                + (free.isEmpty ? "" : ", degrees of freedom \(free)")
        ]
    }
}
