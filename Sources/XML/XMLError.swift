/// Why a document cannot be read.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var message: String
    /// The line, counted from 1; nil if unknown.
    public var line: Int?

    /// Describes a failure.
    public init(_ message: String, line: Int? = nil) {
        self.message = message
        self.line = line
    }

    /// The line and the message.
    public var description: String { line.map { "line \($0): \(message)" } ?? message }
}
