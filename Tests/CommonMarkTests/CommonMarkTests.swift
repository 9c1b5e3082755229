import CommonMark
import Testing

/// Texts to trees. What is expected is what the specification's examples give
/// (CommonMark 0.29, https://spec.commonmark.org/0.29/; tables: GitHub Flavored Markdown 0.29, section 4.10).
@Suite struct CommonMarkTests {
    private func parts(_ text: String) throws -> [TextNode] { try CommonMark.document(text).children.map(\.placeless) }

    private func words(_ text: String) -> TextNode { TextNode(.text(text)) }

    @Test func nothingIsAnEmptyDocument() throws {
        #expect(try parts("").isEmpty)
    }

    @Test func headingsParagraphsAndSpans() throws {
        #expect(
            try parts("# foo\n\naaa *bbb*\n`c` **d**") == [
                TextNode(.heading(level: 1), [words("foo")]),
                TextNode(
                    .paragraph,
                    [
                        words("aaa "), TextNode(.emphasis, [words("bbb")]), words(" "), TextNode(.span("c")),
                        words(" "), TextNode(.strong, [words("d")]),
                    ]),
            ])
    }

    @Test func listsTellWhetherTheyAreTight() throws {
        let item = { (text: String) in TextNode(.item, [TextNode(.paragraph, [self.words(text)])]) }
        #expect(
            try parts("3. a\n4. b") == [
                TextNode(.list(isOrdered: true, first: 3, isTight: true), [item("a"), item("b")])
            ])
        #expect(
            try parts("- a\n\n- b") == [
                TextNode(.list(isOrdered: false, first: 0, isTight: false), [item("a"), item("b")])
            ])
    }

    @Test func codeKeepsItsLinesAndSaysItsLanguage() throws {
        #expect(
            try parts("    a < b\n\n```yaml extra\nx: 1\n```") == [
                TextNode(.code(language: "", text: "a < b\n")), TextNode(.code(language: "yaml", text: "x: 1\n")),
            ])
    }

    @Test func tablesHaveAlignedColumnsAndAHeader() throws {
        let row = { (isHeader: Bool, cells: [String]) in
            TextNode(.row(isHeader: isHeader), cells.map { TextNode(.cell, $0.isEmpty ? [] : [self.words($0)]) })
        }
        #expect(
            try parts("| a | b | c |\n|---|--:|:-:|\n| 1 | 2 |") == [
                TextNode(.table([.none, .right, .centre]), [row(true, ["a", "b", "c"]), row(false, ["1", "2", ""])])
            ])
    }

    @Test func linksHaveTheirAddress() throws {
        #expect(
            try parts("[w](a.md#b)") == [
                TextNode(.paragraph, [TextNode(.link(address: "a.md#b"), [words("w")])])
            ])
        #expect(try parts("[w `x`](a.md)").first?.words == "w x")
    }

    @Test func linesAreThoseOfTheText() throws {
        #expect(try CommonMark.document("a\n\n# b").children.map(\.line) == [1, 3])
    }

    @Test(arguments: [("<b>x</b>", "html_inline"), ("a\n\n<div>\nx\n</div>", "html_block")])
    func rawHTMLIsRefused(text: String, kind: String) {
        let error = #expect(throws: CommonMarkError.self) { try CommonMark.document(text) }
        #expect(error?.message.contains(kind) == true, "\(String(describing: error))")
    }

    @Test func depthHasABound() {
        let error = #expect(throws: CommonMarkError.self) {
            try CommonMark.document(String(repeating: "> ", count: 60) + "x")
        }
        #expect(error == CommonMarkError("parts lie in each other too deeply", line: 1))
    }
}

extension TextNode {
    /// The same without lines.
    fileprivate var placeless: TextNode { TextNode(kind, children.map(\.placeless)) }
}
