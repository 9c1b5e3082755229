import CommonMark

/// A page of the user guide, read from a text in CommonMark: a heading, a paragraph that says what the page is for, and
/// what follows.
struct GuidePage: Sendable {
    /// The file's name without its ending, such as `alerts`.
    let name: String
    /// The heading.
    let title: String
    /// The first paragraph.
    let lead: TextNode
    /// What follows it.
    let parts: [TextNode]
    /// The id of each heading among `parts`, by its place there.
    let ids: [Int: String]
    /// The text itself, in which links to the first page name its file on the site.
    let markdown: String

    /// The text that leads to all others.
    static let first = "guide"

    /// The page's path below the site.
    var path: String { GuidePage.path(of: name) }

    /// The title as lists have it: what stands before a colon.
    var shortTitle: String { String(title.prefix { $0 != ":" }) }

    /// Headings of the second level, with their ids.
    var contents: [(id: String, title: String)] {
        ids.sorted { $0.key < $1.key }.compactMap { place, id in
            parts[place].kind == .heading(level: 2) ? (id, parts[place].words) : nil
        }
    }

    /// Where the text stands below the site.
    var twinPath: String { path.dropLast(4) + "md" }

    static func path(of name: String) -> String { "help/\(name == first ? "index" : name).html" }

    /// Reads a text.
    ///
    /// - Throws: where it does not begin with a heading and a paragraph, has headings that a page cannot show, two
    ///   places with one id, a column without a heading, pictures or raw HTML.
    init(name: String, text: String) throws(CommonMarkError) {
        let nodes = try CommonMark.document(text).children
        guard nodes.count >= 2, nodes[0].kind == .heading(level: 1), nodes[1].kind == .paragraph else {
            throw CommonMarkError("a page of the guide begins with a heading (`# …`) and a paragraph", line: 1)
        }
        self.name = name
        markdown = text.split(separator: "](\(Self.first).md", omittingEmptySubsequences: false)
            .joined(separator: "](index.md")
        title = nodes[0].words
        lead = nodes[1]
        parts = Array(nodes.dropFirst(2))
        var ids: [Int: String] = [:]
        for (place, node) in parts.enumerated() {
            guard case .heading(let level) = node.kind else { continue }
            guard level == 2 || level == 3 else {
                throw CommonMarkError("headings below the first are of level 2 or 3, found \(level)", line: node.line)
            }
            let id = GuidePage.id(of: node.words)
            guard !id.isEmpty, !ids.values.contains(id) else {
                throw CommonMarkError("the heading's id `\(id)` is empty or stands twice", line: node.line)
            }
            ids[place] = id
        }
        self.ids = ids
        for part in parts { try GuidePage.requireNamedColumns(part) }
    }

    /// A column whose heading is empty is nameless to a screen reader, and its button for sorting, too.
    private static func requireNamedColumns(_ node: TextNode) throws(CommonMarkError) {
        if node.kind == .row(isHeader: true), let place = node.children.firstIndex(where: { $0.words.isEmpty }) {
            throw CommonMarkError("column \(place + 1) of the table has no heading", line: node.line)
        }
        for child in node.children { try requireNamedColumns(child) }
    }

    /// The id of a heading, as code hosts make it: lower case, blanks as `-`, of punctuation only `-` and `_`.
    static func id(of heading: String) -> String {
        String(
            heading.lowercased().compactMap { letter -> Character? in
                if letter == " " { return "-" }
                return letter.isLetter || letter.isNumber || letter == "-" || letter == "_" ? letter : nil
            })
    }

    /// The pages in reading order: the first, then as it leads to the others, then what it does not lead to.
    static func inOrder(_ pages: [GuidePage]) -> [GuidePage] {
        guard let guide = pages.first(where: { $0.name == first }) else { return pages }
        var order = [first] + names(in: guide.lead) + guide.parts.flatMap(names)
        order += pages.map(\.name)
        var seen: Set<String> = []
        return order.compactMap { name in
            seen.insert(name).inserted ? pages.first { $0.name == name } : nil
        }
    }

    /// The texts that a part leads to.
    private static func names(in node: TextNode) -> [String] {
        if case .link(let address) = node.kind, let target = GuideLink(address).name { return [target] }
        return node.children.flatMap(names)
    }
}

/// Where a link of the guide leads.
struct GuideLink {
    /// The other text's name; nil for a place on the same page and for an address on the web.
    let name: String?
    /// The place on the page with its `#`; empty for none.
    let fragment: String
    /// The address as it was written.
    let written: String

    init(_ address: String) {
        written = address
        let (path, fragment) = RelativePath.split(address)
        self.fragment = fragment
        name = path.hasSuffix(".md") && !path.contains("/") ? String(path.dropLast(3)) : nil
    }

    /// The address from one page of the guide to where the link leads.
    var address: String {
        name.map { RelativePath.link(from: "help/", to: GuidePage.path(of: $0)) + fragment } ?? written
    }
}
