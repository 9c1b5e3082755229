import Diagnostics

/// An export that is open, unpacked, in UTF-8, and whose format is known; nothing of it has been consumed.
struct OpenedExport {
    /// How much of the head is looked at to tell format, dialect and time format. The same for every chunk size.
    static let headBytes = 1 << 18

    let file: String
    let raw: RawInput
    let limits: ReadLimits
    let window: ByteWindow
    let format: ExportFormat
    let dialect: ResolvedDialect
    /// The record path, with a default where none is declared.
    let steps: [RecordPath.Step]
    let notes: [Diagnostic]
    /// The names of the columns where the file has no header.
    let declaredColumns: [String]?

    init(_ source: ByteSource, file: String, mapping: SourceMapping, limits: ReadLimits) throws(IngestError) {
        self.file = file
        self.limits = limits
        raw = try RawInput(source, file: file, hashing: limits.hashes)
        let magic = try raw.peek(4)
        let chunk = min(limits.chunkBytes, 1 << 18)
        let plain: any ByteStage =
            if magic.starts(with: [0x1F, 0x8B]) {
                ExpansionLimit(
                    try GzipStream(raw, file: file, chunk: chunk), of: raw, file: file, limits: limits)
            } else if magic == [0x28, 0xB5, 0x2F, 0xFD] {
                ExpansionLimit(
                    try ZstdStream(raw, file: file, chunk: chunk), of: raw, file: file, limits: limits)
            } else {
                raw
            }
        let text = TextStage(plain, declared: mapping.encoding, chunk: chunk)
        var window = ByteWindow(text, chunk: limits.chunkBytes)
        window.fill(Self.headBytes)
        let told: ExportFormat
        do {
            let head = window.buffer.span.extracting(window.start..<min(window.end, window.start + Self.headBytes))
            let isWhole = window.isComplete && head.count == window.count
            told = mapping.format ?? FormatSniffer.format(of: file, head: head)
            dialect = ResolvedDialect(mapping.dialect, head: head, isWhole: isWhole)
            steps = mapping.records?.steps ?? (told == .json ? FormatSniffer.defaultPath(head) : [])
        }
        declaredColumns = mapping.dialect.columns
        guard told == .otlp else {
            format = told
            notes = []
            self.window = window
            return
        }
        // What is read from here on are the lines that the spans make.
        let (bytes, failure) = Self.wholeText(&window, file: file)
        if let failure { throw failure }
        let sessions = SpanSessions.lines(bytes)
        self.window = ByteWindow(whole: sessions.bytes)
        format = .ndjson
        let place = Diagnostic.Place(file: file)
        notes =
            sessions.unusable == 0
            ? []
            : [
                Diagnostic(
                    .warning,
                    [Remark("\(sessions.unusable) of the spans without ids, a start or an end after it: left out")],
                    at: place)
            ]
    }

    /// The path to the units of a document, and the steps below a unit.
    var splitSteps: (outer: [RecordPath.Step], inner: [RecordPath.Step]) {
        let opening = steps.firstIndex { step in
            if case .key = step { return false }
            return true
        }
        guard let opening else { return (steps, []) }
        return (Array(steps[...opening]), Array(steps[(opening + 1)...]))
    }

    /// The whole text of a small export, as far as it is no longer than a small export can be.
    func wholeText() -> (bytes: [UInt8], isComplete: Bool, failure: IngestError?) {
        var window = window
        let (bytes, failure) = Self.wholeText(&window, file: file)
        return (bytes, failure == nil && window.isComplete, failure)
    }

    private static func wholeText(
        _ window: inout ByteWindow, file: String
    ) -> (bytes: [UInt8], failure: IngestError?) {
        while window.count <= wholeBytes, window.refill() {}
        let bytes = Array(window.buffer[window.start..<min(window.end, window.start + wholeBytes)])
        guard window.count <= wholeBytes else {
            let found = IngestError(
                .malformed, "it is longer than \(wholeBytes >> 20) MiB unpacked, which no register or report is",
                file: file)
            return (bytes, found)
        }
        return (bytes, window.failure)
    }

    /// How long what is read in one piece may be: a compressed file may hold a thousand times its length.
    static let wholeBytes = 1 << 28

    /// The format of a column of time stamps, judged by the head of the file.
    func guessTimeFormat(_ column: String, _ notes: inout [Diagnostic]) -> TimeFormat {
        let place = Diagnostic.Place(file: file)
        func judge(_ rows: Int) -> TimeFormatGuess? {
            TimeFormatGuess(LooseRows.head(of: self, limit: rows).values(of: column))
        }
        guard var guess = judge(50) ?? judge(1000) else { return .yearFirst }
        // Few rows tell apart formats that have nothing in common; day and month need many.
        if guess.format != .yearFirst || guess.read * 2 < guess.seen { guess = judge(1000) ?? guess }
        if guess.isAmbiguous {
            notes.append(
                Diagnostic(
                    .warning,
                    [Remark("column “\(column)” can be read with day or month first; day first is assumed")], at: place,
                    fix: "Declare the time format as dmy or mdy."))
        }
        return guess.format
    }
}

/// Tells formats apart.
enum FormatSniffer {
    /// By the ending of the name (behind `.gz` and `.zst`), else by the first byte that is not blank: a bracket means
    /// JSON, an element of test suites JUnit, a line `# TYPE` Prometheus; a key `resourceSpans` means spans. A JSON text is NDJSON if its first line is a whole value and another one follows.
    static func format(of file: String, head: Span<UInt8>) -> ExportFormat {
        var name = file.lowercased()
        for packed in [".gz", ".zst"] where name.hasSuffix(packed) { name.removeLast(packed.count) }
        if name.hasSuffix(".csv") || name.hasSuffix(".tsv") { return .csv }
        if name.hasSuffix(".prom") { return .prometheus }
        if SpanSessions.areSpans(head) { return .otlp }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return .ndjson }
        var cursor = JSONCursor(line: 1, spansLines: true)
        guard let first = cursor.next(head), first == 0x7B || first == 0x5B else {
            if name.hasSuffix(".xml") || JUnitRows.isReport(head) { return .junit }
            if PrometheusRows.isExposition(head) { return .prometheus }
            return name.hasSuffix(".json") ? .json : .csv
        }
        var line = JSONCursor(at: cursor.at, line: 1, spansLines: false)
        guard first == 0x7B, JSONGrammar.skipValue(head, &line), line.next(head) == Ascii.lineFeed else { return .json }
        var following = JSONCursor(at: line.at, line: 1, spansLines: true)
        return following.next(head) == 0x7B ? .ndjson : .json
    }

    /// The elements of a top-level array; else each top-level value.
    static func defaultPath(_ head: Span<UInt8>) -> [RecordPath.Step] {
        var cursor = JSONCursor(line: 1, spansLines: true)
        return cursor.next(head) == 0x5B ? [.elements] : []
    }
}
