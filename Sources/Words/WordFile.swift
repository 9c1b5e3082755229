/// The file of a language, read: settings and phrases with their places.
///
///     # A comment.
///     decimal_mark = ","
///     form dative = "Tage Tagen, Werte Werten"
///
///     "{0} of {1} sessions"
///     = "{0} von {1} Sitzungen"
///
/// A phrase stands between quotation marks, before its equals sign in English and behind it in the language of the file;
/// `\"`, `\\`, `\n` and `\u{202F}` are the only escapes. Holes are numbered from 0 and may stand in any order.
public struct WordFile: Sendable {
    /// Something between quotation marks, with the line and column where it begins.
    struct Text: Sendable {
        var words: String
        var line: Int
        var column: Int
    }

    /// The file's name, for what is wrong with it.
    let name: String
    /// Settings by name.
    private(set) var settings: [String: Text] = [:]
    /// Phrases in order: English, and the language of the file.
    private(set) var entries: [(key: Text, words: Text)] = []

    /// English phrases in the order of the file.
    public var keys: [String] { entries.map(\.key.words) }

    /// A phrase of the file by its key, for tests and tools; nil where it has none.
    public func words(for key: String) -> String? { entries.last { $0.key.words == key }?.words.words }

    /// Reads a file.
    ///
    /// - Throws: `WordFileError` with the place where the text is no file of words.
    public init(_ text: String, name: String) throws(WordFileError) {
        self.name = name
        var reader = WordReader(text, name: name)
        while try !reader.isAtEnd() {
            if reader.isAtQuote {
                let key = try reader.quoted()
                try reader.expectEquals()
                entries.append((key, try reader.quoted()))
            } else {
                let (name, line, column) = try reader.name()
                try reader.expectEquals()
                guard settings[name] == nil else {
                    throw reader.fault("`\(name)` stands twice", line, column)
                }
                settings[name] = try reader.quoted()
            }
        }
    }
}

/// What is wrong with a file of words, and where.
public struct WordFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// File, line, column, what was found and what to do.
    public let description: String
}

/// Reads the characters of a file of words.
struct WordReader {
    private let scalars: [Unicode.Scalar]
    private let file: String
    private var place = 0
    private var line = 1
    private var column = 1

    init(_ text: String, name: String) {
        scalars = Array(text.unicodeScalars)
        file = name
    }

    func fault(_ what: String, _ line: Int, _ column: Int) -> WordFileError {
        WordFileError(description: "\(file):\(line):\(column): \(what)")
    }

    private func here(_ what: String) -> WordFileError { fault(what, line, column) }

    private mutating func step() {
        if scalars[place] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        place += 1
    }

    /// Passes blanks and comments.
    private mutating func skip() {
        while place < scalars.count {
            if scalars[place] == "#" {
                while place < scalars.count, scalars[place] != "\n" { step() }
            } else if scalars[place].properties.isWhitespace || scalars[place] == "\u{FEFF}" {
                step()
            } else {
                return
            }
        }
    }

    mutating func isAtEnd() throws(WordFileError) -> Bool {
        skip()
        return place == scalars.count
    }

    var isAtQuote: Bool { place < scalars.count && scalars[place] == "\"" }

    mutating func expectEquals() throws(WordFileError) {
        skip()
        guard place < scalars.count, scalars[place] == "=" else { throw here("expected = here, before the words") }
        step()
        skip()
        guard isAtQuote else { throw here("expected words between quotation marks here") }
    }

    /// The name of a setting: words before the equals sign.
    mutating func name() throws(WordFileError) -> (String, line: Int, column: Int) {
        let start = (line, column)
        var name = ""
        while place < scalars.count, scalars[place] != "=", scalars[place] != "\n", scalars[place] != "\"" {
            name.unicodeScalars.append(scalars[place])
            step()
        }
        let words = name.split(separator: " ").joined(separator: " ")
        guard !words.isEmpty else { throw fault("expected a setting or a phrase here", start.0, start.1) }
        return (words, start.0, start.1)
    }

    mutating func quoted() throws(WordFileError) -> WordFile.Text {
        var text = WordFile.Text(words: "", line: line, column: column)
        step()
        while place < scalars.count {
            switch scalars[place] {
            case "\"":
                step()
                return text
            case "\\":
                text.words.unicodeScalars.append(try escape())
            default:
                text.words.unicodeScalars.append(scalars[place])
                step()
            }
        }
        throw fault("the quotation mark that opens here is never closed", text.line, text.column)
    }

    private mutating func escape() throws(WordFileError) -> Unicode.Scalar {
        let start = (line, column)
        step()
        guard place < scalars.count else { throw fault("nothing follows the backslash", start.0, start.1) }
        let letter = scalars[place]
        step()
        switch letter {
        case "\"", "\\": return letter
        case "n": return "\n"
        case "u":
            var digits = ""
            if place < scalars.count, scalars[place] == "{" {
                step()
                while place < scalars.count, scalars[place] != "}", digits.count < 7 {
                    digits.unicodeScalars.append(scalars[place])
                    step()
                }
                if place < scalars.count, scalars[place] == "}", let code = UInt32(digits, radix: 16),
                    let scalar = Unicode.Scalar(code)
                {
                    step()
                    return scalar
                }
            }
            throw fault("\\u takes the number of a character in braces, such as \\u{202F}", start.0, start.1)
        default:
            throw fault("\\\(letter) means nothing; use \\\", \\\\, \\n or \\u{…}", start.0, start.1)
        }
    }
}
