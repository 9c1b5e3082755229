import Model

/// Rows as texts by column name: for the head of a file that is only looked at, and for tables that are small.
struct LooseRows {
    /// One row and where it stands.
    struct Row {
        /// The line on which it begins.
        var line: Int
        /// Where on the line it begins, counted from 1 in bytes; nil where only the line is known.
        var position: Int?
        /// The texts in the order of `columns`, as far as the row goes; nil where it has no such column, or a null.
        var texts: [String?] = []
        /// Why no row could be made of what stands there; `texts` then holds its beginning.
        var fault: Reject.Cause?
    }

    /// The columns in the order of their first appearance; paths with dots for nested JSON.
    private(set) var columns: [String] = []
    /// The rows.
    private(set) var rows: [Row] = []
    private var places: [String: Int] = [:]
    /// The first place of each name in small letters.
    private var lowercased: [String: Int] = [:]
    /// Whether they are of a CSV file, where the export decides how numbers are written.
    private(set) var areCSV = false
    /// Steps below the records of the export.
    private var further: [RecordPath.Step] = []
    /// How many columns a row of a CSV file has; nil before its header.
    private var width: Int?

    /// No rows.
    init() {}

    /// The first rows of an export, as far as they stand in its head.
    static func head(of export: OpenedExport, limit: Int) -> LooseRows {
        let length = min(export.window.count, OpenedExport.headBytes)
        let start = export.window.start
        let isComplete = export.window.isComplete && length == export.window.count
        return LooseRows(export, Array(export.window.buffer[start..<start + length]), limit, isComplete)
    }

    /// All rows of a small export.
    static func all(of export: OpenedExport) -> (rows: LooseRows, failure: IngestError?) {
        let (bytes, isComplete, failure) = export.wholeText()
        return (LooseRows(export, bytes, .max, isComplete), failure)
    }

    /// The rows of an export whose text is at hand; with a name, the elements of that array inside each JSON record. Fields
    /// of the record around such an element, and the key that it stands under, are called `^.` and their path, so that none is taken
    /// for the element's.
    init(
        _ export: OpenedExport, _ bytes: [UInt8], _ limit: Int = .max, _ isComplete: Bool = true,
        below name: String? = nil
    ) {
        if let name {
            further = [.key(name), .elements]
            guard export.format == .json || export.format == .ndjson else { return }
        }
        switch export.format {
        case .csv:
            _ = readCSV(bytes.span, export, limit, isComplete)
        case .ndjson, .otlp: _ = readLines(bytes.span, export, limit, isComplete)
        case .json: readDocument(bytes, export, limit, isComplete)
        case .junit: self = JUnitRows.read(bytes)
        case .prometheus: self = PrometheusRows.read(bytes)
        }
    }

    /// Replaces the rows by those of a further part of a CSV or NDJSON text that many lines follow; columns keep their places.
    /// Returns how many bytes whole rows took, and the line behind them.
    mutating func replace(
        by bytes: Span<UInt8>, line: Int, of export: OpenedExport, isComplete: Bool
    ) -> (bytes: Int, line: Int) {
        rows = []
        return export.format == .csv
            ? readCSV(bytes, export, .max, isComplete, from: line)
            : readLines(bytes, export, .max, isComplete, from: line)
    }

    /// Adds a row whose texts stand in the order of `columns`.
    mutating func append(_ row: Row) { rows.append(row) }

    /// Adds the rows of a part that stands so many lines below the first.
    mutating func append(_ part: LooseRows, below lines: Int) {
        for row in part.rows {
            var moved = Row(line: row.line + lines, position: row.position, fault: row.fault)
            if row.fault == nil {
                for (place, text) in row.texts.enumerated() { set(part.columns[place], text, in: &moved) }
            } else {
                moved.texts = row.texts
            }
            rows.append(moved)
        }
    }

    /// The texts of a column, row by row; nothing for rows that lack it.
    func values(of column: String) -> [String] {
        guard let place = place(named: column) else { return [] }
        return rows.compactMap { $0.fault == nil && place < $0.texts.count ? $0.texts[place] : nil }
    }

    /// The place of a column, by exact name, else ignoring case.
    func place(named column: String) -> Int? {
        places[column] ?? lowercased[column] ?? lowercased[column.lowercased()]
    }

    /// Puts a text into a column of a row, which is not added yet.
    mutating func set(_ column: String, _ text: String?, in row: inout Row) {
        let place = places[column] ?? columns.count
        if place == columns.count { self.place(column) }
        while row.texts.count <= place { row.texts.append(nil) }
        row.texts[place] = text
    }

    // MARK: CSV

