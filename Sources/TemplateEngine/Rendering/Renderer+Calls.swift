extension Renderer {
    // MARK: Blocks

    /// Renders a version of a block: 0 is that of the outermost child.
    mutating func render(block number: Int, version: Int) throws(TemplateError) {
        guard let chain = library.templates[blockOwner].chains[number], version < chain.count else { return }
        let outer = (template, block)
        let mark = trail.count
        template = chain[version].template
        block = (number, version)
        try descend(at: 0)
        try render(chain[version].nodes)
        depth -= 1
        unbind(to: mark)
        (template, block) = outer
    }

    // MARK: Includes

    mutating func include(_ include: Include) throws(TemplateError) {
        let number = try target(of: include)
        var arguments = try evaluateAll(include.arguments)
        if let map = include.map { arguments += try self.arguments(in: map, at: include.at) }
        let inherited = include.isIsolated ? include.passed.compactMap { slot in values[slot].map { (slot, $0) } } : []
        try enter("this include", at: include.at)
        let outer = (values: include.isIsolated ? values : [], template, blockOwner, block, loops)
        if include.isIsolated { values = Array(repeating: nil, count: values.count) }
        let mark = trail.count
        for (slot, value) in inherited + arguments { bind(slot, value) }
        loops = []
        blockOwner = number
        block = nil
        try descend(at: include.at)
        try render(template: number)
        depth -= 1
        unbind(to: mark)
        if include.isIsolated { values = outer.values }
        (_, template, blockOwner, block, loops) = outer
        calls.removeLast()
    }

    private mutating func target(of include: Include) throws(TemplateError) -> Int {
        let value = try evaluate(include.name)
        guard case .string(let name) = value else {
            throw error(at: include.at, "the name of a template must be text and is \(value.kindName)")
        }
        guard let number = library.numbers[name] else {
            throw error(
                at: include.at, "there is no template \"\(name)\"",
                fix: suggestion(for: name, among: library.numbers.keys, called: "template"))
        }
        let other = library.templates[number].source
        guard other.kind.fits(in: source.kind, name: name) else {
            throw error(
                at: include.at,
                "\"\(name)\" makes \(other.kind.shown), and a template that makes \(source.kind.shown) cannot include it"
            )
        }
        return number
    }

    private mutating func arguments(
        in map: Expression, at offset: Int
    ) throws(TemplateError) -> [(slot: Int, value: TemplateValue)] {
        let value = try evaluate(map)
        guard case .map(let entries) = value else {
            throw error(at: offset, "what follows with must be a map and is \(value.kindName)")
        }
        // A name that no template reads has no slot and cannot be missed.
        return entries.compactMap { name, value in library.slots[name].map { ($0, value) } }
    }

    // MARK: Macros

    /// Renders a macro in place.
    mutating func call(_ call: MacroCall, body: [Node]?) throws(TemplateError) {
        let macro = library.macros[call.macro]
        var arguments: [TemplateValue] = []
        for (parameter, given) in zip(macro.parameters, call.arguments) {
            if let given { arguments.append(try evaluate(given)) } else { arguments.append(parameter.value ?? .null) }
        }
        let caller = try body.map { nodes throws(TemplateError) in
            try captureScoped(nodes, isMarkup: source.kind.isMarkup)
        }
        try enter("this call of \(macro.name)", at: call.at)
        let outer = (template, block)
        let mark = trail.count
        for slot in macro.locals { bind(slot, nil) }
        for (parameter, value) in zip(macro.parameters, arguments) { bind(parameter.slot, value) }
        if let slot = library.slots["caller"] { bind(slot, caller) }
        template = macro.template
        block = nil
        try descend(at: call.at)
        try render(macro.body)
        depth -= 1
        unbind(to: mark)
        (template, block) = outer
        calls.removeLast()
    }

    private mutating func captureScoped(_ nodes: [Node], isMarkup: Bool) throws(TemplateError) -> TemplateValue {
        let mark = trail.count
        let value = try capture(nodes, isMarkup: isMarkup)
        unbind(to: mark)
        return value
    }

    /// What a macro makes, as a value.
    mutating func result(of call: MacroCall) throws(TemplateError) -> TemplateValue {
        try capture([.call(call, body: nil)], isMarkup: source.kind.isMarkup)
    }
}
