extension CSVTable {
    /// The table whose `bytes` these are; nil where they are none.
    ///
    /// The exact inverse of writing, which tells a text with an apostrophe before a sign from one without; numbers come
    /// back as numbers where every filled cell of their column is one.
    public init?(reading bytes: [UInt8]) {
        var rows: [[String]] = []
        var row: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if isQuoted {
                guard byte == 0x22 else {
                    cell.append(byte)
                    continue
                }
                if at < bytes.count, bytes[at] == 0x22 {
                    cell.append(byte)
                    at += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22, cell.isEmpty {
                isQuoted = true
            } else if byte == 0x2C {
                row.append(String(decoding: cell, as: UTF8.self))
                cell = []
            } else if byte == 0x0D, at < bytes.count, bytes[at] == 0x0A {
                at += 1
                rows.append(row + [String(decoding: cell, as: UTF8.self)])
                (row, cell) = ([], [])
            } else {
                cell.append(byte)
            }
        }
        guard let header = rows.first, !isQuoted, cell.isEmpty, row.isEmpty,
            rows.allSatisfy({ $0.count == header.count })
        else { return nil }
        let body = rows.dropFirst()
        let areNumbers = header.indices.map { place in
            body.allSatisfy { $0[place].isEmpty || CSVTable.isNumber($0[place]) }
        }
        self.init(
            columns: header,
            rows: body.map { row in zip(row, areNumbers).map { CSVTable.cell($0, isNumber: $1) } })
    }

    private static func cell(_ text: String, isNumber: Bool) -> Cell {
        guard !text.isEmpty else { return .empty }
        guard isNumber else {
            let isGuarded = text.utf8.dropFirst().first.map { "=+-@\t\r".utf8.contains($0) } ?? false
            return .text(text.utf8.first == 0x27 && isGuarded ? String(text.dropFirst()) : text)
        }
        return Int(text).map { .int($0) } ?? Double(text).map { .double($0) } ?? .text(text)
    }

    /// A number as JSON writes it: no leading zeros, so that codes such as `007` stay texts.
    private static func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
    }
}
