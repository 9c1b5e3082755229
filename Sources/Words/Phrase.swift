/// A sentence or part of one as the sources have it, in English, with what fills its holes.
///
/// It is written as a literal, `"\(found) of \(total) sessions"`, and known by its `key`, `{0} of {1} sessions`, under
/// which the file of a language has its translation. English needs none, so that it cannot be wrong there.
public struct Phrase: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The words before, between and behind the holes: one more than there are arguments.
    let pieces: [String]
    /// What fills the holes, in order.
    let arguments: [Argument]

    /// What fills a hole.
    struct Argument: Sendable, Hashable {
        var text: String
        var kind: Kind

        /// What language makes of it.
        enum Kind: Sendable, Hashable {
            /// It stays as it is.
            case text
            /// It is a phrase, too: the name of a case of an enumeration.
            case word
            /// It is a number that may have decimals, as Swift writes it.
            case number
        }
    }

    /// Words without a hole.
    public init(stringLiteral value: String) { self.init(exactly: value) }

    /// Words with holes.
    public init(stringInterpolation parts: StringInterpolation) {
        pieces = parts.pieces
        arguments = parts.arguments
    }

    /// Words that are known only when the program runs: the name of a case of an enumeration.
    public init(exactly words: String) {
        pieces = [words]
        arguments = []
    }

    /// Words with braces for the holes, as catalogues have them: `{0} of {1} sessions`.
    public var key: String { woven { "{\($0)}" } }

    /// The phrase in English.
    public var english: String { woven { arguments[$0].text } }

    /// Between a piece and the argument behind it; other signs stand where the argument is a word or a number.
    private static let hole: Unicode.Scalar = "\u{1F}"
    private static let holes: [Argument.Kind: Unicode.Scalar] = [.text: hole, .word: "\u{1D}", .number: "\u{1C}"]

    /// The phrase in one line, from which it can be made again; signs of control in it become blanks.
    public var stored: String {
        let plain = { (text: String) in
            String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
        }
        return zip(pieces, arguments).reduce(into: "") { text, part in
            text += plain(part.0)
            text.unicodeScalars.append(Self.holes[part.1.kind] ?? Self.hole)
            text += plain(part.1.text)
            text.unicodeScalars.append(Self.hole)
        } + plain(pieces.last ?? "")
    }

    /// Reads such a line; one without arguments is a phrase without holes.
    public init(stored line: String) {
        var (pieces, arguments) = ([""], [Argument]())
        var isInHole = false
        for sign in line.unicodeScalars {
            switch sign {
            case Self.hole where isInHole:
                isInHole = false
                pieces.append("")
            default:
                if !isInHole, let kind = Self.holes.first(where: { $0.value == sign })?.key {
                    isInHole = true
                    arguments.append(Argument(text: "", kind: kind))
                } else if isInHole {
                    arguments[arguments.count - 1].text.unicodeScalars.append(sign)
                } else {
                    pieces[pieces.count - 1].unicodeScalars.append(sign)
                }
            }
        }
        self.pieces = isInHole ? pieces + [""] : pieces
        self.arguments = arguments
    }

    /// Phrases are equal that say the same in English.
    public static func == (one: Phrase, other: Phrase) -> Bool { one.english == other.english }

    /// Agrees with `==`.
    public func hash(into hasher: inout Hasher) { hasher.combine(english) }

    private func woven(_ filling: (Int) -> String) -> String {
        guard var text = pieces.first else { return "" }
        for place in arguments.indices {
            text += filling(place)
            text += pieces[place + 1]
        }
        return text
    }

    /// Collects the pieces of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var pieces = [""]
        var arguments: [Argument] = []

        /// Begins a phrase.
        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount + 1)
            arguments.reserveCapacity(interpolationCount)
        }

        /// Adds words.
        public mutating func appendLiteral(_ literal: String) { pieces[pieces.count - 1] += literal }

        /// Adds a hole with what fills it.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            arguments.append(Argument(text: value.description, kind: .text))
            pieces.append("")
        }

        /// Adds a hole with a number, whose decimals each language sets off in its own way; whole numbers have none.
        public mutating func appendInterpolation(_ value: Double) {
            let isWhole = value == value.rounded() && abs(value) < 1e15
            arguments.append(Argument(text: isWhole ? "\(Int(value))" : "\(value)", kind: .number))
            pieces.append("")
        }

        /// Adds a hole with a word that catalogues have: the name of a case of an enumeration.
        public mutating func appendInterpolation(word: String) {
            arguments.append(Argument(text: word, kind: .word))
            pieces.append("")
        }
    }
}

/// A phrase in the language in force.
public func say(_ phrase: Phrase) -> String { Language.current.text(of: phrase) }

/// The name of a case of an enumeration in the language in force; catalogues have each of them.
public func say(word: String) -> String { Language.current.text(of: Phrase(exactly: word)) }
