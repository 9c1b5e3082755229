/// Parses the tokens of one tag.
struct ExpressionParser {
    let source: TemplateSource
    private let tokens: [Token]
    private var at = 0
    private var depth = 0

    /// Nesting beyond this is refused, so that no template can exhaust the stack.
    private static let deepest = 100

    init(source: TemplateSource, tokens: [Token]) {
        self.source = source
        self.tokens = tokens
    }

    var current: Token { tokens[min(at, tokens.count - 1)] }

    mutating func advance() -> Token {
        let token = current
        at += 1
        return token
    }

    func isMark(_ mark: String) -> Bool { current.kind == .mark(mark) }
    func isName(_ name: String) -> Bool { current.kind == .name(name) }

    mutating func takes(_ mark: String) -> Bool {
        guard isMark(mark) else { return false }
        at += 1
        return true
    }

    mutating func takesName(_ name: String) -> Bool {
        guard isName(name) else { return false }
        at += 1
        return true
    }

    mutating func expect(_ mark: String) throws(TemplateError) {
        guard takes(mark) else { throw unexpected("expected `\(mark)`") }
    }

    mutating func name(_ what: String) throws(TemplateError) -> String {
        guard case .name(let name) = current.kind else { throw unexpected("expected \(what)") }
        at += 1
        return name
    }

    mutating func text(_ what: String) throws(TemplateError) -> String {
        guard case .text(let text) = current.kind else { throw unexpected("expected \(what) in quotes") }
        at += 1
        return text
    }

    func expectEnd() throws(TemplateError) {
        guard current.kind == .end else { throw unexpected("expected the end of the tag") }
    }

    func unexpected(_ expectation: String) -> TemplateError {
        let found =
            switch current.kind {
            case .name(let name): "`\(name)`"
            case .text(let text): "the text \"\(text)\""
            case .int(let value): "\(value)"
            case .double(let value): "\(value)"
            case .mark(let mark): "`\(mark)`"
            case .end: "the end of the tag"
            }
        return source.error("\(expectation), found \(found)", at: current.offset)
    }

    /// A whole expression: `a if b else c`.
    mutating func expression() throws(TemplateError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else {
            throw source.error("the expression is nested too deeply", at: current.offset)
        }
        let value = try binary(atLeast: 1)
        guard takesName("if") else { return value }
        let condition = try binary(atLeast: 1)
        guard takesName("else") else { return .choice(condition: condition, value, .literal(.string(""))) }
        return .choice(condition: condition, value, try expression())
    }

    private mutating func binary(atLeast strength: Int) throws(TemplateError) -> Expression {
        var left = try operand(strength: strength)
        while let (found, negated) = peekOperator(), found.strength >= strength {
            let offset = current.offset
            at += negated ? 2 : 1
            let right = try binary(atLeast: found.strength + 1)
            left = .binary(found, left, right, offset: offset)
            if negated { left = .not(left) }
        }
        return left
    }

    private func peekOperator() -> (Expression.Operator, negated: Bool)? {
        switch current.kind {
        case .name("not") where tokens.indices.contains(at + 1) && tokens[at + 1].kind == .name("in"): (.isIn, true)
        case .name(let name): Expression.Operator(rawValue: name).map { ($0, false) }
        case .mark(let mark): Expression.Operator(rawValue: mark).map { ($0, false) }
        default: nil
        }
    }

    private mutating func operand(strength: Int) throws(TemplateError) -> Expression {
        if takesName("not") { return .not(try binary(atLeast: 3)) }
        let offset = current.offset
        if takes("-") { return .negate(try postfix(), offset: offset) }
        return try postfix()
    }

    private mutating func postfix() throws(TemplateError) -> Expression {
        var value = try primary()
        while true {
            let offset = current.offset
            if takes(".") {
                value = .member(value, try name("the name of an attribute"), offset: offset)
            } else if takes("[") {
                value = .element(value, try expression(), offset: offset)
                try expect("]")
            } else if takes("|") {
                let offset = current.offset
                let filter = try name("the name of a filter")
                value = .filter(value, filter, isMark("(") ? try arguments() : .init(), offset: offset)
            } else if isMark("("), case .variable(let name, let offset) = value {
                let arguments = try arguments()
                value =
                    name == "super" ? .superBlock(offset: offset) : .call(name, macro: nil, arguments, offset: offset)
            } else if isMark("("), case .member(.variable(let module, _), let name, let offset) = value {
                value = .call(module, macro: name, try arguments(), offset: offset)
            } else if takesName("is") {
                let negated = takesName("not")
                let test = try name("the name of a test")
                let needsArgument = ["divisibleby", "sameas"].contains(test)
                let test_ = Expression.test(value, test, needsArgument ? try primary() : nil, offset: offset)
                value = negated ? .not(test_) : test_
            } else {
                return value
            }
        }
    }

    private mutating func arguments() throws(TemplateError) -> Expression.Arguments {
        var arguments = Expression.Arguments()
        try expect("(")
        while !takes(")") {
            if case .name(let name) = current.kind, tokens.indices.contains(at + 1), tokens[at + 1].kind == .mark("=") {
                at += 2
                arguments.named[name] = try expression()
            } else {
                arguments.positional.append(try expression())
            }
            if !isMark(")") { try expect(",") }
        }
        return arguments
    }

    private mutating func primary() throws(TemplateError) -> Expression {
        let token = current
        switch token.kind {
        case .name("true"), .name("false"):
            at += 1
            return .literal(.bool(token.kind == .name("true")))
        case .name("null"), .name("none"):
            at += 1
            return .literal(.null)
        case .name(let name):
            at += 1
            return .variable(name, offset: token.offset)
        case .text(let text):
            at += 1
            return .literal(.string(text))
        case .int(let value):
            at += 1
            return .literal(.int(value))
        case .double(let value):
            at += 1
            return .literal(.double(value))
        case .mark("("):
            at += 1
            let value = try expression()
            try expect(")")
            return value
        case .mark("["): return .list(try list())
        case .mark("{"): return .map(try map())
        default: throw unexpected("expected a value")
        }
    }

    private mutating func list() throws(TemplateError) -> [Expression] {
        var elements: [Expression] = []
        try expect("[")
        while !takes("]") {
            elements.append(try expression())
            if !isMark("]") { try expect(",") }
        }
        return elements
    }

    private mutating func map() throws(TemplateError) -> [String: Expression] {
        var entries: [String: Expression] = [:]
        try expect("{")
        while !takes("}") {
            let key = try text("a key")
            try expect(":")
            entries[key] = try expression()
            if !isMark("}") { try expect(",") }
        }
        return entries
    }
}
