/// Filters of text. Characters are what a reader takes for one (extended grapheme clusters).
enum TextFilters {
    static let all: [Filter] = [
        Filter("upper") { (value, _) throws(Fault) in .string(try value.printed().uppercased()) },
        Filter("lower") { (value, _) throws(Fault) in .string(try value.printed().lowercased()) },
        Filter("capitalize") { (value, _) throws(Fault) in .string(capitalized(try value.printed()[...])) },
        Filter("title") { (value, _) throws(Fault) in .string(titled(try value.printed())) },
        Filter("string") { (value, _) throws(Fault) in .string(try value.printed()) },
        Filter("trim", [Parameter("chars", .null)]) { (value, given) throws(Fault) in
            .string(try trimmed(try value.printed(), given[0]))
        },
        Filter("replace", [Parameter("old"), Parameter("new"), Parameter("count", .null)]) {
            (value, given) throws(Fault) in
            let limit = given[2] == .null ? Int.max : try given[2].wholeNumber("count")
            return .string(
                replaced(
                    Array(try value.printed().utf8), Array(try given[0].printed().utf8),
                    Array(try given[1].printed().utf8), limit))
        },
        Filter("split", [Parameter("separator")]) { (value, given) throws(Fault) in
            let separator = try given[0].text("the separator")
            guard !separator.isEmpty else { throw Fault("the separator of split is empty") }
            return .list(parts(of: try value.printed(), separator))
        },
        Filter(
            "truncate",
            [
                Parameter("length", 255), Parameter("killwords", false), Parameter("end", "..."),
                Parameter("leeway", 5),
            ]
        ) { (value, given) throws(Fault) in
            .string(
                try truncated(
                    try value.printed(), length: try given[0].wholeNumber("length"), cutsWords: given[1].isTrue,
                    end: try given[2].text("end"), leeway: try given[3].wholeNumber("leeway")))
        },
    ]

    private static func capitalized(_ text: Substring) -> String {
        text.prefix(1).uppercased() + text.dropFirst().lowercased()
    }

    /// As Jinja: a word begins after a blank or one of `-([{<`.
    private static func titled(_ text: String) -> String {
        var result = ""
        var startsWord = true
        for character in text {
            result += startsWord ? character.uppercased() : character.lowercased()
            startsWord = character.isWhitespace || "-([{<".contains(character)
        }
        return result
    }

    private static func trimmed(_ text: String, _ characters: TemplateValue) throws(Fault) -> String {
        let given = characters == .null ? nil : Set(try characters.text("chars"))
        func goes(_ character: Character) -> Bool { given?.contains(character) ?? character.isWhitespace }
        guard let first = text.firstIndex(where: { !goes($0) }), let last = text.lastIndex(where: { !goes($0) })
        else { return "" }
        return String(text[first...last])
    }

    /// From the left, without overlap; an empty old text is found before each scalar and at the end, as in Python.
    private static func replaced(_ text: [UInt8], _ old: [UInt8], _ new: [UInt8], _ limit: Int) -> String {
        var result: [UInt8] = []
        var index = 0
        var count = 0
        while index <= text.count {
            let isStart = index == text.count || text[index] & 0xC0 != 0x80
            if count < limit, isStart, index + old.count <= text.count, text[index...].starts(with: old) {
                result.append(contentsOf: new)
                count += 1
                index += old.count
                if !old.isEmpty { continue }
            }
            if index < text.count { result.append(text[index]) }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func parts(of text: String, _ separator: String) -> [TemplateValue] {
        let bytes = Array(text.utf8)
        let mark = Array(separator.utf8)
        var parts: [TemplateValue] = []
        var start = 0
        var index = 0
        while index + mark.count <= bytes.count {
            if bytes[index...].starts(with: mark) {
                parts.append(.string(String(decoding: bytes[start..<index], as: UTF8.self)))
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        parts.append(.string(String(decoding: bytes[start...], as: UTF8.self)))
        return parts
    }

    /// As Jinja's `truncate`: a text of up to length + leeway characters stays whole; otherwise it is cut so that it is
    /// `length` long with its end, at the last space before unless words may be cut.
    private static func truncated(
        _ text: String, length: Int, cutsWords: Bool, end: String, leeway: Int
    ) throws(Fault) -> String {
        guard length >= end.count else {
            throw Fault("truncate needs a length of at least \(end.count), the length of its end")
        }
        guard leeway >= 0 else { throw Fault("the leeway of truncate is negative") }
        let (limit, overflows) = length.addingReportingOverflow(leeway)
        if overflows || text.count <= limit { return text }
        let cut = text.prefix(length - end.count)
        guard !cutsWords, let space = cut.lastIndex(of: " ") else { return cut + end }
        return cut[..<space] + end
    }
}
