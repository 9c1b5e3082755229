/// Parses the segments of a template into nodes and finds out in which context each value is printed.
struct TemplateParser {
    private let source: TemplateSource
    private let segments: [Segment]
    private var at = 0
    private var scanner: ContextScanner
    private var template: Template
    private var depth = 0

    /// Parses a template.
    static func parse(name: String, text: String) throws(TemplateError) -> Template {
        let source = TemplateSource(name: name, bytes: Array(text.utf8))
        var parser = TemplateParser(source: source, segments: try Lexer.segments(of: source))
        let (nodes, end) = try parser.nodes(until: [])
        if let end { throw source.error("`\(end.keyword)` without a beginning", at: end.offset) }
        parser.template.nodes = nodes
        guard parser.scanner.state == .plain || parser.scanner.state == .text else {
            throw source.error("the template ends inside a tag or comment", at: source.bytes.count)
        }
        return parser.template
    }

    private init(source: TemplateSource, segments: [Segment]) {
        self.source = source
        self.segments = segments
        scanner = ContextScanner(templateName: source.name)
        template = Template(source: source, isPlain: scanner.state == .plain)
    }

    /// A statement that ends a list of nodes: `endif`, `else` …
    private struct Ending {
        var keyword: String
        var parser: ExpressionParser
        var offset: Int
    }

    /// Nodes up to one of the endings; the ending is nil at the end of the template.
    private mutating func nodes(until endings: Set<String>) throws(TemplateError) -> ([Node], Ending?) {
        depth += 1
        defer { depth -= 1 }
        var nodes: [Node] = []
        while at < segments.count {
            let segment = segments[at]
            at += 1
            switch segment {
            case .text(let range):
                scanner.follow(source.bytes[range])
                nodes.append(.text(Array(source.bytes[range])))
            case .output(let tokens, let offset):
                nodes.append(try output(tokens, offset))
            case .statement(let tokens, let offset):
                var parser = ExpressionParser(source: source, tokens: tokens)
                let keyword = try parser.name("a statement")
                if endings.contains(keyword) {
                    return (nodes, Ending(keyword: keyword, parser: parser, offset: offset))
                }
                guard depth < 50 else { throw source.error("statements are nested too deeply", at: offset) }
                if let node = try statement(keyword, &parser, offset) { nodes.append(node) }
                try parser.expectEnd()
            }
        }
        return (nodes, nil)
    }

    private func output(_ tokens: [Token], _ offset: Int) throws(TemplateError) -> Node {
        var parser = ExpressionParser(source: source, tokens: tokens)
        let expression = try parser.expression()
        try parser.expectEnd()
        let (context, problem) = scanner.context()
        guard let context else { throw source.error(problem, at: offset) }
        return .output(expression, context, offset: offset)
    }

    private static let statements = [
        "if", "for", "include", "extends", "block", "macro", "import", "from", "set", "verbatim",
    ]

    private mutating func statement(
        _ keyword: String, _ parser: inout ExpressionParser, _ offset: Int
    ) throws(TemplateError) -> Node? {
        switch keyword {
        case "if": return try branch(&parser, offset)
        case "for": return try loop(&parser, offset)
        case "include": return try include(&parser, offset)
        case "set":
            let name = try parser.name("a name")
            try parser.expect("=")
            return .set(name, try parser.expression())
        case "block": return try block(&parser, offset)
        case "extends":
            guard template.parent == nil else { throw source.error("`extends` stands twice", at: offset) }
            template.parent = (try parser.text("the name of a template"), offset)
        case "macro": try macro(&parser, offset)
        case "import", "from": try importMacros(keyword, &parser, offset)
        default:
            let suggestion = nearestWord(to: keyword, among: Self.statements).map { "Did you mean `\($0)`?" }
            throw source.error("unknown statement `\(keyword)`", at: offset, fix: suggestion)
        }
        return nil
    }

    private mutating func branch(_ parser: inout ExpressionParser, _ offset: Int) throws(TemplateError) -> Node {
        var branches: [Node.Branch] = []
        var condition = try parser.expression()
        try parser.expectEnd()
        let start = scanner
        while true {
            let (body, ending) = try nodes(until: ["elif", "else", "endif"])
            guard var ending else {
                throw source.error("`if` is not closed", at: offset, fix: "Close it with {% endif %}.")
            }
            branches.append(.init(condition: condition, body: body))
            let finish = scanner
            switch ending.keyword {
            case "elif":
                condition = try ending.parser.expression()
                try ending.parser.expectEnd()
                scanner = start
                continue
            case "else":
                try ending.parser.expectEnd()
                scanner = start
                let (otherwise, last) = try nodes(until: ["endif"])
                guard let last else {
                    throw source.error("`if` is not closed", at: offset, fix: "Close it with {% endif %}.")
                }
                try last.parser.expectEnd()
                try expectSame(finish, "the branches of an `if`", last.offset)
                return .branch(branches, otherwise: otherwise)
            default:
                try ending.parser.expectEnd()
                scanner = start
                try expectSame(finish, "an `if` without `else`", ending.offset)
                return .branch(branches, otherwise: [])
            }
        }
    }

