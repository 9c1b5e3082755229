import Foundation
import Ingest
import Model
import Report
import Site

extension Settings {
    /// The files of the sources' patterns, below the configuration's folder.
    func ownFiles() throws -> [ExportFile] {
        try ExportFiles.expand(sources.flatMap(paths))
    }

    /// Where the site goes and what it is made with.
    func site(jobs: Int) -> SiteSettings {
        var site = SiteSettings(
            output: output, templates: templates, userTemplates: userTemplates, title: title, version: assayVersion,
            jobs: jobs)
        site.baseAddress = baseAddress
        site.guide = guide
        return site
    }

    /// The folder of the user guide, which lies beside the bundled templates; nil where it does not.
    var guide: String? {
        let folder = URL(filePath: templates).deletingLastPathComponent().appending(path: "docs").path
        return FileManager.default.fileExists(atPath: folder + "/guide.md") ? folder : nil
    }

    /// The run as pages name it.
    func siteRun(_ run: RunIdentity, _ day: Day) -> SiteRun {
        // A report is made on the morning after its day, so the next one on the morning after that.
        let due = day.advanced(by: 2)
        return SiteRun(
            folder: day.iso, day: RunReport.words(for: day), id: run.id, zone: zone.name,
            due: (due.iso, RunReport.words(for: due)))
    }

    /// A link to another run: to its landing page, or to its place in the archive where pages are taken away one day.
    private func neighbour(_ day: Day) -> Link {
        let text = RunReport.words(for: day)
        return retention.runs == nil
            ? Link(path: "../\(day.iso)/index.html", text: text)
            : Link(path: RunReport.archivePath(of: day), text: text)
    }

    /// Tables that belong to all runs: the newest run writes them; an older one writes those that are missing.
    private func shared(_ report: RunReport, isNewest: Bool) -> [SiteFile] {
        report.shared.filter { isNewest || !stands($0.path) }.map { file in
            SiteFile(path: file.path) { file.table.bytes }
        }
    }

    /// The style guide, from the same runs.
    private func styleGuide(_ report: RunReport, isNewest: Bool) -> [PlannedPage] {
        isNewest || !stands("archive/style.html") ? report.stylePage : []
    }

    private func stands(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(output)/\(path)") }

    /// Everything that is published of a report.
    func contents(
        _ report: RunReport, _ run: RunIdentity, _ day: Day, _ published: Set<Day>, _ changes: ChangePages,
        _ request: BuildRequest
    ) -> SiteContents {
        let isNewest = published.allSatisfy { $0 <= day }
        var contents = SiteContents(
            run: siteRun(run, day), pages: report.pages,
            archivePages: report.archivePages.map { changes.hasIndex ? $0.adding(RunComparisonPage.entrance) : $0 }
                + styleGuide(report, isNewest: isNewest) + changes.pages,
            navigation: report.navigation,
            neighbours: (report.neighbours.previous.map(neighbour), report.neighbours.next.map(neighbour)),
            runFiles: [
                SiteFile(path: "summary.json", copy: "summaries/\(day.iso).json") { report.summary.asSummary }
            ] + report.exports.map { file in SiteFile(path: file.path) { file.table.bytes } }
                + report.documents.map { file in SiteFile(path: file.path) { file.bytes } },
            siteFiles: shared(report, isNewest: isNewest)
                + report.schemas.map { file in SiteFile(path: file.path) { file.schema.pretty } }
                + (isNewest
                    ? [
                        SiteFile(path: "llms.txt") { Array(report.readingList.utf8) },
                        SiteFile(path: "assay.prom") { Array(Gauge.text(report.gauges).utf8) },
                    ] : []),
            isNewest: isNewest)
        contents.earlierFolder = report.neighbours.previous?.iso
        contents.feed = changes.feed
        contents.hasOneFile = request.hasOneFile
        contents.hasPDF = request.hasPDF
        return contents
    }
}

extension SiteBuilder.Staged {
    /// Says what the checks found.
    ///
    /// - Throws: `ExitStatus.failed` where it forbids publishing, a failure where a person is named.
    func requireSoundWithoutNames(_ messages: MessageSink) throws {
        messages.say(diagnostics)
        if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.failed }
        try requireNobody(messages)
    }
}

extension BuildRequest {
    /// The as-of day that was asked for; nil for the newest.
    func asOfDay(_ zone: ZoneRules, _ surroundings: Surroundings) throws -> Day? {
        try Pipeline.asOfDay(asOf, zone, surroundings)
    }
}

/// The day that a text names; nil for the newest.
func asOfDay(_ text: String?, _ zone: ZoneRules, _ surroundings: Surroundings) throws -> Day? {
    switch text {
    case nil, "newest": return nil
    case "today": return surroundings.today(in: zone)
    case "yesterday": return surroundings.today(in: zone).advanced(by: -1)
    case .some(let text):
        guard let day = Day(iso: text) else {
            throw Failure(.usage, "--as-of takes YYYY-MM-DD, today, yesterday or newest, found `\(text)`")
        }
        return day
    }
}
