import Diagnostics
import Model

/// Reads the records of a CSV text into a `RowBuilder`.
struct CSVRecords {
    private var window: ByteWindow
    private let dialect: ResolvedDialect
    private let limits: ReadLimits
    private var index = CSVIndex(capacity: 1 << 15)
    private var header: CSVHeader?
    /// The line on which the window begins.
    private var line = 1
    private var isSkippingLine = false

    init(_ window: ByteWindow, dialect: ResolvedDialect, header: CSVHeader?, limits: ReadLimits) {
        self.window = window
        self.dialect = dialect
        self.header = header
        self.limits = limits
    }

    /// Why the text ended early.
    var failure: IngestError? { window.failure }

    /// Reads everything. `begin` makes the builder once the header is known; `sink` takes each full batch.
    mutating func read(
        begin: (inout CSVHeader) throws -> RowBuilder, sink: (RecordBatch) throws -> Void
    ) throws -> (builder: RowBuilder, header: CSVHeader)? {
        if dialect.hasDelimiterLine { isSkippingLine = true }
        var builder: RowBuilder? = nil
        if var declared = header {
            builder = try begin(&declared)
            header = declared
        }
        while true {
            if isSkippingLine { skipLine() }
            try readWindow(&builder, begin, sink)
            window.consume(index.consumed)
            line += index.lines
            if index.recordCount > 0, index.isFull { continue }
            if index.isFull || (index.recordCount == 0 && window.count >= limits.recordBytes) {
                refuseLine(&builder)
                continue
            }
            if window.isAtEnd { break }
            _ = window.refill()
        }
        if window.failure != nil, window.count > 0 { refuseLine(&builder) }
        guard let builder, let header else { return nil }
        return (builder, header)
    }

    /// Reads the whole records at the front of the window. The buffer is held by a local, because a span of a stored
    /// property would bar every change of `self`; it is given up before the window is refilled.
    private mutating func readWindow(
        _ builder: inout RowBuilder?, _ begin: (inout CSVHeader) throws -> RowBuilder,
        _ sink: (RecordBatch) throws -> Void
    ) throws {
        let buffer = window.buffer
        let bytes = buffer.span.extracting(window.start..<window.end)
        index.scan(bytes, dialect: dialect, isLast: window.isComplete && !isSkippingLine)
        var next = 0
        if builder == nil, var found = firstHeader(bytes, &next) {
            builder = try begin(&found)
            header = found
        }
        guard var building = builder.take(), let header else { return }
        try addRows(bytes, from: next, header, &building, sink)
        builder = building
    }

    private func firstHeader(_ bytes: Span<UInt8>, _ next: inout Int) -> CSVHeader? {
        while next < index.recordCount {
            let fields = index.fields(of: next)
            next += 1
            if index.isBlank(fields, bytes) { continue }
            return CSVHeader(
                fields.map { place in
                    let isLast = place == fields.upperBound - 1
                    let end = isLast ? index.lastEnd(fields, bytes) : index.end(place)
                    return CSVHeader.text(bytes, index.start(place)..<end, quote: dialect.quote)
                })
        }
        return nil
    }

    private func addRows(
        _ bytes: Span<UInt8>, from first: Int, _ header: CSVHeader, _ builder: inout RowBuilder,
        _ sink: (RecordBatch) throws -> Void
    ) throws {
        let width = header.names.count
        for record in first..<max(first, index.recordCount) {
            let fields = index.fields(of: record)
            let start = index.start(fields.lowerBound)
            let end = index.lastEnd(fields, bytes)
            if fields.count == 1, end == start { continue }
            let line = line + index.line(of: record)
            let isBroken = index.isBroken(record) || end - start > limits.recordBytes
            if isBroken || fields.count != width {
                let cause = isBroken ? Reject.Cause.malformed : .wrongColumnCount
                builder.log.row(cause, line: line, found: excerpt(bytes, start..<end, builder.log))
                continue
            }
            fillCells(bytes, fields, lastEnd: end, header, &builder)
            builder.addRow(bytes, record: start..<end, line: line)
            if builder.isFull { try sink(builder.takeBatch()) }
        }
    }

    @inline(__always)
    private func fillCells(
        _ bytes: Span<UInt8>, _ fields: Range<Int>, lastEnd: Int, _ header: CSVHeader, _ builder: inout RowBuilder
    ) {
        for entry in header.wanted {
            let place = fields.lowerBound + entry.field
            var start = index.start(place)
            var end = place == fields.upperBound - 1 ? lastEnd : index.end(place)
            var kind = Cell.Kind.text
            if start < end, bytes[start] == dialect.quote {
                start += 1
                end = max(start, end - 1)
                if ByteScan.find(dialect.quote, bytes.extracting(start..<end), from: 0) < end - start {
                    kind = .doubledQuotes
                }
            }
            builder.cells[entry.slot] = Cell(start: start, end: end, kind: kind)
        }
    }

    private func excerpt(_ bytes: Span<UInt8>, _ range: Range<Int>, _ log: RejectLog) -> String {
        log.keepsMore ? ByteText.string(bytes, range.lowerBound..<min(range.upperBound, range.lowerBound + 80)) : ""
    }

    /// Refuses the line at the front of the window, of which no record can be made.
    private mutating func refuseLine(_ builder: inout RowBuilder?) {
        builder?.log.row(.malformed, line: line, found: window.excerpt)
        isSkippingLine = true
        if window.failure != nil { window.consume(window.count) }
    }

    /// Gives up bytes to the end of the line, as far as they are there.
    private mutating func skipLine() {
        guard let length = window.find(dialect.lineBreak) else { return window.consume(window.count) }
        line += 1
        isSkippingLine = false
        window.consume(length + 1)
    }
}

/// The columns of a CSV file and which of them are wanted.
struct CSVHeader {
    /// A wanted field and the slot of its cell.
    struct Wanted {
        var field: Int
        var slot: Int
    }

    let names: [String]
    /// Set by `match`.
    private(set) var wanted: [Wanted] = []

    init(_ names: [String]) { self.names = names }

    /// The text of a field without quotes and blanks around it.
    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>, quote: UInt8) -> String {
        var text: [UInt8] = []
        if !range.isEmpty, bytes[range.lowerBound] == quote {
            let inner = range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
            Cell(start: inner.lowerBound, end: inner.upperBound, kind: .doubledQuotes)
                .decode(bytes, CellSurroundings(quote: quote, file: FileLabel("")), into: &text)
        } else {
            ByteText.append(bytes, ByteText.trimmed(bytes, range), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Finds the wanted columns, by exact name, else by the only name that differs in the case of ASCII letters.
    /// Returns the columns that are not there.
    mutating func match(_ columns: [String]) -> [String] {
        wanted = []
        var absent: [String] = []
        for (slot, column) in columns.enumerated() where !ColumnPlan.isPseudoColumn(column) {
            if let field = place(of: column) {
                wanted.append(Wanted(field: field, slot: slot))
            } else {
                absent.append(column)
            }
        }
        return absent
    }

    /// The place of a column; nil if there is none of that name.
    func place(of column: String) -> Int? {
        if let exact = names.firstIndex(of: column) { return exact }
        let lowered = column.utf8.map(Ascii.lower)
        let alike = names.indices.filter { names[$0].utf8.map(Ascii.lower) == lowered }
        return alike.count == 1 ? alike[0] : nil
    }
}
