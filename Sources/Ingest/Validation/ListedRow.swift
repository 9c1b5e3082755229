import Model

/// A row of a small table whose columns are not known beforehand.
struct ListedRow {
    /// The line on which it begins.
    var line: Int
    /// Where on the line it begins, counted from 1 in bytes; nil where only the line is known.
    var position: Int?
    /// Texts by column, in the order in which columns came.
    private(set) var fields: [(name: String, text: String)] = []

    init(line: Int, position: Int?) {
        self.line = line
        self.position = position
    }

    /// The text of a column; nil takes it away.
    subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.text }
        set {
            let place = fields.firstIndex { $0.name == name }
            if let place, let newValue {
                fields[place].text = newValue
            } else if let place {
                fields.remove(at: place)
            } else if let newValue {
                fields.append((name, newValue))
            }
        }
    }
}

extension LooseRows {
    /// Rows that were put together by hand.
    init(listed: [ListedRow]) {
        self.init()
        for row in listed {
            var loose = Row(line: row.line, position: row.position)
            for field in row.fields { set(field.name, field.text, in: &loose) }
            append(loose)
        }
    }

    /// A file of which nothing can be used: one row that says why.
    init(fault: String, line: Int, position: Int?) {
        self.init()
        append(Row(line: line, position: position, texts: [fault], fault: .malformed))
    }
}
