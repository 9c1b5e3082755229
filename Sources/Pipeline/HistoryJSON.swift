import Archive
import Model
import Report

/// How the history commands print what was asked for.
public enum HistoryFormat: String, Sendable, CaseIterable {
    /// Lines of tab-separated fields.
    case text
    /// One JSON document with the same facts.
    case json
}

extension Delivery {
    /// Everything that is remembered of it.
    var json: JSONValue {
        .object([
            "delivery": .int(Int(id)), "as_of": .string(asOf.iso), "state": .string(isUndone ? "undone" : "live"),
            "rows": .int(files.reduce(0) { $0 + $1.rows }), "accepted": .int(files.reduce(0) { $0 + $1.accepted }),
            "refusals": .int(files.reduce(0) { $0 + $1.rejects.reduce(0) { $0 + $1.count } }),
            "inserted": .int(counts.inserted), "replaced": .int(counts.replaced), "unchanged": .int(counts.unchanged),
            "moved": .int(counts.moved), "pending": .int(counts.pending), "pruned_rows": .int(prunedRows),
            "files": .array(files.map(\.json)),
        ])
    }

    /// The same with what was refused and its entries in the audit trail.
    func json(refused: [Reject], audit: [AuditEntry]) -> JSONValue {
        guard case .object(var fields) = json else { return json }
        fields["rejects"] = .array(
            refused.map { reject in
                .object([
                    "file": .string(reject.file), "line": .int(reject.line), "cause": .string(reject.cause.rawValue),
                    "column": .text(reject.column), "found": .string(reject.found),
                    "is_whole_row": .bool(reject.isWholeRow),
                ])
            })
        fields["audit"] = .array(audit.map(\.json))
        return .object(fields)
    }
}

extension Delivery.File {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(file.name), "table": .string(file.table), "bytes": .int(file.bytes),
            "sha256": .string(hexadecimal(file.sha256)), "rows": .int(rows), "accepted": .int(accepted),
            "notes": .array(notes.map { .string(DataNote(stored: $0).english) }),
            "refused": .array(
                rejects.map { count in
                    .object([
                        "cause": .string(count.cause.rawValue), "count": .int(count.count),
                        "is_whole_row": .bool(count.isWholeRow),
                    ])
                }),
        ])
    }
}

extension Run {
    /// What is remembered of it, with its entries in the audit trail.
    func json(audit: [AuditEntry]) -> JSONValue {
        .object([
            "run": .string(id), "as_of": .string(asOf.iso), "started": .string(started), "outcome": .string(outcome),
            "manifest": .string(hexadecimal(manifestHash)),
            "inputs": .array(
                inputs.map { .object(["name": .string($0.name), "sha256": .string(hexadecimal($0.sha256))]) }),
            "audit": .array(audit.map(\.json)),
        ])
    }
}

extension AuditEntry {
    fileprivate var json: JSONValue {
        .object([
            "sequence": .int(sequence), "at": .string(at), "kind": .string(kind), "subject": .string(subject),
            "detail": .string(detail), "hash": .string(hexadecimal(hash)),
        ])
    }
}

extension Verification {
    /// What was looked at and found.
    var json: JSONValue {
        .object([
            "days": .int(days), "recomputed": .int(recomputed), "audit_entries": .int(entries),
            "audit_head": .string(hexadecimal(head)), "faults": .array(faults.map { .string($0) }),
        ])
    }
}
