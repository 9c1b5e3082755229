import Model

/// Reads the records of a stretch of CSV into a `RowBuilder`.
struct CSVRecords {
    private let dialect: ResolvedDialect
    private let limits: ReadLimits
    private let header: CSVHeader
    private var index = CSVIndex(capacity: 1 << 15)

    init(_ header: CSVHeader, dialect: ResolvedDialect, limits: ReadLimits) {
        self.header = header
        self.dialect = dialect
        self.limits = limits
    }

    /// Reads everything; `sink` takes each full batch.
    mutating func read(_ stretch: RecordStretch, into builder: inout RowBuilder, sink: (RecordBatch) -> Void) {
        var at = stretch.range.lowerBound
        var line = stretch.line
        while at < stretch.range.upperBound {
            let bytes = stretch.bytes.span.extracting(at..<stretch.range.upperBound)
            index.scan(bytes, dialect: dialect, isLast: true)
            addRows(bytes, line, &builder, sink)
            at += index.consumed
            line += index.lines
            if index.recordCount > 0 { continue }
            guard index.isFull else { return }
            // One record has more fields than there is room for: its first line is refused.
            let end = ByteScan.find(dialect.lineBreak, bytes, from: 0)
            builder.log.row(.malformed, line: line, found: excerpt(bytes, 0..<end, builder.log))
            at += end + 1
            line += 1
        }
    }

    private func addRows(
        _ bytes: Span<UInt8>, _ firstLine: Int, _ builder: inout RowBuilder, _ sink: (RecordBatch) -> Void
    ) {
        let width = header.names.count
        for record in 0..<index.recordCount {
            let fields = index.fields(of: record)
            let start = index.start(fields.lowerBound)
            let end = index.lastEnd(fields, bytes)
            if fields.count == 1, end == start { continue }
            let line = firstLine + index.line(of: record)
            let isBroken = index.isBroken(record) || end - start > limits.recordBytes
            if isBroken || fields.count != width {
                let cause = isBroken ? Reject.Cause.malformed : .wrongColumnCount
                builder.log.row(cause, line: line, found: excerpt(bytes, start..<end, builder.log))
                continue
            }
            fillCells(bytes, fields, lastEnd: end, &builder)
            builder.addRow(bytes, record: start..<end, line: line)
            if builder.isFull { sink(builder.takeBatch()) }
        }
    }

    @inline(__always)
    private func fillCells(
        _ bytes: Span<UInt8>, _ fields: Range<Int>, lastEnd: Int, _ builder: inout RowBuilder
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

    /// The header that stands in a record.
    init(_ index: CSVIndex, record: Int, _ bytes: Span<UInt8>, quote: UInt8) {
        let fields = index.fields(of: record)
        self.init(
            fields.map { place in
                let end = place == fields.upperBound - 1 ? index.lastEnd(fields, bytes) : index.end(place)
                return CSVHeader.text(bytes, index.start(place)..<end, quote: quote)
            })
    }

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
