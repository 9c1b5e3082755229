/// The tables of a run: those of its CSV files, and the lists that stand in its summary.
public struct RunTables: Sendable {
    /// The CSV files by name, without folder and ending.
    public let files: [String: [UInt8]]
    /// The summary.
    public let summary: JSONValue

    /// Collects the tables of a run.
    public init(files: [String: [UInt8]], summary: JSONValue) {
        self.files = files
        self.summary = summary
    }

    /// A table by its name; the names of files come first, `summary.` before a name means the summary. nil if there is
    /// none.
    public func answer(_ name: String, run: String) -> AnswerSheet? {
        if let bytes = files[name], let table = CSVTable(reading: bytes) {
            let rows = table.rows.map { row in
                JSONValue.object(Dictionary(zip(table.columns, row.map(\.json))) { first, _ in first })
            }
            return sheet(name, table, json: .array(rows), run: run)
        }
        let path = name.hasPrefix("summary.") ? String(name.dropFirst("summary.".count)) : name
        guard let value = RunTables.find(path, in: summary), let table = SummaryTable(value) else { return nil }
        return sheet(name, table.rows, json: value, run: run)
    }

    /// The bytes of a CSV file as it was published; nil if there is none of that name.
    public func file(_ name: String) -> [UInt8]? { files[name] }

    private func sheet(_ name: String, _ table: CSVTable, json: JSONValue, run: String) -> AnswerSheet {
        AnswerSheet(
            title: "\(name), \(run)", sentences: [],
            tables: [
                TableBlock(
                    caption: NumberWords.count(table.rows.count, "row", "rows"),
                    columns: table.columns.enumerated().map { place, title in
                        .init(title, isNumeric: table.rows.contains { $0[place].isNumeric })
                    },
                    rows: table.rows.map { $0.map(\.words) })
            ], json: json, csv: table)
    }

    /// Every table: its name, rows and where it comes from.
    public func list(run: String) -> AnswerSheet {
        var rows: [[CSVTable.Cell]] = files.keys.sorted().map { name in
            let count = files[name].flatMap { CSVTable(reading: $0) }?.rows.count ?? 0
            return [.text(name), .int(count), .text("exports/\(name).csv")]
        }
        var found: [(path: [String], rows: Int)] = []
        RunTables.tables(in: summary, path: [], into: &found)
        // Lists of every metric and group are named once, with a star for each name.
        var counts: [String: Int] = [:]
        for list in found {
            let path = list.path
            let stars = Array(repeating: "*", count: max(0, path.count - 2))
            let name = path.count < 3 ? path : [path[0]] + stars + [path[path.count - 1]]
            counts[name.joined(separator: "."), default: 0] += list.rows
        }
        rows += counts.keys.sorted().filter { files[$0] == nil }.map { name in
            [.text(name), .int(counts[name] ?? 0), .text("summary.json")]
        }
        let table = CSVTable(columns: ["table", "rows", "from"], rows: rows)
        let entries = rows.map { row -> JSONValue in
            .object(Dictionary(zip(table.columns, row.map(\.json))) { first, _ in first })
        }
        return sheet("Tables", table, json: .array(entries), run: run)
    }

    /// The names of all tables.
    public var names: [String] {
        var found: [(path: [String], rows: Int)] = []
        RunTables.tables(in: summary, path: [], into: &found)
        return files.keys.sorted() + found.map { $0.path.joined(separator: ".") }
    }

    /// The value at keys joined by dots; keys may have dots themselves.
    static func find(_ path: String, in value: JSONValue) -> JSONValue? {
        if path.isEmpty { return value }
        guard case .object(let fields) = value else { return nil }
        var end = path.endIndex
        // The longest key first: `tier=v1.2.series` is the key `tier=v1.2` before `series`.
        while true {
            let key = String(path[..<end])
            if let inner = fields[key] {
                let rest = end == path.endIndex ? "" : String(path[path.index(after: end)...])
                if let found = find(rest, in: inner) { return found }
            }
            guard let dot = path[..<end].lastIndex(of: ".") else { return nil }
            end = dot
        }
    }

    /// Lists of objects, by their path.
    private static func tables(in value: JSONValue, path: [String], into found: inout [(path: [String], rows: Int)]) {
        switch value {
        case .array(let elements):
            guard case .object? = elements.first else { return }
            found.append((path, elements.count))
        case .object:
            for (key, inner) in value.members { tables(in: inner, path: path + [key], into: &found) }
        default: break
        }
    }
}

extension CSVTable.Cell {
    fileprivate var isNumeric: Bool {
        switch self {
        case .int, .double: true
        case .empty, .text: false
        }
    }

    /// The cell as it is, so that what is exported is what is shown.
    fileprivate var words: TableCell {
        switch self {
        case .empty: TableCell(nil)
        case .int(let value): TableCell(String(value), sortKey: Double(value))
        case .double(let value): TableCell(JSONValue.double(value).compact, sortKey: value)
        case .text(let text): TableCell(text)
        }
    }
}

/// A list of the summary as rows: what lies deeper is a column with a path of dots.
struct SummaryTable {
    let rows: CSVTable

    /// nil where the value is neither a list of objects nor an object of objects nor an object of values.
    init?(_ value: JSONValue) {
        var flat: [[(String, CSVTable.Cell)]] = []
        switch value {
        case .array(let elements):
            for element in elements { flat.append(SummaryTable.cells(element, "")) }
        case .object:
            let members = value.members
            let isMap = !members.isEmpty && members.allSatisfy { if case .object = $0.value { true } else { false } }
            if isMap {
                flat = members.map { [("key", .text($0.key))] + SummaryTable.cells($0.value, "") }
            } else {
                flat = [SummaryTable.cells(value, "")]
            }
        default: return nil
        }
        var columns: [String] = []
        var places: [String: Int] = [:]
        for (name, _) in flat.joined() where places[name] == nil {
            places[name] = columns.count
            columns.append(name)
        }
        rows = CSVTable(
            columns: columns,
            rows: flat.map { cells in
                var row = [CSVTable.Cell](repeating: .empty, count: columns.count)
                for (name, cell) in cells { if let place = places[name] { row[place] = cell } }
                return row
            })
    }

    private static func cells(_ value: JSONValue, _ path: String) -> [(String, CSVTable.Cell)] {
        let inner = { (key: String) in path.isEmpty ? key : "\(path).\(key)" }
        switch value {
        case .object: return value.members.flatMap { cells($0.value, inner($0.key)) }
        case .array(let elements):
            let isShort = elements.count <= 2 && elements.allSatisfy { $0.number != nil || $0 == .null }
            // An interval is two columns; a longer list stays one text.
            if isShort, elements.count == 2 {
                return zip(["low", "high"], elements).flatMap { cells($1, inner($0)) }
            }
            return [(path.isEmpty ? "value" : path, .text(value.compact))]
        case .null: return [(path.isEmpty ? "value" : path, .empty)]
        case .bool(let flag): return [(path.isEmpty ? "value" : path, .text(flag ? "true" : "false"))]
        case .int(let number): return [(path.isEmpty ? "value" : path, .int(number))]
        case .double(let number): return [(path.isEmpty ? "value" : path, .double(number))]
        case .string(let text): return [(path.isEmpty ? "value" : path, .text(text))]
        }
    }
}
