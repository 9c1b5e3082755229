/// Cuts a template into text and tags, and tags into tokens.
struct Lexer {
    let source: TemplateSource
    private var at = 0

    init(_ source: TemplateSource) { self.source = source }

    private var bytes: [UInt8] { source.bytes }

    /// The segments of the whole template, white space trimmed where `-` stands beside a tag's delimiter.
    static func segments(of source: TemplateSource) throws(TemplateError) -> [Segment] {
        var lexer = Lexer(source)
        return try lexer.run()
    }

    private mutating func run() throws(TemplateError) -> [Segment] {
        var segments: [Segment] = []
        var trimsNext = false
        while at < bytes.count {
            let start = at
            let open = nextOpening(from: at)
            var end = open ?? bytes.count
            let trimsBefore = open.map { $0 + 2 < bytes.count && bytes[$0 + 2] == Byte.minus } ?? false
            var begin = start
            if trimsNext { while begin < end, Byte.isBlank(bytes[begin]) { begin += 1 } }
            if trimsBefore { while end > begin, Byte.isBlank(bytes[end - 1]) { end -= 1 } }
            if begin < end { segments.append(.text(range: begin..<end)) }
            guard let open else { break }
            let kind = bytes[open + 1]
            at = open + (trimsBefore ? 3 : 2)
            if kind == Byte.hash {
                trimsNext = try skipComment(from: open)
            } else {
                let (tokens, trims) = try tokens(
                    until: kind == Byte.openBrace ? Byte.closeBrace : Byte.percent, from: open)
                trimsNext = trims
                if kind == Byte.percent, tokens.first?.kind == .name("verbatim") {
                    segments += try verbatim(from: open)
                    trimsNext = false
                } else {
                    segments.append(
                        kind == Byte.openBrace
                            ? .output(tokens: tokens, offset: open) : .statement(tokens: tokens, offset: open))
                }
            }
        }
        return segments
    }

    private func nextOpening(from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == Byte.openBrace,
                bytes[index + 1] == Byte.openBrace || bytes[index + 1] == Byte.percent || bytes[index + 1] == Byte.hash
            {
                return index
            }
            index += 1
        }
        return nil
    }

    private mutating func skipComment(from open: Int) throws(TemplateError) -> Bool {
        while at + 1 < bytes.count {
            if bytes[at] == Byte.hash, bytes[at + 1] == Byte.closeBrace {
                let trims = bytes[at - 1] == Byte.minus
                at += 2
                return trims
            }
            at += 1
        }
        throw source.error("a comment is not closed", at: open, fix: "Close it with #}.")
    }

    private mutating func verbatim(from open: Int) throws(TemplateError) -> [Segment] {
        let start = at
        let closing = Array("{% endverbatim %}".utf8)
        while at + closing.count <= bytes.count {
            if bytes[at..<at + closing.count].elementsEqual(closing) {
                defer { at += closing.count }
                return start < at ? [.text(range: start..<at)] : []
            }
            at += 1
        }
        throw source.error("`verbatim` is not closed", at: open, fix: "Close it with {% endverbatim %}.")
    }

    /// The tokens up to the closing `}}` or `%}`, and whether white space behind it is trimmed.
    private mutating func tokens(until close: UInt8, from open: Int) throws(TemplateError) -> ([Token], Bool) {
        var tokens: [Token] = []
        while at < bytes.count {
            while at < bytes.count, Byte.isBlank(bytes[at]) { at += 1 }
            guard at < bytes.count else { break }
            let trims = bytes[at] == Byte.minus && at + 2 < bytes.count && bytes[at + 1] == close
            let mark = trims ? at + 1 : at
            if mark + 1 < bytes.count, bytes[mark] == close, bytes[mark + 1] == Byte.closeBrace {
                tokens.append(Token(kind: .end, offset: at))
                at = mark + 2
                return (tokens, trims)
            }
            tokens.append(try token())
        }
        let name = close == Byte.percent ? "%}" : "}}"
        throw source.error("a tag is not closed", at: open, fix: "Close it with \(name).")
    }

    private mutating func token() throws(TemplateError) -> Token {
        let start = at
        let byte = bytes[at]
        if Byte.isLetter(byte) {
            while at < bytes.count, Byte.isLetter(bytes[at]) || Byte.isDigit(bytes[at]) { at += 1 }
            return Token(kind: .name(String(decoding: bytes[start..<at], as: UTF8.self)), offset: start)
        }
        if Byte.isDigit(byte) { return try number(from: start) }
        if byte == 0x22 || byte == 0x27 { return try text(quote: byte, from: start) }
        for mark in ["==", "!=", "<=", ">=", "//"] where bytes[at...].starts(with: mark.utf8) {
            at += 2
            return Token(kind: .mark(mark), offset: start)
        }
        guard "+-*/%~<>|.,:()[]{}=".utf8.contains(byte) else {
            throw source.error("unexpected character in a tag", at: start)
        }
        at += 1
        return Token(kind: .mark(String(decoding: [byte], as: UTF8.self)), offset: start)
    }

    private mutating func number(from start: Int) throws(TemplateError) -> Token {
        while at < bytes.count, Byte.isDigit(bytes[at]) { at += 1 }
        var isWhole = true
        if at + 1 < bytes.count, bytes[at] == 0x2E, Byte.isDigit(bytes[at + 1]) {
            isWhole = false
            at += 1
            while at < bytes.count, Byte.isDigit(bytes[at]) { at += 1 }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let value = Int(text) { return Token(kind: .int(value), offset: start) }
        guard let value = Double(text), value.isFinite else {
            throw source.error("`\(text)` is too large a number", at: start)
        }
        return Token(kind: .double(value), offset: start)
    }

    private mutating func text(quote: UInt8, from start: Int) throws(TemplateError) -> Token {
        at += 1
        var content: [UInt8] = []
        while at < bytes.count, bytes[at] != quote {
            if bytes[at] == 0x5C, at + 1 < bytes.count {
                at += 1
                switch bytes[at] {
                case 0x6E: content.append(0x0A)
                case 0x74: content.append(0x09)
                case let other: content.append(other)
                }
            } else {
                content.append(bytes[at])
            }
            at += 1
        }
        guard at < bytes.count else { throw source.error("a text is not closed", at: start) }
        at += 1
        return Token(kind: .text(String(decoding: content, as: UTF8.self)), offset: start)
    }
}

/// Bytes that the lexer and the context scanner know by name.
enum Byte {
    static let openBrace: UInt8 = 0x7B
    static let closeBrace: UInt8 = 0x7D
    static let percent: UInt8 = 0x25
    static let hash: UInt8 = 0x23
    static let minus: UInt8 = 0x2D

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F
    }
}
