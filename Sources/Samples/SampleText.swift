import Model

/// One cell of a sample table.
enum SampleCell {
    case missing
    case text(String)
    /// `value` / 10^`decimals`.
    case decimal(Int, decimals: Int)
    case bool(Bool)
}

/// Writes sample rows as CSV (RFC 4180) or NDJSON.
struct SampleText {
    private(set) var bytes: [UInt8] = []
    let format: SamplePlan.Format
    let columns: [String]

    init(format: SamplePlan.Format, columns: [String]) {
        self.format = format
        self.columns = columns
        if format == .csv { bytes += columns.joined(separator: ",").utf8 + [0x0A] }
    }

    mutating func append(_ cells: [SampleCell]) {
        switch format {
        case .csv:
            for (index, cell) in cells.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                appendCSV(cell)
            }
        case .ndjson:
            bytes.append(0x7B)
            for (index, cell) in cells.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                appendJSON(text: columns[index])
                bytes.append(0x3A)
                appendJSON(cell)
            }
            bytes.append(0x7D)
        }
        bytes.append(0x0A)
    }

    private mutating func appendCSV(_ cell: SampleCell) {
        switch cell {
        case .missing: break
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .decimal(let value, let decimals): appendDecimal(value, decimals: decimals)
        case .text(let text): CSVQuoting.append(text, to: &bytes)
        }
    }

    private mutating func appendJSON(_ cell: SampleCell) {
        switch cell {
        case .missing: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .decimal(let value, let decimals): appendDecimal(value, decimals: decimals)
        case .text(let text): appendJSON(text: text)
        }
    }

    /// The vocabulary holds no control characters, so quotes and backslashes are all there is to escape.
    private mutating func appendJSON(text: String) {
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 || byte == 0x5C { bytes.append(0x5C) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    private mutating func appendDecimal(_ value: Int, decimals: Int) {
        if value < 0 { bytes.append(0x2D) }
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        bytes += padded.dropLast(decimals).utf8
        if decimals > 0 {
            bytes.append(0x2E)
            bytes += padded.suffix(decimals).utf8
        }
    }
}
