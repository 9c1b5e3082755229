/// Why a template cannot be parsed or rendered: the place, what was found, what to do.
public struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A place in a template, counted from 1.
    public struct Place: Sendable, Hashable {
        /// The template's name.
        public var template: String
        /// The line.
        public var line: Int
        /// The column, in characters.
        public var column: Int
    }

    /// What was found and what was expected.
    public var message: String
    /// Where.
    public var place: Place
    /// The line at fault with a caret below the column.
    public var excerpt: String
    /// What to do, if that is known.
    public var fix: String?
    /// The templates that led here, outermost first, when one includes another.
    public var trail: [Place] = []

    /// The message as a compiler would print it.
    public var description: String {
        var text = "\(place.template):\(place.line):\(place.column): error: \(message)\n\(excerpt)"
        if let fix { text += "\n  " + fix }
        for step in trail.reversed() { text += "\n  in \(step.template):\(step.line):\(step.column)" }
        return text
    }
}

/// A template's text with its name; turns offsets into places.
struct TemplateSource: Sendable, Hashable {
    let name: String
    let bytes: [UInt8]

    func place(of offset: Int) -> TemplateError.Place {
        var line = 1
        var start = 0
        for (index, byte) in bytes.prefix(offset).enumerated() where byte == 0x0A {
            line += 1
            start = index + 1
        }
        let column = String(decoding: bytes[start..<min(offset, bytes.count)], as: UTF8.self).count + 1
        return TemplateError.Place(template: name, line: line, column: column)
    }

    func error(_ message: String, at offset: Int, fix: String? = nil) -> TemplateError {
        let place = place(of: offset)
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let line = lines.indices.contains(place.line - 1) ? String(decoding: lines[place.line - 1], as: UTF8.self) : ""
        let caret = String(repeating: " ", count: place.column - 1) + "^"
        return TemplateError(message: message, place: place, excerpt: "    \(line)\n    \(caret)", fix: fix)
    }
}
