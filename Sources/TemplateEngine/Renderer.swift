/// Renders one page: walks the nodes and appends bytes.
struct Renderer {
    let set: TemplateSet
    private var scopes: [[String: TemplateValue]]
    private var output: [UInt8] = []
    /// The templates from the page up to its outermost layout.
    private var chain: [Template] = []
    /// Which definition of which block is being rendered, for `super()`.
    private var openBlocks: [(name: String, level: Int)] = []
    private var depth = 0

    /// Includes, blocks and macros nested deeper than this are taken for a recursion without end.
    private static let deepest = 60

    init(set: TemplateSet, values: [String: TemplateValue]) {
        self.set = set
        scopes = [values]
    }

    mutating func run(_ name: String) throws(TemplateError) -> [UInt8] {
        guard var template = set.templates[name] else {
            let source = TemplateSource(name: name, bytes: [])
            throw source.error("unknown template \"\(name)\"", at: 0, fix: suggestion(name, set.names))
        }
        chain = [template]
        while let parent = template.parent {
            guard let next = set.templates[parent.name] else {
                throw template.source.error("unknown template \"\(parent.name)\"", at: parent.offset)
            }
            guard chain.count < Self.deepest else {
                throw template.source.error("`extends` runs in a circle", at: parent.offset)
            }
            chain.append(next)
            template = next
        }
        // What a child sets and imports outside its blocks holds in them.
        for child in chain.dropLast() {
            for case .set(let name, let value) in child.nodes { try assign(name, value, child) }
        }
        try render(template.nodes, template)
        return output
    }

    private mutating func assign(_ name: String, _ value: Expression, _ template: Template) throws(TemplateError) {
        scopes[scopes.count - 1][name] = try evaluate(value, template)
    }

    private func suggestion(_ name: String, _ known: some Sequence<String>) -> String? {
        nearestWord(to: name, among: known).map { "Did you mean `\($0)`?" }
    }

