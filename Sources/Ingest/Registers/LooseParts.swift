/// The rows of an export of any length, a part at a time.
///
/// CSV and NDJSON are read in parts of whole rows of about `limits.blockBytes`, so that memory is that of a part and the longest row. A JSON
/// document and other forms are one part and keep to `OpenedExport.wholeBytes`.
struct LooseParts {
    private let export: OpenedExport
    private var window: ByteWindow
    private var line = 1
    private var isOver = false
    /// The rows of the part that is at hand, with the columns of all so far.
    private(set) var rows = LooseRows()
    /// Why reading stopped early.
    private(set) var failure: IngestError?

    init(_ export: OpenedExport) {
        self.export = export
        window = export.window
    }

    /// Reads the next part; false behind the last.
    mutating func next() -> Bool {
        guard !isOver else { return false }
        guard export.format == .csv || export.format == .ndjson else {
            isOver = true
            (rows, failure) = LooseRows.all(of: export)
            return true
        }
        var wanted = export.limits.blockBytes
        while true {
            window.fill(wanted)
            let taken = part()
            line = taken.line
            window.consume(taken.bytes)
            isOver = window.isAtEnd
            if isOver { failure = window.failure }
            if taken.bytes > 0 || isOver { return true }
            guard wanted < OpenedExport.wholeBytes else {
                isOver = true
                failure = IngestError(
                    .malformed, "one of its rows is longer than \(OpenedExport.wholeBytes >> 20) MiB",
                    file: export.file,
                    line: line)
                return true
            }
            wanted *= 2
        }
    }
    /// Makes rows of what is in the window.
    private mutating func part() -> (bytes: Int, line: Int) {
        var read = LooseRows()
        swap(&read, &rows)
        let taken: (bytes: Int, line: Int)
        do {
            let bytes = window.buffer.span.extracting(window.start..<window.end)
            taken = read.replace(by: bytes, line: line, of: export, isComplete: window.isComplete)
        }
        rows = read
        return taken
    }
}
