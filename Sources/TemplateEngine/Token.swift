/// A piece of an expression or statement.
struct Token: Hashable {
    enum Kind: Hashable {
        case name(String)
        case text(String)
        case int(Int)
        case double(Double)
        /// An operator or punctuation mark.
        case mark(String)
        case end
    }

    var kind: Kind
    /// Where it starts in the source.
    var offset: Int
}

/// A template cut into literal text and tags.
enum Segment {
    case text(range: Range<Int>)
    /// `{{ … }}`
    case output(tokens: [Token], offset: Int)
    /// `{% … %}`
    case statement(tokens: [Token], offset: Int)
}
