import Archive
import Diagnostics
import Ingest
import Model

/// One delivery while its files are read.
struct DeliveryLoading {
    let loading: Loading
    let settings: Settings
    let asOf: Day
    /// The last day on which rows may lie.
    let lastDay: Day
    var account = ArchiveStore.DeliveryAccount()
    var hasFailed = false
    private var readable = 0
    private var unreadable: [IngestError] = []
    /// The first refusals, to be shown where they stop the night.
    private var examples: [Reject] = []

    init(loading: Loading, settings: Settings, asOf: Day, lastDay: Day) {
        self.loading = loading
        self.settings = settings
        self.asOf = asOf
        self.lastDay = lastDay
    }

    /// Throws where rows were refused that may not be.
    func requireAcceptable(isStrict: Bool) throws {
        // Nothing but files that do not fit: the mapping is wrong, not the files.
        if readable == 0, let first = unreadable.first { throw first }
        let shown = examples.map { reject in
            Diagnostic(
                .warning,
                "\(reject.cause.rawValue)\(reject.column.map { " in column `\($0)`" } ?? ""), found `\(reject.found)`; \(reject.isWholeRow ? "the row" : "the cell") is refused",
                at: .init(file: reject.file, line: reject.line))
        }
        if isStrict, account.rejected > 0 || hasFailed {
            let refused = account.rejected == 1 ? "1 row or cell was" : "\(account.rejected) rows or cells were"
            throw Failure(
                .inputRefused,
                account.diagnostics + shown + [Diagnostic(.error, "\(refused) refused, and --strict was given")])
        }
        let lost = account.rows - account.accepted
        if account.rows > 0, Double(lost) > settings.allowedRejects * Double(account.rows) {
            throw Failure(
                .inputRefused,
                account.diagnostics + shown + [
                    Diagnostic(
                        .error,
                        "\(lost) of \(account.rows) rows are refused, more than `allowed_rejects` (\(settings.allowedRejects)) permits; nothing is kept",
                        fix: "Look at the first refusals above; if the rows are to be dropped, raise `allowed_rejects`."
                    )
                ])
        }
    }

    mutating func load(_ file: ExportFile) throws {
        guard let source = settings.sources.first(where: { $0.takes(file.name) }) else {
            account.diagnostics.append(
                Diagnostic(.warning, "no source takes this file; it is left out", at: .init(file: file.name)))
            return
        }
        let digest = try ExportDigest(of: file)
        let entry = DeliveryFile(
            sha256: digest.sha256, name: file.name, table: source.mapping.table, bytes: digest.bytes)
        guard let open = try loading.begin(entry) else { return }
        account.inputs.append(.init(name: file.name, sha256: digest.sha256))
        let outcome: ReadOutcome
        do {
            outcome = try read(file, source.mapping, open)
        } catch let error as IngestError where error.kind == .mapping || error.kind == .malformed {
            // What is no table of ours costs the night one file, not the others.
            try loading.finish(open, rows: 0, accepted: 0, counts: [], rejects: [])
            hasFailed = true
            var diagnostic = error.diagnostic
            diagnostic.severity = .warning
            diagnostic.message += "; the file is left out"
            account.diagnostics.append(diagnostic)
            unreadable.append(error)
            return
        }
        if examples.count < 20 { examples += outcome.rejects.prefix(20 - examples.count) }
        readable += 1
        let counts = Reject.Cause.allCases.flatMap { cause -> [Delivery.RejectCount] in
            guard let count = outcome.rejectCounts[cause] else { return [] }
            return [
                .init(cause: cause, isWholeRow: true, count: count.rows),
                .init(cause: cause, isWholeRow: false, count: count.cells),
            ].filter { $0.count > 0 }
        }
        try loading.finish(
            open, rows: outcome.rows, accepted: outcome.accepted, counts: counts, rejects: outcome.rejects)
        account.rows += outcome.rows
        account.accepted += outcome.accepted
        account.rejected += outcome.rowsRejected + outcome.cellsRejected
        account.diagnostics += outcome.notes
        if let failure = outcome.failure {
            hasFailed = true
            var diagnostic = failure.diagnostic
            diagnostic.severity = .warning
            diagnostic.message += "; \(outcome.accepted) rows before that are kept"
            account.diagnostics.append(diagnostic)
        }
    }

    private func read(_ file: ExportFile, _ mapping: SourceMapping, _ open: OpenFile) throws -> ReadOutcome {
        var limits = ReadLimits()
        limits.hashes = false
        switch mapping.role {
        case .sessions, .scores:
            let belongsToDelivery = mapping.role == .sessions && mapping.timeColumn == nil
            return try ExportReader.read(
                file.source, file: file.name, mapping: mapping, catalogue: settings.catalogue, zone: settings.zone,
                asOf: lastDay, limits: limits
            ) { batch in
                var batch = batch
                // Rows without any time belong to the day of their delivery.
                if belongsToDelivery { batch.days = Array(repeating: asOf.number, count: batch.count) }
                try loading.add(batch, to: open)
            }
        case .interventions:
            let (entries, outcome) = try RegisterReader.interventions(
                file.source, file: file.name, mapping: mapping, catalogue: settings.catalogue, zone: settings.zone,
                asOf: lastDay, limits: limits)
            try loading.add(entries)
            return outcome
        case .measurements:
            let (entries, outcome) = try RegisterReader.measurements(
                file.source, file: file.name, mapping: mapping, zone: settings.zone, asOf: lastDay, limits: limits)
            try loading.add(entries)
            return outcome
        }
    }
}
