extension Parser {
    /// `{{ … }}`
    mutating func print(_ tokens: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        if let node = try special(tokens, at: offset) { return node }
        var parser = expressions(tokens)
        let value = try parser.expression()
        try parser.tokens.expectEnd()
        var pending = parser.outputFilters
        let node = try lower(value, at: offset, pending: &pending)
        parser.outputFilters = pending
        try parser.refuseOutputFilters()
        afterPrint()
        return node
    }

    /// `{{ super() }}` and `{{ caller() }}`.
    private func special(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node? {
        var tokens = given
        guard case .name(let name) = tokens.advance().kind, name == "super" || name == "caller",
            tokens.accept(sign: "("), tokens.accept(sign: ")"), tokens.isAtEnd
        else { return nil }
        if name == "super" {
            guard file.currentBlock != nil, template.parent != nil else {
                throw source.error(at: offset, "super stands only in a block of a template that extends another")
            }
            return .parentBlock(at: offset)
        }
        guard file.macroScopes != nil else { throw source.error(at: offset, "caller stands only in a macro") }
        try expectText("caller", at: offset)
        return .raw(.variable(file.compilation.slot(name), at: offset), at: offset)
    }

    /// Turns the outer form of an expression into nodes, so that markup is written without being held as a value.
    private func lower(_ value: Expression, at offset: Int, pending: inout [Int]) throws(TemplateError) -> Node {
        switch value {
        case .conditional(let condition, let then, let otherwise):
            return .choice(
                [(condition, [try lower(then, at: offset, pending: &pending)])],
                otherwise: [try lower(otherwise, at: offset, pending: &pending)])
        case .call(let call):
            try expectText("a macro", at: offset)
            return .call(call, body: nil)
        case .filter(let filter, let base, _, let at) where filter.name == "raw":
            pending.removeAll { $0 == at }
            try expectText("raw", at: at)
            return .raw(base, at: at)
        case .filter(let filter, let base, _, let at) where filter.name == "attr":
            pending.removeAll { $0 == at }
            guard tracker.context.place == .tag, !tracker.context.isClosing else {
                throw source.error(at: at, "attr stands only between the attributes of a tag")
            }
            return .print(base, .attributes, at: at)
        case .filter(let filter, let base, _, let at) where filter.name == "json":
            if isScriptPlace { return .print(base, .scriptJSON, at: at) }
            if source.kind == .json, tracker.context.place == .text { return .print(base, .json, at: at) }
        default: break
        }
        return .print(value, try escape(at: offset), at: offset)
    }

    private var isScriptPlace: Bool {
        source.kind == .script || tracker.context.place == .rawText && tracker.context.isJSON
    }

    /// How a value is written at this place.
    private func escape(at offset: Int) throws(TemplateError) -> Escape {
        switch source.kind {
        case .html, .xml: return try markupEscape(at: offset)
        case .plain: return .plain
        case .json: return tracker.context.place == .quoted ? .jsonText : .json
        case .csv:
            if tracker.context.place == .quoted { return .csvText }
            throw source.error(
                at: offset, "a value in a CSV file must stand inside quotes", fix: "write \"{{ … }}\"")
        case .script:
            throw source.error(at: offset, "a value in a script must be JSON", fix: "write {{ … | json }}")
        case .style: throw source.error(at: offset, "nothing can be printed safely into a style sheet")
        }
    }

    private func markupEscape(at offset: Int) throws(TemplateError) -> Escape {
        let context = tracker.context
        switch context.place {
        case .text, .plainText: return .text
        case .value:
            switch context.kind {
            case .plain: return .attribute
            case .style: return .number
            case .url where context.url != .blocked: return .url(context.url)
            default: break
            }
        case .rawText where context.isJSON:
            throw source.error(at: offset, "a value in this script must be JSON", fix: "write {{ … | json }}")
        case .tag:
            throw source.error(
                at: offset, "a value cannot be printed \(context.shown)",
                fix: "write name=\"{{ … }}\", or {{ map | attr }} for a map of attributes")
        default: break
        }
        throw source.error(
            at: offset, "a value cannot be printed safely \(context.shown)",
            fix: "move it into text or into a quoted attribute that holds no code")
    }

    private mutating func afterPrint() {
        if tracker.context.place == .tag { tracker.context.needsSpace = true }
        guard tracker.context.place == .value, tracker.context.kind == .url else { return }
        if tracker.context.url == .start || tracker.context.url == .open {
            tracker.context.url = .open
            tracker.context.word = HTMLContext.unknownWord
        }
    }
}
