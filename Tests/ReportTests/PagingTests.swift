import Charts
import Testing

@testable import Report

/// Pages that are too large, in parts.
@Suite struct PagingTests {
    private func table(_ rows: Int, _ columns: Int = 5) -> TableBlock {
        TableBlock(
            caption: "C", columns: (0..<columns).map { TableBlock.Column("\($0)") },
            rows: (0..<rows).map { row in (0..<columns).map { TableCell("\(row) \($0)") } })
    }

    private func page(_ sections: [PageSection], path: String = "a/b.html", title: String = "B") -> Page {
        Page(
            path: path, kind: "analysis", title: title, lead: "L", crumbs: [Link(path: "index.html", text: "Overview")],
            previous: Link(path: "a/a.html", text: "A"), next: Link(path: "a/c.html", text: "C"), sections: sections)
    }

    private func sections(_ count: Int, rows: Int) -> [PageSection] {
        (0..<count).map { PageSection(id: "s\($0)", title: "S\($0)", blocks: [.table(table(rows))]) }
    }

    private func rows(_ pages: [Page]) -> [[String?]] {
        pages.flatMap(\.sections).flatMap(\.blocks).flatMap { block -> [[TableCell]] in
            switch block {
            case .table(let table): table.rows
            case .figure(let figure): figure.data?.rows ?? []
            default: []
            }
        }.map { $0.map(\.text) }
    }

    @Test func whatFitsStaysAsItIs() {
        let pages = [page(sections(3, rows: 20)), page(sections(1, rows: 5), path: "x.html")]
        #expect(Paging(pages).pages == pages)
    }

    @Test func sectionsStayWhole() {
        let parts = Paging([page(sections(10, rows: 50))]).pages
        #expect(parts.map(\.path) == ["a/b.html", "a/b-page-2.html", "a/b-page-3.html"])
        #expect(parts.map(\.title) == ["B", "B, page 2", "B, page 3"])
        #expect(parts.map(\.beginning) == [nil, "a/b.html", "a/b.html"])
        #expect(parts[1].lead == "Page 2 of 3: S4, S5, S6, S7.")
        #expect(parts.allSatisfy { NodeEstimate.nodes(of: $0) <= Paging.mostNodes })
        #expect(rows(parts) == rows([page(sections(10, rows: 50))]))
        // In reading order between the page's own neighbours.
        #expect(parts.map { $0.previous?.path } == ["a/a.html", "a/b.html", "a/b-page-2.html"])
        #expect(parts.map { $0.next?.path } == ["a/b-page-2.html", "a/b-page-3.html", "a/c.html"])
    }

    @Test func fragmentsOfSectionsPutTogetherMoveWithThem() {
        var together = sections(10, rows: 50)
        together[9].anchors = ["x"]
        let other = page(
            [PageSection(id: "o", title: "O", blocks: [.prose(Prose([.link(Link(path: "a/b.html#x", text: "X"))]))])],
            path: "o.html")
        let pages = Paging([page(together), other]).pages
        #expect(pages[0].sections.last.map { $0.anchors.suffix(2) } == ["s9", "x"])
        #expect(pages.last?.sections[0].blocks == [.prose(Prose([.link(Link(path: "a/b-page-3.html#x", text: "X"))]))])
    }

    @Test func everySectionIsReachedOnTheFirstPart() throws {
        let parts = Paging([page(sections(10, rows: 50))]).pages
        let first = parts[0].sections
        let ways = try #require(first.last)
        #expect(first.dropLast().map(\.id) + ways.anchors == (0..<10).map { "s\($0)" })
        #expect(ways.id == "further" && ways.blocks.count == 2)
        guard case .prose(let words) = ways.blocks[1], case .link(let link)? = words.pieces.dropLast().last else {
            Issue.record("no link")
            return
        }
        #expect(words.pieces[0] == .text("B, page 3: "))
        #expect(link == Link(path: "a/b-page-3.html#s9", text: "S9"))
    }

    @Test func linksLeadToThePartItself() {
        let other = Page(
            path: "index.html", kind: "overview", title: "O", lead: "L",
            sections: [
                PageSection(
                    id: "x", title: "X",
                    blocks: [
                        .links([
                            Definition("1", link: Link(path: "a/b.html#s1", text: "1"), text: "1"),
                            Definition("9", link: Link(path: "a/b.html#s9", text: "9"), text: "9"),
                            Definition("b", link: Link(path: "a/b.html", text: "b"), text: "b"),
                            Definition("x", link: Link(path: "#x", text: "x"), text: "x"),
                        ])
                    ])
            ])
        let linked = Paging([other, page(sections(10, rows: 50))]).pages[0]
        guard case .links(let items) = linked.sections[0].blocks[0] else { return }
        #expect(items.map { $0.link?.path } == ["a/b.html#s1", "a/b-page-3.html#s9", "a/b.html", "#x"])
    }

    @Test func longTablesGoOnWithTheirNextRows() {
        let long = page([
            PageSection(id: "t", title: "T", depth: .technical, blocks: [.prose("p"), .table(table(900))])
        ])
        let parts = Paging([long]).pages
        #expect(parts.count == 5)
        #expect(rows(parts) == rows([long]))
        #expect(parts.allSatisfy { NodeEstimate.nodes(of: $0) <= Paging.mostNodes })
        #expect(
            parts.map { $0.sections[0].title } == ["T", "T, continued", "T, continued", "T, continued", "T, continued"])
        #expect(parts.allSatisfy { $0.sections[0].depth == .technical && $0.sections.count == 1 })
        guard case .table(let first) = parts[0].sections[0].blocks[1] else { return }
        #expect(first.caption == "C; rows 1 to \(first.rows.count) of 900")
    }

    @Test func theDataOfAFigureGoOnBehindIt() {
        let axis = Axis(title: "x", scale: .linear(domain: nil, includesZero: false))
        let figure = FigureBlock(
            figure: Figure(title: "F", description: "D", x: axis, y: axis, marks: []), caption: "c", data: table(400))
        let long = page([PageSection(id: "f", title: "F", blocks: [.figure(figure)])])
        let parts = Paging([long]).pages
        #expect(parts.count == 2)
        #expect(rows(parts) == rows([long]))
    }

    @Test func theLandingPageStaysOne() {
        let landing = page(sections(10, rows: 50), path: "index.html")
        #expect(Paging([landing]).pages == [landing])
    }

    @Test func noPageIsWrittenOver() {
        let pages = [page(sections(10, rows: 50)), page([], path: "a/b-page-2.html")]
        let paths = Paging(pages).pages.map(\.path)
        #expect(Set(paths).count == paths.count)
        #expect(paths == ["a/b.html", "a/b-page-2-.html", "a/b-page-3.html", "a/b-page-2.html"])
    }
}
