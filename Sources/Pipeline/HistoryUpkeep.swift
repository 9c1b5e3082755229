import Archive
import Diagnostics
import Foundation
import Model
import Report

/// `assay history prune`: drops rows past the retention; their daily figures, summaries and registers stay.
public func pruneHistory(_ request: PruneRequest, in surroundings: Surroundings, messages: MessageSink) async
    -> ExitStatus
{
    await reporting(to: messages) {
        let days = try request.rowDays ?? retention(request.history, in: surroundings).rowDays
        guard let days else {
            throw Failure(
                .usage, "nothing says for how many days rows are kept",
                fix: "Give --row-days N, or write `retention: {row_days: N}` in assay.yaml.")
        }
        guard days > 0 else { throw Failure(.usage, "--row-days takes a number from 1") }
        let archive = try openArchive(request.history, in: surroundings)
        guard let newest = try archive.dayRange()?.last else {
            messages.say(.outcome("There are no rows to prune."))
            return
        }
        let first = newest.advanced(by: 1 - days)
        try archive.begin()
        let outcome = try archive.prune(before: first)
        let what = "\(outcome.rows) rows of \(outcome.days) days before \(outcome.firstDay.iso)"
        if request.isDryRun {
            try archive.rollback()
            messages.say(.outcome("\(what) would be dropped; nothing was written."))
            return
        }
        try archive.commit()
        messages.say(
            .outcome(outcome.rows == 0 ? "No rows lie before \(outcome.firstDay.iso)." : "\(what) are dropped."))
        guard outcome.rows > 0 else { return }
        try archive.shrink()
        messages.say(
            .outcome(
                "Their daily figures stay. Late rows and corrections of these days are refused from now on, and deliveries with rows there cannot be taken out."
            ))
    }
}

/// The retention of the configuration, where there is one.
private func retention(_ request: HistoryRequest, in surroundings: Surroundings) throws -> RetentionSettings {
    guard try Settings.configurationPath(request.options, surroundings) != nil else { return RetentionSettings() }
    return try Settings.resolve(request.options, exports: [], in: surroundings).retention
}

/// `assay history verify`: looks for damage and tampering; 1 where something is wrong.
public func verifyHistory(
    _ request: HistoryRequest, sampled: Int, head: String?, in surroundings: Surroundings, messages: MessageSink,
    print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let noted = try head.map { text in
            guard let bytes = bytes(ofHexadecimal: text), bytes.count == 32 else {
                throw Failure(.usage, "--head takes 64 hexadecimal digits, as `assay history verify` prints them")
            }
            return bytes
        }
        let found = try readArchive(request, in: surroundings).verify(sampled: sampled, head: noted)
        messages.say(found.faults.map { Diagnostic(.error, $0) })
        let lines = [
            "days\t\(found.days)", "recomputed\t\(found.recomputed)", "audit_entries\t\(found.entries)",
            "audit_head\t\(hexadecimal(found.head))", "faults\t\(found.faults.count)",
        ]
        print(request.format == .json ? found.json.pretty : Array((lines.joined(separator: "\n") + "\n").utf8))
        guard found.faults.isEmpty else {
            throw Failure(
                .failed, "the archive is not what was written: \(found.faults.count) faults",
                fix: "Restore it from a backup, or build a new one from the exports.")
        }
        messages.say(.outcome("The archive is sound."))
    }
}

/// The bytes that hexadecimal digits stand for; nil for anything else.
func bytes(ofHexadecimal text: String) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// `assay history backup`: a consistent, checked copy in one file.
public func backUpHistory(
    to file: String, _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink
) async -> ExitStatus {
    await reporting(to: messages) {
        let target = surroundings.absolute(file)
        try readArchive(request, in: surroundings).backUp(to: target)
        let size = try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int ?? 0
        messages.say(.outcome("\(target): \(size) bytes, checked. To restore it, put it in the archive's place."))
    }
}
