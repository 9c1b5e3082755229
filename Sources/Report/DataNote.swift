import Words

/// What was assumed or noticed while exports were read, as phrases, so that a report says it in its own language.
public struct DataNote: Sendable, Hashable {
    /// The file that it is about; nil for none.
    public var file: String?
    /// The sentence, part by part.
    public var phrases: [Phrase]

    /// A note about a file, or about none.
    public init(_ phrases: [Phrase], file: String? = nil) {
        self.file = file
        self.phrases = phrases
    }

    /// In the language in force.
    var said: String { begun + phrases.map { say($0) }.joined() }

    /// In English.
    public var english: String { begun + phrases.map(\.english).joined() }

    private var begun: String { file.map { "\($0): " } ?? "" }

    /// Between the file and the phrases.
    private static let separator: Character = "\u{1E}"

    /// One line that keeps the phrases with what fills them.
    public var stored: String {
        ([Phrase(exactly: file ?? "").stored] + phrases.map(\.stored)).joined(separator: String(Self.separator))
    }

    /// Reads such a line; an older one, which has words alone, is said as it is.
    public init(stored line: String) {
        let parts = line.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else {
            self.init([Phrase(exactly: line)])
            return
        }
        self.init(parts.dropFirst().map { Phrase(stored: $0) }, file: parts[0].isEmpty ? nil : parts[0])
    }
}
