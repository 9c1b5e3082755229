import Diagnostics
import Yams

/// Reads typed values out of a YAML tree and collects a diagnostic, with its place, for whatever does not fit.
///
/// Nothing is coerced: `yes` is a boolean only where a boolean is asked for, and a key that is not asked for is an
/// error with the nearest known key. Every reading method returns nil after it has said what is wrong.
struct YAMLReader {
    /// The file as the user named it.
    let file: String
    /// What was wrong, in the order in which it was met.
    private(set) var problems: [Diagnostic] = []

    private let lines: [Substring]

    init(file: String, text: String) {
        self.file = file
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The root of the file; nil after a syntax error.
    mutating func root() -> Node? {
        // Aliases of aliases grow without bound where they are compared or walked; so few of them cannot.
        let aliases = lines.reduce(0) { $0 + YAMLReader.aliases(in: $1) }
        guard aliases <= YAMLReader.mostAliases else {
            fail("\(aliases) aliases; at most \(YAMLReader.mostAliases) are read", at: nil)
            return nil
        }
        do {
            return try Yams.compose(yaml: lines.joined(separator: "\n"))
        } catch let error as YamlError {
            report(yamlError: error)
        } catch {
            problems.append(Diagnostic(.error, "cannot be read as YAML: \(error)", at: .init(file: file)))
        }
        return nil
    }

    /// How many aliases a file may have: 30 of them stand for some ten thousand values at worst.
    private static let mostAliases = 30

    /// How many words of a line may be aliases: `*name` at its start, behind a blank or a bracket.
    private static func aliases(in line: Substring) -> Int {
        var count = 0
        var last: UInt8 = 0x20
        var isStar = false
        for byte in line.utf8 {
            if isStar, byte > 0x20, byte != UInt8(ascii: "."), byte != UInt8(ascii: "*") { count += 1 }
            isStar = byte == UInt8(ascii: "*") && [0x20, 0x09, 0x5B, 0x7B, 0x2C, 0x3A, 0x3F, 0x2D].contains(last)
            last = byte
        }
        return count
    }

    /// Says that something is wrong at a node.
    mutating func fail(_ message: String, at node: Node?, fix: String? = nil) {
        let mark = node?.mark
        var excerpt: String?
        if let mark, lines.indices.contains(mark.line - 1) {
            excerpt = "    \(lines[mark.line - 1])\n    \(String(repeating: " ", count: max(0, mark.column - 1)))^"
        }
        problems.append(
            Diagnostic(
                .error, message, at: .init(file: file, line: mark?.line, column: mark?.column), fix: fix,
                excerpt: excerpt))
    }

    /// The entries of a mapping whose keys are all among `keys`; others are reported and left out.
    mutating func fields(_ node: Node, of what: String, keys: [String]) -> [String: Node] {
        var fields: [String: Node] = [:]
        for (name, key, value) in entries(node, of: what) {
            guard isKnown(name, key, of: what, among: keys) else { continue }
            fields[name] = value
        }
        return fields
    }

    /// Whether a key is among the known ones; if not, it is reported with the nearest.
    mutating func isKnown(_ name: String, _ key: Node, of what: String, among known: [String]) -> Bool {
        if known.contains(name) { return true }
        fail(
            "unknown key `\(name)` in \(what); expected one of \(known.joined(separator: ", "))", at: key,
            fix: nearestName(to: name, among: known).map { "Did you mean `\($0)`?" })
        return false
    }

    /// The entries of a mapping with free keys, in the order of the file; none where the node is absent.
    mutating func entries(_ node: Node?, of what: String) -> [(name: String, key: Node, value: Node)] {
        node.map { entries($0, of: what) } ?? []
    }

    /// The text under a key.
    mutating func text(_ fields: [String: Node], _ key: String, of what: String? = nil) -> String? {
        fields[key].flatMap { text($0, of: label(key, what)) }
    }

    /// The number under a key.
    mutating func number(_ fields: [String: Node], _ key: String, of what: String) -> Double? {
        fields[key].flatMap { number($0, of: label(key, what)) }
    }

    /// The word under a key.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ fields: [String: Node], _ key: String, of what: String
    ) -> Choice? where Choice.RawValue == String {
        fields[key].flatMap { choice($0, of: label(key, what), as: Choice.self) }
    }

