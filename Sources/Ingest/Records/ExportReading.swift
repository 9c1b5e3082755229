import Diagnostics
import Model

/// One export on its way to record batches, in steps of which the longest, `RecordBlock.rows`, may run elsewhere.
///
/// `next` until it is nil, each block's `rows` anywhere, their `accept` in the order of the blocks, then
/// `readDocument` and `finish`. What is read does not depend on which core reads which block.
public struct ExportReading {
    private let input: OpenedExport
    private var plan: BlockPlan
    private var splitter: RecordSplitter
    private var ordinals = RowOrdinals()
    private var log: RejectLog
    private var accepted = 0
    private var repeatedKeys = 0
    /// The ids of people as they stood in the file, for the check that none is published. They are never stored.
    public private(set) var rawPeople: Set<[UInt8]> = []
    private var notes: [Diagnostic]
    private var failure: IngestError?

    /// Opens a source; parameters and errors are those of `ExportReader.read`.
    public init(
        _ source: ByteSource, file: String, mapping: SourceMapping, catalogue: Catalogue, zone: ZoneRules, asOf: Day,
        limits: ReadLimits = ReadLimits()
    ) throws(IngestError) {
        if let column = mapping.personColumn, limits.key == nil {
            throw IngestError(
                .mapping, "column “\(column)” names people, and there is no key of pseudonyms", file: file)
        }
        var columns = try ColumnPlan(mapping, catalogue: catalogue, file: file)
        input = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        if input.format == .prometheus {
            throw IngestError(
                .mapping, "it is Prometheus' exposition text, which holds metric points and no records", file: file,
                fix: "Give its source the role points.")
        }
        if input.format == .junit {
            throw IngestError(
                .mapping, "it is a report of tests in XML, which holds no records", file: file,
                fix: "Give its source the role validation.")
        }
        notes = input.notes
        if mapping.timeFormat == .automatic, let column = mapping.timeColumn {
            columns.timeFormat = input.guessTimeFormat(column, &notes)
        }
        log = RejectLog(file: file, limit: limits.rejectsKept, keepsFiguresOnly: mapping.personColumn != nil)
        let isCSV = input.format == .csv
        plan = BlockPlan(
            file: file, columns: columns, catalogue: catalogue, zone: zone, asOf: asOf, limits: limits,
            dialect: input.dialect, steps: input.format == .json ? input.splitSteps.inner : input.steps)
        splitter = RecordSplitter(input.window, dialect: isCSV ? input.dialect : nil, limits: limits)
        if isCSV { try findHeader(mapping) }
    }

    /// How many of the file's bytes have been read.
    public var bytesRead: Int { input.raw.count }

    /// The next records of CSV or NDJSON; nil at their end and for a JSON document.
    public mutating func next() -> RecordBlock? {
        guard input.format == .ndjson || plan.header != nil, let stretch = splitter.next() else { return nil }
        return RecordBlock(plan: plan, stretch: stretch)
    }

    /// Takes over what was read from the next block in the order of the file, and returns its batches.
    public mutating func accept(_ rows: BlockRows) -> [RecordBatch] {
        splitter.reuse(rows.buffer)
        accepted += rows.accepted
        repeatedKeys += rows.repeatedKeys
        rawPeople.formUnion(rows.rawPeople)
        log.append(rows.log)
        var batches = rows.batches
        if plan.columns.idSlots.isEmpty { for index in batches.indices { ordinals.number(&batches[index]) } }
        return batches
    }

    /// Reads a JSON document, which cannot be cut before it is read; does nothing for the other formats.
    public mutating func readDocument(_ sink: (RecordBatch) throws -> Void) throws {
        guard input.format == .json else { return }
        var builder = plan.builder(rows: 1024)
        var ordinals = self.ordinals
        let lacksIds = plan.columns.idSlots.isEmpty
        func numbered(_ batch: RecordBatch) throws {
            guard lacksIds else { return try sink(batch) }
            var batch = batch
            ordinals.number(&batch)
            try sink(batch)
        }
        let document = try readUnits(into: &builder, numbered)
        if !builder.isEmpty { try numbered(builder.takeBatch()) }
        accepted = builder.accepted
        rawPeople.formUnion(builder.rawPeople)
        repeatedKeys = document.repeatedKeys
        log = builder.log
        if document.lacksPath {
            notes.append(note(.warning, "the record path “\(RecordPath(steps: input.steps))” leads nowhere"))
        }
    }

    private mutating func readUnits(
        into builder: inout RowBuilder, _ sink: (RecordBatch) throws -> Void
    ) throws -> JSONDocument {
        var units = JSONUnits(columns: plan.columns.columns, blank: plan.columns.blankCells, steps: plan.steps)
        var document = JSONDocument(input.window, path: input.splitSteps.outer, limits: input.limits)
        let isWhole = try document.read { bytes, cursor, key, isComplete in
            guard units.read(bytes, &cursor, key: key, into: &builder), isComplete || !cursor.isStarved else {
                return false
            }
            try units.addRows(bytes, to: &builder, sink: sink)
            return true
        }
        failure = document.failure
        if !isWhole {
            builder.log.row(.malformed, line: document.line, found: document.remainder)
            if failure == nil {
                failure = IngestError(
                    .malformed, "this is not JSON; what came before was read", file: input.file, line: document.line)
            }
        }
        return document
    }

    /// Reads what is left of the source, so that its hash is that of the whole, and sums up.
    public mutating func finish() -> ReadOutcome {
        failure = failure ?? splitter.failure
        do {
            try input.raw.drain()
        } catch {
            failure = failure ?? error
        }
        if repeatedKeys > 0 {
            notes.append(
                note(.warning, "a key stands twice in an object \(repeatedKeys) times; the last one counts"))
        }
        var outcome = ReadOutcome(
            log, rows: accepted + log.rows, accepted: accepted, of: input, failure: failure)
        outcome.notes = notes
        return outcome
    }

    // MARK: The header of CSV

    private mutating func findHeader(_ mapping: SourceMapping) throws(IngestError) {
        guard var header = mapping.dialect.columns.map({ CSVHeader($0) }) ?? splitter.takeHeader() else {
            return notes.append(note(.warning, "the file is empty"))
        }
        plan.absent = header.match(plan.columns.columns)
        plan.header = header
        try check(among: header.names)
        for name in Set(header.names) where header.names.count(where: { $0 == name }) > 1 {
            if plan.columns.columns.contains(name) {
                notes.append(note(.warning, "column “\(name)” stands twice in the header; the first is used"))
            }
        }
        for column in plan.absent {
            let near = nearestName(to: column, among: header.names)
            notes.append(
                note(.warning, "there is no column “\(column)”", fix: near.map { "Did you mean “\($0)”?" }))
        }
    }

    /// Without its id or time a table is not the one that the mapping describes.
    private func check(among names: [String]) throws(IngestError) {
        let columns = plan.columns
        let needed = (columns.idSlots + [columns.timeSlot].compactMap { $0 }).map { columns.columns[$0] }
        guard let column = needed.first(where: plan.absent.contains) else { return }
        let near = nearestName(to: column, among: names).map { " Did you mean “\($0)”?" } ?? ""
        throw IngestError(
            .mapping, "table “\(columns.table)” needs the column “\(column)”, which the header does not have",
            file: input.file, line: 1, fix: "The header has: \(names.joined(separator: ", ")).\(near)")
    }

    private func note(_ severity: Diagnostic.Severity, _ remark: Remark, fix: String? = nil) -> Diagnostic {
        Diagnostic(severity, [remark], at: Diagnostic.Place(file: input.file), fix: fix)
    }
}
