/// A place in a JSON text that is being read, with what is needed to say where it is and why reading stopped.
struct JSONCursor {
    /// The next byte.
    var at: Int
    /// Line breaks passed, added to the line on which reading began.
    var line: Int
    /// Whether a line break may stand between tokens; in NDJSON it ends the record.
    let spansLines: Bool
    /// Set when the text ended before it could be told whether it is right.
    var isStarved = false
    /// How often a wanted key stood twice in an object; the last one counts.
    var repeatedKeys = 0

    init(at: Int = 0, line: Int, spansLines: Bool) {
        self.at = at
        self.line = line
        self.spansLines = spansLines
    }

    /// Goes to the next byte that is not blank; nil at the end of the text.
    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> UInt8? {
        while at < bytes.count {
            let byte = bytes[at]
            if byte > Ascii.space { return byte }
            switch byte {
            case Ascii.space, Ascii.tab, Ascii.carriageReturn: break
            case Ascii.lineFeed where spansLines: line += 1
            default: return byte
            }
            at += 1
        }
        isStarved = true
        return nil
    }
}
