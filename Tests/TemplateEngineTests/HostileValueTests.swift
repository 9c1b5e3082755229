import Foundation
import TemplateEngine
import TestSupport
import Testing

/// Naughty strings printed in every place and read back by a reader that shares nothing with the engine.
@Suite(
    .enabled(
        if: Repository.shared("data/sets/nasty_strings/blns.json") != nil,
        "the naughty strings are not beside the project"))
struct HostileValueTests {
    static let own = [
        "</script><script>alert(1)</script>", "--><script>", "]]>", "\" onclick=\"x", "' onclick='x",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)", "\u{1}javascript:x", "data:text/html,<script>", "//evil.example", "\\\\evil",
        "{{ 7 * 7 }}", "{% raw %}", "&#106;avascript:x",
        "\r\n", "\t", "\u{0}", "\u{FFFE}", "\u{2028}", "😀", "e\u{301}",
    ]

    static func strings() throws -> [String] {
        let url = try #require(Repository.shared("data/sets/nasty_strings/blns.json"))
        return try JSONDecoder().decode([String].self, from: Data(contentsOf: url)) + own
    }

    @Test func comeBackFromTextAndAttributes() throws {
        let set = try TemplateSet(sources: [
            "page.html":
                "<p title=\"{{ v }}\" lang='{{ v }}'>{{ v }}</p><title>{{ v }}</title><svg><text>{{ v }}</text></svg>"
        ])
        let strings = try Self.strings()
        #expect(strings.count > 500)
        for string in strings {
            let page = String(decoding: try set.render("page.html", ["v": .string(string)]), as: UTF8.self)
            let expected = string.withoutControls
            #expect(
                page.unicodeScalars.count { $0 == "<" } == 8 && page.unicodeScalars.count { $0 == ">" } == 8,
                "\(string)")
            #expect(Self.between(page, "title=\"", "\"").map(Self.decoded) == expected)
            #expect(Self.between(page, "lang='", "'").map(Self.decoded) == expected)
            for element in ["title", "text"] {
                #expect(Self.between(page, "<\(element)>", "</\(element)>").map(Self.decoded) == expected)
            }
        }
    }

    @Test func comeBackFromScripts() throws {
        let set = try TemplateSet(sources: [
            "page.html": "<script type=\"application/json\">{{ v | json }}</script>",
            "page.json": "[{{ v }}, \"{{ v }}\"]",
        ])
        for string in try Self.strings() {
            let page = String(decoding: try set.render("page.html", ["v": .string(string)]), as: UTF8.self)
            let script = try #require(Self.between(page, "json\">", "</script>"))
            #expect(!script.unicodeScalars.contains { "<>&\u{2028}\u{2029}".unicodeScalars.contains($0) })
            #expect(try JSONDecoder().decode(String.self, from: Data(script.utf8)) == string)
            let json = try set.render("page.json", ["v": .string(string)])
            #expect(try JSONDecoder().decode([String].self, from: Data(json)) == [string, string])
        }
    }

    @Test func neverBecomeCodeInAddresses() throws {
        let set = try TemplateSet(sources: [
            "page.html":
                "<a href=\"{{ v }}\"><img src=\"a/{{ v }}\"><a href=\"?q={{ v }}\"><a {{ {\"href\": v} | attr }}>"
        ])
        let allowed = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&()*+,;=%")
        for string in try Self.strings() {
            let page = String(decoding: try set.render("page.html", ["v": .string(string)]), as: UTF8.self)
            for (start, isWhole) in [("<a href=\"", true), ("src=\"", false), ("?q=", false), ("<a  href=\"", true)] {
                let address = Self.decoded(try #require(Self.between(page, start, "\"")))
                #expect(address.unicodeScalars.allSatisfy(allowed.contains), "\(string)")
                guard isWhole, let scheme = URLComponents(string: address)?.scheme?.lowercased() else { continue }
                #expect(["http", "https", "mailto", "tel", "about"].contains(scheme), "\(string)")
            }
            let query = try #require(Self.between(page, "?q=", "\""))
            #expect(Self.percentDecoded(query) == Array(string.utf8))
        }
    }

    @Test func comeBackFromCSV() throws {
        let set = try TemplateSet(sources: ["page.csv": "\"{{ v }}\""])
        for string in try Self.strings() {
            var field = try set.render("page.csv", ["v": .string(string)])[...]
            #expect(field.popFirst() == UInt8(ascii: "\"") && field.popLast() == UInt8(ascii: "\""))
            var read: [UInt8] = []
            while let byte = field.popFirst() {
                read.append(byte)
                if byte == UInt8(ascii: "\"") { #expect(field.popFirst() == byte) }
            }
            #expect(read == Array(string.utf8))
        }
    }

    private static func between(_ text: String, _ start: String, _ end: String) -> String? {
        guard let lower = text.range(of: start, options: .literal)?.upperBound,
            let upper = text.range(of: end, options: .literal, range: lower..<text.endIndex)?.lowerBound
        else { return nil }
        return String(text[lower..<upper])
    }

    private static func percentDecoded(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)[...]
        var decoded: [UInt8] = []
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            decoded.append(UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            bytes = bytes.dropFirst(2)
        }
        return decoded
    }

    /// Undoes the five references and decimal ones; nothing else is expected.
    private static func decoded(_ text: String) -> String {
        var result = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "&", let end = rest.firstIndex(of: ";") else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let name = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\""]
            let number = name.hasPrefix("#") ? UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) : nil
            result += known[name] ?? number.map(String.init) ?? "?"
        }
        return result
    }
}

extension String {
    /// With U+FFFD for what neither HTML nor XML can hold.
    fileprivate var withoutControls: String {
        String(
            UnicodeScalarView(
                unicodeScalars.map { scalar in
                    let isControl = scalar.value < 32 && ![9, 10, 13].contains(scalar.value)
                    return isControl || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar
                }))
    }
}
