import Testing
import XML

@Suite struct XMLWritingTests {
    @Test func compactAndInOrder() {
        let tree = XMLElement(
            "svg", attributes: ["width": "1", "class": "c", "a": "2"],
            children: [.element(.init("path", attributes: ["d": "M0 0"])), .text("x")])
        #expect(
            tree.serialised(attributesFirst: ["class"]) == #"<svg class="c" a="2" width="1"><path d="M0 0"/>x</svg>"#)
    }

    @Test(arguments: [
        ("a<b>&\"c'", "a&lt;b&gt;&amp;\"c'", "a&lt;b&gt;&amp;&quot;c'"),
        ("]]>", "]]&gt;", "]]&gt;"), ("\t\n\r", "\t\n&#13;", "&#9;&#10;&#13;"),
        ("\u{0}\u{8}\u{1F}", "\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("\u{FFFE}\u{FFFF}\u{FFFD}\u{FFBF}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFBF}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFBF}"),
        ("é😀\u{10FFFF}", "é😀\u{10FFFF}", "é😀\u{10FFFF}"),
    ])
    func charactersAreEscaped(_ raw: String, _ text: String, _ attribute: String) {
        let tree = XMLElement("a", attributes: ["x": raw], children: [.text(raw)])
        #expect(tree.serialised() == "<a x=\"\(attribute)\">\(text)</a>")
    }

    @Test(arguments: [
        ("a b", "a_b"), ("a><script", "a__script"), ("1a", "_a"), ("", "_"), ("xlink:href", "xlink:href"),
    ])
    func namesCarryNoMarkup(_ name: String, _ written: String) {
        #expect(XMLElement(name).serialised() == "<\(written)/>")
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let tree = XMLElement(
            "a", attributes: ["x": "\t\"\n&lt;"],
            children: [.text("\r\n <&>"), .element(.init("b", line: 2)), .text("é")],
            line: 1)
        #expect(try XMLElement(xml: Array(tree.serialised().utf8)) == tree)
    }
}
