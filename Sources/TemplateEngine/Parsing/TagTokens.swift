/// The tokens of one tag with a place in them.
struct TagTokens {
    let source: Source
    private let tokens: [Token]
    private var position = 0

    /// - Parameter tokens: at least the end.
    init(_ tokens: [Token], of source: Source) {
        self.tokens = tokens
        self.source = source
    }

    /// The token at the place; the end repeats.
    var current: Token { tokens[min(position, tokens.count - 1)] }

    /// The token after it.
    var following: Token { tokens[min(position + 1, tokens.count - 1)] }

    /// Whether the tag ends here.
    var isAtEnd: Bool { current.kind == .end }

    /// Goes on by one token and gives the one that was current.
    @discardableResult mutating func advance() -> Token {
        let token = current
        position += 1
        return token
    }

    /// Takes a sign if it is next.
    mutating func accept(sign: String) -> Bool { accept(.sign(sign)) }

    /// Takes a word if it is next.
    mutating func accept(word: String) -> Bool { accept(.name(word)) }

    private mutating func accept(_ kind: Token.Kind) -> Bool {
        guard current.kind == kind else { return false }
        position += 1
        return true
    }

    /// Takes a sign or says what stands in its place.
    mutating func expect(sign: String) throws(TemplateError) {
        guard accept(sign: sign) else { throw unexpected("\"\(sign)\"") }
    }

    /// Takes a word or says what stands in its place.
    mutating func expect(word: String) throws(TemplateError) {
        guard accept(word: word) else { throw unexpected("\"\(word)\"") }
    }

    /// Takes a name that is not reserved.
    mutating func name(_ role: String) throws(TemplateError) -> String {
        guard case .name(let name) = current.kind else { throw unexpected(role) }
        guard !FileScope.reserved.contains(name) else {
            throw source.error(
                at: current.offset, "\"\(name)\" is a word of the template language and cannot be \(role)")
        }
        position += 1
        return name
    }

    /// Takes a text.
    mutating func text(_ role: String) throws(TemplateError) -> String {
        guard case .string(let text) = current.kind else { throw unexpected(role) }
        position += 1
        return text
    }

    /// Makes sure that nothing is left.
    func expectEnd() throws(TemplateError) {
        guard isAtEnd else { throw unexpected("the end of the tag") }
    }

    /// The error for a token that fits nothing.
    func unexpected(_ expected: String) -> TemplateError {
        source.error(at: current.offset, "expected \(expected), found \(current.shown)")
    }
}
