import Archive
import Diagnostics
import Foundation
import Model

/// `assay history list`: deliveries as tab-separated lines on standard output.
public func listHistory(_ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink) async
    -> ExitStatus
{
    await reporting(to: messages) {
        let archive = try openArchive(request, in: surroundings)
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
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
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

/// The archive of a configuration; it must be there.
private func openArchive(_ request: HistoryRequest, in surroundings: Surroundings) throws -> Archive {
    let settings = try Settings.resolve(request.options, exports: [], in: surroundings)
    guard FileManager.default.fileExists(atPath: settings.archive) else {
        throw Failure(.inputMissing, "\(settings.archive): there is no such archive")
    }
    return try Archive(path: settings.archive, catalogue: settings.catalogue, holder: surroundings.lockHolder)
}