    private func label(_ key: String, _ what: String?) -> String { what.map { "`\(key)` of \($0)" } ?? "`\(key)`" }

    /// The entries of a mapping with free keys, in the order of the file.
    mutating func entries(_ node: Node, of what: String) -> [(name: String, key: Node, value: Node)] {
        guard let mapping = node.mapping else {
            fail("\(what) must be a mapping of names to values, found \(kind(of: node))", at: node)
            return []
        }
        var entries: [(String, Node, Node)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                fail("a key of \(what) must be a plain word, found \(kind(of: key))", at: key)
                continue
            }
            entries.append((name, key, value))
        }
        return entries
    }

    /// A text.
    mutating func text(_ node: Node, of what: String) -> String? {
        guard let scalar = node.scalar else {
            fail("\(what) must be a text, found \(kind(of: node))", at: node)
            return nil
        }
        return scalar.string
    }

    /// A finite number.
    mutating func number(_ node: Node, of what: String) -> Double? {
        guard let text = node.scalar?.string, let value = Double(text), value.isFinite else {
            fail("\(what) must be a number, found \(kind(of: node))", at: node)
            return nil
        }
        return value
    }

    /// A whole number within limits.
    mutating func integer(_ node: Node, of what: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = node.scalar?.string, let value = Int(text), range.contains(value) else {
            fail(
                "\(what) must be a whole number from \(range.lowerBound) to \(range.upperBound), found \(kind(of: node))",
                at: node)
            return nil
        }
        return value
    }

    /// `true` or `false`.
    mutating func boolean(_ node: Node, of what: String) -> Bool? {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            fail("\(what) must be true or false, found \(kind(of: node))", at: node)
            return nil
        }
    }

    /// One of a few words.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: Node, of what: String, as type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        if let text = node.scalar?.string, let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let suggestion = node.scalar.flatMap { nearestName(to: $0.string, among: words) }.map {
            "Did you mean `\($0)`?"
        }
        fail(
            "\(what) must be one of \(words.joined(separator: ", ")), found \(kind(of: node))", at: node,
            fix: suggestion)
        return nil
    }

    /// A list; a single value counts as a list of one.
    func list(_ node: Node) -> [Node] {
        if let sequence = node.sequence { return Array(sequence) }
        return [node]
    }

    /// A list of texts, or a single one.
    mutating func texts(_ node: Node, of what: String) -> [String] {
        var texts: [String] = []
        for element in list(node) {
            if let text = text(element, of: what) { texts.append(text) }
        }
        return texts
    }

    /// A list of numbers.
    mutating func numbers(_ node: Node, of what: String) -> [Double] {
        var numbers: [Double] = []
        for element in list(node) {
            if let number = number(element, of: what) { numbers.append(number) }
        }
        return numbers
    }

    /// A node in words for a message.
    private func kind(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): "`\(scalar.string.prefix(60))`"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    private mutating func report(yamlError: YamlError) {
        switch yamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let line = lines.indices.contains(mark.line - 1) ? String(lines[mark.line - 1]) : ""
            problems.append(
                Diagnostic(
                    .error, "cannot be read as YAML: \(problem)",
                    at: .init(file: file, line: mark.line, column: mark.column),
                    excerpt: "    \(line)\n    \(String(repeating: " ", count: max(0, mark.column - 1)))^"))
        case .duplicatedKeysInMapping(let duplicates, _):
            let names = duplicates.map(\.description).sorted().joined(separator: ", ")
            problems.append(
                Diagnostic(.error, "a key stands twice in one mapping: \(names)", at: .init(file: file)))
        default:
            problems.append(Diagnostic(.error, "cannot be read as YAML: \(yamlError)", at: .init(file: file)))
        }
    }
}
