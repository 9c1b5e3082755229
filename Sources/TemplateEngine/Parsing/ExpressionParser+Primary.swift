extension ExpressionParser {
    /// A literal, a name, a call, or an expression in brackets.
    mutating func primary() throws(TemplateError) -> Expression {
        let token = tokens.current
        switch token.kind {
        case .string(let text):
            tokens.advance()
            return .literal(.string(text))
        case .int(let number):
            tokens.advance()
            return .literal(.int(number))
        case .double(let number):
            tokens.advance()
            return .literal(.double(number))
        case .name(let name): return try named(name, at: token.offset)
        case .sign("("):
            tokens.advance()
            let value = try expression()
            try tokens.expect(sign: ")")
            return value
        case .sign("["):
            tokens.advance()
            return try list()
        case .sign("{"):
            tokens.advance()
            return .map(try entries())
        default: throw tokens.unexpected("a value")
        }
    }

    private mutating func named(_ name: String, at offset: Int) throws(TemplateError) -> Expression {
        if let value = Literal.named(name) {
            tokens.advance()
            return .literal(value)
        }
        switch name {
        case "loop": return try loopField()
        case "caller" where file.macroScopes != nil && tokens.following.kind != .sign("("):
            tokens.advance()
            return .variable(file.slot(reading: name, at: offset), at: offset)
        case "caller", "super":
            throw tokens.source.error(
                at: offset, "\(name) stands only as {{ \(name)() }} in a \(name == "super" ? "block" : "macro")")
        default: break
        }
        if file.imports[name] != nil, tokens.following.kind == .sign(".") {
            return try importedCall(of: name)
        }
        let name = try tokens.name("a value")
        if tokens.current.kind == .sign("(") { return try call(name, of: nil, at: offset) }
        return .variable(file.slot(reading: name, at: offset), at: offset)
    }

    private mutating func importedCall(of alias: String) throws(TemplateError) -> Expression {
        tokens.advance()
        tokens.advance()
        let offset = tokens.current.offset
        let name = try tokens.name("the name of a macro")
        guard tokens.current.kind == .sign("(") else { throw tokens.unexpected("\"(\": a macro is called") }
        return try call(name, of: alias, at: offset)
    }

    private mutating func loopField() throws(TemplateError) -> Expression {
        let offset = tokens.advance().offset
        guard file.loopDepth > 0 else {
            throw tokens.source.error(
                at: offset, "loop stands outside of a for of this file",
                fix: "hand over what is needed: with index=loop.index")
        }
        guard tokens.accept(sign: "."), case .name(let name) = tokens.current.kind else {
            throw tokens.unexpected("a field of loop, such as loop.index")
        }
        guard let field = LoopField(rawValue: name) else {
            throw tokens.source.error(
                at: tokens.current.offset, "loop has no field \(name)",
                fix: suggestion(for: name, among: LoopField.allCases.map(\.rawValue), called: "field"))
        }
        tokens.advance()
        return .loop(field, at: offset)
    }

    private mutating func list() throws(TemplateError) -> Expression {
        var items: [Expression] = []
        while !tokens.accept(sign: "]") {
            if !items.isEmpty { try tokens.expect(sign: ",") }
            if tokens.accept(sign: "]") { break }
            items.append(try expression())
        }
        return .list(items)
    }

    /// The entries of a map after its opening brace.
    mutating func entries() throws(TemplateError) -> [(key: String, value: Expression)] {
        var entries: [(key: String, value: Expression)] = []
        while !tokens.accept(sign: "}") {
            if !entries.isEmpty { try tokens.expect(sign: ",") }
            if tokens.accept(sign: "}") { break }
            let offset = tokens.current.offset
            let key = try tokens.text("a key in quotes")
            try tokens.expect(sign: ":")
            guard !entries.contains(where: { $0.key == key }) else {
                throw tokens.source.error(at: offset, "the map has the key \"\(key)\" twice")
            }
            entries.append((key, try expression()))
        }
        return entries
    }

    // MARK: Calls

    private mutating func call(_ name: String, of alias: String?, at offset: Int) throws(TemplateError) -> Expression {
        let given = try arguments()
        guard let number = file.macro(named: name, of: alias, at: offset) else { return .literal(.null) }
        let parameters = file.compilation.macros[number].parameters
        let bound = bind(
            given, to: parameters.map { ($0.name, $0.value != nil) }, of: "the macro \(name)", at: offset)
        return .call(MacroCall(macro: number, arguments: bound, at: offset))
    }

    /// What stands between the brackets of a call.
    mutating func arguments() throws(TemplateError) -> [Argument] {
        var arguments: [Argument] = []
        try tokens.expect(sign: "(")
        while !tokens.accept(sign: ")") {
            if !arguments.isEmpty { try tokens.expect(sign: ",") }
            if tokens.accept(sign: ")") { break }
            let offset = tokens.current.offset
            var name: String?
            if case .name(let word) = tokens.current.kind, tokens.following.kind == .sign("=") {
                name = word
                tokens.advance()
                tokens.advance()
            } else if arguments.last?.name != nil {
                throw tokens.source.error(at: offset, "an argument without a name follows one with a name")
            }
            arguments.append(Argument(name: name, value: try expression(), offset: offset))
        }
        return arguments
    }

    /// One expression per parameter, nil where the default is taken; what does not fit is noted.
    func bind(
        _ given: [Argument], to parameters: [(name: String, isOptional: Bool)], of what: String, at offset: Int
    ) -> [Expression?] {
        var bound = [Expression?](repeating: nil, count: parameters.count)
        for (position, argument) in given.enumerated() {
            let index = argument.name.map { name in parameters.firstIndex { $0.name == name } } ?? position
            guard let index, index < parameters.count else {
                let message = argument.name.map { "\(what) has no argument \($0)" }
                file.note(
                    message ?? "\(what) takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s")",
                    at: argument.offset,
                    fix: suggestion(for: argument.name ?? "", among: parameters.map(\.name), called: "argument"))
                continue
            }
            if bound[index] != nil { file.note("\(parameters[index].name) is given twice", at: argument.offset) }
            bound[index] = argument.value
        }
        for (parameter, value) in zip(parameters, bound) where value == nil && !parameter.isOptional {
            file.note("\(what) needs the argument \(parameter.name)", at: offset)
        }
        return bound
    }
}

/// An argument as it was written.
struct Argument {
    let name: String?
    let value: Expression
    let offset: Int
}
