/// One rendering: the bytes so far and the names that are bound.
///
/// A name has one slot in the whole set. Binding it keeps the old value on a trail; the end of a stretch takes the trail
/// back. So reading a name is one look into an array, also across includes.
struct Renderer {
    let library: TemplateSet
    /// The page's values, for suggestions.
    let context: [String: TemplateValue]
    var out: [UInt8] = []
    var values: [TemplateValue?]
    var trail: [(slot: Int, value: TemplateValue?)] = []
    var loops: [LoopState] = []
    /// The template whose nodes are rendered.
    var template: Int
    /// The template whose blocks are in force: the one that was asked for or included.
    var blockOwner: Int
    /// The block that is rendered and its version in the chain.
    var block: (number: Int, version: Int)?
    /// Includes and macro calls that are open, the outermost first.
    var calls: [(template: Int, offset: Int)] = []
    /// Bodies, calls and compound expressions that are open.
    var depth = 0

    /// Includes and macro calls within each other; more is taken for recursion without end.
    static let maximumCalls = 40
    /// Bounds the stack: at most 2 MiB in a release build and 4 MiB in a debug build.
    static let maximumDepth = 200

    init(library: TemplateSet, template: Int, context: [String: TemplateValue]) {
        self.library = library
        self.template = template
        self.context = context
        blockOwner = template
        values = Array(repeating: nil, count: library.slots.names.count)
        for (name, value) in context {
            if let slot = library.slots[name] { values[slot] = value }
        }
    }

    var source: Source { library.templates[template].source }

    /// Renders a template with the ones that it extends.
    mutating func render(template number: Int) throws(TemplateError) {
        var current = number
        while true {
            template = current
            try render(library.templates[current].body)
            guard let parent = library.templates[current].parent else { return }
            current = parent
        }
    }

    /// Renders nodes in order.
    mutating func render(_ nodes: [Node]) throws(TemplateError) {
        depth += 1
        defer { depth -= 1 }
        for node in nodes {
            if case .text(let bytes) = node { out.append(contentsOf: bytes) } else { try render(node) }
        }
    }

    // MARK: Names

    mutating func bind(_ slot: Int, _ value: TemplateValue?) {
        trail.append((slot, values[slot]))
        values[slot] = value
    }

    mutating func unbind(to mark: Int) {
        while trail.count > mark, let last = trail.popLast() { values[last.slot] = last.value }
    }

    // MARK: Errors

    /// An error at a byte of the template that is rendered.
    func error(at offset: Int, _ message: String, fix: String? = nil) -> TemplateError {
        var error = source.error(at: offset, message, fix: fix)
        error.trace = calls.reversed().map { library.templates[$0.template].source.place(of: $0.offset) }
        return error
    }

    func error(at offset: Int, _ fault: Fault) -> TemplateError { error(at: offset, fault.message, fix: fault.fix) }

    func unknownName(_ slot: Int, at offset: Int) -> TemplateError {
        let name = library.slots.names[slot]
        let bound = values.indices.filter { values[$0] != nil }.map { library.slots.names[$0] }
        return error(
            at: offset, "there is no \"\(name)\" here",
            fix: suggestion(for: name, among: bound + Array(context.keys), called: "value"))
    }

    /// Counts a level that takes stack.
    mutating func descend(at offset: Int) throws(TemplateError) {
        depth += 1
        if depth > Self.maximumDepth {
            throw error(
                at: offset, "tags, calls and expressions lie more than \(Self.maximumDepth) levels within each other",
                fix: "look for an include or macro that calls itself without end")
        }
    }

    /// Opens an include or macro call.
    mutating func enter(_ what: String, at offset: Int) throws(TemplateError) {
        guard calls.count < Self.maximumCalls else {
            throw error(
                at: offset, "\(what) lies more than \(Self.maximumCalls) includes and macro calls deep",
                fix: "look for an include or macro that calls itself without end")
        }
        calls.append((template, offset))
    }
}

/// Where a loop is.
struct LoopState {
    let items: [TemplateValue]
    var position = 0
}
