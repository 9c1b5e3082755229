import Charts
import Diagnostics
import Foundation
import Report
import Site
import TestSupport
import Testing

@Suite(.serialized) struct SiteBuilderTests {
    private func builder(_ output: URL, templates: String? = nil) -> SiteBuilder {
        SiteBuilder(
            settings: SiteSettings(
                output: output.path, templates: Repository.root.appending(path: "Templates").path,
                userTemplates: templates,
                title: "Site",
                version: "0", jobs: 2))
    }

    private func contents(_ pages: [Page], run: String = "2026-11-19") -> SiteContents {
        SiteContents(
            run: SiteRun(folder: run, day: "a day", id: "id", zone: "UTC", due: ("2026-11-21", "a later day")),
            pages: pages.map { PlannedPage($0) },
            archivePages: [
                PlannedPage(
                    Page(
                        path: "../../archive/index.html", kind: "archive", title: "Archive", lead: "All.", sections: [])
                )
            ], navigation: [NavigationGroup(title: "Overview", entries: [Link(path: "index.html", text: "Overview")])],
            runFiles: [
                SiteFile(path: "summary.json", copy: "summaries/2026-11-05.json") { Array("{}".utf8) },
                SiteFile(path: "data/index.html.csv") { Array("a\r\n".utf8) },
            ], siteFiles: [SiteFile(path: "schema/summary.schema.json") { Array("{}".utf8) }], isNewest: true)
    }

    private func page(_ path: String, _ blocks: [Block], title: String = "A page") -> Page {
        Page(
            path: path, kind: "analysis", title: title, lead: "A lead.",
            sections: [PageSection(id: "s", title: "S", blocks: blocks)])
    }

