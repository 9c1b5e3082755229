extension ExpressionParser {
    /// What follows `|`.
    mutating func filter(on value: Expression) throws(TemplateError) -> Expression {
        let offset = tokens.current.offset
        let name = try tokens.name("the name of a filter")
        let given = tokens.current.kind == .sign("(") ? try arguments() : []
        if name == "default" || name == "d" { return fallback(value, given, at: offset) }
        guard let filter = Filter.named(name) else {
            file.note(
                "there is no filter \(name)", at: offset,
                fix: suggestion(for: name, among: Filter.names, called: "filter"))
            return value
        }
        if filter.isOutput { outputFilters.append(offset) }
        let bound = bind(
            given, to: filter.parameters.map { ($0.name, $0.value != nil) }, of: "the filter \(name)", at: offset)
        return .filter(filter, value, complete(bound, filter.parameters), at: offset)
    }

    private func fallback(_ value: Expression, _ given: [Argument], at offset: Int) -> Expression {
        let bound = bind(given, to: [("value", false), ("falsy", true)], of: "the filter default", at: offset)
        return .fallback(value, bound[0] ?? .literal(.null), falsy: bound[1])
    }

    /// What follows `is`.
    mutating func test(on value: Expression) throws(TemplateError) -> Expression {
        let isNegated = tokens.accept(word: "not")
        let offset = tokens.current.offset
        guard case .name(let name) = tokens.current.kind else { throw tokens.unexpected("the name of a test") }
        tokens.advance()
        let given = tokens.current.kind == .sign("(") ? try arguments() : []
        let result: Expression
        switch name {
        case "defined", "undefined":
            _ = bind(given, to: [], of: "the test \(name)", at: offset)
            result = name == "defined" ? .defined(value) : .not(.defined(value))
        default:
            guard let test = Test.named(name) else {
                file.note(
                    "there is no test \(name)", at: offset,
                    fix: suggestion(for: name, among: Test.names, called: "test"))
                return value
            }
            let bound = bind(
                given, to: test.parameters.map { ($0.name, $0.value != nil) }, of: "the test \(name)", at: offset)
            result = .test(test, value, complete(bound, test.parameters), at: offset)
        }
        return isNegated ? .not(result) : result
    }

    /// Defaults in the places of what is not given.
    private func complete(_ bound: [Expression?], _ parameters: [Parameter]) -> [Expression] {
        zip(bound, parameters).map { given, parameter in given ?? .literal(parameter.value ?? .null) }
    }
}
