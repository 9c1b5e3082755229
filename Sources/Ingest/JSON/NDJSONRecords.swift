import Model

/// Reads a stretch of NDJSON: one JSON object per line, whatever is wrong with the lines around it.
struct NDJSONRecords {
    private var units: JSONUnits
    private let limits: ReadLimits

    init(units: JSONUnits, limits: ReadLimits) {
        self.units = units
        self.limits = limits
    }

    /// Reads everything; `sink` takes each full batch. Returns how often a wanted key stood twice in an object.
    mutating func read(
        _ stretch: RecordStretch, into builder: inout RowBuilder, sink: (RecordBatch) -> Void
    ) -> Int {
        let bytes = stretch.bytes.span.extracting(stretch.range)
        var cursor = JSONCursor(line: stretch.line, spansLines: false)
        while cursor.at < bytes.count { readLine(bytes, &cursor, &builder, sink) }
        return cursor.repeatedKeys
    }

    @inline(__always)
    private mutating func readLine(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ builder: inout RowBuilder, _ sink: (RecordBatch) -> Void
    ) {
        let start = cursor
        guard let first = cursor.next(bytes) else { return }
        if first == Ascii.lineFeed {
            cursor.at += 1
            cursor.line += 1
            return
        }
        if units.read(bytes, &cursor, key: nil, into: &builder), cursor.at - start.at <= limits.recordBytes {
            let following = cursor.next(bytes)
            if following == Ascii.lineFeed || following == nil {
                units.addRows(bytes, to: &builder, sink: sink)
                if following != nil {
                    cursor.at += 1
                    cursor.line += 1
                }
                return
            }
        }
        cursor = start
        let end = ByteScan.find(Ascii.lineFeed, bytes, from: start.at)
        builder.log.row(
            .malformed, line: start.line, found: ByteText.string(bytes, start.at..<min(end, start.at + 80)))
        cursor.at = min(end + 1, bytes.count)
        cursor.line += 1
    }
}
