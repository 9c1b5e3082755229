/// Cuts a template into text, prints and tags, and applies white-space control as Jinja does with `trim_blocks` and
/// `lstrip_blocks`: the line break straight after a tag or comment goes, and so do blanks between the start of a line
/// and a tag or comment; `-` removes all white space on its side, `+` keeps it.
struct Lexer {
    private let source: Source
    private var position = 0
    private var segments: [Segment] = []
    /// What the tag before takes away from the text that follows.
    private var pendingTrim = Trim.nothing

    private enum Trim { case nothing, lineBreak, all }

    private enum Opening {
        case print, tag, comment

        init?(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "{"): self = .print
            case UInt8(ascii: "%"): self = .tag
            case UInt8(ascii: "#"): self = .comment
            default: return nil
            }
        }
    }

    /// The stretches of a template in order.
    static func segments(of source: Source) throws(TemplateError) -> [Segment] {
        var lexer = Lexer(source: source)
        try lexer.run()
        return lexer.segments
    }

    private init(source: Source) { self.source = source }

    private var bytes: [UInt8] { source.bytes }

    private mutating func run() throws(TemplateError) {
        var textStart = 0
        while let (start, opening) = nextOpening() {
            position = start + 2
            let mark = position < bytes.count ? bytes[position] : 0
            let strips = mark == UInt8(ascii: "-")
            let keeps = mark == UInt8(ascii: "+") && opening == .tag
            if strips || keeps { position += 1 }
            addText(textStart..<start, stripsEnd: strips, lstrips: !keeps && opening != .print)
            switch opening {
            case .print: segments.append(.print(try tokens(closedBy: "}}", from: start), offset: start))
            case .comment: try skipComment(from: start)
            case .tag: try addTag(from: start)
            }
            textStart = position
        }
        addText(textStart..<bytes.count, stripsEnd: false, lstrips: false)
    }

    private func nextOpening() -> (start: Int, opening: Opening)? {
        var index = position
        while let brace = bytes[index...].firstIndex(of: UInt8(ascii: "{")), brace + 1 < bytes.count {
            if let opening = Opening(bytes[brace + 1]) { return (brace, opening) }
            index = brace + 1
        }
        return nil
    }

    private mutating func addTag(from start: Int) throws(TemplateError) {
        let tokens = try tokens(closedBy: "%}", from: start)
        guard case .name("verbatim") = tokens.first?.kind else {
            segments.append(.tag(tokens, offset: start))
            return
        }
        guard tokens.count == 2 else {
            throw source.error(at: tokens[1].offset, "verbatim takes nothing after its name")
        }
        try addVerbatim(from: start)
    }

    private mutating func addVerbatim(from start: Int) throws(TemplateError) {
        let textStart = position
        while let (tagStart, opening) = nextOpening() {
            position = tagStart + 2
            guard opening == .tag else { continue }
            let mark = position < bytes.count ? bytes[position] : 0
            if mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+") { position += 1 }
            skipBlanks()
            guard bytes[position...].starts(with: "endverbatim".utf8) else { continue }
            addText(
                textStart..<tagStart, stripsEnd: mark == UInt8(ascii: "-"), lstrips: mark != UInt8(ascii: "+"))
            let tokens = try tokens(closedBy: "%}", from: tagStart)
            guard tokens.count == 2 else { throw source.error(at: tokens[1].offset, "endverbatim stands alone") }
            return
        }
        throw source.error(at: start, "verbatim is not closed", fix: "add {% endverbatim %}")
    }

    private mutating func skipComment(from start: Int) throws(TemplateError) {
        while let hash = bytes[position...].firstIndex(of: UInt8(ascii: "#")) {
            position = hash + 1
            guard position < bytes.count, bytes[position] == UInt8(ascii: "}") else { continue }
            let mark = hash > start + 2 ? bytes[hash - 1] : 0
            position += 1
            pendingTrim = mark == UInt8(ascii: "-") ? .all : mark == UInt8(ascii: "+") ? .nothing : .lineBreak
            return
        }
        throw source.error(at: start, "the comment is not closed", fix: "add #}")
    }

    /// The tokens up to and with the closing sign, which may carry `-` or `+`.
    private mutating func tokens(closedBy closing: StaticString, from start: Int) throws(TemplateError) -> [Token] {
        var reader = TokenReader(source: source, position: position, closing: "\(closing)", start: start)
        let tokens = try reader.tokens()
        position = reader.position
        switch reader.mark {
        case UInt8(ascii: "-"): pendingTrim = .all
        case UInt8(ascii: "+"): pendingTrim = .nothing
        default: pendingTrim = "\(closing)" == "}}" ? .nothing : .lineBreak
        }
        return tokens
    }

    private mutating func addText(_ whole: Range<Int>, stripsEnd: Bool, lstrips: Bool) {
        var lower = whole.lowerBound
        var upper = whole.upperBound
        switch pendingTrim {
        case .nothing: break
        case .all: while lower < upper, isBlank(bytes[lower]) { lower += 1 }
        case .lineBreak:
            if lower + 1 < upper, bytes[lower] == UInt8(ascii: "\r"), bytes[lower + 1] == UInt8(ascii: "\n") {
                lower += 2
            } else if lower < upper, bytes[lower] == UInt8(ascii: "\n") {
                lower += 1
            }
        }
        pendingTrim = .nothing
        if stripsEnd {
            while upper > lower, isBlank(bytes[upper - 1]) { upper -= 1 }
        } else if lstrips {
            var start = upper
            while start > 0, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t") {
                start -= 1
            }
            if start == 0 || bytes[start - 1] == UInt8(ascii: "\n") { upper = max(lower, start) }
        }
        if lower < upper { segments.append(.text(lower..<upper)) }
    }

    private mutating func skipBlanks() {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }
}

/// Space, tab, line feed, carriage return, form feed.
func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x0C
}
