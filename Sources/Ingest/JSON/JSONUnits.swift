import Model

/// Makes rows of one JSON value at a time: a line of NDJSON, an element of a large array.
///
/// Each depth of the record path has a shape. The value is read once and checked as a whole before any row is added,
/// so that a malformed one adds none.
struct JSONUnits {
    private var shapes: [JSONShape]
    /// For each depth but the last, whether the container is opened; else it is the record.
    private let opens: [Bool]
    private let blank: PlainArray<Cell>
    /// The cells of each depth, from which those below it start.
    private let saved: [PlainArray<Cell>]
    private var key: Cell?
    private var record = 0..<0
    private var line = 0

    /// The steps are those below one unit.
    init(columns: [String], blank: [Cell], steps: [RecordPath.Step]) {
        self.blank = PlainArray(blank, or: Cell())
        var opens: [Bool] = []
        var paths: [[String]] = []
        var keys: [String] = []
        for step in steps {
            if case .key(let key) = step {
                keys.append(key)
            } else {
                paths.append(keys)
                opens.append(true)
                keys = []
            }
        }
        if !keys.isEmpty {
            paths.append(keys)
            opens.append(false)
        }
        self.opens = opens
        saved = paths.map { _ in PlainArray(blank, or: Cell()) }
        shapes = (0...paths.count).map { depth in
            JSONShape(columns: columns, innerKeys: depth < paths.count ? paths[depth] : nil, level: depth + 1)
        }
    }

    /// Reads the value at the cursor; false as in `JSONGrammar`, and for a value of which no record can be made.
    @inline(__always)
    mutating func read(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, key: Cell?, into builder: inout RowBuilder
    ) -> Bool {
        builder.cells.copy(from: blank)
        self.key = key
        let start = cursor.at
        line = cursor.line
        guard shapes[0].read(bytes, &cursor, builder.cells) else { return false }
        record = start..<cursor.at
        return shapes.count > 1 || isRecord(bytes, start, 0)
    }

    /// Adds the rows of the value that was read last.
    @inline(__always)
    mutating func addRows<Failure: Error>(
        _ bytes: Span<UInt8>, to builder: inout RowBuilder, sink: (RecordBatch) throws(Failure) -> Void
    ) throws(Failure) {
        setKey(key, 0, &builder)
        if shapes.count == 1 {
            builder.addRow(bytes, record: record, line: line)
            if builder.isFull { try sink(builder.takeBatch()) }
        } else {
            let outer = KeyHash.hash(bytes, record)
            try explode(bytes, 0, outer, &builder, sink)
        }
    }

    @inline(__always)
    private func isRecord(_ bytes: Span<UInt8>, _ start: Int, _ depth: Int) -> Bool {
        bytes[start] == 0x7B || shapes[depth].valueSlot >= 0
    }

    private func setKey(_ key: Cell?, _ depth: Int, _ builder: inout RowBuilder) {
        if let key, shapes[depth].keySlot >= 0 { builder.cells[shapes[depth].keySlot] = key }
    }

    private mutating func explode<Failure: Error>(
        _ bytes: Span<UInt8>, _ depth: Int, _ outer: UInt64, _ builder: inout RowBuilder,
        _ sink: (RecordBatch) throws(Failure) -> Void
    ) throws(Failure) {
        guard let inner = shapes[depth].inner else { return }
        saved[depth].copy(from: builder.cells)
        let text = bytes.extracting(0..<inner.range.upperBound)
        var cursor = JSONCursor(at: inner.range.lowerBound, line: inner.line, spansLines: true)
        if !opens[depth] { return try addInner(text, &cursor, nil, depth + 1, outer, &builder, sink) }
        var container = JSONContainer(opening: text, &cursor)
        while let key = container.next(text, &cursor) {
            let named = key.kind == .absent ? nil : key
            try addInner(text, &cursor, named, depth + 1, outer, &builder, sink)
        }
    }

    private mutating func addInner<Failure: Error>(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ key: Cell?, _ depth: Int, _ outer: UInt64,
        _ builder: inout RowBuilder, _ sink: (RecordBatch) throws(Failure) -> Void
    ) throws(Failure) {
        guard cursor.next(bytes) != nil else { return }
        let start = cursor.at
        let line = cursor.line
        builder.cells.copy(from: saved[depth - 1])
        guard shapes[depth].read(bytes, &cursor, builder.cells) else { return }
        setKey(key, depth, &builder)
        if depth + 1 < shapes.count { return try explode(bytes, depth, outer, &builder, sink) }
        guard isRecord(bytes, start, depth) else {
            let found = ByteText.string(bytes, start..<min(cursor.at, start + 80))
            return builder.log.row(.malformed, line: line, found: found)
        }
        builder.addRow(bytes, record: start..<cursor.at, line: line, outerHash: outer)
        if builder.isFull { try sink(builder.takeBatch()) }
    }
}

/// Goes through the elements of an array or the values of an object.
struct JSONContainer {
    private let closing: UInt8
    private var isFirst = true
    private var isOver: Bool
    /// Whether the text broke the grammar or ended too early.
    private(set) var isBroken = false

    /// Begins at the opening bracket; a value of another kind has no elements.
    init(opening bytes: Span<UInt8>, _ cursor: inout JSONCursor) {
        let byte = bytes[cursor.at]
        closing = byte == 0x7B ? 0x7D : 0x5D
        isOver = byte != 0x7B && byte != 0x5B
        if !isOver { cursor.at += 1 }
    }

    /// Goes to the next value and returns its key, absent in an array; nil behind the last one.
    mutating func next(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) -> Cell? {
        if isOver { return nil }
        guard let byte = cursor.next(bytes) else { return end(broken: true) }
        if isFirst, byte == closing {
            cursor.at += 1
            return end(broken: false)
        }
        if !isFirst {
            guard let more = JSONGrammar.separator(bytes, &cursor, closing: closing) else { return end(broken: true) }
            if !more { return end(broken: false) }
        }
        isFirst = false
        guard cursor.next(bytes) != nil else { return end(broken: true) }
        guard closing == 0x7D else { return Cell() }
        let start = cursor.at
        guard bytes[start] == Ascii.quote, let isEscaped = JSONGrammar.skipText(bytes, &cursor) else {
            return end(broken: true)
        }
        let key = Cell(start: start + 1, end: cursor.at - 1, kind: isEscaped ? .escaped : .text)
        guard JSONGrammar.colon(bytes, &cursor), cursor.next(bytes) != nil else { return end(broken: true) }
        return key
    }

    private mutating func end(broken: Bool) -> Cell? {
        isOver = true
        isBroken = broken
        return nil
    }
}
