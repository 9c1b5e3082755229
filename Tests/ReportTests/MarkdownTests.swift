import Testing

@testable import Report

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("a*b_c", "a\\*b\\_c"), ("<b>&", "&lt;b&gt;&amp;"), ("[x](y)", "\\[x\\](y)"),
        ("line\nbreak|cell", "line break\\|cell"),
        ("# no heading", "\\# no heading"), ("`code`", "\\`code\\`"), ("é 🇩🇪", "é 🇩🇪"),
        ("n = 4 · p", "n = 4 · p"), ("a\u{85}b\u{7F}", "a b "), ("\\|", "\\\\\\|"),
    ])
    func nothingOfTheDataIsMarkup(text: String, marked: String) { #expect(Markdown.marked(text) == marked) }

    @Test func aPageKeepsItsWordsAndLinksToTwins() {
        let table = TableBlock(
            caption: "C", columns: [.init("A"), .init("N", unit: "s", isNumeric: true)],
            rows: [
                [TableCell("row"), TableCell("1", sortKey: 1)], [TableCell("gap"), TableCell(nil, reason: "why not")],
            ],
            export: Link(path: "exports/c.csv", text: "CSV"))
        let page = Page(
            path: "trends/score.html", kind: "analysis", title: "Score",
            lead: Prose([.strong("Rising"), .text(": 1 > 0.")]),
            sections: [
                PageSection(id: "s", title: "Table", blocks: [.table(table), .notice("Too few.")]),
                PageSection(
                    id: "l", title: "Links",
                    blocks: [
                        .prose(
                            Prose([
                                .link(Link(path: "index.html#top", text: "Overview")), .text(" "),
                                .link(Link(path: "summary.json", text: "JSON")),
                            ])),
                        .keyFigures([KeyFigure(label: "n", value: nil, note: "no values")]),
                    ]),
            ])
        let home = Page(path: "index.html", kind: "overview", title: "Home", lead: "", sections: [])
        #expect(
            MarkdownPage(page, hasTwin: [home.path, page.path].contains).text == """
                # Score

                **Rising**: 1 &gt; 0.

                ## Table

                **C**

                | A | N (s) |
                |---|---:|
                | row | 1 |
                | gap | – (why not) |

                [CSV](../exports/c.csv)

                > Too few.

                ## Links

                [Overview](../index.md) [JSON](../summary.json)

                - **n**: – (no values)

                """)
        #expect(MarkdownPage.path(of: page.path) == "trends/score.md")
    }

    @Test(arguments: [
        ("priority_1", "priority_1"), ("", "v.cbf29ce484222325"), ("index", "index.af63"), ("Ä/../x", "x."),
        ("A", "a."),
        ("../../etc", "etc."),
    ])
    func anyValueMakesASafeFileName(value: String, beginning: String) {
        let name = FileWords.name(for: value)
        #expect(name == value || name.hasPrefix(beginning.split(separator: ".").first.map(String.init) ?? ""))
        #expect(
            name.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "_-.".utf8.contains($0) }
        )
        #expect(!name.hasPrefix(".") && !name.isEmpty && name != "index")
    }

    @Test func valuesThatDifferInCaseAloneHaveTwoFiles() {
        #expect(FileWords.name(for: "Gold").lowercased() != FileWords.name(for: "gold").lowercased())
    }
}
