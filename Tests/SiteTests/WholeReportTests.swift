import Charts
import Report
import Testing

@testable import Drawing
@testable import Site

/// The report as one file of HTML or PDF.
@Suite struct WholeReportTests {
    static let run = SiteRun(
        folder: "2026-11-19", day: "19 November 2026", id: "run", zone: "UTC",
        due: ("2026-11-21", "21 November 2026"))

    static func page(_ path: String, rows: Int = 3) -> Page {
        let figure = Figure(
            title: "Line", description: "Rises from 1 to 2.",
            x: Axis(title: "x", scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "y", scale: .linear(domain: nil, includesZero: false)),
            marks: [.line([.init(x: 0, y: 1), .init(x: 1, y: 2)], tone: .series(1))])
        let table = TableBlock(
            caption: "Rows", columns: [.init("Name"), .init("Value", isNumeric: true)],
            rows: (0..<rows).map { [TableCell("row \($0) <b>"), TableCell("\($0)")] })
        return Page(
            path: path, kind: "analysis", title: "Page \(path)",
            lead: Prose([.text("See "), .link(Link(path: "b/index.html#part", text: "the other")), .text(".")]),
            sections: [
                PageSection(
                    id: "part", title: "Part",
                    blocks: [
                        .figure(FigureBlock(figure: figure, caption: "n = 2", data: table)), .table(table),
                        .findings([FindingItem(id: "f-1", claim: "Claim", evidence: "n = 2", tone: .good)]),
                    ])
            ], alternates: [Link(path: "summary.json", text: "JSON")])
    }

    @Test func aPDFHasChaptersAndTheSameBytesTwice() throws {
        let pages = [Self.page("index.html"), Self.page("b/index.html", rows: 300)]
        let css = Array(":root { --ink: #102030; --s1: #ff0000; }".utf8)
        let make = {
            try PrintedReport.pdf(pages, run: Self.run, title: "Title", version: "1", styleSheet: css)
        }
        let bytes = try make()
        #expect(bytes.starts(with: "%PDF-1".utf8))
        #expect(try make() == bytes)
        let document = PrintedReport.document(pages, run: Self.run, title: "Title", version: "1")
        #expect(document.outline.map(\.title) == ["Contents", "Page index.html", "Part", "Page b/index.html", "Part"])
        let chapters = document.outline.filter { $0.level == 0 }.map(\.target.sheet)
        #expect(chapters == [0, 1, 2])
        // The contents and the link of the lead lead to the second page; a link to a file that is not printed does not.
        let targets = document.sheets.joined().compactMap { item -> Int? in
            if case .text(let words) = item { words.target?.sheet } else { nil }
        }
        #expect(targets.filter { $0 == 2 }.count >= 3)
        let words = document.sheets.joined().compactMap { item -> String? in
            if case .text(let words) = item { words.text } else { nil }
        }
        #expect(words.contains { $0.contains("the first 40 of 300 rows") })
        #expect(words.contains("1 / \(document.sheets.count)"))
        // Nothing stands beyond the margins.
        for case .text(let words) in document.sheets.joined() {
            #expect(words.x >= PrintLayout.margin - 1 && words.y <= document.height, "\(words.text)")
            #expect(words.x + words.width <= document.width - PrintLayout.margin + 1, "\(words.text)")
        }
    }

    @Test func thePaletteIsThatOfLightPaper() {
        let palette = PrintPalette(
            styleSheet: ":root { --ink: #336699; } @media (prefers-color-scheme: dark) { :root { --ink: #ffffff; } }")
        #expect(palette.colour("ink") == (0x33 / 255.0, 0x66 / 255.0, 0x99 / 255.0))
        // A theme is loaded after our sheet and names the colours that it changes; its dark ones are not for paper.
        let themed = PrintPalette(
            styleSheet: """
                :root { --ink: #336699; --s1: #000000; }
                /* :root { --s1: #111111; } */
                @media (prefers-color-scheme: dark) { :root { --s1: #222222; } }
                :root { --s1: #ff8000; }
                .x { --s1: #333333; }
                """)
        #expect(themed.colour("s1") == (1, 128 / 255.0, 0))
        #expect(themed.colour("ink") == (0x33 / 255.0, 0x66 / 255.0, 0x99 / 255.0))
    }

    @Test func linksOfAPartLeadToParts() {
        var page = Self.page("a/index.html")
        // Places of sections that stand elsewhere now: many pages have the same.
        page.sections[0].anchors = ["old"]
        let part = OneFilePage(page, ["a/index.html": 0, "b/index.html": 1]).page
        #expect(part.sections.map(\.id) == ["p0-part"])
        #expect(part.sections[0].anchors == ["p0-old"])
        #expect(part.alternates.isEmpty)
        #expect(part.lead.pieces.contains(.link(Link(path: "#p1", text: "the other"))))
        let alone = OneFilePage(Self.page("a/index.html"), ["a/index.html": 0]).page
        #expect(alone.lead.plain == part.lead.plain)
        #expect(!alone.lead.pieces.contains { if case .link = $0 { true } else { false } })
    }

    @Test func aScriptIsNoMarkup() {
        let scan = MarkupScan(
            Array("<p id=\"a\"></p><script>if (a<b == \"<p id=x>\") { }</script><p id=\"b\"></p>".utf8))
        #expect(scan.ids == ["a", "b"])
    }
}
