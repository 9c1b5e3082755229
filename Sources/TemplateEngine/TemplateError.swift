/// What is wrong in a template or in the values given to it, and where.
public struct TemplateError: Error, Sendable, Hashable {
    /// A place in a template; line and column count from 1, columns in characters.
    public struct Place: Sendable, Hashable {
        /// The template's name.
        public var template: String
        /// The line.
        public var line: Int
        /// The column.
        public var column: Int
    }

    /// Where; nil when a template was asked for by a name that does not exist.
    public var place: Place?
    /// What was found and what was expected, in one sentence.
    public var message: String
    /// What to do.
    public var fix: String?
    /// The line at fault and a caret under the column.
    public var excerpt: String?
    /// The includes and macro calls that led there, the innermost first.
    public var trace: [Place]

    /// Describes an error.
    public init(
        _ message: String, at place: Place? = nil, fix: String? = nil, excerpt: String? = nil, trace: [Place] = []
    ) {
        self.message = message
        self.place = place
        self.fix = fix
        self.excerpt = excerpt
        self.trace = trace
    }
}

extension TemplateError.Place: CustomStringConvertible {
    /// `template:line:column`.
    public var description: String { "\(template):\(line):\(column)" }
}

extension TemplateError: CustomStringConvertible {
    /// `template:line:column: error: message`, then the excerpt, the fix and the trace on lines of their own.
    public var description: String {
        var text = place.map { "\($0): " } ?? ""
        text += "error: " + message
        if let excerpt { text += "\n" + excerpt }
        if let fix { text += "\n  " + fix }
        for place in trace { text += "\n  called from \(place)" }
        return text
    }
}
