extension Renderer {
    /// The value of an expression.
    mutating func evaluate(_ expression: Expression) throws(TemplateError) -> TemplateValue {
        switch expression {
        case .literal(let value): return value
        case .variable(let slot, let at):
            guard let value = values[slot] else { throw unknownName(slot, at: at) }
            return value
        case .loop(let field, let at):
            guard let value = loopValue(field) else {
                throw error(
                    at: at, "there is no \(field.rawValue) here", fix: "ask for loop.\(field.rawValue) is defined")
            }
            return value
        default:
            // The place is worked out only for an error: this is the hottest path.
            if depth >= Self.maximumDepth { try descend(at: place(of: expression)) } else { depth += 1 }
            defer { depth -= 1 }
            return try evaluateCompound(expression)
        }
    }

    private mutating func evaluateCompound(_ expression: Expression) throws(TemplateError) -> TemplateValue {
        switch expression {
        case .member(let base, let name, let at): return try member(base, name, at: at)
        case .index(let base, let index, let at): return try item(base, index, at: at)
        case .slice(let base, let lower, let upper, let at): return try slice(base, lower, upper, at: at)
        case .and(let left, let right):
            let value = try evaluate(left)
            return value.isTrue ? try evaluate(right) : value
        case .or(let left, let right):
            let value = try evaluate(left)
            return value.isTrue ? value : try evaluate(right)
        case .not(let operand): return .bool(!(try evaluate(operand).isTrue))
        case .conditional(let condition, let then, let otherwise):
            return try evaluate(condition).isTrue ? try evaluate(then) : try evaluate(otherwise)
        case .fallback(let operand, let value, let falsy): return try fallback(operand, value, falsy: falsy)
        case .defined(let operand): return .bool(try evaluateIfDefined(operand) != nil)
        case .call(let call): return try result(of: call)
        case .list(let items): return .list(try evaluateAll(items))
        case .map(let entries): return try map(entries)
        default: return try evaluateOperation(expression)
        }
    }

    private mutating func evaluateOperation(_ expression: Expression) throws(TemplateError) -> TemplateValue {
        let result: Result<TemplateValue, Fault>
        switch expression {
        case .binary(let operation, let left, let right, _):
            let (left, right) = (try evaluate(left), try evaluate(right))
            result = Result { () throws(Fault) in try Operation.apply(operation, left, right) }
        case .filter(let filter, let operand, let arguments, _):
            let (value, given) = (try evaluate(operand), try evaluateAll(arguments))
            result = Result { () throws(Fault) in try filter.apply(value, given) }
        case .test(let test, let operand, let arguments, _):
            let (value, given) = (try evaluate(operand), try evaluateAll(arguments))
            result = Result { () throws(Fault) in .bool(try test.apply(value, given)) }
        case .negate(let operand, _):
            let value = try evaluate(operand)
            result = Result { () throws(Fault) in try Operation.apply(.subtract, .int(0), value) }
        default: return .null
        }
        switch result {
        case .success(let value): return value
        case .failure(let fault): throw error(at: place(of: expression), fault)
        }
    }

    private mutating func evaluateAll(_ expressions: [Expression]) throws(TemplateError) -> [TemplateValue] {
        var evaluated: [TemplateValue] = []
        evaluated.reserveCapacity(expressions.count)
        for expression in expressions { evaluated.append(try evaluate(expression)) }
        return evaluated
    }

    private mutating func map(_ entries: [(key: String, value: Expression)]) throws(TemplateError) -> TemplateValue {
        var map: TemplateMap = [:]
        for (key, value) in entries { map[key] = try evaluate(value) }
        return .map(map)
    }

    // MARK: Access

    private mutating func member(_ base: Expression, _ name: String, at offset: Int) throws(TemplateError)
        -> TemplateValue
    {
        let value = try evaluate(base)
        if case .map(let entries) = value, let found = entries[name] { return found }
        do throws(Fault) { _ = try Access.member(name, of: value) } catch { throw self.error(at: offset, error) }
        throw error(at: offset, "there is no \"\(name)\" in this map", fix: Access.suggestion(for: name, in: value))
    }

