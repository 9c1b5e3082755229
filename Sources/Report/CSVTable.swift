import Model

/// A table as CSV by RFC 4180.
///
/// A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return)
/// gets an apostrophe in front; numbers stay as they are.
public struct CSVTable: Sendable, Hashable {
    /// One cell.
    public enum Cell: Sendable, Hashable {
        /// No value.
        case empty
        /// A whole number.
        case int(Int)
        /// A number; one that is not finite is written as no value.
        case double(Double)
        /// A text.
        case text(String)

        /// The same in JSON.
        var json: JSONValue {
            switch self {
            case .empty: .null
            case .int(let value): .int(value)
            case .double(let value): .number(value)
            case .text(let text): .string(text)
            }
        }

        /// A number or no value.
        public static func number(_ value: Double?) -> Cell { value.map { .double($0) } ?? .empty }
    }

    /// The header.
    public var columns: [String]
    /// The rows, each as long as the header.
    public var rows: [[Cell]]

    /// A table.
    public init(columns: [String], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The file's bytes, lines ended by CR LF.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        CSVTable.write(columns.map { .text($0) }, to: &bytes)
        for row in rows { CSVTable.write(row, to: &bytes) }
        return bytes
    }

    private static func write(_ cells: [Cell], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            switch cell {
            case .empty: break
            case .int(let value): bytes += String(value).utf8
            case .double(let value): if value.isFinite { bytes += JSONValue.double(value).compact.utf8 }
            case .text(let text): write(text, to: &bytes)
            }
        }
        bytes += "\r\n".utf8
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        let dangerous = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
        CSVQuoting.append(dangerous ? "'" + text : text, to: &bytes)
    }
}
