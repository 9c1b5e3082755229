/// A part of a template, ready to render.
indirect enum Node: Sendable {
    case text([UInt8])
    case print(Expression, Escape, at: Int)
    /// Markup as it is.
    case raw(Expression, at: Int)
    case choice([(condition: Expression, body: [Node])], otherwise: [Node])
    case loop(Loop)
    case set(slot: Int, Expression)
    case capture(slot: Int, body: [Node], isMarkup: Bool)
    case with([(slot: Int, value: Expression)], body: [Node])
    case include(Include)
    case block(Int)
    /// What the parent has in the current block.
    case parentBlock(at: Int)
    case call(MacroCall, body: [Node]?)
}

/// `for … in …`.
struct Loop: Sendable {
    /// One slot, or one for each part of an item.
    let slots: [Int]
    let items: Expression
    let filter: Expression?
    let body: [Node]
    let otherwise: [Node]
    let at: Int
}

/// `include … with …`.
struct Include: Sendable {
    /// The template's name, text.
    let name: Expression
    let arguments: [(slot: Int, value: Expression)]
    /// A computed map of arguments.
    let map: Expression?
    /// Whether the template sees nothing but the arguments and `passed`.
    let isIsolated: Bool
    /// In a macro, the slots of all names that it sees.
    let passed: [Int]
    let at: Int
}

/// A parsed template.
struct Template: Sendable {
    let source: Source
    /// What to do first: all of it, or for a child its `set` tags.
    var body: [Node] = []
    /// The template that this one extends.
    var parent: Int?
    /// What the file itself has for a block.
    var blocks: [Int: [Node]] = [:]
    /// For each block, the versions from this template's own to that of the outermost ancestor.
    var chains: [Int: [BlockBody]] = [:]
    /// The context in which each known block starts, with those of the ancestors.
    var blockContexts: [Int: HTMLContext] = [:]
}

/// One version of a block.
struct BlockBody: Sendable {
    let template: Int
    let nodes: [Node]
}

/// A macro of a template.
struct Macro: Sendable {
    struct Parameter: Sendable {
        let name: String
        let slot: Int
        /// The default; nil for a parameter that must be given.
        let value: TemplateValue?
    }

    let name: String
    let template: Int
    let parameters: [Parameter]
    /// Names set inside, unbound at the start of each call.
    var locals: [Int] = []
    var body: [Node] = []
}
