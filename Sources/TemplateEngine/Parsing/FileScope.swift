/// What the names in one file mean while it is parsed.
final class FileScope {
    let compilation: Compilation
    /// The file's number.
    let template: Int
    let source: Source
    /// Aliases of imported files.
    var imports: [String: Int] = [:]
    /// Macros by the names that they have here.
    var macros: [String: Int]
    /// How many `for` are open here.
    var loopDepth = 0
    /// The block that is open.
    var currentBlock: Int?
    /// Inside a macro, the names that it sees, innermost last; nil elsewhere, where the page's values are seen too.
    private(set) var macroScopes: [Set<String>]?
    /// Slots set inside the macro that is open.
    private(set) var macroLocals: Set<Int> = []

    init(compilation: Compilation, template: Int) {
        self.compilation = compilation
        self.template = template
        source = compilation.sources[template]
        macros = compilation.macroNumbers[template]
    }

    /// Keeps a problem at a byte of this file.
    func note(_ message: String, at offset: Int, fix: String? = nil) {
        compilation.note(source.error(at: offset, message, fix: fix))
    }

    /// Words that cannot name a value.
    static let reserved: Set<String> = [
        "and", "or", "not", "in", "is", "if", "else", "true", "false", "null", "none", "True", "False", "None", "loop",
        "super", "caller", "only", "with",
    ]

    /// The slot of a name that is read.
    func slot(reading name: String, at offset: Int) -> Int {
        if let macroScopes, !macroScopes.contains(where: { $0.contains(name) }) {
            let known = macroScopes.reduce(into: Set<String>()) { $0.formUnion($1) }
            note(
                "\"\(name)\" is not known in this macro", at: offset,
                fix: suggestion(for: name, among: known.subtracting(["caller"]), called: "argument")
                    + "; a macro sees only its arguments")
        }
        return compilation.slot(name)
    }

    /// The slot of a name that is bound here.
    func slot(binding name: String) -> Int {
        let slot = compilation.slot(name)
        if let last = macroScopes?.indices.last {
            macroScopes?[last].insert(name)
            macroLocals.insert(slot)
        }
        return slot
    }

    /// The names that a macro sees at this point; nil outside of macros.
    var visibleInMacro: [String]? {
        macroScopes.map { scopes in scopes.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted() }
    }

    /// Opens an inner stretch of names.
    func openScope() { macroScopes?.append([]) }

    /// Ends it.
    func closeScope() { macroScopes?.removeLast() }

    /// Begins a macro.
    func openMacro(parameters: [String]) {
        macroScopes = [Set(parameters), ["caller"]]
        macroLocals = [compilation.slot("caller")]
    }

    /// Ends it and gives the slots that it binds itself.
    func closeMacro() -> [Int] {
        macroScopes = nil
        return macroLocals.sorted()
    }

    /// The macro that a call means, or nil with a problem noted.
    func macro(named name: String, of alias: String?, at offset: Int) -> Int? {
        guard let alias else {
            if let number = macros[name] { return number }
            note(
                "there is no macro \(name) here", at: offset,
                fix: suggestion(for: name, among: macros.keys, called: "macro"))
            return nil
        }
        guard let file = imports[alias] else { return nil }
        let known = compilation.macroNumbers[file]
        if let number = known[name] { return number }
        note(
            "\(compilation.sources[file].name) has no macro \(name)", at: offset,
            fix: suggestion(for: name, among: known.keys, called: "macro"))
        return nil
    }

    /// The number of a template by its name, or nil with a problem noted.
    func template(named name: String, at offset: Int) -> Int? {
        if let number = compilation.templateNumbers[name] { return number }
        note(
            "there is no template \"\(name)\"", at: offset,
            fix: suggestion(for: name, among: compilation.templateNumbers.keys, called: "template"))
        return nil
    }
}
