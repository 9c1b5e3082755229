/// How a CSV file is written.
public struct CSVDialect: Sendable, Hashable {
    /// What stands between fields; nil to find out (comma, semicolon, tab, bar).
    public var delimiter: UInt8?
    /// What stands around fields that hold delimiters or line breaks; doubled inside.
    public var quote: UInt8
    /// The names of the columns where the file has no header; nil where the first record names them.
    public var columns: [String]?

    /// A dialect; the default is what RFC 4180 describes, with the delimiter found out.
    public init(delimiter: UInt8? = nil, quote: UInt8 = 0x22, columns: [String]? = nil) {
        self.delimiter = delimiter
        self.quote = quote
        self.columns = columns
    }
}

/// A dialect with every question answered.
struct ResolvedDialect: Equatable {
    var delimiter: UInt8
    var quote: UInt8
    /// A line feed, or a carriage return where the file has no line feed.
    var lineBreak: UInt8
    /// Whether the first line is a spreadsheet's `sep=;` and not data.
    var hasDelimiterLine = false

    private static let candidates: [UInt8] = [Ascii.comma, 0x3B, Ascii.tab, 0x7C]

    /// Answers what the dialect leaves open from the head of the file.
    ///
    /// Of the four delimiters that one is taken under which most of the first records have as many fields as the
    /// first, and at least two; of equals the one with more fields, then the order comma, semicolon, tab, bar.
    init(_ declared: CSVDialect, head: Span<UInt8>, isWhole: Bool) {
        quote = declared.quote
        lineBreak = Ascii.lineFeed
        let hasLineFeed = ByteScan.find(Ascii.lineFeed, head, from: 0) < head.count
        if !hasLineFeed, ByteScan.find(Ascii.carriageReturn, head, from: 0) < head.count {
            lineBreak = Ascii.carriageReturn
        }
        delimiter = declared.delimiter ?? Ascii.comma
        if head.count >= 6, ByteText.equals(head, 0..<4, Array("sep=".utf8)),
            head[5] == Ascii.lineFeed || head[5] == Ascii.carriageReturn
        {
            hasDelimiterLine = true
            delimiter = declared.delimiter ?? head[4]
        } else if declared.delimiter == nil {
            delimiter = Self.likeliest(self, head, isWhole)
        }
    }

    private static func likeliest(_ dialect: ResolvedDialect, _ head: Span<UInt8>, _ isWhole: Bool) -> UInt8 {
        var best = (score: 0, fields: 0, delimiter: Ascii.comma)
        for delimiter in candidates {
            var trial = dialect
            trial.delimiter = delimiter
            let counts = fieldCounts(trial, head, isWhole)
            guard let first = counts.first, first >= 2 else { continue }
            let score = counts.count { $0 == first }
            if (score, first) > (best.score, best.fields) { best = (score, first, delimiter) }
        }
        return best.delimiter
    }

    private static func fieldCounts(_ dialect: ResolvedDialect, _ head: Span<UInt8>, _ isWhole: Bool) -> [Int] {
        var index = CSVIndex(capacity: 4096)
        index.scan(head, dialect: dialect, isLast: isWhole)
        return (0..<min(index.recordCount, 50)).compactMap { record in
            let fields = index.fields(of: record)
            return index.isBlank(fields, head) ? nil : fields.count
        }
    }
}
