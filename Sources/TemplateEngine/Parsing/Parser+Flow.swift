extension Parser {
    /// `if … elif … else … endif`
    mutating func parseIf(_ tokens: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        let start = tracker.context
        var ways: [(condition: Expression, body: [Node])] = []
        var otherwise: [Node] = []
        var ends: [HTMLContext] = []
        var condition: Expression? = try onlyExpression(tokens)
        while true {
            tracker.context = start
            let stops: Set = condition == nil ? ["endif"] : ["elif", "else", "endif"]
            let (nodes, end) = try nodes(until: stops, opened: offset)
            ends.append(tracker.context)
            if let condition { ways.append((condition, nodes)) } else { otherwise = nodes }
            guard let end, end.name != "endif" else {
                try end?.tokens.expectEnd()
                break
            }
            if end.name == "else" { try end.tokens.expectEnd() }
            condition = end.name == "elif" ? try onlyExpression(end.tokens) : nil
        }
        if condition != nil { ends.append(start) }
        tracker.context = try merged(ends, at: offset)
        return .choice(ways, otherwise: otherwise)
    }

    private func merged(_ ends: [HTMLContext], at offset: Int) throws(TemplateError) -> HTMLContext {
        var result = ends[0]
        for end in ends.dropFirst() {
            guard let both = HTMLContext.merge(result, end) else {
                throw source.error(
                    at: offset, "the ways through this if end in different places: \(result.shown) and \(end.shown)",
                    fix:
                        "close tags and quotes in the branch that opens them; without else the if must end where it began"
                )
            }
            result = both
        }
        return result
    }

    /// `for … in … else … endfor`
    mutating func parseFor(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        var parser = expressions(given)
        var names = [try parser.tokens.name("the name of the loop's value")]
        while parser.tokens.accept(sign: ",") { names.append(try parser.tokens.name("the name of the loop's value")) }
        try parser.tokens.expect(word: "in")
        let itemsOffset = parser.tokens.current.offset
        let items = try parser.orExpression()
        file.openScope()
        let slots = names.map(file.slot(binding:))
        let filter = parser.tokens.accept(word: "if") ? try parser.orExpression() : nil
        try parser.tokens.expectEnd()
        try parser.refuseOutputFilters()
        let start = tracker.context
        file.loopDepth += 1
        let (body, end) = try nodes(until: ["else", "endfor"], opened: offset)
        file.loopDepth -= 1
        file.closeScope()
        try end?.tokens.expectEnd()
        try expectContext(start, at: end?.offset ?? offset, "a pass of this for ends")
        let otherwise = end?.name == "else" ? try loopElse(from: start, opened: offset) : []
        return .loop(
            Loop(slots: slots, items: items, filter: filter, body: body, otherwise: otherwise, at: itemsOffset))
    }

    private mutating func loopElse(from start: HTMLContext, opened offset: Int) throws(TemplateError) -> [Node] {
        let afterBody = tracker.context
        tracker.context = start
        let (nodes, end) = try nodes(until: ["endfor"], opened: offset)
        try end?.tokens.expectEnd()
        try expectContext(afterBody, at: end?.offset ?? offset, "the else of this for ends")
        return nodes
    }

    /// `set name = …` or `set name … endset`
    mutating func parseSet(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        var tokens = given
        let name = try tokens.name("the name to set")
        if tokens.accept(sign: "=") {
            let value = try onlyExpression(tokens)
            return .set(slot: file.slot(binding: name), value)
        }
        try tokens.expectEnd()
        let (body, isMarkup) = try captured(until: "endset", opened: offset)
        return .capture(slot: file.slot(binding: name), body: body, isMarkup: isMarkup)
    }

    /// A stretch that is rendered apart: it begins and ends in text.
    mutating func captured(until end: String, opened offset: Int) throws(TemplateError) -> (
        body: [Node], isMarkup: Bool
    ) {
        let outer = tracker.context
        tracker.context = HTMLContext()
        let (body, closing) = try nodes(until: [end], opened: offset)
        try closing?.tokens.expectEnd()
        try expectContext(HTMLContext(), at: closing?.offset ?? offset, "what is set ends")
        tracker.context = outer
        return (body, source.kind.isMarkup)
    }

    /// `with a=…, b=… … endwith`
    mutating func parseWith(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        var parser = expressions(given)
        let named = try parser.namedValues()
        try parser.tokens.expectEnd()
        try parser.refuseOutputFilters()
        file.openScope()
        let values = named.map { (slot: file.slot(binding: $0.name), value: $0.value) }
        let start = tracker.context
        let (body, end) = try nodes(until: ["endwith"], opened: offset)
        file.closeScope()
        try end?.tokens.expectEnd()
        try expectContext(start, at: end?.offset ?? offset, "this with ends")
        return .with(values, body: body)
    }
}

extension ExpressionParser {
    /// `a=…, b=…`
    mutating func namedValues() throws(TemplateError) -> [(name: String, value: Expression)] {
        var values: [(name: String, value: Expression)] = []
        repeat {
            let offset = tokens.current.offset
            let name = try tokens.name("a name")
            try tokens.expect(sign: "=")
            guard !values.contains(where: { $0.name == name }) else {
                throw tokens.source.error(at: offset, "\(name) is given twice")
            }
            values.append((name, try expression()))
        } while tokens.accept(sign: ",")
        return values
    }
}
