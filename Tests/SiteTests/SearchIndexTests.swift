import Foundation
import Report
import TestSupport
import Testing

@testable import Site

@Suite struct SearchIndexTests {
    private let run = SiteRun(folder: "2026-11-19", day: "a day", id: "id", zone: "UTC", due: ("2026-11-21", "later"))

    private func page(_ path: String, _ title: String, lead: Prose = "A lead.") -> Page {
        Page(
            path: path, kind: "analysis", title: title, lead: lead,
            crumbs: [Link(path: "index.html", text: "Overview"), Link(path: "trends/index.html", text: "Trends")],
            sections: [])
    }

    @Test func anEntryHasPathTitleWhereItStandsAndSentence() {
        let bytes = SearchIndex.bytes(of: [SearchIndex.entry(of: page("trends/a.html", "Über \"a\""))], run: run)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "assaySearch(\"runs/2026-11-19/\",[[\"trends/a.html\",\"Über \\\"a\\\"\",\"Trends\",\"A lead.\"]]);\n"
        )
    }

    /// A browser tries the search itself (`make browser-test`); here the call and the function are held together.
    @Test func theScriptTakesWhatTheIndexGives() throws {
        let script = try String(
            contentsOf: Repository.root.appending(path: "Templates/assets/search.js"), encoding: .utf8)
        #expect(script.contains("window.assaySearch = function (path, pages) {"))
    }

    @Test func hostileTitlesStayInsideTheirString() {
        let bytes = SearchIndex.bytes(
            of: [SearchIndex.entry(of: page("a.html", "</script>\u{2028}\");alert(1)//"))], run: run)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("</") && !text.contains("\u{2028}") && text.contains("\\\");alert(1)//\""))
    }

    @Test func everyBrowserScriptTogetherKeepsTheBudget() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Templates/assets")
        let scripts = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".js") }
        let sizes = try scripts.map { try Data(contentsOf: folder.appending(path: $0)).count }
        #expect(scripts.count >= 2 && sizes.reduce(0, +) <= SiteBudget.scriptBytes)
    }
}
