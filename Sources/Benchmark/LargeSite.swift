import Charts
import Foundation
import Model
import Report
import Site

extension Benchmark {
    /// A site of so many pages, each as the page of a group is: twelve figures with their lines, ten findings and two tables
    /// of sixteen rows. Written twice: from nothing, and over itself.
    static func largeSite(pages: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "assay-bench-\(ProcessInfo.processInfo.processIdentifier)")
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // left-overs harm nothing
        let templates = ProcessInfo.processInfo.environment["ASSAY_TEMPLATES"] ?? "Templates"
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let builder = SiteBuilder(
            settings: SiteSettings(
                output: folder.path, templates: templates, userTemplates: nil, title: "Benchmark", version: "0",
                jobs: cores))
        let planned = PlannedPage.withTwins(
            [PlannedPage(path: "index.html") { page(0, of: pages, at: "index.html") }]
                + ["data", "methods"].map { name in
                    PlannedPage(path: "\(name)/index.html") { page(1, of: pages, at: "\(name)/index.html") }
                }
                + (3..<max(3, pages)).map { number in
                    PlannedPage(path: path(of: number)) { page(number, of: pages, at: path(of: number)) }
                })
        let run = SiteRun(
            folder: "2026-11-19", day: "19 November 2026", id: "id", zone: "UTC", due: ("2026-11-21", "—"))
        let archive = Page(
            path: "../../archive/index.html", kind: "archive", title: "Archive", lead: "All.", sections: [])
        print("pages\tseconds\tpages_per_second\tmegabytes\tpeak_memory_mb\twhat")
        for what in ["written", "over itself"] {
            let clock = ContinuousClock()
            let start = clock.now
            let contents = SiteContents(
                run: run, pages: planned, archivePages: [PlannedPage(archive)],
                navigation: [NavigationGroup(title: "Groups", entries: [Link(path: "index.html", text: "Groups")])],
                runFiles: [SiteFile(path: "summary.json") { Array("{}".utf8) }], siteFiles: [], isNewest: true)
            let staged = try await builder.stage(contents)
            for problem in staged.diagnostics.filter({ $0.severity == .error }).prefix(3) { print(problem) }
            let outcome = try builder.publish(staged, run: run)
            let seconds = (clock.now - start) / .seconds(1)
            let rate = Int(Double(pages) / seconds)
            let time = String((seconds * 100).rounded() / 100)
            print("\(pages)\t\(time)\t\(rate)\t\(outcome.runBytes >> 20)\t\(Memory.peakMegabytes)\t\(what)")
        }
    }

    private static func path(of number: Int) -> String { "groups/team/t\(number).html" }

    private static func figures(_ value: (Int) -> Double) -> [KeyFigure] {
        (0..<12).map { metric in
            let points = (0..<90).map { Mark.Point(x: Double($0), y: value($0 + metric)) }
            return KeyFigure(
                label: "Metric \(metric)", value: "\(value(metric))", note: "mean of 7 days, n = 460",
                change: "+0.1 against the 7 days before (not certain)",
                sparkline: Figure(
                    title: "Metric \(metric)", description: "90 days.", size: .sparkline,
                    x: Axis(title: "", scale: .hidden), y: Axis(title: "", scale: .hidden),
                    marks: [.line(points, tone: .series(1))]))
        }
    }

    private static func page(_ number: Int, of pages: Int, at path: String) -> Page {
        let value = { (step: Int) in Double((number &* 7919 &+ step &* 104_729) % 1000) / 1000 }
        let findings = (0..<10).map {
            FindingItem(
                id: "f\($0)", claim: Prose("Metric \($0) of group \(number) rises."),
                evidence: "+0.02 · 95 % interval +0.01 to +0.03 · n = 460 · p = 0.003", tone: .good,
                link: Link(path: "index.html", text: "Trend"))
        }
        let table = TableBlock(
            caption: "Each metric",
            columns: [.init("Metric")] + (1...7).map { .init("Column \($0)", isNumeric: true) },
            rows: (0..<16).map { row in
                [TableCell("Metric \(row)", link: Link(path: "index.html", text: "Metric \(row)"))]
                    + (1...7).map { TableCell("\(value(row + $0))") }
            })
        return Page(
            path: path, kind: "analysis", title: "Team: \(number)", lead: "460 records, 2 metrics improving.",
            crumbs: [Link(path: "index.html", text: "Overview")],
            next: number + 1 < pages && number >= 3 ? Link(path: Self.path(of: number + 1), text: "next") : nil,
            sections: [
                PageSection(
                    id: "figures", title: "Key figures", depth: .executive, blocks: [.keyFigures(figures(value))]),
                PageSection(id: "findings", title: "Findings", depth: .executive, blocks: [.findings(findings)]),
                PageSection(id: "trends", title: "Trends", blocks: [.table(table)]),
                PageSection(id: "distributions", title: "Distributions", blocks: [.table(table)]),
            ])
    }
}
