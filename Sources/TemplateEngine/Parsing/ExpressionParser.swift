/// Reads expressions; loosest first: `if else`, `or`, `and`, `not`, comparisons, `~`, `+ -`, `* / // %`, filters and
/// tests, unary `-`, access.
struct ExpressionParser {
    var tokens: TagTokens
    let file: FileScope
    /// Where `raw` and `attr` stand, which must come last in a print.
    var outputFilters: [Int] = []
    /// Brackets and prefixes that are open.
    var depth = 0
    /// Operators, filters and accesses so far: the height of the tree is no more.
    var links = 0

    /// More are refused, so that no expression can exhaust the stack.
    static let maximumDepth = 32
    /// The same for chains such as `a ~ b ~ c …`.
    static let maximumLinks = 128

    init(_ tokens: TagTokens, file: FileScope) {
        self.tokens = tokens
        self.file = file
    }

    /// One expression.
    mutating func expression() throws(TemplateError) -> Expression {
        let offset = tokens.current.offset
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw tokens.source.error(
                at: offset, "the expression is nested more than \(Self.maximumDepth) levels deep",
                fix: "name parts of it with set")
        }
        let value = try orExpression()
        guard tokens.accept(word: "if") else { return value }
        let condition = try orExpression()
        guard tokens.accept(word: "else") else {
            throw tokens.unexpected("\"else\" with what to take when the condition is false")
        }
        return .conditional(condition, then: value, otherwise: try expression())
    }

    /// Counts a link of a chain.
    mutating func link() throws(TemplateError) {
        links += 1
        guard links <= Self.maximumLinks else {
            throw tokens.source.error(
                at: tokens.current.offset, "the expression has more than \(Self.maximumLinks) operators and accesses",
                fix: "name parts of it with set")
        }
    }

    /// An operand of `if` or a loop's list: everything but the inline `if`.
    mutating func orExpression() throws(TemplateError) -> Expression {
        var left = try andExpression()
        while tokens.accept(word: "or") {
            try link()
            left = .or(left, try andExpression())
        }
        return left
    }

    private mutating func andExpression() throws(TemplateError) -> Expression {
        var left = try notExpression()
        while tokens.accept(word: "and") {
            try link()
            left = .and(left, try notExpression())
        }
        return left
    }

    private mutating func notExpression() throws(TemplateError) -> Expression {
        guard tokens.accept(word: "not") else { return try comparison() }
        try link()
        return .not(try notExpression())
    }

    private mutating func comparison() throws(TemplateError) -> Expression {
        let left = try joined()
        let offset = tokens.current.offset
        guard let (operation, isNegated) = comparisonSign() else { return left }
        try link()
        let compared = Expression.binary(operation, left, try joined(), at: offset)
        let next = tokens.current
        if comparisonSign() != nil {
            throw tokens.source.error(
                at: next.offset, "comparisons cannot be chained", fix: "write a < b and b < c")
        }
        return isNegated ? .not(compared) : compared
    }

    private mutating func comparisonSign() -> (BinaryOperator, isNegated: Bool)? {
        switch tokens.current.kind {
        case .sign(let sign) where ["==", "!=", "<", "<=", ">", ">="].contains(sign):
            tokens.advance()
            return BinaryOperator(rawValue: sign).map { ($0, false) }
        case .name("in"):
            tokens.advance()
            return (.isIn, false)
        case .name("not") where tokens.following.kind == .name("in"):
            tokens.advance()
            tokens.advance()
            return (.isIn, true)
        default: return nil
        }
    }

    private mutating func joined() throws(TemplateError) -> Expression {
        var left = try sum()
        while let (operation, offset) = acceptOperator(["~"]) {
            try link()
            left = .binary(operation, left, try sum(), at: offset)
        }
        return left
    }

    private mutating func sum() throws(TemplateError) -> Expression {
        var left = try product()
        while let (operation, offset) = acceptOperator(["+", "-"]) {
            try link()
            left = .binary(operation, left, try product(), at: offset)
        }
        return left
    }

    private mutating func product() throws(TemplateError) -> Expression {
        var left = try filtered()
        while let (operation, offset) = acceptOperator(["*", "/", "//", "%"]) {
            try link()
            left = .binary(operation, left, try filtered(), at: offset)
        }
        return left
    }

    private mutating func acceptOperator(_ signs: [String]) -> (BinaryOperator, Int)? {
        guard case .sign(let sign) = tokens.current.kind, signs.contains(sign),
            let operation = BinaryOperator(rawValue: sign)
        else { return nil }
        return (operation, tokens.advance().offset)
    }

    /// A value with its filters and tests.
    private mutating func filtered() throws(TemplateError) -> Expression {
        var value = try unary()
        while true {
            if tokens.accept(sign: "|") {
                try link()
                value = try filter(on: value)
            } else if tokens.accept(word: "is") {
                try link()
                value = try test(on: value)
            } else {
                return value
            }
        }
    }

    private mutating func unary() throws(TemplateError) -> Expression {
        let offset = tokens.current.offset
        if tokens.accept(sign: "-") {
            try link()
            return .negate(try unary(), at: offset)
        }
        var value = try primary()
        while let next = try access(on: value) {
            try link()
            value = next
        }
        return value
    }

    private mutating func access(on value: Expression) throws(TemplateError) -> Expression? {
        let offset = tokens.current.offset
        if tokens.accept(sign: ".") {
            let key = tokens.current
            tokens.advance()
            switch key.kind {
            case .name(let name): return .member(value, name, at: key.offset)
            case .int(let number): return .index(value, .literal(.int(number)), at: key.offset)
            default:
                throw tokens.source.error(at: key.offset, "expected a name after the point, found \(key.shown)")
            }
        }
        guard tokens.accept(sign: "[") else { return nil }
        let lower = tokens.current.kind == .sign(":") ? nil : try expression()
        guard tokens.accept(sign: ":") else {
            try tokens.expect(sign: "]")
            guard let lower else { throw tokens.unexpected("an index") }
            return .index(value, lower, at: offset)
        }
        let upper = tokens.current.kind == .sign("]") ? nil : try expression()
        try tokens.expect(sign: "]")
        return .slice(value, lower, upper, at: offset)
    }
}
