/// A language of reports: how it writes phrases, numbers and dates.
///
/// The language in force is bound to a task and its children with `$current`; where none is bound it is English. JSON
/// names, heads of CSV files, ids, addresses and what commands print are no phrases and the same in every language.
public final class Language: Sendable {
    /// The tag of the language as BCP 47 has it: `de`.
    public let code: String
    /// How numbers and dates are written.
    public let formats: Formats
    /// What differs from English, by key.
    private let phrases: [String: Translation]

    /// The language that `say` speaks.
    @TaskLocal public static var current: Language = .english

    /// English as the sources have it.
    public static let english = Language(code: "en", formats: .english, phrases: [:])

    init(code: String, formats: Formats, phrases: [String: Translation]) {
        self.code = code
        self.formats = formats
        self.phrases = phrases
    }

    /// A phrase in this language, in English where it has no other words. Cost is one look-up by key.
    public func text(of phrase: Phrase) -> String {
        guard !phrases.isEmpty, let found = phrases[phrase.key] else { return phrase.english }
        let arguments = phrase.arguments.map { argument in
            switch argument.kind {
            case .text: argument.text
            case .word: text(of: Phrase(exactly: argument.text))
            case .number: argument.text.replacing(".", with: formats.decimalMark).replacing("-", with: "−")
            }
        }
        return found.filled(with: arguments, formats.inflections)
    }
}

/// How a language writes numbers and dates.
public struct Formats: Sendable, Hashable {
    /// Between whole number and fraction.
    public var decimalMark = "."
    /// Between groups of three digits, from five digits on.
    public var groupMark = "\u{202F}"
    /// A day in full, with `{day}`, `{month}` and `{year}`.
    public var fullDay = "{day} {month} {year}"
    /// A day without its year, its month shortened.
    public var briefDay = "{day} {month}"
    /// January to December.
    public var months: [String]
    /// The same as axes and captions have them.
    public var shortMonths: [String]
    /// Monday to Sunday.
    public var weekdays: [String]
    /// The same as axes have them.
    public var shortWeekdays: [String]
    /// Whether titles lose their capitals within a sentence.
    public var lowersTitles = true
    /// Forms of words by their name (`dative`): what a word becomes where a hole asks for the form, `{0:dative}`.
    public var inflections: [String: [String: String]] = [:]

    /// English: a point, thin spaces, the day before the month.
    public static let english = Formats(
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        shortWeekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])

    /// A day in full; months count from 1.
    public func day(_ day: Int, month: Int, year: Int) -> String {
        Formats.filled(fullDay, [("{day}", "\(day)"), ("{month}", months[month - 1]), ("{year}", "\(year)")])
    }

    /// A day without its year; months count from 1.
    public func shortDay(_ day: Int, month: Int) -> String {
        Formats.filled(briefDay, [("{day}", "\(day)"), ("{month}", shortMonths[month - 1])])
    }

    /// A pattern with texts for its holes. One pass over the bytes.
    private static func filled(_ pattern: String, _ parts: [(hole: String, text: String)]) -> String {
        var filled: [UInt8] = []
        var rest = pattern.utf8[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "{"), let part = parts.first(where: { rest.starts(with: $0.hole.utf8) }) {
                filled += part.text.utf8
                rest = rest.dropFirst(part.hole.utf8.count)
            } else {
                filled.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: filled, as: UTF8.self)
    }
}

/// The words of a phrase in another language.
struct Translation: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case words(String)
        /// An argument by its place, in a form of its last word where one is asked for.
        case hole(Int, form: String?)
    }

    let pieces: [Piece]

    func filled(with arguments: [String], _ inflections: [String: [String: String]]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .words(let words): text += words
            // A script fills its holes itself.
            case .hole(let place, _) where !arguments.indices.contains(place): text += "{\(place)}"
            case .hole(let place, nil): text += arguments[place]
            case .hole(let place, let form?):
                text += Self.inflected(arguments[place], inflections[form] ?? [:])
            }
        }
        return text
    }

    /// A text whose last word stands in another form: `12 Tage` as `12 Tagen`.
    private static func inflected(_ text: String, _ forms: [String: String]) -> String {
        let start = text.lastIndex(of: " ").map(text.index(after:)) ?? text.startIndex
        guard let form = forms[String(text[start...])] else { return text }
        return text[..<start] + form
    }
}
