/// How a word may be written in HTML, JSON and URLs.
///
/// Each row is one way of writing all signs of a word; signs that a row does not name are written as they are. Letters and digits of ASCII
/// always are, so that most ids have one form.
enum WrittenForms {
    private typealias Way = @Sendable (Unicode.Scalar) -> String?

    private static let markup: Set<Unicode.Scalar> = ["&", "<", ">", "\"", "'"]

    private static let ways: [Way] = [
        { _ in nil },
        // HTML: names, and the quotation marks as libraries write them.
        { named($0, quote: "&quot;", apostrophe: "&#39;") }, { named($0, quote: "&quot;", apostrophe: "&#039;") },
        { named($0, quote: "&quot;", apostrophe: "&#x27;") }, { named($0, quote: "&quot;", apostrophe: "&apos;") },
        { named($0, quote: "&#34;", apostrophe: "&#39;") }, { named($0, quote: "\"", apostrophe: "'") },
        // HTML: numbers for what is not ASCII, for markup, for both.
        { $0.isASCII ? named($0, quote: "&quot;", apostrophe: "&#39;") : decimal($0) },
        { $0.isASCII ? named($0, quote: "&quot;", apostrophe: "&#x27;") : hex($0) },
        { markup.contains($0) ? decimal($0) : nil }, { markup.contains($0) ? hex($0) : nil },
        { markup.contains($0) || !$0.isASCII ? decimal($0) : nil },
        { markup.contains($0) || !$0.isASCII || "/`=".unicodeScalars.contains($0) ? hex($0) : nil },
        // JSON: with or without numbers for what is not ASCII, markup and slashes.
        { escaped($0) }, { escaped($0) ?? ($0 == "/" ? "\\/" : nil) },
        { escaped($0) ?? ($0.isASCII ? nil : units($0)) },
        { escaped($0) ?? ($0 == "/" ? "\\/" : $0.isASCII ? nil : units($0)) },
        { $0 == "\\" ? "\\\\" : markup.contains($0) ? units($0) : nil },
        { $0 == "\\" ? "\\\\" : markup.contains($0) || !$0.isASCII ? units($0) : nil },
        { escaped($0) ?? (markup.contains($0) ? units($0) : nil) },
        { escaped($0) ?? (markup.contains($0) || !$0.isASCII ? units($0) : nil) },
        // URLs: in paths, and in queries as forms write them.
        { percent($0, blank: "%20") }, { percent($0, blank: "+") }, { $0 == " " ? "+" : nil },
    ]

    /// Every way of writing a word, each once.
    static func all(_ word: String) -> Set<String> {
        Set(ways.map { way in word.unicodeScalars.reduce(into: "") { $0 += way($1) ?? String($1) } })
    }

    private static func named(_ sign: Unicode.Scalar, quote: String, apostrophe: String) -> String? {
        switch sign {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": quote
        case "'": apostrophe
        default: nil
        }
    }

    private static func decimal(_ sign: Unicode.Scalar) -> String { "&#\(sign.value);" }

    private static func hex(_ sign: Unicode.Scalar) -> String { "&#x\(String(sign.value, radix: 16));" }

    private static func escaped(_ sign: Unicode.Scalar) -> String? {
        sign == "\"" || sign == "\\" ? "\\\(sign)" : nil
    }

    private static func units(_ sign: Unicode.Scalar) -> String {
        String(sign).utf16.reduce(into: "") { text, unit in
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    private static func percent(_ sign: Unicode.Scalar, blank: String) -> String? {
        if sign == " " { return blank }
        let isPlain = sign.isASCII && (sign.properties.isAlphabetic || sign.properties.numericType != nil)
        guard !isPlain, !"-._~".unicodeScalars.contains(sign) else { return nil }
        return String(sign).utf8.reduce(into: "") { $0 += ($1 < 16 ? "%0" : "%") + String($1, radix: 16) }
    }
}
