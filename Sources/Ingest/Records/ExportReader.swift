import Diagnostics
import Model

/// Reads one export into record batches.
public enum ExportReader {
    /// Reads a source to its end and hands on batches of at most 65,536 rows.
    ///
    /// The format is told by the mapping, the file's name or the first bytes; gzip and zstd by their first bytes; a
    /// byte order mark is honoured. A bad row never stops the reading: it is counted, with its cause, in the outcome.
    /// Rows without a time column have `RecordBatch.noDay`. Rows without an id column have as key the hash of their
    /// bytes and of their ordinal among equal rows of the file, so that loading a file twice changes nothing and equal
    /// rows of one file all count. In JSON a column is present in a batch if a record of that batch has it. What
    /// damage ends the reading stands in `failure`; the rows before it have been handed on.
    ///
    /// - Parameter file: The name under which rejects and messages name the source.
    /// - Throws: `IngestError` if the source cannot be opened, or lacks a column that the mapping needs for id or
    ///   time; and whatever `sink` throws.
    ///
    /// One thread, memory of a few MiB besides the batch; several files may be read at the same time.
    public static func read(
        _ source: ByteSource, file: String, mapping: SourceMapping, catalogue: Catalogue, zone: ZoneRules, asOf: Day,
        limits: ReadLimits = ReadLimits(), sink: (RecordBatch) throws -> Void
    ) throws -> ReadOutcome {
        var plan = try ColumnPlan(mapping, catalogue: catalogue, file: file)
        let input = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        var notes: [Diagnostic] = input.notes
        if mapping.timeFormat == .automatic, let column = mapping.timeColumn {
            plan.timeFormat = input.guessTimeFormat(column, &notes)
        }
        let surroundings = CellSurroundings(quote: mapping.dialect.quote, file: FileLabel(file))
        let builder = RowBuilder(
            plan, catalogue: catalogue, zone: zone, asOf: asOf, surroundings: surroundings,
            log: RejectLog(file: file, limit: limits.rejectsKept))
        var run = ExportRun(input: input, plan: plan, builder: builder, notes: notes)
        switch input.format {
        case .csv: try run.readCSV(mapping, sink)
        case .ndjson: try run.readLines(sink)
        case .json: try run.readDocument(sink)
        }
        return try run.finish(sink)
    }
}

/// The reading of one file.
private struct ExportRun {
    let input: OpenedExport
    let plan: ColumnPlan
    var builder: RowBuilder
    var notes: [Diagnostic]
    var failure: IngestError?

    mutating func readCSV(_ mapping: SourceMapping, _ sink: (RecordBatch) throws -> Void) throws {
        let header = mapping.dialect.columns.map { CSVHeader($0) }
        var records = CSVRecords(
            input.window, dialect: input.dialect, header: header, limits: input.limits)
        var prepared = builder
        var absent: [String] = []
        let result = try records.read(
            begin: { header in
                absent = header.match(plan.columns)
                try check(absent, among: header.names)
                prepared.fixColumns(absent: absent)
                return prepared
            }, sink: sink)
        failure = records.failure
        guard let result else {
            notes.append(note(.warning, "the file is empty"))
            return
        }
        builder = result.builder
        for name in Set(result.header.names) where result.header.names.count(where: { $0 == name }) > 1 {
            if plan.columns.contains(name) {
                notes.append(note(.warning, "column “\(name)” stands twice in the header; the first is used"))
            }
        }
        for column in absent {
            let near = nearestName(to: column, among: result.header.names)
            notes.append(
                note(
                    .warning, "there is no column “\(column)”", fix: near.map { "Did you mean “\($0)”?" }))
        }
    }

    /// Without its id or time a table is not the one that the mapping describes.
    private func check(_ absent: [String], among names: [String]) throws {
        let needed = (plan.idSlots + [plan.timeSlot].compactMap { $0 }).map { plan.columns[$0] }
        guard let column = needed.first(where: absent.contains) else { return }
        let near = nearestName(to: column, among: names).map { " Did you mean “\($0)”?" } ?? ""
        throw IngestError(
            .mapping, "table “\(plan.table)” needs the column “\(column)”, which the header does not have",
            file: input.file, line: 1, fix: "The header has: \(names.joined(separator: ", ")).\(near)")
    }

    mutating func readLines(_ sink: (RecordBatch) throws -> Void) throws {
        let units = JSONUnits(columns: plan.columns, blank: plan.blankCells, steps: input.steps)
        var records = NDJSONRecords(input.window, units: units, limits: input.limits)
        try records.read(into: &builder, sink: sink)
        failure = records.failure
        noteRepeatedKeys(records.repeatedKeys)
    }

    mutating func readDocument(_ sink: (RecordBatch) throws -> Void) throws {
        let (outer, inner) = input.splitSteps
        var units = JSONUnits(columns: plan.columns, blank: plan.blankCells, steps: inner)
        var document = JSONDocument(input.window, path: outer, limits: input.limits)
        var builder = self.builder
        let isWhole = try document.read { bytes, cursor, key, isComplete in
            guard units.read(bytes, &cursor, key: key, into: &builder), isComplete || !cursor.isStarved else {
                return false
            }
            try units.addRows(bytes, to: &builder, sink: sink)
            return true
        }
        self.builder = builder
        failure = document.failure
        if !isWhole {
            self.builder.log.row(.malformed, line: document.line, found: document.remainder)
            if failure == nil {
                failure = IngestError(
                    .malformed, "this is not JSON; what came before was read", file: input.file, line: document.line)
            }
        }
        if document.lacksPath {
            notes.append(note(.warning, "the record path “\(RecordPath(steps: input.steps))” leads nowhere"))
        }
        noteRepeatedKeys(document.repeatedKeys)
    }

    private mutating func noteRepeatedKeys(_ count: Int) {
        if count > 0 {
            notes.append(note(.warning, "a key stands twice in an object \(count) times; the last one counts"))
        }
    }

    private func note(_ severity: Diagnostic.Severity, _ message: String, fix: String? = nil) -> Diagnostic {
        Diagnostic(severity, message, at: Diagnostic.Place(file: input.file), fix: fix)
    }

    /// Hands on the last batch and sums up.
    mutating func finish(_ sink: (RecordBatch) throws -> Void) throws -> ReadOutcome {
        if !builder.isEmpty { try sink(builder.takeBatch()) }
        do {
            try input.raw.drain()
        } catch {
            failure = failure ?? error
        }
        var outcome = ReadOutcome()
        outcome.accepted = builder.accepted
        outcome.rows = builder.accepted + builder.log.rows
        outcome.cellsRejected = builder.log.cells
        outcome.rejectCounts = builder.log.counts
        outcome.rejects = builder.log.kept
        outcome.sha256 = input.raw.digest
        outcome.bytes = input.raw.count
        outcome.format = input.format
        outcome.notes = notes
        outcome.failure = failure
        return outcome
    }
}
