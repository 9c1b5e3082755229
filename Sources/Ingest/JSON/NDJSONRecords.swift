import Model

/// Reads NDJSON: one JSON object per line, whatever is wrong with the lines around it.
struct NDJSONRecords {
    private var window: ByteWindow
    private var units: JSONUnits
    private let limits: ReadLimits
    private var line = 1
    private(set) var repeatedKeys = 0

    init(_ window: ByteWindow, units: JSONUnits, limits: ReadLimits) {
        self.window = window
        self.units = units
        self.limits = limits
    }

    /// Why the text ended early.
    var failure: IngestError? { window.failure }

    /// Reads everything; `sink` takes each full batch.
    mutating func read(into builder: inout RowBuilder, sink: (RecordBatch) throws -> Void) throws {
        var isSkipping = false
        while true {
            if isSkipping { isSkipping = !skipLine() }
            window.consume(try readWindow(&builder, sink))
            if window.count >= limits.recordBytes || (window.failure != nil && window.count > 0) {
                builder.log.row(.malformed, line: line, found: window.excerpt)
                isSkipping = true
                continue
            }
            if window.isAtEnd { return }
            _ = window.refill()
        }
    }

    /// Reads the whole lines at the front of the window and returns their length. The buffer is held by a local,
    /// because a span of a stored property would bar every change of `self`.
    private mutating func readWindow(
        _ builder: inout RowBuilder, _ sink: (RecordBatch) throws -> Void
    ) throws -> Int {
        let buffer = window.buffer
        let bytes = buffer.span.extracting(window.start..<window.end)
        let isComplete = window.isComplete
        var cursor = JSONCursor(line: line, spansLines: false)
        while cursor.at < bytes.count, try readLine(bytes, &cursor, isComplete, &builder, sink) {}
        line = cursor.line
        repeatedKeys += cursor.repeatedKeys
        return cursor.at
    }

    /// Reads one line; false if it is not all there yet.
    @inline(__always)
    private mutating func readLine(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ isComplete: Bool, _ builder: inout RowBuilder,
        _ sink: (RecordBatch) throws -> Void
    ) throws -> Bool {
        let start = cursor
        guard let first = cursor.next(bytes) else { return isComplete }
        if first == Ascii.lineFeed {
            cursor.at += 1
            cursor.line += 1
            return true
        }
        if units.read(bytes, &cursor, key: nil, into: &builder), cursor.at - start.at <= limits.recordBytes {
            let following = cursor.next(bytes)
            if following == Ascii.lineFeed || (following == nil && isComplete) {
                try units.addRows(bytes, to: &builder, sink: sink)
                if following != nil {
                    cursor.at += 1
                    cursor.line += 1
                }
                return true
            }
        }
        cursor = start
        let end = ByteScan.find(Ascii.lineFeed, bytes, from: start.at)
        if end == bytes.count, !isComplete { return false }
        builder.log.row(
            .malformed, line: start.line, found: ByteText.string(bytes, start.at..<min(end, start.at + 80)))
        cursor.at = min(end + 1, bytes.count)
        cursor.line += 1
        return true
    }

    /// Gives up bytes to the end of the line; false if the line goes on.
    private mutating func skipLine() -> Bool {
        guard let length = window.find(Ascii.lineFeed) else {
            window.consume(window.count)
            return false
        }
        line += 1
        window.consume(length + 1)
        return true
    }
}
