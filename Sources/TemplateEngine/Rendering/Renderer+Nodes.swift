extension Renderer {
    /// Renders one node that is not text.
    mutating func render(_ node: Node) throws(TemplateError) {
        switch node {
        case .text(let bytes): out.append(contentsOf: bytes)
        case .print(let expression, let escape, let at): try print(expression, escape, at: at)
        case .raw(let expression, let at): try raw(expression, at: at)
        case .choice(let ways, let otherwise): try choose(ways, otherwise: otherwise)
        case .loop(let loop): try run(loop)
        case .set(let slot, let expression): bind(slot, try evaluate(expression))
        case .capture(let slot, let body, let isMarkup): bind(slot, try capture(body, isMarkup: isMarkup))
        case .with(let given, let body): try with(given, body)
        case .include(let include): try self.include(include)
        case .block(let number): try render(block: number, version: 0)
        case .parentBlock:
            if let block { try render(block: block.number, version: block.version + 1) }
        case .call(let call, let body): try self.call(call, body: body)
        }
    }

    private mutating func choose(
        _ ways: [(condition: Expression, body: [Node])], otherwise: [Node]
    ) throws(TemplateError) {
        for way in ways where try evaluate(way.condition).isTrue { return try render(way.body) }
        try render(otherwise)
    }

    private mutating func with(_ given: [(slot: Int, value: Expression)], _ body: [Node]) throws(TemplateError) {
        let mark = trail.count
        let evaluated = try evaluateAll(given)
        for (slot, value) in evaluated { bind(slot, value) }
        try render(body)
        unbind(to: mark)
    }

    mutating func evaluateAll(
        _ given: [(slot: Int, value: Expression)]
    ) throws(TemplateError) -> [(slot: Int, value: TemplateValue)] {
        var evaluated: [(slot: Int, value: TemplateValue)] = []
        for (slot, expression) in given { evaluated.append((slot, try evaluate(expression))) }
        return evaluated
    }

    /// Renders nodes into a value.
    mutating func capture(_ nodes: [Node], isMarkup: Bool) throws(TemplateError) -> TemplateValue {
        let outer = out
        out = []
        try render(nodes)
        let text = String(decoding: out, as: UTF8.self)
        out = outer
        return isMarkup ? .markup(text) : .string(text)
    }

    // MARK: Loops

    private mutating func run(_ loop: Loop) throws(TemplateError) {
        let items = try items(of: loop)
        guard !items.isEmpty else { return try render(loop.otherwise) }
        loops.append(LoopState(items: items))
        let mark = trail.count
        for position in items.indices {
            loops[loops.count - 1].position = position
            try bind(items[position], to: loop)
            try render(loop.body)
            unbind(to: mark)
        }
        loops.removeLast()
    }

    private mutating func items(of loop: Loop) throws(TemplateError) -> [TemplateValue] {
        let value = try evaluate(loop.items)
        let items: [TemplateValue]
        if loop.slots.count == 2, case .map(let entries) = value {
            items = entries.sorted { $0.key < $1.key }.map { .list([.string($0.key), $0.value]) }
        } else {
            do throws(Fault) { items = try value.items("what is looped over") } catch {
                throw self.error(at: loop.at, error)
            }
        }
        guard let filter = loop.filter else { return items }
        let mark = trail.count
        var kept: [TemplateValue] = []
        for item in items {
            try bind(item, to: loop)
            if try evaluate(filter).isTrue { kept.append(item) }
            unbind(to: mark)
        }
        return kept
    }

    private mutating func bind(_ item: TemplateValue, to loop: Loop) throws(TemplateError) {
        if loop.slots.count == 1 { return bind(loop.slots[0], item) }
        guard case .list(let parts) = item, parts.count == loop.slots.count else {
            throw error(
                at: loop.at, "an item cannot be taken apart into \(loop.slots.count) values; it is \(item.kindName)",
                fix: "loop over a map, or over lists of \(loop.slots.count)")
        }
        for (slot, part) in zip(loop.slots, parts) { bind(slot, part) }
    }
}
