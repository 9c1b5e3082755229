/// A word or sign inside a tag.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case name(String)
        case string(String)
        case int(Int)
        case double(Double)
        case sign(String)
        /// The end of the tag.
        case end
    }

    let kind: Kind
    /// The first byte in the source.
    let offset: Int

    /// How the token is named in a message.
    var shown: String {
        switch kind {
        case .name(let name): "\"\(name)\""
        case .string: "a text"
        case .int, .double: "a number"
        case .sign(let sign): "\"\(sign)\""
        case .end: "the end of the tag"
        }
    }
}

/// A stretch of a template.
enum Segment: Sendable {
    /// Literal text, after white-space control.
    case text(Range<Int>)
    /// `{{ … }}`; the last token is the end.
    case print([Token], offset: Int)
    /// `{% … %}`; the last token is the end.
    case tag([Token], offset: Int)

    /// The tag's first word, if it has one.
    var tagName: String? {
        guard case .tag(let tokens, _) = self, case .name(let name) = tokens.first?.kind else { return nil }
        return name
    }
}
