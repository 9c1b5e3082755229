/// Why a document cannot be read.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var message: String
    /// The line, counted from 1; nil if unknown.
    public var line: Int?
    /// The column, counted from 1 in bytes; nil if unknown.
    public var column: Int?

    /// Describes a failure.
    public init(_ message: String, line: Int? = nil, column: Int? = nil) {
        self.message = message
        self.line = line
        self.column = column
    }

    /// The place, as far as it is known, and the message.
    public var description: String {
        let place = [line.map { "line \($0)" }, column.map { "column \($0)" }].compactMap(\.self).joined(
            separator: ", ")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}
