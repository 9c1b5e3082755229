import Foundation
import Report
import TestSupport
import Testing

@testable import Site

/// Texts of the guide to pages.
@Suite struct GuidePageTests {
    @Test func aPageIsAHeadingALeadAndParts() throws {
        let page = try GuidePage(
            name: "alerts", text: "# Alerts: rules\n\nWhat *they* are.\n\n## A rule\n\nx\n\n### `b_c`, d\n")
        #expect(page.title == "Alerts: rules")
        #expect(page.shortTitle == "Alerts")
        #expect(page.lead.words == "What they are.")
        #expect(page.contents.map(\.id) == ["a-rule"])
        #expect(page.ids.values.sorted() == ["a-rule", "b_c-d"])
        #expect(page.path == "help/alerts.html")
    }

    @Test(arguments: [
        ("x", "begins with a heading"), ("# A\n\n## B", "begins with a heading"), ("# A\n\nb\n\n# C", "level 2 or 3"),
        ("# A\n\nb\n\n## C\n\n## c", "stands twice"), ("# A\n\nb <i>c</i>", "html_inline"),
        ("# A\n\nb\n\n- c\n\n  | d | |\n  |---|---|\n  | e | f |", "column 2 of the table has no heading"),
    ])
    func whatNoPageCanShowIsSaid(text: String, message: String) {
        #expect(performing: { try GuidePage(name: "a", text: text) }, throws: { "\($0)".contains(message) })
    }

    @Test(arguments: [
        ("b.md", "b.html"), ("guide.md", "index.html"), ("b.md#c", "b.html#c"), ("#c", "#c"),
        ("https://doi.org/1", "https://doi.org/1"),
    ])
    func linksLeadToPages(written: String, address: String) {
        #expect(GuideLink(written).address == address)
    }

    @Test func pagesStandAsTheFirstLeadsToThem() throws {
        let pages = try [("a", "x"), ("b", "x"), ("c", "x"), ("guide", "[c](c.md), [a](a.md)")].map {
            try GuidePage(name: $0, text: "# \($0)\n\n\($1)")
        }
        #expect(GuidePage.inOrder(pages).map(\.name) == ["guide", "c", "a", "b"])
    }
}

/// The guide as part of a site.
@Suite struct GuideSiteTests {
    private func contents(_ run: String) -> SiteContents {
        let page = { (path: String) in
            PlannedPage(
                Page(path: path, kind: "analysis", title: "A page of Kim", lead: "A lead.", sections: []))
        }
        return SiteContents(
            run: SiteRun(folder: run, day: "a day", id: "id", zone: "UTC", due: ("2026-11-21", "a later day")),
            pages: [page("index.html"), page("methods/index.html")], archivePages: [page("../../archive/index.html")],
            navigation: [], runFiles: [SiteFile(path: "summary.json") { Array("{}".utf8) }], siteFiles: [],
            isNewest: true)
    }

    private func builder(_ folder: URL, _ guide: URL) -> SiteBuilder {
        var settings = SiteSettings(
            output: folder.appending(path: "site").path, templates: Repository.root.appending(path: "Templates").path,
            userTemplates: nil, title: "Site", version: "0", jobs: 1)
        settings.guide = guide.path
        return SiteBuilder(settings: settings)
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "docs"), withIntermediateDirectories: true)
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // a left-over folder fails no test
        try await body(folder)
    }

    @Test func theGuideIsWrittenOnceForAllRuns() async throws {
        let guide = Repository.root.appending(path: "docs")
        try await inFolder { folder in
            let builder = builder(folder, guide)
            let first = try await builder.stage(contents("2026-11-18"))
            #expect(first.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
            _ = try builder.publish(first, run: contents("2026-11-18").run)
            let site = folder.appending(path: "site")
            let names = try FileManager.default.contentsOfDirectory(atPath: guide.path).filter { $0.hasSuffix(".md") }
            let pages = try FileManager.default.contentsOfDirectory(atPath: site.appending(path: "help").path)
            // Each with its text, whose links lead to texts.
            #expect(pages.count == 2 * names.count)
            #expect(Set(pages.filter { $0.hasSuffix(".html") }.map { $0.dropLast(4) + "md" }).isSubset(of: pages))
            for page in pages where page.hasSuffix(".md") {
                let text = try String(contentsOf: site.appending(path: "help/\(page)"), encoding: .utf8)
                for link in text.matches(of: #/\]\((?<name>[a-z]+\.md)/#).map({ String($0.output.name) }) {
                    #expect(pages.contains(link), "\(page) leads to \(link)")
                }
            }
            let landing = try String(contentsOf: site.appending(path: "runs/2026-11-18/index.html"), encoding: .utf8)
            #expect(landing.contains("href=\"../../help/index.html\""))
            let index = try String(contentsOf: site.appending(path: "search-index.js"), encoding: .utf8)
            #expect(index.contains("../../help/alerts.html"))

            // The next night finds every page of it as it is.
            let second = try await builder.stage(contents("2026-11-19"))
            let help = { (staged: SiteBuilder.Staged) in
                Dictionary(uniqueKeysWithValues: staged.siteFiles.filter { $0.path.hasPrefix("help/") })
            }
            #expect(help(second) == help(first))
            #expect(help(second).count == 2 * names.count)
        }
    }

    @Test func brokenLinksOfTheGuideAreFaults() async throws {
        try await inFolder { folder in
            let docs = folder.appending(path: "docs")
            try Data("# G\n\n[a](a.md#b), [c](c.md), [w](../x)\n".utf8).write(to: docs.appending(path: "guide.md"))
            try Data("# A\n\nb\n".utf8).write(to: docs.appending(path: "a.md"))
            await #expect(
                performing: { try await builder(folder, docs).stage(contents("2026-11-19")) },
                throws: { "\($0)".contains("guide.md:3: the guide links to its own texts") })
            try Data("# G\n\n[a](a.md#b), [c](c.md)\n".utf8).write(to: docs.appending(path: "guide.md"))
            let staged = try await builder(folder, docs).stage(contents("2026-11-19"))
            let errors = staged.diagnostics.filter { $0.severity == .error }.map(\.description)
            #expect(errors.count == 2)
            #expect(errors.contains { $0.contains("`a.html#b` leads to no place") })
            #expect(errors.contains { $0.contains("`c.html` leads to no file") })
        }
    }

    /// A word of the guide that is also the id of somebody tells of nobody.
    @Test func theGuideNamesNobody() async throws {
        try await inFolder { folder in
            let docs = folder.appending(path: "docs")
            try Data("# G\n\nWritten by Kim for kim.\n".utf8).write(to: docs.appending(path: "guide.md"))
            let staged = try await builder(folder, docs).stage(contents("2026-11-19"), hiding: ["kim", "Kimberley"])
            #expect(staged.leaks.allSatisfy { !$0.path.hasPrefix("help/") })
        }
    }
}