    private mutating func loop(_ parser: inout ExpressionParser, _ offset: Int) throws(TemplateError) -> Node {
        var names = [try parser.name("a name")]
        if parser.takes(",") { names.append(try parser.name("a name")) }
        guard parser.takesName("in") else { throw parser.unexpected("expected `in`") }
        let list = try parser.expression()
        try parser.expectEnd()
        let start = scanner
        var (body, ending) = try nodes(until: ["else", "endfor"])
        try expectSame(start, "a loop", offset)
        var otherwise: [Node] = []
        if ending?.keyword == "else" {
            (otherwise, ending) = try nodes(until: ["endfor"])
            try expectSame(start, "a loop", offset)
        }
        guard ending != nil else {
            throw source.error("`for` is not closed", at: offset, fix: "Close it with {% endfor %}.")
        }
        return .loop(names: names, list, body: body, otherwise: otherwise, offset: offset)
    }

    private func expectSame(_ other: ContextScanner, _ what: String, _ offset: Int) throws(TemplateError) {
        guard scanner == other else {
            throw source.error("\(what) must leave tags and quotes as it found them", at: offset)
        }
    }

    private func include(_ parser: inout ExpressionParser, _ offset: Int) throws(TemplateError) -> Node {
        guard scanner.state == .text || scanner.state == .plain else {
            throw source.error("`include` cannot stand inside a tag", at: offset)
        }
        let name = try parser.text("the name of a template")
        var bindings: [(name: String, value: Expression)] = []
        if parser.takesName("with") {
            repeat {
                let name = try parser.name("a name")
                try parser.expect("=")
                bindings.append((name, try parser.expression()))
            } while parser.takes(",")
        }
        return .include(name, bindings: bindings, only: parser.takesName("only"), offset: offset)
    }

    private mutating func block(_ parser: inout ExpressionParser, _ offset: Int) throws(TemplateError) -> Node {
        let name = try parser.name("the name of a block")
        guard template.blocks[name] == nil else { throw source.error("the block `\(name)` stands twice", at: offset) }
        let start = scanner
        template.blocks[name] = []
        let (body, ending) = try nodes(until: ["endblock"])
        guard let ending else {
            throw source.error("`block` is not closed", at: offset, fix: "Close it with {% endblock %}.")
        }
        try ending.parser.expectEnd()
        try expectSame(start, "a block", offset)
        template.blocks[name] = body
        return .block(name, offset: offset)
    }

    private mutating func macro(_ parser: inout ExpressionParser, _ offset: Int) throws(TemplateError) {
        let name = try parser.name("the name of a macro")
        var parameters: [(name: String, fallback: Expression?)] = []
        try parser.expect("(")
        while !parser.takes(")") {
            let parameter = try parser.name("a parameter")
            parameters.append((parameter, parser.takes("=") ? try parser.expression() : nil))
            if !parser.isMark(")") { try parser.expect(",") }
        }
        let start = scanner
        let (body, ending) = try nodes(until: ["endmacro"])
        guard let ending else {
            throw source.error("`macro` is not closed", at: offset, fix: "Close it with {% endmacro %}.")
        }
        try ending.parser.expectEnd()
        try expectSame(start, "a macro", offset)
        template.macros[name] = Macro(parameters: parameters, body: body, offset: offset)
    }

    private mutating func importMacros(
        _ keyword: String, _ parser: inout ExpressionParser, _ offset: Int
    ) throws(TemplateError) {
        let name = try parser.text("the name of a template")
        if keyword == "import" {
            guard parser.takesName("as") else { throw parser.unexpected("expected `as`") }
            template.modules[try parser.name("a name")] = (name, offset)
            return
        }
        guard parser.takesName("import") else { throw parser.unexpected("expected `import`") }
        repeat {
            let macro = try parser.name("the name of a macro")
            template.imports[macro] = (name, macro, offset)
        } while parser.takes(",")
    }
}
