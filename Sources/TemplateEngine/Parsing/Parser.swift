/// Reads one template: its tags become nodes, its text is followed so that every print knows its place.
struct Parser {
    let file: FileScope
    let segments: [Segment]
    var position = 0
    var tracker: HTMLTracker
    var template: Template
    /// Tags that are open.
    var nesting = 0

    /// More open tags are refused, so that no template can exhaust the stack.
    static let maximumNesting = 48

    static let tagNames = [
        "if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith", "include", "extends",
        "block",
        "endblock", "macro", "endmacro", "import", "from", "call", "endcall", "verbatim", "endverbatim",
    ]

    init(file: FileScope, segments: [Segment]) {
        self.file = file
        self.segments = segments
        tracker = HTMLTracker(file.source.kind)
        template = Template(source: file.source)
    }

    var source: Source { file.source }

    /// The tag that ended a stretch.
    struct End {
        let name: String
        var tokens: TagTokens
        let offset: Int
    }

    /// The whole file.
    mutating func parse() throws(TemplateError) -> Template {
        if try parseExtends() {
            template.body = try childBody()
        } else {
            template.body = try nodes(until: []).nodes
            try expectContext(HTMLContext(), at: source.bytes.count, "the file ends")
        }
        inheritBlocks()
        return template
    }

    /// Nodes up to one of the named tags, or to the end of the file where none is named.
    mutating func nodes(until ends: Set<String>, opened offset: Int = 0) throws(TemplateError) -> (
        nodes: [Node], end: End?
    ) {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maximumNesting else {
            throw source.error(at: offset, "tags are nested more than \(Self.maximumNesting) levels deep")
        }
        var nodes: [Node] = []
        while position < segments.count {
            let segment = segments[position]
            position += 1
            switch segment {
            case .text(let range): try addText(range, to: &nodes)
            case .print(let tokens, let offset):
                try settle(at: offset)
                nodes.append(try print(TagTokens(tokens, of: source), at: offset))
            case .tag(let tokens, let offset):
                try settle(at: offset)
                var tokens = TagTokens(tokens, of: source)
                guard case .name(let name) = tokens.advance().kind else {
                    throw source.error(at: offset, "a tag begins with its name")
                }
                if ends.contains(name) { return (nodes, End(name: name, tokens: tokens, offset: offset)) }
                if let node = try tag(name, tokens, at: offset) { nodes.append(node) }
            }
        }
        if ends.isEmpty { return (nodes, nil) }
        let closing = ends.filter { $0.hasPrefix("end") }.sorted().joined(separator: " or ")
        throw source.error(at: offset, "this tag is not closed", fix: "add {% \(closing) %}")
    }

    private mutating func addText(_ range: Range<Int>, to nodes: inout [Node]) throws(TemplateError) {
        do throws(PlacedFault) { try tracker.feed(source.bytes[range]) } catch {
            throw source.error(at: error.offset, error.fault.message, fix: error.fault.fix)
        }
        if case .text(let before) = nodes.last {
            nodes[nodes.count - 1] = .text(before + source.bytes[range])
        } else {
            nodes.append(.text(Array(source.bytes[range])))
        }
    }

    private mutating func tag(_ name: String, _ tokens: TagTokens, at offset: Int) throws(TemplateError) -> Node? {
        switch name {
        case "if": return try parseIf(tokens, at: offset)
        case "for": return try parseFor(tokens, at: offset)
        case "set": return try parseSet(tokens, at: offset)
        case "with": return try parseWith(tokens, at: offset)
        case "include": return try parseInclude(tokens, at: offset)
        case "block": return try parseBlock(tokens, at: offset)
        case "call": return try parseCall(tokens, at: offset)
        case "macro", "import", "from":
            try parseDeclaration(name, tokens, at: offset)
            return nil
        case "extends": throw source.error(at: offset, "extends must come first in the file, and only once")
        default: throw unknownTag(name, at: offset)
        }
    }

    func unknownTag(_ name: String, at offset: Int) -> TemplateError {
        if Self.tagNames.contains(name) {
            return source.error(at: offset, "nothing is open that \(name) could end or go on")
        }
        if name == "raw" {
            return source.error(at: offset, "there is no tag raw", fix: "write {% verbatim %} … {% endverbatim %}")
        }
        return source.error(
            at: offset, "there is no tag \(name)", fix: suggestion(for: name, among: Self.tagNames, called: "tag"))
    }

    // MARK: Places

    mutating func settle(at offset: Int) throws(TemplateError) {
        guard source.kind.isMarkup else { return }
        do throws(Fault) { try tracker.settle() } catch {
            throw source.error(at: offset, error.message, fix: error.fix)
        }
    }

    /// Makes sure that a stretch ends in the place where it began.
    mutating func expectContext(_ start: HTMLContext, at offset: Int, _ what: String) throws(TemplateError) {
        try settle(at: offset)
        guard let merged = HTMLContext.merge(start, tracker.context) else {
            throw source.error(
                at: offset, "\(what) \(tracker.context.shown), but it began \(start.shown)",
                fix: "close what was opened in between, or open it outside")
        }
        tracker.context = merged
    }

    /// Makes sure that markup may stand here.
    func expectText(_ what: String, at offset: Int) throws(TemplateError) {
        guard tracker.context.place == .text else {
            throw source.error(
                at: offset, "\(what) makes markup and cannot stand \(tracker.context.shown)",
                fix: "print a plain value here")
        }
    }

    /// An expression parser for the rest of a tag.
    func expressions(_ tokens: TagTokens) -> ExpressionParser { ExpressionParser(tokens, file: file) }

    /// One expression that fills the rest of a tag.
    func onlyExpression(_ tokens: TagTokens) throws(TemplateError) -> Expression {
        var parser = expressions(tokens)
        let value = try parser.expression()
        try parser.tokens.expectEnd()
        try parser.refuseOutputFilters()
        return value
    }
}

extension ExpressionParser {
    /// `raw` and `attr` have no meaning but in what is printed.
    func refuseOutputFilters() throws(TemplateError) {
        if let offset = outputFilters.first {
            throw tokens.source.error(at: offset, "this filter may only come last in what is printed")
        }
    }
}
