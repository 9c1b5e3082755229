/// `macro name(a, b="default")`.
enum MacroHeader {
    /// Reads the header of a macro; a default is a literal.
    static func parse(
        _ tokens: [Token], template: Int, compilation: Compilation
    ) throws(TemplateError) -> Macro {
        let source = compilation.sources[template]
        var tokens = TagTokens(tokens, of: source)
        tokens.advance()
        let name = try tokens.name("the macro's name")
        var parameters: [Macro.Parameter] = []
        try tokens.expect(sign: "(")
        while !tokens.accept(sign: ")") {
            if !parameters.isEmpty { try tokens.expect(sign: ",") }
            let offset = tokens.current.offset
            let parameter = try tokens.name("a parameter's name")
            guard !parameters.contains(where: { $0.name == parameter }) else {
                throw source.error(at: offset, "there are two parameters \(parameter)")
            }
            let value = tokens.accept(sign: "=") ? try literal(&tokens) : nil
            if value == nil, let last = parameters.last, last.value != nil {
                throw source.error(
                    at: offset, "\(parameter) has no default but stands after \(last.name), which has one",
                    fix: "put the parameters that must be given first")
            }
            parameters.append(Macro.Parameter(name: parameter, slot: compilation.slot(parameter), value: value))
        }
        try tokens.expectEnd()
        return Macro(name: name, template: template, parameters: parameters)
    }

    private static func literal(_ tokens: inout TagTokens, depth: Int = 0) throws(TemplateError) -> TemplateValue {
        let isNegative = tokens.accept(sign: "-")
        switch tokens.current.kind {
        case .int(let number):
            tokens.advance()
            return .int(isNegative ? -number : number)
        case .double(let number):
            tokens.advance()
            return .double(isNegative ? -number : number)
        case _ where isNegative: throw tokens.unexpected("a number")
        case .string(let text):
            tokens.advance()
            return .string(text)
        case .name(let word):
            guard let value = Literal.named(word) else { break }
            tokens.advance()
            return value
        case .sign("[") where depth < 16: return try list(&tokens, depth: depth)
        case .sign("{") where depth < 16: return try map(&tokens, depth: depth)
        default: break
        }
        throw tokens.unexpected("a literal as the default")
    }

    private static func list(_ tokens: inout TagTokens, depth: Int) throws(TemplateError) -> TemplateValue {
        tokens.advance()
        var items: [TemplateValue] = []
        while !tokens.accept(sign: "]") {
            if !items.isEmpty { try tokens.expect(sign: ",") }
            items.append(try literal(&tokens, depth: depth + 1))
        }
        return .list(items)
    }

    private static func map(_ tokens: inout TagTokens, depth: Int) throws(TemplateError) -> TemplateValue {
        tokens.advance()
        var entries: TemplateMap = [:]
        while !tokens.accept(sign: "}") {
            if !entries.isEmpty { try tokens.expect(sign: ",") }
            let key = try tokens.text("a key in quotes")
            try tokens.expect(sign: ":")
            entries[key] = try literal(&tokens, depth: depth + 1)
        }
        return .map(entries)
    }
}

/// Words that are values.
enum Literal {
    /// The value of `true`, `false`, `null` or `none`; nil for other words.
    static func named(_ word: String) -> TemplateValue? {
        switch word {
        case "true", "True": .bool(true)
        case "false", "False": .bool(false)
        case "null", "none", "None": .null
        default: nil
        }
    }
}
