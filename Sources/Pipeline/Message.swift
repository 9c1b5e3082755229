import Diagnostics
import Report

/// Something that a run says while it works.
public enum Message: Sendable {
    /// A problem or assumption.
    case diagnostic(Diagnostic)
    /// What happened, in one line.
    case outcome(String)
    /// Which stage ended, what it did, and how long it took.
    case stage(String, milliseconds: Int, detail: String)

    /// The line for people.
    public var text: String {
        switch self {
        case .diagnostic(let diagnostic): Message.harmless(diagnostic.description)
        case .outcome(let text): Message.harmless(text)
        case .stage(let name, let milliseconds, let detail): "\(name): \(detail) (\(milliseconds) ms)"
        }
    }

    /// Without control characters, which a terminal would obey; line breaks stay.
    private static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" }) else {
            return text
        }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.properties.generalCategory == .control && $0 != "\n" ? "\u{FFFD}" : $0
                }))
    }

    /// The line for programs: one JSON object; `time` is when it was said (RFC 3339).
    public func json(at time: String) -> String {
        var fields: [String: JSONValue]
        switch self {
        case .diagnostic(let diagnostic):
            var entries: [String: JSONValue] = [
                "level": .string(diagnostic.severity.rawValue), "message": .string(diagnostic.message),
            ]
            if let place = diagnostic.place {
                entries["file"] = .string(place.file)
                if let line = place.line { entries["line"] = .int(line) }
                if let column = place.column { entries["column"] = .int(column) }
            }
            if let fix = diagnostic.fix { entries["fix"] = .string(fix) }
            fields = entries
        case .outcome(let text): fields = ["level": .string("info"), "message": .string(text)]
        case .stage(let name, let milliseconds, let detail):
            fields = [
                "level": .string("debug"), "message": .string(detail), "milliseconds": .int(milliseconds),
                "stage": .string(name),
            ]
        }
        fields["time"] = .string(time)
        return JSONValue.object(fields).compact
    }
}

/// How much a run says.
public enum MessageLevel: Sendable, Hashable {
    /// Warnings and errors.
    case quiet
    /// Outcomes too.
    case normal
    /// Stages and their times too.
    case verbose
}

/// Where messages go, filtered by level.
public struct MessageSink: Sendable {
    private let level: MessageLevel
    private let write: @Sendable (Message) -> Void
    /// Shows one line in the place of the last; nil where nobody watches.
    let show: (@Sendable (String) -> Void)?

    /// A sink that hands what passes the level to a closure.
    ///
    /// `show` gets lines of progress, each in the place of the last, the empty one at the end.
    public init(
        level: MessageLevel, show: (@Sendable (String) -> Void)? = nil, write: @escaping @Sendable (Message) -> Void
    ) {
        self.level = level
        self.show = level == .quiet ? nil : show
        self.write = write
    }

    /// The same, for a command within another: nothing but warnings and errors.
    var silenced: MessageSink { MessageSink(level: .quiet, write: write) }

    func say(_ message: Message) {
        switch message {
        case .diagnostic(let diagnostic) where level == .quiet && diagnostic.severity == .note: return
        case .outcome where level == .quiet: return
        case .stage where level != .verbose: return
        default: write(message)
        }
    }

    func say(_ diagnostics: some Sequence<Diagnostic>) {
        for diagnostic in diagnostics { say(.diagnostic(diagnostic)) }
    }
}
