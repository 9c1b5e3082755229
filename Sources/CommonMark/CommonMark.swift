import CCommonMark

/// Texts in CommonMark 0.29 (https://spec.commonmark.org/0.29/) with the tables of GitHub's dialect, read by cmark-gfm.
public enum CommonMark {
    /// How deep parts may lie in each other.
    public static let depth = 40

    /// A text as a tree.
    ///
    /// Soft line breaks are blanks. Cost: linear in the text.
    ///
    /// - Throws: for raw HTML, which no reader of the tree could trust, and for parts that lie deeper than `depth`.
    public static func document(_ text: String) throws(CommonMarkError) -> TextNode {
        try ParsedText(text).document()
    }
}

/// A text that cmark owns; freed with the last reference.
@safe private final class ParsedText {
    private let root: OpaquePointer

    /// The library keeps its extensions in one list for the process, which is filled once.
    private static let started: Void = cmark_gfm_core_extensions_ensure_registered()

    init(_ text: String) throws(CommonMarkError) {
        _ = ParsedText.started
        guard let parser = unsafe cmark_parser_new(0), let tables = unsafe cmark_find_syntax_extension("table") else {
            throw CommonMarkError("the reader of CommonMark has no tables")
        }
        unsafe cmark_parser_attach_syntax_extension(parser, tables)
        let count = text.utf8.count
        unsafe text.withCString { unsafe cmark_parser_feed(parser, $0, count) }
        let root = unsafe cmark_parser_finish(parser)
        unsafe cmark_parser_free(parser)
        guard let root = unsafe root else { throw CommonMarkError("the text cannot be read") }
        unsafe self.root = root
    }

    deinit { unsafe cmark_node_free(root) }

    func document() throws(CommonMarkError) -> TextNode { unsafe try node(root, depth: CommonMark.depth) }

    private func node(_ pointer: OpaquePointer, depth: Int) throws(CommonMarkError) -> TextNode {
        let line = unsafe Int(cmark_node_get_start_line(pointer))
        guard depth > 0 else { throw CommonMarkError("parts lie in each other too deeply", line: line) }
        var node = TextNode(unsafe try kind(of: pointer, line: line), line: line)
        var child = unsafe cmark_node_first_child(pointer)
        while let current = unsafe child {
            node.children.append(unsafe try self.node(current, depth: depth - 1))
            unsafe child = cmark_node_next(current)
        }
        return node
    }

    private func kind(of pointer: OpaquePointer, line: Int) throws(CommonMarkError) -> TextNode.Kind {
        let literal = { () -> String in unsafe ParsedText.text(cmark_node_get_literal(pointer)) }
        let address = { () -> String in unsafe ParsedText.text(cmark_node_get_url(pointer)) }
        switch unsafe ParsedText.text(cmark_node_get_type_string(pointer)) {
        case "document": return .document
        case "heading": return unsafe .heading(level: Int(cmark_node_get_heading_level(pointer)))
        case "paragraph": return .paragraph
        case "block_quote": return .quote
        case "thematic_break": return .rule
        case "list":
            return unsafe .list(
                isOrdered: cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST,
                first: Int(cmark_node_get_list_start(pointer)), isTight: cmark_node_get_list_tight(pointer) == 1)
        case "item": return .item
        case "code_block":
            let info = unsafe ParsedText.text(cmark_node_get_fence_info(pointer))
            return .code(language: String(info.prefix { $0 != " " }), text: literal())
        case "table": return .table(unsafe alignments(of: pointer))
        case "table_header": return .row(isHeader: true)
        case "table_row": return .row(isHeader: false)
        case "table_cell": return .cell
        case "text": return .text(literal())
        case "softbreak": return .text(" ")
        case "linebreak": return .lineBreak
        case "code": return .span(literal())
        case "emph": return .emphasis
        case "strong": return .strong
        case "link": return .link(address: address())
        case "image": return .image(address: address())
        case let other:
            throw CommonMarkError("\(other) is not read: `\(literal().prefix(40))`", line: line > 0 ? line : nil)
        }
    }

    private func alignments(of table: OpaquePointer) -> [TextNode.Alignment] {
        guard let letters = unsafe cmark_gfm_extensions_get_table_alignments(table) else { return [] }
        return (0..<Int(unsafe cmark_gfm_extensions_get_table_columns(table))).map { column in
            switch unsafe letters[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .centre
            case UInt8(ascii: "r"): .right
            default: .none
            }
        }
    }

    /// A copy of characters that the library owns; empty for none.
    private static func text(_ raw: UnsafePointer<CChar>?) -> String {
        guard let raw = unsafe raw else { return "" }
        return unsafe String(cString: raw)
    }
}
