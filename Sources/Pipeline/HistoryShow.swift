import Archive
import Diagnostics
import Model
import Report

/// `assay history show`: everything that is remembered of a delivery or a run.
public func showHistory(
    _ subject: String, _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink,
    print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let archive = try readArchive(request, in: surroundings)
        let trail = try archive.auditTrail()
        if request.format == .json { return print(try json(of: subject, archive, trail).pretty) }
        let lines: [String]
        if let number = Int64(subject), let delivery = try archive.deliveries().first(where: { $0.id == number }) {
            lines = try describe(delivery, archive, trail)
        } else if let run = try archive.runs().last(where: { $0.id == subject || $0.asOf.iso == subject }) {
            lines = describe(run, trail)
        } else {
            throw nothingCalled(subject)
        }
        print(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
}

private func nothingCalled(_ subject: String) -> Failure {
    Failure(
        .usage, "there is no delivery or run `\(subject)`",
        fix: "Name a delivery by its number (`assay history list`), a run by its id or its day.")
}

private func json(of subject: String, _ archive: Archive, _ trail: [AuditEntry]) throws -> JSONValue {
    if let number = Int64(subject), let delivery = try archive.deliveries().first(where: { $0.id == number }) {
        return delivery.json(
            refused: try archive.rejects(delivery: number, limit: 20),
            audit: trail.filter { ["delivery", "undo"].contains($0.kind) && $0.subject == subject })
    }
    guard let run = try archive.runs().last(where: { $0.id == subject || $0.asOf.iso == subject }) else {
        throw nothingCalled(subject)
    }
    return run.json(audit: trail.filter { $0.kind == "run" && $0.subject == run.id })
}

private func describe(_ delivery: Delivery, _ archive: Archive, _ trail: [AuditEntry]) throws -> [String] {
    let counts = delivery.counts
    var lines = [
        "delivery\t\(delivery.id)", "as_of\t\(delivery.asOf.iso)", "state\t\(delivery.isUndone ? "undone" : "live")",
        "inserted\t\(counts.inserted)", "replaced\t\(counts.replaced)", "unchanged\t\(counts.unchanged)",
        "moved\t\(counts.moved)", "pending\t\(counts.pending)", "pruned_rows\t\(delivery.prunedRows)",
    ]
    for file in delivery.files {
        lines.append(
            "file\t\(file.file.name)\t\(file.file.table)\t\(file.file.bytes) bytes\t\(file.rows) rows\t\(file.accepted) accepted\t\(hexadecimal(file.file.sha256))"
        )
        lines += file.rejects.map {
            "refused\t\(file.file.name)\t\($0.cause.rawValue)\t\($0.isWholeRow ? "rows" : "cells")\t\($0.count)"
        }
        lines += file.notes.map { "note\t\(DataNote(stored: $0).english)" }
    }
    for reject in try archive.rejects(delivery: delivery.id, limit: 20) {
        lines.append(
            "reject\t\(reject.file):\(reject.line)\t\(reject.cause.rawValue)\t\(reject.column ?? "")\t\(reject.found)")
    }
    return lines + audited(trail, kinds: ["delivery", "undo"], subject: "\(delivery.id)")
}

private func describe(_ run: Run, _ trail: [AuditEntry]) -> [String] {
    [
        "run\t\(run.id)", "as_of\t\(run.asOf.iso)", "started\t\(run.started)", "outcome\t\(run.outcome)",
        "manifest\t\(hexadecimal(run.manifestHash))",
    ] + run.inputs.map { "input\t\($0.name)\t\(hexadecimal($0.sha256))" }
        + audited(trail, kinds: ["run"], subject: run.id)
}

private func audited(_ trail: [AuditEntry], kinds: Set<String>, subject: String) -> [String] {
    trail.filter { kinds.contains($0.kind) && $0.subject == subject }.map {
        "audit\t\($0.sequence)\t\($0.at)\t\($0.kind)\t\($0.detail)"
    }
}
