import Diagnostics

/// Why an export could not be read at all, or not to its end.
public struct IngestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure that callers tell apart.
    public enum Kind: Sendable, Hashable {
        /// There is no such file, or a pattern matches none.
        case missing
        /// The operating system refused to open or read it.
        case unreadable
        /// Compressed data that ends early or is damaged.
        case corrupt
        /// The mapping names what the file does not have, or what cannot be.
        case mapping
        /// The text is not in its format and reading cannot go on behind the fault.
        case malformed
    }

    /// The kind of failure.
    public let kind: Kind
    /// What was found, where, what was expected and what to do.
    public let diagnostic: Diagnostic

    /// Describes a failure.
    public init(_ kind: Kind, _ diagnostic: Diagnostic) {
        self.kind = kind
        self.diagnostic = diagnostic
    }

    init(_ kind: Kind, _ remark: Remark, file: String, line: Int? = nil, fix: String? = nil) {
        self.init(kind, Diagnostic(.error, [remark], at: Diagnostic.Place(file: file, line: line), fix: fix))
    }

    /// The diagnostic's text.
    public var description: String { diagnostic.description }
}
