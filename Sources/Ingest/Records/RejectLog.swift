import Model

/// How many rejects of one cause there were.
public struct RejectCount: Sendable, Hashable {
    /// Rows refused.
    public var rows = 0
    /// Cells refused in rows that count.
    public var cells = 0

    /// No reject.
    public init() {}
}

/// Counts every reject and keeps the first ones with their places.
struct RejectLog {
    private(set) var counts: [Reject.Cause: RejectCount] = [:]
    private(set) var kept: [Reject] = []
    private let limit: Int
    private let file: String
    /// Whether of what was found only numbers and dates are kept: words of a table about people may tell who somebody is.
    private let keepsFiguresOnly: Bool

    init(file: String, limit: Int, keepsFiguresOnly: Bool = false) {
        self.file = file
        self.limit = limit
        self.keepsFiguresOnly = keepsFiguresOnly
    }

    /// A text that can be a number, a date or a time; else nothing.
    static func figures(_ text: String) -> String {
        let isFigure = text.utf8.count <= 40 && text.utf8.allSatisfy { "0123456789 +-.,:/%TZe".utf8.contains($0) }
        return isFigure && text.utf8.contains { (0x30...0x39).contains($0) } ? text : ""
    }

    /// Whether the next reject is kept, so that it is worth saying what was found.
    var keepsMore: Bool { kept.count < limit }

    /// Notes a refused row.
    mutating func row(
        _ cause: Reject.Cause, line: Int, position: Int? = nil, column: String? = nil, found: String
    ) {
        counts[cause, default: RejectCount()].rows += 1
        keep(cause, line, position, column, isWholeRow: true, found)
    }

    /// Notes a refused cell.
    mutating func cell(
        _ cause: Reject.Cause, line: Int, position: Int? = nil, column: String, found: String
    ) {
        counts[cause, default: RejectCount()].cells += 1
        keep(cause, line, position, column, isWholeRow: false, found)
    }

    /// Adds what was refused in the next part of the file.
    mutating func append(_ other: RejectLog) {
        for (cause, count) in other.counts {
            counts[cause, default: RejectCount()].rows += count.rows
            counts[cause, default: RejectCount()].cells += count.cells
        }
        kept += other.kept.prefix(limit - kept.count)
    }

    private mutating func keep(
        _ cause: Reject.Cause, _ line: Int, _ position: Int?, _ column: String?, isWholeRow: Bool, _ found: String
    ) {
        guard keepsMore else { return }
        kept.append(
            Reject(
                file: file, line: line, position: position, column: column, cause: cause,
                found: keepsFiguresOnly ? RejectLog.figures(found) : found,
                isWholeRow: isWholeRow))
    }

    /// All refused rows.
    var rows: Int { counts.values.reduce(0) { $0 + $1.rows } }
    /// All refused cells.
    var cells: Int { counts.values.reduce(0) { $0 + $1.cells } }
}

extension ReadOutcome {
    /// What came of a file: what its log holds, and what the file itself was.
    init(_ log: RejectLog, rows: Int, accepted: Int, of export: OpenedExport, failure: IngestError?) {
        self.init()
        self.rows = rows
        self.accepted = accepted
        self.failure = failure
        cellsRejected = log.cells
        rejectCounts = log.counts
        rejects = log.kept
        sha256 = export.raw.digest
        bytes = export.raw.count
        format = export.format
    }
}