    /// The pages that the layout's footer links to.
    private var base: [Page] { [page("index.html", [.prose("Hello.")]), page("methods/index.html", [.prose("How.")])] }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // a left-over folder fails no test
        try await body(folder)
    }

    private func errors(_ staged: SiteBuilder.Staged) -> [String] {
        staged.diagnostics.filter { $0.severity == .error }.map(\.description)
    }

    /// Compares a page with its golden file, content hashes of assets left out; a missing one is recorded and fails.
    private func expectGolden(_ page: String, _ name: String) throws {
        let text = page.replacing(/\.[0-9a-f]{12}\./, with: ".HASH.")
        let file = Repository.fixture("golden/" + name)
        guard let golden = try? String(contentsOf: file, encoding: .utf8) else {  // recorded below
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            Issue.record("\(name) was missing; it is recorded now: read it")
            return
        }
        #expect(text == golden)
    }

    @Test func everyKindOfBlockIsDrawn() async throws {
        let figure = Figure(
            title: "F", description: "D.", x: Axis(title: "x", scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "y", scale: .linear(domain: nil, includesZero: false)),
            marks: [.line([.init(x: 0, y: 1), .init(x: 1, y: 2)], tone: .series(1))])
        let table = TableBlock(
            caption: "C", columns: [.init("A"), .init("N", unit: "s", isNumeric: true)],
            rows: [
                [TableCell("row"), TableCell("1", sortKey: 1)], [TableCell("gap"), TableCell(nil, reason: "why not")],
            ])
        let block = FigureBlock(figure: figure, caption: "caption", data: table)
        let blocks: [Block] = [
            .prose(
                Prose([
                    .text("t"), .strong("s"), .code("c"), .time(iso: "2026-01-01", text: "day"),
                    .link(Link(path: "index.html", text: "l")),
                ])),
            .keyFigures([
                KeyFigure(label: "K", value: nil, note: "n"),
                KeyFigure(label: "K2", value: "1", note: "n", change: "+1", tone: .good),
            ]),
            .figure(block), .multiples([block, block]), .table(table),
            .findings([FindingItem(id: "f1", claim: "claim", evidence: "e", tone: .bad)]),
            .definitions([Definition("T", text: "x")]),
            .notice("notice"), .links([Definition("T", link: Link(path: "index.html", text: "T"), text: "x")]),
        ]
        try await inFolder { folder in
            let staged = try await builder(folder).stage(contents(base + [page("x/y.html", blocks)]))
            #expect(errors(staged).isEmpty, "\(errors(staged))")
            _ = try builder(folder).publish(staged, run: contents(base).run)
            let text = try String(
                contentsOf: folder.appending(path: "runs/2026-11-19/x/y.html"), encoding: .utf8)
            for words in [
                "why not", "not known", "<strong>s</strong>", "<code>c</code>", "datetime=\"2026-01-01\"",
                "href=\"../index.html\"", "Worse", "notice",
            ] {
                #expect(text.contains(words), "\(words)")
            }
            try expectGolden(text, "pages/blocks.html")
        }
    }

    private func errors(of page: Page, in folder: URL) async throws -> String {
        errors(try await builder(folder).stage(contents(base + [page]))).joined(separator: "\n")
    }

    @Test func faultsStopPublishing() async throws {
        try await inFolder { folder in
            let link = { (path: String) in
                self.page("x.html", [.links([Definition("T", link: Link(path: path, text: "T"), text: "x")])])
            }
            let broken = try await errors(of: link("nowhere.html"), in: folder)
            #expect(broken.contains("nowhere.html"))
            let fragment = try await errors(of: link("index.html#nope"), in: folder)
            #expect(fragment.contains("#nope"))
            let finding = FindingItem(id: "same", claim: "c", evidence: "e", tone: .muted)
            let twice = try await errors(of: page("x.html", [.findings([finding]), .findings([finding])]), in: folder)
            #expect(twice.contains("stands twice"))
        }
    }

    @Test func aHeavyPageIsPublishedWithAWarning() async throws {
        try await inFolder { folder in
            let long = Prose(String(repeating: "word ", count: 60_000))
            let staged = try await builder(folder).stage(contents(base + [page("x.html", [.prose(long)])]))
            #expect(errors(staged).isEmpty)
            let warning = try #require(staged.diagnostics.first { $0.message.contains("weighs") })
            #expect(warning.severity == .warning && warning.fix?.contains("maximum_groups") == true)
        }
    }

    @Test func publishingTwiceWritesOnce() async throws {
        try await inFolder { folder in
            let (site, contents) = (builder(folder), contents(base))
            let first = try site.publish(try await site.stage(contents), run: contents.run)
            let second = try site.publish(try await site.stage(contents), run: contents.run)
            #expect(first.written > 5 && first.unchanged == 0)
            #expect(second.written == 0 && second.unchanged == first.written)
        }
    }

    @Test func aKilledRunLeavesNoTrace() async throws {
        try await inFolder { folder in
            let staging = folder.appending(path: ".staging/runs/2026-11-19")
            try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
            try Data("half".utf8).write(to: staging.appending(path: "index.html"))
            let site = builder(folder)
            _ = try site.publish(try await site.stage(contents(base)), run: contents(base).run)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: ".staging").path))
            #expect(
                try String(contentsOf: folder.appending(path: "runs/2026-11-19/index.html"), encoding: .utf8).contains(
                    "Hello."))
        }
    }

    @Test func whatIsStagedAndNotPublishedLeavesNothing() async throws {
        try await inFolder { folder in
            _ = try await builder(folder).stage(contents(base), isKept: false)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            _ = try await builder(folder).stage(contents(base))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func whatMustNotBePublishedIsFoundWhereItStands() async throws {
        try await inFolder { folder in
            let pages = base + [page("x.html", [.prose("Said by user-17.")])]
            let staged = try await builder(folder).stage(contents(pages), hiding: ["user-17", "user-18"])
            #expect(staged.leaks.map(\.path) == ["runs/2026-11-19/x.html"])
        }
    }

    @Test func aRunIsReplacedWhole() async throws {
        try await inFolder { folder in
            let site = builder(folder)
            let first = contents(base + [page("old.html", [.prose("old")])])
            _ = try site.publish(try await site.stage(first), run: first.run)
            let second = contents(base + [page("new.html", [.prose("new")])])
            _ = try site.publish(try await site.stage(second), run: second.run)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "runs/2026-11-19").path)
            #expect(names.contains("new.html") && !names.contains("old.html"))
        }
    }

    /// The one file holds the user's logo, unless it is so large that it takes the place of pages.
    @Test(arguments: [(100_000, true), (100_001, false)])
    func oneFileHoldsTheLogo(size: Int, isHeld: Bool) async throws {
        try await inFolder { folder in
            let assets = folder.appending(path: "own/assets")
            try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
            let logo = Data("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)
            try (logo + Data(repeating: 0x20, count: size - logo.count)).write(to: assets.appending(path: "logo.svg"))
            let output = folder.appending(path: "out")
            let builder = builder(output, templates: folder.appending(path: "own").path)
            var contents = contents(base)
            contents.hasOneFile = true
            let staged = try await builder.stage(contents)
            #expect(errors(staged) == [])
            _ = try builder.publish(staged, run: contents.run)
            let text = try String(contentsOf: output.appending(path: "runs/2026-11-19/report.html"), encoding: .utf8)
            // printf '<svg xmlns="http://www.w3.org/2000/svg"/>' | base64
            let start = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4g"
            #expect(text.contains("<img src=\"data:image/svg+xml;base64,\(start)") == isHeld)
        }
    }
}
