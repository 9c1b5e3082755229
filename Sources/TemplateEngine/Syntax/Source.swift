/// The text of one template with its name.
struct Source: Sendable {
    let name: String
    let bytes: [UInt8]
    let kind: ContentKind

    init(name: String, text: String) {
        self.name = name
        bytes = Array(text.utf8)
        kind = ContentKind(templateName: name)
    }

    /// Line and column of a byte, from 1.
    func place(of offset: Int) -> TemplateError.Place {
        let end = min(max(offset, 0), bytes.count)
        let start = lineStart(of: end)
        let line = bytes[..<start].count { $0 == UInt8(ascii: "\n") } + 1
        let column = String(decoding: bytes[start..<end], as: UTF8.self).count + 1
        return TemplateError.Place(template: name, line: line, column: column)
    }

    /// The line of a byte with a caret under it; long lines are cut around the caret.
    func excerpt(at offset: Int) -> String {
        let offset = min(max(offset, 0), bytes.count)
        let start = lineStart(of: offset)
        let end = bytes[offset...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count
        let before = shown(start..<offset).suffix(70)
        let after = shown(offset..<max(offset, end)).prefix(50)
        let number = "\(place(of: offset).line)"
        let margin = String(repeating: " ", count: number.count)
        return "  \(number) | \(before)\(after)\n  \(margin) | \(String(repeating: " ", count: before.count))^"
    }

    /// An error at a byte.
    func error(at offset: Int, _ message: String, fix: String? = nil) -> TemplateError {
        TemplateError(message, at: place(of: offset), fix: fix, excerpt: excerpt(at: offset))
    }

    private func lineStart(of offset: Int) -> Int {
        (bytes[..<offset].lastIndex { $0 == UInt8(ascii: "\n") } ?? -1) + 1
    }

    /// Text for one terminal line: tabs and control characters become spaces.
    private func shown(_ range: Range<Int>) -> String {
        String(
            String.UnicodeScalarView(
                String(decoding: bytes[range], as: UTF8.self).unicodeScalars.map {
                    $0.value < 32 || $0.value == 127 ? " " : $0
                }))
    }
}
