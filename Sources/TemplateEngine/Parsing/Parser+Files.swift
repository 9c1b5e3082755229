extension Parser {
    // MARK: extends

    /// Reads `extends` if the file begins with it.
    mutating func parseExtends() throws(TemplateError) -> Bool {
        var index = 0
        while index < segments.count, case .text(let range) = segments[index], source.bytes[range].allSatisfy(isBlank) {
            index += 1
        }
        guard index < segments.count, case .tag(let all, let offset) = segments[index],
            segments[index].tagName == "extends"
        else { return false }
        position = index + 1
        var tokens = TagTokens(all, of: source)
        tokens.advance()
        let nameOffset = tokens.current.offset
        let name = try tokens.text("the name of a template in quotes")
        try tokens.expectEnd()
        guard let number = file.compilation.templateNumbers[name] else {
            throw source.error(
                at: nameOffset, "there is no template \"\(name)\"",
                fix: suggestion(for: name, among: file.compilation.templateNumbers.keys, called: "template"))
        }
        guard !file.compilation.isOpen(number) else {
            throw source.error(at: offset, "\"\(name)\" extends this template in turn")
        }
        try expectKind(of: number, at: nameOffset, "extend")
        guard file.compilation.parse(number) else {
            throw source.error(at: nameOffset, "\"\(name)\" could not be parsed, so what extends it cannot be")
        }
        template.parent = number
        return true
    }

    /// What stands in a child beside blocks: only `set` and declarations.
    mutating func childBody() throws(TemplateError) -> [Node] {
        var nodes: [Node] = []
        while position < segments.count {
            let segment = segments[position]
            position += 1
            switch segment {
            case .text(let range):
                guard let offset = range.first(where: { !isBlank(source.bytes[$0]) }) else { continue }
                throw outsideOfBlocks(at: offset)
            case .print(_, let offset): throw outsideOfBlocks(at: offset)
            case .tag(let all, let offset):
                var tokens = TagTokens(all, of: source)
                guard case .name(let name) = tokens.advance().kind else {
                    throw source.error(at: offset, "a tag begins with its name")
                }
                switch name {
                case "set": nodes.append(try parseSet(tokens, at: offset))
                case "macro", "import", "from": try parseDeclaration(name, tokens, at: offset)
                case "block": try parseChildBlock(tokens, at: offset)
                case "extends": throw source.error(at: offset, "extends must come first in the file, and only once")
                default:
                    if !Self.tagNames.contains(name) { throw unknownTag(name, at: offset) }
                    throw outsideOfBlocks(at: offset)
                }
            }
        }
        return nodes
    }

    private func outsideOfBlocks(at offset: Int) -> TemplateError {
        source.error(
            at: offset, "this stands outside of the blocks of a template that extends another and would never be seen",
            fix: "put it into a block")
    }

    // MARK: Blocks

    private mutating func parseChildBlock(_ tokens: TagTokens, at offset: Int) throws(TemplateError) {
        guard let parent = template.parent else { return }
        var ahead = tokens
        let nameOffset = ahead.current.offset
        let name = try ahead.name("the block's name")
        let known = file.compilation.templates[parent].blockContexts
        if let context = known[file.compilation.block(name)] {
            tracker.context = context
        } else {
            let names = known.keys.map { file.compilation.blocks.names[$0] }
            file.note(
                "\"\(file.compilation.sources[parent].name)\" has no block \(name)", at: nameOffset,
                fix: suggestion(for: name, among: names, called: "block"))
        }
        _ = try parseBlock(tokens, at: offset)
        tracker.context = HTMLContext()
    }

    /// `block name … endblock`
    mutating func parseBlock(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        var tokens = given
        let name = try tokens.name("the block's name")
        try tokens.expectEnd()
        guard file.macroScopes == nil else { throw source.error(at: offset, "a block cannot stand in a macro") }
        let number = file.compilation.block(name)
        guard template.blocks[number] == nil else {
            throw source.error(at: offset, "there is a block \(name) above already")
        }
        let start = tracker.context
        if let parent = template.parent, let known = file.compilation.templates[parent].blockContexts[number],
            HTMLContext.merge(known, start) == nil
        {
            throw source.error(
                at: offset, "the block \(name) stands \(known.shown) in the parent, but here \(start.shown)")
        }
        let outer = file.currentBlock
        file.currentBlock = number
        template.blocks[number] = []
        template.blockContexts[number] = start
        let (nodes, closing) = try nodes(until: ["endblock"], opened: offset)
        file.currentBlock = outer
        template.blocks[number] = nodes
        guard var end = closing else { return .block(number) }
        if !end.tokens.isAtEnd, !end.tokens.accept(word: name) { throw end.tokens.unexpected("\"\(name)\"") }
        try end.tokens.expectEnd()
        try expectContext(start, at: end.offset, "the block \(name) ends")
        return .block(number)
    }

    /// Puts the file's own blocks before those of its ancestors.
    mutating func inheritBlocks() {
        var chains: [Int: [BlockBody]] = [:]
        if let number = template.parent {
            let parent = file.compilation.templates[number]
            chains = parent.chains
            template.blockContexts.merge(parent.blockContexts) { own, _ in own }
        }
        for (number, nodes) in template.blocks {
            chains[number, default: []].insert(BlockBody(template: file.template, nodes: nodes), at: 0)
        }
        template.chains = chains
    }

    // MARK: include

    /// `include name with … only`
    mutating func parseInclude(_ given: TagTokens, at offset: Int) throws(TemplateError) -> Node {
        try expectText("include", at: offset)
        var parser = expressions(given)
        let nameOffset = parser.tokens.current.offset
        let name = try parser.expression()
        if case .literal(.string(let text)) = name, let number = file.template(named: text, at: nameOffset) {
            try expectKind(of: number, at: nameOffset, "include")
        }
        var arguments: [(slot: Int, value: Expression)] = []
        var map: Expression?
        if parser.tokens.accept(word: "with") { (arguments, map) = try includeArguments(&parser) }
        let isIsolated = parser.tokens.accept(word: "only")
        try parser.tokens.expectEnd()
        try parser.refuseOutputFilters()
        let passed = isIsolated ? [] : (file.visibleInMacro ?? []).map(file.compilation.slot)
        return .include(
            Include(
                name: name, arguments: arguments, map: map, isIsolated: isIsolated || file.macroScopes != nil,
                passed: passed, at: nameOffset))
    }

    private func includeArguments(
        _ parser: inout ExpressionParser
    ) throws(TemplateError) -> ([(slot: Int, value: Expression)], map: Expression?) {
        if case .name = parser.tokens.current.kind, parser.tokens.following.kind == .sign("=") {
            return (try parser.namedValues().map { (file.compilation.slot($0.name), $0.value) }, nil)
        }
        let value = try parser.expression()
        guard case .map(let entries) = value else { return ([], value) }
        return (entries.map { (file.compilation.slot($0.key), $0.value) }, nil)
    }

    /// A file uses only files that make the same kind of thing; HTML may hold SVG.
    func expectKind(of number: Int, at offset: Int, _ verb: String) throws(TemplateError) {
        let other = file.compilation.sources[number]
        guard other.kind.fits(in: source.kind, name: other.name) else {
            throw source.error(
                at: offset,
                "\"\(other.name)\" makes \(other.kind.shown), and a template that makes \(source.kind.shown) cannot \(verb) it"
            )
        }
    }
}
