/// A template, parsed once.
struct Template: Sendable {
    let source: TemplateSource
    var parent: (name: String, offset: Int)?
    var nodes: [Node] = []
    var blocks: [String: [Node]] = [:]
    var macros: [String: Macro] = [:]
    /// Macros of other templates: the local name of a module, or of a single macro.
    var modules: [String: (template: String, offset: Int)] = [:]
    var imports: [String: (template: String, macro: String, offset: Int)] = [:]
    var isPlain: Bool
}
