import Diagnostics
import Model

/// A few MiB of an export that hold whole records: what one core reads while others read the next.
public struct RecordBlock: Sendable {
    let plan: BlockPlan
    let stretch: RecordStretch

    /// Reads, checks and maps the records. Depends on nothing but the block; O(bytes).
    public func rows() -> BlockRows {
        var builder = plan.builder(rows: stretch.lines + 1)
        var rows = BlockRows(log: builder.log, buffer: stretch.bytes)
        if let refusal = stretch.refusal {
            builder.log.row(.malformed, line: stretch.line, found: refusal)
        } else if let header = plan.header {
            builder.fixColumns(absent: plan.absent)
            var records = CSVRecords(header, dialect: plan.dialect, limits: plan.limits)
            records.read(stretch, into: &builder) { rows.batches.append($0) }
        } else {
            let units = JSONUnits(columns: plan.columns.columns, blank: plan.columns.blankCells, steps: plan.steps)
            var records = NDJSONRecords(units: units, limits: plan.limits)
            rows.repeatedKeys = records.read(stretch, into: &builder) { rows.batches.append($0) }
        }
        if !builder.isEmpty { rows.batches.append(builder.takeBatch()) }
        rows.accepted = builder.accepted
        rows.rawPeople = builder.rawPeople
        rows.log = builder.log
        return rows
    }
}

/// What became of a block.
public struct BlockRows: Sendable {
    /// The accepted rows in their order.
    var batches: [RecordBatch] = []
    var accepted = 0
    var repeatedKeys = 0
    /// The ids of people as they stood in the rows.
    var rawPeople: Set<[UInt8]> = []
    var log: RejectLog
    /// The memory in which the block stood.
    let buffer: [UInt8]

    init(log: RejectLog, buffer: [UInt8]) {
        self.log = log
        self.buffer = buffer
    }
}

/// What all blocks of one file are read by.
struct BlockPlan: Sendable {
    let file: String
    let columns: ColumnPlan
    let catalogue: Catalogue
    let zone: ZoneRules
    let asOf: Day
    let limits: ReadLimits
    let dialect: ResolvedDialect
    /// The record path of JSON below the unit that is read at once.
    let steps: [RecordPath.Step]
    /// The columns of CSV; nil for JSON.
    var header: CSVHeader?
    /// The wanted columns that the header does not have.
    var absent: [String] = []

    /// A builder for about so many rows.
    func builder(rows: Int) -> RowBuilder {
        RowBuilder(
            columns, catalogue: catalogue, zone: zone, firstDay: limits.firstDay, asOf: asOf,
            surroundings: CellSurroundings(quote: dialect.quote, file: FileLabel(file)),
            log: RejectLog(
                file: file, limit: limits.rejectsKept, keepsFiguresOnly: columns.personSlot != nil), rows: rows,
            key: limits.key)
    }
}
