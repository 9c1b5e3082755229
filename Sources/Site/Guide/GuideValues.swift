import CommonMark
import TemplateEngine

/// A page of the guide as values for its template.
struct GuideValues {
    /// The titles of the pages by the names of their texts.
    let titles: [String: String]
    private var codes = 0
    private var tables = 0

    init(titles: [String: String]) { self.titles = titles }

    /// The parts of a page in order.
    mutating func values(of page: GuidePage) throws(CommonMarkError) -> TemplateValue {
        var values: [TemplateValue] = []
        for (place, part) in page.parts.enumerated() {
            values.append(try value(of: part, id: page.ids[place] ?? ""))
        }
        return .list(values)
    }

    /// The parts inside a part.
    mutating func inside(_ node: TextNode) throws(CommonMarkError) -> TemplateValue {
        var values: [TemplateValue] = []
        for child in node.children { values.append(try value(of: child)) }
        return .list(values)
    }

    /// One part: its `kind`, what is inside it as `nodes`, and what its kind has besides.
    private mutating func value(of node: TextNode, id: String = "") throws(CommonMarkError) -> TemplateValue {
        var fields: TemplateMap = ["nodes": try inside(node)]
        switch node.kind {
        case .document, .item, .paragraph, .quote, .rule, .emphasis, .strong, .lineBreak, .cell:
            fields["kind"] = .string("\(node.kind)")
        case .heading(let level):
            fields["kind"] = .string("heading")
            fields["level"] = .int(level)
            fields["id"] = .string(id)
        case .list(let isOrdered, let first, let isTight):
            fields["kind"] = .string(isOrdered ? "ordered" : "list")
            fields["first"] = .int(first)
            if isTight { fields["nodes"] = try tight(node) }
        case .code(_, let text):
            codes += 1
            fields["kind"] = .string("code")
            fields["number"] = .int(codes)
            fields["text"] = .string(text)
        case .table(let alignments):
            tables += 1
            fields["kind"] = .string("table")
            fields["number"] = .int(tables)
            fields["align"] = .string(
                alignments.indices.filter { alignments[$0] == .right }.map { "n\($0 + 1)" }.joined(separator: " "))
        case .row(let isHeader): fields["kind"] = .string(isHeader ? "header" : "row")
        case .text(let text): fields = ["kind": .string("text"), "text": .string(text)]
        case .span(let text): fields = ["kind": .string("span"), "text": .string(text)]
        case .link(let address):
            fields["kind"] = .string("link")
            fields["href"] = .string(try GuideValues.address(of: address, line: node.line))
            // A text is named by its file; its page has a title.
            if node.words == address, let title = GuideLink(address).name.flatMap({ titles[$0] }) {
                fields["nodes"] = .list([.map(["kind": .string("text"), "text": .string(title)])])
            }
        case .image(let address):
            throw CommonMarkError("the guide shows no pictures, found `\(address)`", line: node.line)
        }
        return .map(fields)
    }

    /// The items of a list without blank lines: paragraphs of one are its words, not paragraphs.
    private mutating func tight(_ list: TextNode) throws(CommonMarkError) -> TemplateValue {
        var items: [TemplateValue] = []
        for item in list.children {
            let parts = item.children.flatMap { $0.kind == .paragraph ? $0.children : [$0] }
            items.append(try value(of: TextNode(item.kind, parts, line: item.line)))
        }
        return .list(items)
    }

    /// A link's address: another page of the guide, a place, or the web.
    private static func address(of written: String, line: Int) throws(CommonMarkError) -> String {
        let link = GuideLink(written)
        guard link.name != nil || written.hasPrefix("#") || written.hasPrefix("https://") else {
            throw CommonMarkError(
                "the guide links to its own texts (`name.md`) and to the web, found `\(written)`", line: line)
        }
        return link.address
    }
}
