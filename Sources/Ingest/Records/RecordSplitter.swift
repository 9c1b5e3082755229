/// Cuts a long text into stretches of whole records, so that several of them can be read at the same time.
///
/// Where the cuts lie depends on the text alone, not on how it was read. A record is what the readers of CSV and NDJSON
/// take for one. Memory is one stretch, or the longest record that is not refused.
struct RecordSplitter {
    /// Buffers that wait to be filled again.
    private static let spareLimit = 8

    private(set) var window: ByteWindow
    /// How records of CSV are told apart; nil where each line is one.
    private let dialect: ResolvedDialect?
    private let limits: ReadLimits
    /// The line on which the window begins.
    private var line = 1
    private var isSkippingLine: Bool
    private var spares: [[UInt8]] = []

    /// Begins at the front of a window.
    init(_ window: ByteWindow, dialect: ResolvedDialect?, limits: ReadLimits) {
        self.window = window
        self.dialect = dialect
        self.limits = limits
        isSkippingLine = dialect?.hasDelimiterLine ?? false
    }

    /// Why the text ended early.
    var failure: IngestError? { window.failure }

    /// Takes the first record of CSV that is not an empty line; nil if there is none.
    mutating func takeHeader() -> CSVHeader? {
        guard let dialect else { return nil }
        var index = CSVIndex(capacity: 1 << 15)
        while true {
            guard skipLines() else { return nil }
            if let header = takeHeader(&index, dialect) { return header }
            window.consume(index.consumed)
            line += index.lines
            if index.recordCount > 0, index.isFull { continue }
            if index.isFull || (index.recordCount == 0 && window.count >= limits.recordBytes) {
                isSkippingLine = true
            } else if !window.refill() {
                return nil
            }
        }
    }

    private mutating func takeHeader(_ index: inout CSVIndex, _ dialect: ResolvedDialect) -> CSVHeader? {
        let buffer = window.buffer
        let bytes = buffer.span.extracting(window.start..<window.end)
        index.scan(bytes, dialect: dialect, isLast: window.isComplete)
        guard let record = index.firstFilled(bytes) else { return nil }
        let extent = index.extent(through: record, bytes)
        defer {
            window.consume(extent.bytes)
            line += extent.lines
        }
        return CSVHeader(index, record: record, bytes, quote: dialect.quote)
    }

    /// The next stretch; nil at the end.
    mutating func next() -> RecordStretch? {
        var wanted = limits.blockBytes
        while skipLines() {
            window.fill(wanted)
            let scanned = min(window.count, wanted)
            let whole = wholeRecords(scanned)
            if whole.bytes > 0 { return take(whole) }
            if scanned == window.count {
                if window.isAtEnd { return window.failure != nil && window.count > 0 ? refuseLine() : nil }
                if window.count >= limits.recordBytes { return refuseLine() }
            }
            wanted *= 2
        }
        return nil
    }

    /// Takes back a buffer whose stretch has been read.
    mutating func reuse(_ buffer: [UInt8]) {
        if spares.count < Self.spareLimit, buffer.count == window.buffer.count { spares.append(buffer) }
    }

    private func wholeRecords(_ count: Int) -> (bytes: Int, lines: Int) {
        let bytes = window.buffer.span.extracting(window.start..<window.start + count)
        let isLast = window.isComplete && count == window.count
        if let dialect { return CSVIndex.whole(bytes, dialect: dialect, isLast: isLast) }
        var end = count
        if !isLast { while end > 0, bytes[end - 1] != Ascii.lineFeed { end -= 1 } }
        return (end, ByteScan.count(Ascii.lineFeed, bytes, 0..<end))
    }

    private mutating func take(_ whole: (bytes: Int, lines: Int)) -> RecordStretch {
        let (bytes, range) = window.take(whole.bytes, spares: &spares)
        defer { line += whole.lines }
        return RecordStretch(bytes: bytes, range: range, line: line, lines: whole.lines, refusal: nil)
    }

    /// Refuses the line at the front of the window, of which no record can be made.
    private mutating func refuseLine() -> RecordStretch {
        isSkippingLine = true
        defer { if window.failure != nil { window.consume(window.count) } }
        return RecordStretch(bytes: [], range: 0..<0, line: line, lines: 0, refusal: window.excerpt)
    }

    /// Gives up bytes to the end of a line that is to be skipped; false if the text ends before.
    private mutating func skipLines() -> Bool {
        while isSkippingLine {
            if let length = window.find(dialect?.lineBreak ?? Ascii.lineFeed) {
                line += 1
                isSkippingLine = false
                window.consume(length + 1)
            } else {
                window.consume(window.count)
                if !window.refill() { return false }
            }
        }
        return true
    }
}

/// A stretch of a text that holds whole records, or a line that is refused unread.
struct RecordStretch: Sendable {
    /// The buffer in which it stands.
    let bytes: [UInt8]
    /// Where it stands there.
    let range: Range<Int>
    /// The line on which it begins.
    let line: Int
    /// How many line breaks it holds.
    let lines: Int
    /// The first bytes of a line that is refused.
    let refusal: String?
}
