import Words

/// What was noticed, as a code with its arguments: `its records are taken from “{0}”` and what fills the hole. The
/// terminal and JSON have it in English; pages say it in the language of the report.
public typealias Remark = Phrase

/// A message about our own run: what was found, where, what was expected and what to do.
public struct Diagnostic: Sendable, Hashable {
    /// How grave a diagnostic is.
    public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
        /// Worth knowing.
        case note
        /// Something was left out or assumed.
        case warning
        /// The run cannot go on.
        case error

        /// Notes before warnings before errors.
        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A place in a file, lines and columns counted from 1.
    public struct Place: Sendable, Hashable {
        /// The file as the user named it.
        public var file: String
        /// The line, if known.
        public var line: Int?
        /// The column, if known.
        public var column: Int?

        /// Names a place.
        public init(file: String, line: Int? = nil, column: Int? = nil) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// How grave.
    public var severity: Severity
    /// What was found and what was expected, in one sentence, part by part.
    public var remarks: [Remark]
    /// Where.
    public var place: Place?
    /// What to do.
    public var fix: String?
    /// The line at fault and a caret under the column, ready to print below the message.
    public var excerpt: String?

    /// Describes a finding about the run.
    public init(
        _ severity: Severity, _ message: String, at place: Place? = nil, fix: String? = nil, excerpt: String? = nil
    ) {
        self.init(severity, [Remark(exactly: message)], at: place, fix: fix, excerpt: excerpt)
    }

    /// Describes a finding about the run that pages say, too.
    public init(
        _ severity: Severity, _ remarks: [Remark], at place: Place? = nil, fix: String? = nil, excerpt: String? = nil
    ) {
        self.severity = severity
        self.remarks = remarks
        self.place = place
        self.fix = fix
        self.excerpt = excerpt
    }

    /// The sentence in English.
    public var message: String { remarks.map(\.english).joined() }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: severity: message`, then the excerpt and the fix on lines of their own.
    public var description: String {
        var text = ""
        if let place {
            text += place.file
            if let line = place.line { text += ":\(line)" }
            if let column = place.column { text += ":\(column)" }
            text += ": "
        }
        text += "\(severity.rawValue): \(message)"
        if let excerpt { text += "\n" + excerpt }
        if let fix { text += "\n  " + fix }
        return text
    }
}
