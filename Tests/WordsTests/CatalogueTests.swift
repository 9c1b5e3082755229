import Foundation
import TestSupport
import Testing

@testable import Words

/// The catalogues hold every phrase of sources, templates and scripts, and nothing else.
@Suite struct CatalogueTests {
    private static func file(_ code: String) throws -> WordFile {
        let path = Repository.root.appending(path: "Templates/words/\(code).txt")
        return try WordFile(String(contentsOf: path, encoding: .utf8), name: "\(code).txt")
    }

    private static func texts(_ folder: String, _ ending: String) throws -> [(path: String, text: String)] {
        let root = Repository.root.appending(path: folder)
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(ending) }.map {
            ("\(folder)/\($0)", try String(contentsOf: root.appending(path: $0), encoding: .utf8))
        }
    }

    /// Every phrase with one place where it stands.
    private static let used: [String: String] = {
        var used: [String: String] = [:]
        for room in ["Ingest", "Report", "Site", "Analysis", "Pipeline"] {
            for (path, text) in (try? texts("Sources/\(room)", ".swift")) ?? []
            where !path.contains("/Answers/") || path.hasSuffix("/AnswerSheet.swift") {
                for key in PhraseScan(text, in: room).keys { used[key] = path }
            }
        }
        for (path, text) in (try? texts("Templates", ".html")) ?? [] {
            for match in text.matches(of: /"([^"]*)" \| say/) { used[String(match.1)] = path }
        }
        for (path, text) in (try? texts("Templates", ".js")) ?? [] {
            for match in text.matches(of: /\/\*say\*\/"([^"]*)"/) { used[String(match.1)] = path }
        }
        return used
    }()

    /// Phrases below this line of the catalogue are names of cases, which stand nowhere as `say("…")`.
    private static let cases = "# Names of cases, said as they come"

    @Test func everyPhraseIsInTheCatalogue() throws {
        let keys = Set(try Self.file("en").keys)
        #expect(Self.used.count > 1_500)
        for (key, path) in Self.used.sorted(by: { $0.key < $1.key }) {
            #expect(keys.contains(key), "\(path): add “\(key)” to Templates/words")
        }
    }

    @Test func nothingElseIsInTheCatalogue() throws {
        let text = try String(
            contentsOf: Repository.root.appending(path: "Templates/words/en.txt"), encoding: .utf8)
        let parts = text.components(separatedBy: Self.cases)
        #expect(parts.count == 2)
        for key in try WordFile(parts[0], name: "en.txt").keys {
            #expect(Self.used[key] != nil, "“\(key)” is said nowhere: take it out of Templates/words")
        }
    }

    @Test func englishSaysWhatTheSourcesSay() throws {
        let file = try Self.file("en")
        for (key, words) in file.entries { #expect(key.words == words.words) }
        #expect(Set(file.keys).count == file.keys.count, "a phrase stands twice")
    }

    @Test(arguments: ["de"]) func aLanguageIsWhole(code: String) throws {
        let (english, file) = (try Self.file("en"), try Self.file(code))
        #expect(english.keys == file.keys)
        for (key, words) in file.entries {
            #expect(Self.holes(key.words) == Self.holes(words.words), "“\(key.words)”: “\(words.words)”")
            for edge in [\String.first, \String.last] where key.words[keyPath: edge] == " " {
                #expect(words.words[keyPath: edge] == " " || words.words.hasPrefix("-"), "blanks around “\(key.words)”")
            }
        }
        _ = try Language(code: code, files: [file], known: Set(english.keys))
    }

    private static func holes(_ text: String) -> Set<Substring> { Set(text.matches(of: /\{([0-9]+)/).map(\.1)) }
}

/// Finds phrases in a source: literals that stand directly in the parentheses of a call which takes one.
struct PhraseScan {
    /// What ingest notes is kept in the archive as a phrase and said by later reports.
    private static let ingesting: Set<String> = ["Remark", "note", "IngestError"]
    private static let speaking: Set<String> = ["say", "tell", "count", "undefined", "Phrase", "Remark"]
    private let callees: Set<String>
    private(set) var keys: [String] = []
    private let scalars: [Unicode.Scalar]

    init(_ text: String, in room: String) {
        callees = room == "Ingest" ? Self.ingesting : Self.speaking
        scalars = Array(text.unicodeScalars)
        _ = scan(from: 0, isNested: false)
    }

    /// Passes code up to the parenthesis that ends an interpolation, or to the end; gives the place behind.
    private mutating func scan(from start: Int, isNested: Bool) -> Int {
        var place = start
        var callees = isNested ? [""] : []
        while place < scalars.count {
            switch scalars[place] {
            case "/" where at(place + 1) == "/": while place < scalars.count, scalars[place] != "\n" { place += 1 }
            case "#" where at(place + 1) == "\"":
                place += 2
                while place < scalars.count, !(scalars[place] == "\"" && at(place + 1) == "#") { place += 1 }
            case "\"":
                let label = word(before: place)
                let (key, end) = literal(from: place)
                if let callee = callees.last, self.callees.contains(callee), !["separator:", "fix:"].contains(label),
                    key.contains(where: { $0.isLetter || $0 == "“" })
                {
                    keys.append(key)
                }
                place = end - 1
            case "(": callees.append(word(before: place))
            case "[", "{": callees.append("")
            case ")", "]", "}":
                _ = callees.popLast()
                if isNested, callees.isEmpty { return place + 1 }
            default: break
            }
            place += 1
        }
        return place
    }

    /// A literal as a key, and the place behind it.
    private mutating func literal(from start: Int) -> (key: String, end: Int) {
        let isLong = at(start + 1) == "\"" && at(start + 2) == "\""
        var place = start + (isLong ? 3 : 1)
        var (key, holes) = ("", 0)
        while place < scalars.count {
            if scalars[place] == "\"", !isLong || at(place + 1) == "\"" && at(place + 2) == "\"" {
                return (key, place + (isLong ? 3 : 1))
            }
            if scalars[place] == "\\", at(place + 1) == "(" {
                place = scan(from: place + 2, isNested: true)
                key += "{\(holes)}"
                holes += 1
            } else if scalars[place] == "\\", at(place + 1) == "u" {
                let digits = scalars[(place + 3)...].prefix { $0 != "}" }
                let text = String(String.UnicodeScalarView(digits))
                if let scalar = UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) {
                    key.unicodeScalars.append(scalar)
                }
                place += 4 + digits.count
            } else if scalars[place] == "\\" {
                key.unicodeScalars.append(at(place + 1) == "n" ? "\n" : at(place + 1) ?? " ")
                place += 2
            } else {
                key.unicodeScalars.append(scalars[place])
                place += 1
            }
        }
        return (key, place)
    }

    private func at(_ place: Int) -> Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    /// The name of a call or the label, with its colon, before a place.
    private func word(before place: Int) -> String {
        var end = place
        while end > 0, scalars[end - 1] == " " || scalars[end - 1] == "\n", at(place) == "\"" { end -= 1 }
        var start = end
        while start > 0, scalars[start - 1].properties.isAlphabetic || scalars[start - 1] == ":" && start == end {
            start -= 1
        }
        return String(String.UnicodeScalarView(scalars[start..<end]))
    }
}