    private mutating func render(_ nodes: [Node], _ template: Template) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text(let bytes): output.append(contentsOf: bytes)
            case .output(let value, let context, let offset): try print(value, context, offset, template)
            case .set(let name, let value): try assign(name, value, template)
            case .branch(let branches, let otherwise): try render(branches, otherwise, template)
            case .loop(let names, let list, let body, let otherwise, let offset):
                try loop(names, list, body, otherwise, offset, template)
            case .include(let name, let bindings, let only, let offset):
                try include(name, bindings, only, offset, template)
            case .block(let name, let offset): try block(name, from: 0, offset, template)
            }
        }
    }

    private mutating func render(
        _ branches: [Node.Branch], _ otherwise: [Node], _ template: Template
    ) throws(TemplateError) {
        for branch in branches where try evaluate(branch.condition, template).isTrue {
            return try render(branch.body, template)
        }
        try render(otherwise, template)
    }

    private mutating func print(
        _ expression: Expression, _ context: EscapeContext, _ offset: Int, _ template: Template
    ) throws(TemplateError) {
        if case .filter(let inner, "raw", _, _) = expression {
            guard case .markup(let markup) = try evaluate(inner, template) else {
                throw template.source.error(
                    "`raw` prints markup only", at: offset, fix: "Leave `raw` away: the value is text.")
            }
            guard context == .text || context == .plain else {
                throw template.source.error("markup cannot be printed inside a tag", at: offset)
            }
            output.append(contentsOf: markup.utf8)
            return
        }
        let value = try evaluate(expression, template)
        guard let text = value.printed else {
            let fix =
                switch value {
                case .markup: "Write `| raw` to print finished markup."
                case .null: "Write `| default(\"…\")`, or test it with `is none`."
                default: nil as String?
                }
            let what = if case .double = value { "a number that is not finite" } else { value.kind }
            throw template.source.error("\(what) cannot be printed", at: offset, fix: fix)
        }
        Escaping.append(text, for: context, to: &output)
    }

    private mutating func loop(
        _ names: [String], _ list: Expression, _ body: [Node], _ otherwise: [Node], _ offset: Int, _ template: Template
    ) throws(TemplateError) {
        let rows: [[TemplateValue]]
        switch (try evaluate(list, template), names.count) {
        case (.list(let elements), 1): rows = elements.map { [$0] }
        case (.map(let map), 2): rows = map.keys.sorted().map { [.string($0), map[$0] ?? .null] }
        case (.list(let elements), _):
            rows = try elements.map { (element) throws(TemplateError) in
                guard case .list(let parts) = element, parts.count == names.count else {
                    throw template.source.error(
                        "the loop needs lists of \(names.count), found \(element.kind)", at: offset)
                }
                return parts
            }
        case (let value, _):
            throw template.source.error("a loop needs a list (or a map and two names), found \(value.kind)", at: offset)
        }
        if rows.isEmpty { return try render(otherwise, template) }
        scopes.append([:])
        defer { scopes.removeLast() }
        for (index, row) in rows.enumerated() {
            var scope: [String: TemplateValue] = [
                "loop": .map([
                    "index": .int(index + 1), "index0": .int(index), "first": .bool(index == 0),
                    "last": .bool(index == rows.count - 1), "length": .int(rows.count),
                    "revindex": .int(rows.count - index),
                ])
            ]
            for (name, value) in zip(names, row) { scope[name] = value }
            scopes[scopes.count - 1] = scope
            try render(body, template)
        }
    }

    private mutating func enter(_ what: String, _ offset: Int, _ template: Template) throws(TemplateError) {
        depth += 1
        guard depth < Self.deepest else {
            throw template.source.error("\(what) is nested too deeply: does it call itself?", at: offset)
        }
    }

    private mutating func include(
        _ name: String, _ bindings: [(name: String, value: Expression)], _ only: Bool, _ offset: Int,
        _ template: Template
    ) throws(TemplateError) {
        guard let other = set.templates[name] else {
            throw template.source.error("unknown template \"\(name)\"", at: offset, fix: suggestion(name, set.names))
        }
        try enter("`include`", offset, template)
        var scope: [String: TemplateValue] = [:]
        for binding in bindings { scope[binding.name] = try evaluate(binding.value, template) }
        let outer = scopes
        scopes = only ? [scope] : scopes + [scope]
        do throws(TemplateError) {
            try render(other.nodes, other)
        } catch {
            throw traced(error, template, offset)
        }
        scopes = outer
        depth -= 1
    }

    private func traced(_ error: TemplateError, _ template: Template, _ offset: Int) -> TemplateError {
        var error = error
        error.trail.insert(template.source.place(of: offset), at: 0)
        return error
    }

    /// Renders the innermost definition of a block at or behind a level of the chain.
    private mutating func block(_ name: String, from level: Int, _ offset: Int, _ template: Template)
        throws(TemplateError)
    {
        for index in chain.indices.dropFirst(level) {
            guard let body = chain[index].blocks[name] else { continue }
            try enter("`block`", offset, template)
            openBlocks.append((name, index))
            scopes.append([:])
            try render(body, chain[index])
            scopes.removeLast()
            openBlocks.removeLast()
            depth -= 1
            return
        }
        guard let body = template.blocks[name] else {
            throw template.source.error("unknown block `\(name)`", at: offset)
        }
        try render(body, template)
    }

    // MARK: - Values

    private mutating func evaluate(_ expression: Expression, _ template: Template) throws(TemplateError)
        -> TemplateValue
    {
        switch expression {
        case .literal(let value): return value
        case .variable(let name, let offset): return try lookup(name, offset, template)
        case .member(let inner, let name, let offset):
            return try member(try evaluate(inner, template), name, offset, template)
        case .element(let inner, let key, let offset):
            return try element(try evaluate(inner, template), try evaluate(key, template), offset, template)
        case .filter(let inner, let name, let arguments, let offset):
            return try filter(inner, name, arguments, offset, template)
        case .call(let name, let macro, let arguments, let offset):
            return .markup(try call(name, macro, arguments, offset, template))
        case .superBlock(let offset): return try superBlock(offset, template)
        case .not(let inner): return .bool(!(try evaluate(inner, template).isTrue))
        case .negate(let inner, let offset):
            return try binary(.minus, .int(0), try evaluate(inner, template), offset, template)
        case .binary(.and, let left, let right, _):
            let value = try evaluate(left, template)
            return value.isTrue ? try evaluate(right, template) : value
        case .binary(.or, let left, let right, _):
            let value = try evaluate(left, template)
            return value.isTrue ? value : try evaluate(right, template)
        case .binary(let operation, let left, let right, let offset):
            return try binary(operation, try evaluate(left, template), try evaluate(right, template), offset, template)
        case .choice(let condition, let first, let second):
            return try evaluate(try evaluate(condition, template).isTrue ? first : second, template)
        case .list(let elements):
            var values: [TemplateValue] = []
            for element in elements { values.append(try evaluate(element, template)) }
            return .list(values)
        case .map(let entries):
            var values: [String: TemplateValue] = [:]
            for (key, element) in entries { values[key] = try evaluate(element, template) }
            return .map(values)
        case .test(let inner, let name, let argument, let offset):
            return .bool(try test(inner, name, argument, offset, template))
        }
    }

    private func lookup(_ name: String, _ offset: Int, _ template: Template) throws(TemplateError) -> TemplateValue {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        let known = Set(scopes.flatMap(\.keys))
        throw template.source.error("unknown name `\(name)`", at: offset, fix: suggestion(name, known))
    }

    private func member(
        _ value: TemplateValue, _ name: String, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> TemplateValue {
        guard case .map(let map) = value else {
            throw template.source.error("\(value.kind) has no attribute `\(name)`", at: offset)
        }
        guard let found = map[name] else {
            throw template.source.error("unknown attribute `\(name)`", at: offset, fix: suggestion(name, map.keys))
        }
        return found
    }

    private func element(
        _ value: TemplateValue, _ key: TemplateValue, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> TemplateValue {
        switch (value, key) {
        case (.list(let list), .int(let index)):
            let place = index < 0 ? list.count + index : index
            guard list.indices.contains(place) else {
                throw template.source.error(
                    "the list has \(list.count) elements, there is none at \(index)", at: offset)
            }
            return list[place]
        case (.map, .string(let name)): return try member(value, name, offset, template)
        default: throw template.source.error("\(value.kind) has no element for \(key.kind)", at: offset)
        }
    }

    private mutating func filter(
        _ inner: Expression, _ name: String, _ arguments: Expression.Arguments, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> TemplateValue {
        if name == "default" { return try fallback(inner, arguments, offset, template) }
        guard name != "raw" else {
            throw template.source.error("`raw` must be the last filter of a printed value", at: offset)
        }
        guard let filter = Filters.table[name] else {
            throw template.source.error("unknown filter `\(name)`", at: offset, fix: suggestion(name, Filters.known))
        }
        guard filter.arguments.contains(arguments.positional.count), arguments.named.isEmpty else {
            throw template.source.error("`\(name)` takes \(filter.arguments.upperBound) arguments at most", at: offset)
        }
        let value = try evaluate(inner, template)
        var values: [TemplateValue] = []
        for argument in arguments.positional { values.append(try evaluate(argument, template)) }
        do {
            return try filter.apply(value, values)
        } catch {
            throw template.source.error(error.message, at: offset)
        }
    }

    /// `value | default(other)`: the other one where the value is nothing or its last name is unknown.
    private mutating func fallback(
        _ inner: Expression, _ arguments: Expression.Arguments, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> TemplateValue {
        guard let other = arguments.positional.first, arguments.positional.count == 1 else {
            throw template.source.error("`default` takes one argument", at: offset)
        }
        if try isDefined(inner, template) {
            let value = try evaluate(inner, template)
            if value != .null { return value }
        }
        return try evaluate(other, template)
    }

    private mutating func isDefined(_ expression: Expression, _ template: Template) throws(TemplateError) -> Bool {
        switch expression {
        case .variable(let name, _): return scopes.contains { $0[name] != nil }
        case .member(let inner, let name, _):
            guard try isDefined(inner, template), case .map(let map) = try evaluate(inner, template) else {
                return false
            }
            return map[name] != nil
        default: return true
        }
    }

    private mutating func test(
        _ inner: Expression, _ name: String, _ argument: Expression?, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> Bool {
        guard Tests.known.contains(name) else {
            throw template.source.error("unknown test `\(name)`", at: offset, fix: suggestion(name, Tests.known))
        }
        if name == "defined" { return try isDefined(inner, template) }
        let value = try evaluate(inner, template)
        let other = try argument.map { (argument) throws(TemplateError) in try evaluate(argument, template) }
        guard let outcome = Tests.outcome(name, value, other) else {
            throw template.source.error("`is \(name)` cannot be asked of \(value.kind)", at: offset)
        }
        return outcome
    }

    private mutating func superBlock(_ offset: Int, _ template: Template) throws(TemplateError) -> TemplateValue {
        guard let (name, level) = openBlocks.last else {
            throw template.source.error("`super()` stands outside a block", at: offset)
        }
        let before = output
        output = []
        try block(name, from: level + 1, offset, template)
        defer { output = before }
        return .markup(String(decoding: output, as: UTF8.self))
    }

    private mutating func call(
        _ name: String, _ macroName: String?, _ arguments: Expression.Arguments, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> String {
        let (home, macro) = try find(name, macroName, offset, template)
        try enter("a macro", offset, template)
        var scope: [String: TemplateValue] = [:]
        guard arguments.positional.count <= macro.parameters.count else {
            throw template.source.error("`\(macroName ?? name)` takes \(macro.parameters.count) arguments", at: offset)
        }
        for (parameter, value) in zip(macro.parameters, arguments.positional) {
            scope[parameter.name] = try evaluate(value, template)
        }
        for (key, value) in arguments.named {
            guard macro.parameters.contains(where: { $0.name == key }) else {
                let known = macro.parameters.map(\.name)
                throw template.source.error("unknown argument `\(key)`", at: offset, fix: suggestion(key, known))
            }
            scope[key] = try evaluate(value, template)
        }
        for parameter in macro.parameters where scope[parameter.name] == nil {
            guard let fallback = parameter.fallback else {
                throw template.source.error("the argument `\(parameter.name)` is missing", at: offset)
            }
            scope[parameter.name] = try evaluate(fallback, home)
        }
        let (outer, before) = (scopes, output)
        scopes = [scope]
        output = []
        do throws(TemplateError) {
            try render(macro.body, home)
        } catch {
            throw traced(error, template, offset)
        }
        defer { (scopes, output) = (outer, before) }
        depth -= 1
        return String(decoding: output, as: UTF8.self)
    }

    private func find(
        _ name: String, _ macroName: String?, _ offset: Int, _ template: Template
    ) throws(TemplateError) -> (Template, Macro) {
        if let macroName {
            guard let module = template.modules[name], let home = set.templates[module.template] else {
                throw template.source.error(
                    "unknown module `\(name)`", at: offset, fix: suggestion(name, template.modules.keys))
            }
            guard let macro = home.macros[macroName] else {
                throw template.source.error(
                    "unknown macro `\(macroName)` in \(module.template)", at: offset,
                    fix: suggestion(macroName, home.macros.keys))
            }
            return (home, macro)
        }
        if let macro = template.macros[name] { return (template, macro) }
        if let item = template.imports[name], let home = set.templates[item.template],
            let macro = home.macros[item.macro]
        {
            return (home, macro)
        }
        let known = Array(template.macros.keys) + Array(template.imports.keys)
        throw template.source.error("unknown macro `\(name)`", at: offset, fix: suggestion(name, known))
    }

    private func binary(
        _ operation: Expression.Operator, _ left: TemplateValue, _ right: TemplateValue, _ offset: Int,
        _ template: Template
    ) throws(TemplateError) -> TemplateValue {
        guard let value = Arithmetic.apply(operation, left, right) else {
            throw template.source.error(
                "`\(operation.rawValue)` cannot be applied to \(left.kind) and \(right.kind)", at: offset)
        }
        return value
    }
}
