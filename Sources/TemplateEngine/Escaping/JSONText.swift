/// Writing values as JSON (RFC 8259), keys sorted by scalars.
enum JSONText {
    /// Appends a value. With `forScript` the bytes `< > & '` and U+2028, U+2029 are written as `\u….`, so that the text
    /// can end neither a script element nor a line of script. Markup is written as a string.
    ///
    /// - Throws: a fault for NaN, infinities and more than 64 levels.
    static func append(
        _ value: TemplateValue, forScript: Bool, to out: inout [UInt8], depth: Int = 0
    ) throws(Fault) {
        guard depth <= 64 else { throw Fault("a value of more than 64 levels cannot be written as JSON") }
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
        case .int(let number): out.append(contentsOf: number.description.utf8)
        case .double(let number): out.append(contentsOf: try NumberText.finite(number).utf8)
        case .string(let text), .markup(let text):
            out.append(UInt8(ascii: "\""))
            append(text: text, forScript: forScript, to: &out)
            out.append(UInt8(ascii: "\""))
        case .list(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                try append(item, forScript: forScript, to: &out, depth: depth + 1)
            }
            out.append(UInt8(ascii: "]"))
        case .map(let entries):
            out.append(UInt8(ascii: "{"))
            for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                try append(.string(entry.key), forScript: forScript, to: &out)
                out.append(UInt8(ascii: ":"))
                try append(entry.value, forScript: forScript, to: &out, depth: depth + 1)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// Appends the inside of a JSON string.
    static func append(text: String, forScript: Bool, to out: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out.append(contentsOf: #"\""#.utf8)
            case "\\": out.append(contentsOf: #"\\"#.utf8)
            case "\n": out.append(contentsOf: #"\n"#.utf8)
            case "\r": out.append(contentsOf: #"\r"#.utf8)
            case "\t": out.append(contentsOf: #"\t"#.utf8)
            case "<", ">", "&", "'", "\u{2028}", "\u{2029}":
                if forScript { appendCode(scalar, to: &out) } else { out.append(contentsOf: UTF8.encode(scalar)) }
            default:
                if scalar.value < 32 {
                    appendCode(scalar, to: &out)
                } else {
                    out.append(contentsOf: UTF8.encode(scalar))
                }
            }
        }
    }

    private static func appendCode(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
        let digits = String(scalar.value, radix: 16)
        out.append(contentsOf: #"\u"#.utf8)
        out.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
        out.append(contentsOf: digits.utf8)
    }
}

extension UTF8 {
    /// The bytes of one scalar.
    fileprivate static func encode(_ scalar: Unicode.Scalar) -> String.UTF8View { String(scalar).utf8 }
}

/// Numbers as text.
enum NumberText {
    /// The shortest decimal that reads back as the same double.
    static func finite(_ number: Double) throws(Fault) -> String {
        guard number.isFinite else {
            throw Fault(
                "\(number) is no number that can be printed", fix: "leave the value out or print why it is undefined")
        }
        return number.description
    }
}
