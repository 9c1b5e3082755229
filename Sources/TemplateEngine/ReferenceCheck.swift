/// Finds references of a template to filters, templates and macros that are not there.
struct ReferenceCheck {
    let set: TemplateSet
    let template: Template
    let known: Set<String>

    func problems() -> [TemplateError] {
        var problems: [TemplateError] = []
        if let parent = template.parent { checkTemplate(parent.name, parent.offset, &problems) }
        for name in template.modules.keys.sorted() {
            if let module = template.modules[name] { checkTemplate(module.template, module.offset, &problems) }
        }
        for name in template.imports.keys.sorted() {
            guard let item = template.imports[name] else { continue }
            checkTemplate(item.template, item.offset, &problems)
            if let other = set.templates[item.template], other.macros[item.macro] == nil {
                report(
                    "unknown macro `\(item.macro)` in \(item.template)", item.offset, item.macro, other.macros.keys,
                    &problems)
            }
        }
        check(template.nodes, &problems)
        for name in template.blocks.keys.sorted() { check(template.blocks[name] ?? [], &problems) }
        for name in template.macros.keys.sorted() { check(template.macros[name]?.body ?? [], &problems) }
        return problems
    }

    private func checkTemplate(_ name: String, _ offset: Int, _ problems: inout [TemplateError]) {
        if !known.contains(name) { report("unknown template \"\(name)\"", offset, name, known, &problems) }
    }

    private func report(
        _ message: String, _ offset: Int, _ name: String, _ names: some Sequence<String>,
        _ problems: inout [TemplateError]
    ) {
        let fix = nearestWord(to: name, among: names).map { "Did you mean `\($0)`?" }
        problems.append(template.source.error(message, at: offset, fix: fix))
    }

    private func check(_ nodes: [Node], _ problems: inout [TemplateError]) {
        for node in nodes {
            switch node {
            case .text, .block: break
            case .output(let value, _, _), .set(_, let value): check(value, &problems)
            case .branch(let branches, let otherwise):
                for branch in branches {
                    check(branch.condition, &problems)
                    check(branch.body, &problems)
                }
                check(otherwise, &problems)
            case .loop(_, let list, let body, let otherwise, _):
                check(list, &problems)
                check(body, &problems)
                check(otherwise, &problems)
            case .include(let name, let bindings, _, let offset):
                checkTemplate(name, offset, &problems)
                for binding in bindings { check(binding.value, &problems) }
            }
        }
    }

    private func check(_ value: Expression, _ problems: inout [TemplateError]) {
        switch value {
        case .literal, .variable, .superBlock: break
        case .member(let inner, _, _), .not(let inner), .negate(let inner, _): check(inner, &problems)
        case .element(let left, let right, _), .binary(_, let left, let right, _):
            check(left, &problems)
            check(right, &problems)
        case .filter(let inner, let name, let arguments, let offset):
            if !Filters.known.contains(name) {
                report("unknown filter `\(name)`", offset, name, Filters.known, &problems)
            }
            check(inner, &problems)
            check(arguments, &problems)
        case .call(_, _, let arguments, _): check(arguments, &problems)
        case .choice(let condition, let first, let second):
            for part in [condition, first, second] { check(part, &problems) }
        case .list(let elements): for element in elements { check(element, &problems) }
        case .map(let entries): for element in entries.values { check(element, &problems) }
        case .test(let inner, let name, let argument, let offset):
            if !Tests.known.contains(name) { report("unknown test `\(name)`", offset, name, Tests.known, &problems) }
            check(inner, &problems)
            if let argument { check(argument, &problems) }
        }
    }

    private func check(_ arguments: Expression.Arguments, _ problems: inout [TemplateError]) {
        for argument in arguments.positional { check(argument, &problems) }
        for argument in arguments.named.values { check(argument, &problems) }
    }
}
