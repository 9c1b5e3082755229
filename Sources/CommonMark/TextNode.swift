/// A part of a text in CommonMark with the parts inside it.
public struct TextNode: Sendable, Hashable {
    /// What it is.
    public var kind: Kind
    /// The parts inside it, in order.
    public var children: [TextNode]
    /// The line on which it begins, from 1; 0 where that is not known (parts of a line).
    public var line: Int

    /// What parts of a text are.
    public enum Kind: Sendable, Hashable {
        /// The whole text.
        case document
        /// A heading of level 1 to 6.
        case heading(level: Int)
        /// A paragraph.
        case paragraph
        /// A quotation.
        case quote
        /// A line between parts.
        case rule
        /// A list of items. The first number is that of an ordered one; in a tight list no blank lines part the items.
        case list(isOrdered: Bool, first: Int, isTight: Bool)
        /// An entry of a list.
        case item
        /// Lines of code, with the word behind the fence (`yaml`).
        case code(language: String, text: String)
        /// A table with the alignment of its columns.
        case table([Alignment])
        /// A row of a table.
        case row(isHeader: Bool)
        /// A cell of a row.
        case cell
        /// Words.
        case text(String)
        /// A stretch of code.
        case span(String)
        /// Emphasised words.
        case emphasis
        /// Strongly emphasised words.
        case strong
        /// A link.
        case link(address: String)
        /// A picture; what is inside says what it shows.
        case image(address: String)
        /// A line break that the text asks for.
        case lineBreak
    }

    /// How a column of a table is set.
    public enum Alignment: Sendable, Hashable {
        /// As the reader sets text.
        case none
        /// Flush left.
        case left
        /// Centred.
        case centre
        /// Flush right.
        case right
    }

    /// Describes a part.
    public init(_ kind: Kind, _ children: [TextNode] = [], line: Int = 0) {
        self.kind = kind
        self.children = children
        self.line = line
    }

    /// The words alone, without what sets them off.
    public var words: String {
        switch kind {
        case .text(let text), .span(let text): text
        case .code(_, let text): text
        case .lineBreak: " "
        default: children.map(\.words).joined()
        }
    }
}

/// What is wrong with a text.
public struct CommonMarkError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1; nil where it is the whole text.
    public let line: Int?
    /// What was found.
    public let message: String

    /// Describes a fault.
    public init(_ message: String, line: Int? = nil) {
        self.message = message
        self.line = line
    }

    /// The line and what was found.
    public var description: String { line.map { "\($0): \(message)" } ?? message }
}
