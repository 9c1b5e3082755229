extension Parser {
    /// `macro`, `import` and `from`, which stand at the top level of a file.
    mutating func parseDeclaration(_ name: String, _ tokens: TagTokens, at offset: Int) throws(TemplateError) {
        guard nesting <= 1 else {
            throw source.error(at: offset, "\(name) stands only at the top level of a file, outside of other tags")
        }
        switch name {
        case "macro": try parseMacro(tokens, at: offset)
        case "import": try parseImport(tokens)
        default: try parseFrom(tokens)
        }
    }

    private mutating func parseMacro(_ given: TagTokens, at offset: Int) throws(TemplateError) {
        var tokens = given
        let name = try tokens.name("the macro's name")
        guard let number = file.compilation.macroNumbers[file.template][name] else {
            throw source.error(at: offset, "the macro \(name) is not declared")
        }
        let macro = file.compilation.macros[number]
        let outer = tracker.context
        tracker.context = HTMLContext()
        file.openMacro(parameters: macro.parameters.map(\.name))
        let (body, closing) = try nodes(until: ["endmacro"], opened: offset)
        let locals = file.closeMacro()
        if var end = closing {
            _ = end.tokens.accept(word: name)
            try end.tokens.expectEnd()
            try expectContext(HTMLContext(), at: end.offset, "the macro \(name) ends")
        }
        tracker.context = outer
        let bound = Set(macro.parameters.map(\.slot))
        file.compilation.define(macro: number, locals: locals.filter { !bound.contains($0) }, body: body)
    }

    /// `import "file" as m`
    private mutating func parseImport(_ given: TagTokens) throws(TemplateError) {
        var tokens = given
        let number = try importedFile(&tokens)
        try tokens.expect(word: "as")
        let alias = try tokens.name("a name for the imported file")
        try tokens.expectEnd()
        if let number { file.imports[alias] = number }
    }

    /// `from "file" import a, b as c`
    private mutating func parseFrom(_ given: TagTokens) throws(TemplateError) {
        var tokens = given
        let number = try importedFile(&tokens)
        try tokens.expect(word: "import")
        repeat {
            let offset = tokens.current.offset
            let name = try tokens.name("the name of a macro")
            let alias = tokens.accept(word: "as") ? try tokens.name("a name for the macro") : name
            guard let number else { continue }
            let known = file.compilation.macroNumbers[number]
            if let macro = known[name] {
                file.macros[alias] = macro
            } else {
                file.note(
                    "\"\(file.compilation.sources[number].name)\" has no macro \(name)", at: offset,
                    fix: suggestion(for: name, among: known.keys, called: "macro"))
            }
        } while tokens.accept(sign: ",")
        try tokens.expectEnd()
    }

    private func importedFile(_ tokens: inout TagTokens) throws(TemplateError) -> Int? {
        let offset = tokens.current.offset
        let name = try tokens.text("the name of a template in quotes")
        guard let number = file.template(named: name, at: offset) else { return nil }
        try expectKind(of: number, at: offset, "import")
        return number
    }

    /// `call macro(…) … endcall`
    mutating func parseCall(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node? {
        try expectText("call", at: offset)
        var parser = expressions(given)
        let callOffset = parser.tokens.current.offset
        let called = try parser.expression()
        try parser.tokens.expectEnd()
        let start = tracker.context
        let (body, end) = try nodes(until: ["endcall"], opened: offset)
        try end?.tokens.expectEnd()
        try expectContext(start, at: end?.offset ?? offset, "the body of this call ends")
        switch called {
        case .call(let call): return .call(call, body: body)
        // What was called is not known, which has been noted.
        case .literal(.null): return nil
        default: throw source.error(at: callOffset, "call needs a macro, such as {% call m.panel(\"Title\") %}")
        }
    }
}

extension ContentKind {
    /// Whether a template of this kind may be part of one that makes another kind.
    func fits(in outer: ContentKind, name: String) -> Bool {
        self == outer || (outer == .html && name.lowercased().hasSuffix(".svg"))
    }
}