    private mutating func item(_ base: Expression, _ index: Expression, at offset: Int) throws(TemplateError)
        -> TemplateValue
    {
        let (value, index) = (try evaluate(base), try evaluate(index))
        let found: TemplateValue?
        do throws(Fault) { found = try Access.item(index, of: value) } catch { throw self.error(at: offset, error) }
        if let found { return found }
        switch (index, value) {
        case (.string(let key), _):
            throw error(at: offset, "there is no \"\(key)\" in this map", fix: Access.suggestion(for: key, in: value))
        case (.int(let number), .list(let items)):
            throw error(at: offset, "there is no item \(number) in a list of \(items.count)")
        default: throw error(at: offset, "there is nothing at this index")
        }
    }

    private mutating func slice(
        _ base: Expression, _ lower: Expression?, _ upper: Expression?, at offset: Int
    ) throws(TemplateError) -> TemplateValue {
        let value = try evaluate(base)
        var from: TemplateValue?
        var to: TemplateValue?
        if let lower { from = try evaluate(lower) }
        if let upper { to = try evaluate(upper) }
        do throws(Fault) { return try Access.slice(value, from: from, to: to) } catch {
            throw self.error(at: offset, error)
        }
    }

    // MARK: What may be absent

    private mutating func fallback(
        _ operand: Expression, _ value: Expression, falsy: Expression?
    ) throws(TemplateError) -> TemplateValue {
        guard let found = try evaluateIfDefined(operand), found != .null else { return try evaluate(value) }
        if !found.isTrue, let falsy, try evaluate(falsy).isTrue { return try evaluate(value) }
        return found
    }

    /// The value of an expression, nil where a name, entry or item of it does not exist.
    private mutating func evaluateIfDefined(_ expression: Expression) throws(TemplateError) -> TemplateValue? {
        switch expression {
        case .variable(let slot, _): return values[slot]
        case .loop(let field, _): return loopValue(field)
        case .member(let base, let name, let at):
            try descend(at: at)
            defer { depth -= 1 }
            guard let value = try evaluateIfDefined(base), case .map(let entries) = value else { return nil }
            return entries[name]
        case .index(let base, let index, let at):
            try descend(at: at)
            defer { depth -= 1 }
            guard let value = try evaluateIfDefined(base), value != .null else { return nil }
            let index = try evaluate(index)
            do throws(Fault) { return try Access.item(index, of: value) } catch { throw self.error(at: at, error) }
        default: return try evaluate(expression)
        }
    }

    private func loopValue(_ field: LoopField) -> TemplateValue? {
        guard let loop = loops.last else { return nil }
        let (position, count) = (loop.position, loop.items.count)
        switch field {
        case .index: return .int(position + 1)
        case .index0: return .int(position)
        case .revindex: return .int(count - position)
        case .revindex0: return .int(count - position - 1)
        case .first: return .bool(position == 0)
        case .last: return .bool(position == count - 1)
        case .length: return .int(count)
        case .depth: return .int(loops.count)
        case .previtem: return position == 0 ? nil : loop.items[position - 1]
        case .nextitem: return position == count - 1 ? nil : loop.items[position + 1]
        }
    }

    /// Where an error in an expression points.
    private func place(of expression: Expression) -> Int {
        switch expression {
        case .literal: 0
        case .variable(_, let at), .member(_, _, let at), .index(_, _, let at), .slice(_, _, _, let at),
            .negate(_, let at), .binary(_, _, _, let at), .filter(_, _, _, let at), .test(_, _, _, let at),
            .loop(_, let at):
            at
        case .list(let items): items.first.map(place) ?? 0
        case .map(let entries): entries.first.map { place(of: $0.value) } ?? 0
        case .not(let operand), .and(let operand, _), .or(let operand, _), .conditional(let operand, _, _),
            .fallback(let operand, _, _), .defined(let operand):
            place(of: operand)
        case .call(let call): call.at
        }
    }
}
