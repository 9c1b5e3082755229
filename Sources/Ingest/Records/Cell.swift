/// One value of a record as it stands in the text: a stretch of bytes and what kind of text it is.
struct Cell: BitwiseCopyable {
    /// What stands there.
    enum Kind: UInt8, BitwiseCopyable {
        /// The record does not have the column.
        case absent
        /// Text as it is; in CSV every value is text.
        case text
        /// Text of CSV with doubled quotes.
        case doubledQuotes
        /// A JSON text with escapes.
        case escaped
        /// A JSON number.
        case number
        /// JSON true.
        case yes
        /// JSON false.
        case no
        /// JSON null.
        case null
        /// A JSON object or array.
        case composite
        /// The name of the file, which does not stand in the text.
        case fileStem
        /// The date in the file's name.
        case fileDate
    }

    /// The first byte; behind the opening quote, if there is one.
    var start: Int
    /// The byte behind the last; the closing quote, if there is one.
    var end: Int
    /// What stands there.
    var kind: Kind
    /// At which depth of exploded records it was found.
    var level: UInt8

    /// A cell that the record does not have, unless more is said.
    @inline(__always)
    init(start: Int = 0, end: Int = 0, kind: Kind = .absent, level: UInt8 = 0) {
        self.start = start
        self.end = end
        self.kind = kind
        self.level = level
    }

    @inline(__always)
    var range: Range<Int> { start..<end }

    /// Whether the bytes must be decoded before they are the text.
    @inline(__always)
    var needsDecoding: Bool {
        switch kind {
        case .doubledQuotes, .escaped, .fileStem, .fileDate: true
        default: false
        }
    }

    /// Writes the text into a buffer, without doubled quotes and escapes.
    func decode(_ bytes: Span<UInt8>, _ surroundings: CellSurroundings, into text: inout [UInt8]) {
        text.removeAll(keepingCapacity: true)
        switch kind {
        case .doubledQuotes:
            var at = start
            while at < end {
                text.append(bytes[at])
                at += bytes[at] == surroundings.quote ? 2 : 1
            }
        case .escaped: JSONText.decode(bytes, range, into: &text)
        case .fileStem: text.append(contentsOf: surroundings.file.stem)
        case .fileDate: text.append(contentsOf: surroundings.file.date)
        default: ByteText.append(bytes, range, to: &text)
        }
    }

    /// The value as text, for messages and for tables that are small.
    func string(_ bytes: Span<UInt8>, _ surroundings: CellSurroundings) -> String {
        var text: [UInt8] = []
        decode(bytes, surroundings, into: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

/// What is needed to decode a cell besides the bytes of the text.
struct CellSurroundings: Sendable {
    /// The quote of CSV.
    var quote = Ascii.quote
    /// What the file's name says.
    var file: FileLabel

    /// For text that neither CSV nor the file's name has a part in.
    static let none = CellSurroundings(file: FileLabel(""))
}
