/// The parsing of a set of templates: what they declare is gathered first, so that every reference can be checked.
final class Compilation {
    private(set) var sources: [Source] = []
    private(set) var templateNumbers: [String: Int] = [:]
    private(set) var templates: [Template] = []
    private(set) var slots = NameTable()
    private(set) var blocks = NameTable()
    private(set) var macros: [Macro] = []
    /// Per template, the numbers of its macros by name.
    private(set) var macroNumbers: [[String: Int]] = []
    /// What is wrong, in the order of templates.
    private(set) var problems: [TemplateError] = []

    private var segments: [[Segment]] = []
    private var states: [State] = []

    private enum State { case waiting, parsing, parsed, failed }

    /// Parses all of them; the problems say what is wrong.
    init(_ texts: [String: String]) {
        for (number, entry) in texts.sorted(by: { $0.key < $1.key }).enumerated() {
            let source = Source(name: entry.key, text: entry.value)
            sources.append(source)
            templateNumbers[entry.key] = number
            templates.append(Template(source: source))
            macroNumbers.append([:])
            segments.append([])
            states.append(.waiting)
        }
        for number in sources.indices { attempt(number) { () throws(TemplateError) in try self.declare(number) } }
        for number in sources.indices { parse(number) }
    }

    /// Keeps a problem; parsing goes on.
    func note(_ problem: TemplateError) { problems.append(problem) }

    /// The slot of a variable's name.
    func slot(_ name: String) -> Int { slots.number(of: name) }

    /// The number of a block's name.
    func block(_ name: String) -> Int { blocks.number(of: name) }

    /// Completes a macro that was declared.
    func define(macro number: Int, locals: [Int], body: [Node]) {
        macros[number].locals = locals
        macros[number].body = body
    }

    /// Parses a template unless that is done; says whether it is usable as a parent.
    @discardableResult func parse(_ number: Int) -> Bool {
        guard states[number] == .waiting else { return states[number] == .parsed }
        states[number] = .parsing
        attempt(number) { () throws(TemplateError) in
            var parser = Parser(file: FileScope(compilation: self, template: number), segments: segments[number])
            templates[number] = try parser.parse()
            states[number] = .parsed
        }
        return states[number] == .parsed
    }

    /// Whether a template is being parsed, that is, extends the one that asks.
    func isOpen(_ number: Int) -> Bool { states[number] == .parsing }

    private func declare(_ number: Int) throws(TemplateError) {
        let found = try Lexer.segments(of: sources[number])
        segments[number] = found
        for case .tag(let tokens, _) in found where tokens.first?.kind == .name("macro") {
            let macro = try MacroHeader.parse(tokens, template: number, compilation: self)
            if macroNumbers[number][macro.name] != nil {
                note(sources[number].error(at: tokens[1].offset, "there is a macro \(macro.name) above already"))
            }
            macroNumbers[number][macro.name] = macros.count
            macros.append(macro)
        }
    }

    private func attempt(_ number: Int, _ work: () throws(TemplateError) -> Void) {
        do throws(TemplateError) { try work() } catch {
            states[number] = .failed
            problems.append(error)
        }
    }
}

/// Names with their numbers, in the order of their first use.
struct NameTable: Sendable {
    private(set) var names: [String] = []
    private var numbers: [String: Int] = [:]

    /// The number of a name, a new one if need be.
    mutating func number(of name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// The number of a name that is in use.
    subscript(name: String) -> Int? { numbers[name] }
}