    private mutating func readCSV(
        _ bytes: Span<UInt8>, _ export: OpenedExport, _ limit: Int, _ isComplete: Bool, from first: Int = 1
    ) -> (bytes: Int, line: Int) {
        areCSV = true
        var index = CSVIndex(capacity: 1 << 14)
        if width == nil, let names = export.declaredColumns {
            names.forEach { place($0) }
            width = names.count
        }
        let isHeaded = first == 1 && export.dialect.hasDelimiterLine
        var start = isHeaded ? 6 : 0
        var line = isHeaded ? 2 : first
        if start < bytes.count, start == 6, bytes[start] == Ascii.lineFeed { start += 1 }
        while rows.count < limit {
            let rest = bytes.extracting(start..<bytes.count)
            index.scan(rest, dialect: export.dialect, isLast: isComplete)
            if index.recordCount == 0 { break }
            for record in 0..<index.recordCount where rows.count < limit {
                let fields = index.fields(of: record)
                if index.isBlank(fields, rest) { continue }
                let texts = fields.map { text(rest, index, $0, fields, export.dialect.quote) }
                guard let width else {
                    width = texts.count
                    texts.forEach { place($0) }
                    continue
                }
                let fault: Reject.Cause? =
                    index.isBroken(record) ? .malformed : texts.count != width ? .wrongColumnCount : nil
                rows.append(Row(line: line + index.line(of: record), texts: texts, fault: fault))
            }
            start += index.consumed
            line += index.lines
        }
        return (start, line)
    }

    private mutating func place(_ column: String) {
        if places[column] == nil { places[column] = columns.count }
        let name = column.lowercased()
        if lowercased[name] == nil { lowercased[name] = columns.count }
        columns.append(column)
    }

    private func text(
        _ bytes: Span<UInt8>, _ index: CSVIndex, _ place: Int, _ fields: Range<Int>, _ quote: UInt8
    ) -> String {
        let start = index.start(place)
        let end = place == fields.upperBound - 1 ? index.lastEnd(fields, bytes) : index.end(place)
        return CSVHeader.text(bytes, start..<end, quote: quote)
    }

    // MARK: JSON

    private mutating func readLines(
        _ bytes: Span<UInt8>, _ export: OpenedExport, _ limit: Int, _ isComplete: Bool, from first: Int = 1
    ) -> (bytes: Int, line: Int) {
        var start = 0
        var line = first
        while start < bytes.count, rows.count < limit {
            let end = ByteScan.find(Ascii.lineFeed, bytes, from: start)
            if end == bytes.count, !isComplete { break }
            var cursor = JSONCursor(line: line, spansLines: false)
            let text = bytes.extracting(start..<end)
            if cursor.next(text) != nil {
                let tree = JSONTree(text, &cursor)
                if let tree, cursor.next(text) == nil {
                    add(tree, key: nil, line: line, steps: (export.steps + further)[...], outer: [])
                } else {
                    let found = ByteText.string(text, 0..<min(80, text.count))
                    rows.append(Row(line: line, texts: [found], fault: .malformed))
                }
            }
            start = end + 1
            line += 1
        }
        return (min(start, bytes.count), line)
    }

    private mutating func readDocument(_ bytes: [UInt8], _ export: OpenedExport, _ limit: Int, _ isComplete: Bool) {
        let (outer, inner) = export.splitSteps
        var document = JSONDocument(ByteWindow(whole: bytes), path: outer, limits: export.limits)
        var trees: [(tree: JSONTree, key: String?, line: Int)] = []
        let isWhole = document.readAll { bytes, cursor, key, _ in
            guard trees.count < limit else { return false }
            let line = cursor.line
            guard let tree = JSONTree(bytes, &cursor) else { return false }
            trees.append((tree, key?.string(bytes, .none), line))
            return true
        }
        for (tree, key, line) in trees where rows.count < limit {
            add(tree, key: key, line: line, steps: (inner + further)[...], outer: [])
        }
        if !isWhole, isComplete, trees.count < limit {
            rows.append(Row(line: document.line, texts: [document.remainder], fault: .malformed))
        }
    }

    /// Adds the records that a tree holds below the steps; outer objects come first, so that inner fields win.
    private mutating func add(
        _ tree: JSONTree, key: String?, line: Int, steps: ArraySlice<RecordPath.Step>, outer: [(JSONTree, String?)]
    ) {
        guard let step = steps.first else {
            var row = Row(line: line)
            for (object, key) in outer {
                if let key { set(further.isEmpty ? "@key" : "^.@key", key, in: &row) }
                flatten(object, path: further.isEmpty ? "" : "^", into: &row)
            }
            if let key { set("@key", key, in: &row) }
            flatten(tree, path: "", into: &row)
            rows.append(row)
            return
        }
        let rest = steps.dropFirst()
        let around = outer + [(tree, key)]
        switch (step, tree) {
        case (.key(let name), _):
            if let value = tree[name] { add(value, key: nil, line: line, steps: rest, outer: around) }
        case (_, .array(let elements)):
            for element in elements { add(element, key: nil, line: line, steps: rest, outer: around) }
        case (_, .object(let members)):
            for member in members { add(member.value, key: member.key, line: line, steps: rest, outer: around) }
        default: break
        }
    }

    private mutating func flatten(_ tree: JSONTree, path: String, into row: inout Row) {
        switch tree {
        case .object(let members):
            for member in members {
                let key = member.key.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
                flatten(member.value, path: path.isEmpty ? key : "\(path).\(key)", into: &row)
            }
        case .array(let elements):
            guard !path.isEmpty else { return }
            let texts = elements.compactMap(\.scalarText)
            set(path, texts.count == elements.count ? texts.joined(separator: ";") : nil, in: &row)
        default:
            set(path.isEmpty ? "@value" : path, tree.scalarText, in: &row)
        }
    }
}
