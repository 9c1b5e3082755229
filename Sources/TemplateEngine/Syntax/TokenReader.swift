/// Reads the words and signs of one tag up to its closing sign.
struct TokenReader {
    let source: Source
    var position: Int
    /// `}}` or `%}`.
    let closing: String
    /// Where the tag begins.
    let start: Int
    /// `-` or `+` before the closing sign, else 0.
    private(set) var mark: UInt8 = 0
    /// The closing brackets that are awaited: `}}` closes a print only outside of them.
    private var awaited: [UInt8] = []

    init(source: Source, position: Int, closing: String, start: Int) {
        self.source = source
        self.position = position
        self.closing = closing
        self.start = start
    }

    private var bytes: [UInt8] { source.bytes }

    private static let longSigns = ["==", "!=", "<=", ">=", "//"]
    private static let signs = "+-*/%~<>=|.,:()[]{}"

    /// All tokens; the last is the end.
    mutating func tokens() throws(TemplateError) -> [Token] {
        var found: [Token] = []
        while true {
            while position < bytes.count, isBlank(bytes[position]) { position += 1 }
            guard position < bytes.count else {
                throw source.error(at: start, "the tag is not closed", fix: "add \(closing)")
            }
            if let end = closes() {
                found.append(end)
                return found
            }
            found.append(try next())
        }
    }

    private mutating func closes() -> Token? {
        guard awaited.isEmpty else { return nil }
        let offset = position
        let byte = bytes[position]
        let marked = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        guard bytes[(marked ? offset + 1 : offset)...].starts(with: closing.utf8) else { return nil }
        mark = marked ? byte : 0
        position = offset + (marked ? 3 : 2)
        return Token(kind: .end, offset: offset)
    }

    private mutating func next() throws(TemplateError) -> Token {
        let offset = position
        let byte = bytes[position]
        if isNameStart(byte) { return Token(kind: .name(word()), offset: offset) }
        if isDigit(byte) { return Token(kind: try number(), offset: offset) }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            return Token(kind: .string(try text(quote: byte)), offset: offset)
        }
        for sign in Self.longSigns where bytes[position...].starts(with: sign.utf8) {
            position += 2
            return Token(kind: .sign(sign), offset: offset)
        }
        guard Self.signs.utf8.contains(byte) else {
            throw source.error(at: offset, "this character means nothing inside a tag")
        }
        position += 1
        switch byte {
        case UInt8(ascii: "("): awaited.append(UInt8(ascii: ")"))
        case UInt8(ascii: "["): awaited.append(UInt8(ascii: "]"))
        case UInt8(ascii: "{"): awaited.append(UInt8(ascii: "}"))
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): try close(byte, at: offset)
        default: break
        }
        return Token(kind: .sign(String(decoding: [byte], as: UTF8.self)), offset: offset)
    }

    private mutating func close(_ byte: UInt8, at offset: Int) throws(TemplateError) {
        guard let expected = awaited.popLast() else {
            throw source.error(at: offset, "this bracket closes nothing")
        }
        guard expected == byte else {
            throw source.error(
                at: offset,
                "expected \"\(String(decoding: [expected], as: UTF8.self))\", which is still open, before this")
        }
    }

    private mutating func word() -> String {
        let start = position
        while position < bytes.count, isNameStart(bytes[position]) || isDigit(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func number() throws(TemplateError) -> Token.Kind {
        let start = position
        skipDigits()
        var isDouble = false
        if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."), isDigit(bytes[position + 1]) {
            isDouble = true
            position += 1
            skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isDouble = true
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
                position += 1
            }
            skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isDouble, let value = Double(text), value.isFinite { return .double(value) }
        if !isDouble, let value = Int(text) { return .int(value) }
        throw source.error(at: start, "\(text) is no number that can be held")
    }

    private mutating func skipDigits() {
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }

    private mutating func text(quote: UInt8) throws(TemplateError) -> String {
        let start = position
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == quote { return String(decoding: content, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                content.append(byte)
                continue
            }
            content.append(contentsOf: try escape())
        }
        throw source.error(at: start, "the text is not closed", fix: "add the closing quote")
    }

    private mutating func escape() throws(TemplateError) -> [UInt8] {
        let offset = position - 1
        let byte = position < bytes.count ? bytes[position] : 0
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): return [byte]
        case UInt8(ascii: "u"):
            if let end = bytes[min(position, bytes.count)...].prefix(10).firstIndex(of: UInt8(ascii: "}")),
                position < end, bytes[position] == UInt8(ascii: "{"),
                let code = UInt32(String(decoding: bytes[(position + 1)..<end], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            {
                position = end + 1
                return Array(String(scalar).utf8)
            }
        default: break
        }
        throw source.error(
            at: offset, "this escape is not known",
            fix: #"known are \n \t \r \\ \" \' and \u{…} with hexadecimal digits"#)
    }
}

private func isNameStart(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
