import Diagnostics
import Drawing
import Foundation
import Report

/// Renders, checks and publishes a site.
public struct SiteBuilder: Sendable {
    /// Where the site goes and what it is made with.
    public let settings: SiteSettings

    /// A builder with settings.
    public init(settings: SiteSettings) { self.settings = settings }

    /// Writes single files of a published site anew, each in one step; a site that is not there stays so.
    ///
    /// - Throws: `SiteError` where another build holds the folder or a file cannot be written.
    public static func replace(_ files: [(path: String, bytes: [UInt8])], in output: String) throws(SiteError) {
        let standing = files.filter { FileManager.default.fileExists(atPath: "\(output)/\($0.path)") }
        guard !standing.isEmpty else { return }
        let publication = try Publication(output: output)
        defer { publication.release() }
        for file in standing { _ = try publication.publish(file: file.path, bytes: file.bytes) }
        try publication.clean()
    }

    /// A site that is rendered and checked: the run's files stand beside the published ones, the others are in memory.
    public struct Staged: Sendable {
        /// The files of the run's folder.
        public var runFiles: [StagedFile]
        /// Files of the site besides, in the order in which they must appear: what others refer to comes first.
        public var siteFiles: [(path: String, bytes: [UInt8])]
        /// What the checks found; an error forbids publishing.
        public var diagnostics: [Diagnostic]
        /// The search for words that must not be published.
        public var scan: LeakScan
        /// Where they stand, by path: at most `leastShown` and those of one page more.
        public var leaks: [LeakScan.Hit]
        /// The folder in the making; nil where nothing is kept.
        let staging: Staging?

        /// How many leaks are worth telling.
        static let leastShown = 20
    }

    /// Renders and checks a site page by page, so that memory does not grow with the bytes of its pages.
    ///
    /// - Parameters:
    ///   - words: what must not be published (ids of people as exports write them).
    ///   - kept: ids of earlier nights, of which codes alone are known.
    ///   - isKept: false to write nothing at all, for a dry run.
    ///   - later: pages that are made after the others, a few at a time; they are in no search index and no list of addresses.
    /// - Throws: `SiteError` when a template is wrong, a figure cannot be drawn or the output cannot be written.
    public func stage(
        _ contents: SiteContents, hiding words: some Sequence<String> = [], and kept: KeptIds? = nil,
        isKept: Bool = true,
        later: LaterPages? = nil
    ) async throws -> Staged {
        let folder = try TemplateFolder(bundled: settings.templates, user: settings.userTemplates)
        let assets = folder.assets.map { asset in
            (name: asset.name, path: "assets/" + hashedName(asset.name, asset.bytes), bytes: asset.bytes)
        }
        let guide = try Guide(folder: settings.guide)
        let rendering = PageRendering(
            settings: settings, run: contents.run, navigation: contents.navigation, neighbours: contents.neighbours,
            templates: folder.templates,
            assetNames: Dictionary(assets.map { (key($0.name), $0.path) }) { first, _ in first }, guide: guide)
        let making = SiteMaking(
            rendering: rendering, run: contents.run.folder, scan: LeakScan(words, kept: kept),
            check: SiteCheck(
                files: Set(assets.map(\.path) + (guide?.paths ?? [])).union(
                    contents.paths(with: later?.promised ?? [])),
                loads: Dictionary(assets.map { ($0.path, $0.bytes.count) }) { $1 },
                landing: contents.landing, output: settings.output),
            staging: isKept
                ? try Staging(
                    output: settings.output, folder: "runs/\(contents.run.folder)",
                    earlier: contents.earlierFolder.map { "runs/\($0)" }) : nil)

        async let others = contents.siteFiles.map(\.made)
        var made = try await making.pages(contents.pages, contents.runFiles, jobs: settings.jobs)
        for file in try wholeReports(contents, rendering, folder, made) {
            made.files.append(try making.file(file.path, file.bytes))
        }
        var faults: [Diagnostic] = []
        if let later {
            let after = try await making.files(of: later)
            made.files += after.files
            faults = after.diagnostics
        }
        made.files.append(try making.file(SiteBuilder.manifestName, manifest(contents.run, made.files)))

        var siteFiles = assets.map { ($0.path, $0.bytes) } + (await others) + made.copies + addresses(contents)
        for page in contents.archivePages {
            let (files, checked) = try making.sitePage(page)
            siteFiles += files
            made.checked.append(checked)
        }
        if contents.isNewest, let landing = contents.pages.first {
            let (bytes, checked) = try making.rendered(landing.make().page, at: "index.html")
            siteFiles += [
                ("index.html", bytes),
                (SearchIndex.path, SearchIndex.bytes(of: made.entries + (guide?.entries ?? []), run: contents.run)),
            ]
            made.checked.append(checked)
        }
        var leaks = made.files.flatMap(\.leaks)
        for file in siteFiles where leaks.count < Staged.leastShown {
            leaks += making.scan.hits(in: file.1, path: file.0)
        }
        // Nothing in the guide comes from data: a word there that is also somebody's id tells of nobody.
        for file in try rendering.guideFiles() {
            siteFiles += [(file.path, file.page), file.twin]
            made.checked.append(making.check.checked(file.path, file.page))
        }
        return Staged(
            runFiles: made.files, siteFiles: siteFiles,
            diagnostics: SiteCheck.diagnostics(made.checked) + faults + SiteCheck.night(made.files),
            scan: making.scan,
            leaks: Array(leaks.prefix(Staged.leastShown)), staging: making.staging)
    }

    /// The feed, and the sitemap where the site has an address.
    private func addresses(_ contents: SiteContents) -> [(path: String, bytes: [UInt8])] {
        let site = String(ContentHash.hex(Array(settings.title.utf8)).prefix(16))
        let feed = AtomFeed(title: settings.title, site: site, base: settings.baseAddress)
        var files: [(path: String, bytes: [UInt8])] = []
        if !contents.feed.isEmpty { files.append(("feed.xml", feed.bytes(contents.feed))) }
        let pages = contents.pages.map { "runs/\(contents.run.folder)/\($0.path)" }.sorted()
        if contents.isNewest, let map = feed.sitemap(["index.html", "archive/index.html"] + pages) {
            files.append(("sitemap.xml", map))
        }
        return files
    }

    /// The report as one file of HTML or PDF, where that was asked for.
    private func wholeReports(
        _ contents: SiteContents, _ rendering: PageRendering, _ folder: TemplateFolder, _ made: MadePages
    ) throws(SiteError) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        let asset = { (name: String) in folder.assets.first { $0.name == name }?.bytes ?? [] }
        // As pages load them: the theme after our style sheet.
        let styleSheet = asset("style.css") + asset("theme.css")
        let sections = contents.navigation.flatMap(\.entries).map(\.path)
        let isEntry = { (path: String?) in path == "index.html" || path.map(sections.contains) ?? false }
        let entries = contents.pages.filter { isEntry($0.path) || isEntry($0.beginning) }.map(\.path)
        if contents.hasOneFile {
            let file = OneFile(
                rendering: rendering, styleSheet: styleSheet, script: asset("tables.js"), logo: OneFile.logo(asset),
                entries: entries)
            files.append(("report.html", try file.bytes(of: contents.pages, titles: made.titles, sizes: made.sizes)))
        }
        if contents.hasPDF {
            do throws(DrawingError) {
                let chapters = contents.pages.filter { entries.contains($0.path) }.map { $0.make().page }
                files.append(
                    (
                        "report.pdf",
                        try PrintedReport.pdf(
                            chapters, run: contents.run, title: settings.title, version: settings.version,
                            styleSheet: styleSheet)
                    ))
            } catch {
                throw SiteError(kind: .check, description: "report.pdf: \(error)")
            }
        }
        return files
    }

    /// Publishes a staged site: shared files, then the run's folder at once, then the landing page. Takes away the pages of
    /// other runs by their folders' names, and those of what changed with them; their summaries stay.
    public func publish(
        _ staged: Staged, run: SiteRun, retiring retired: [String] = []
    ) throws(SiteError) -> PublishOutcome {
        guard let staging = staged.staging else { return PublishOutcome() }
        let publication = staging.publication
        var outcome = PublishOutcome()
        // What leads to the run appears after it.
        let isEntrance = { (path: String) in
            path == "index.html" || path.hasPrefix("archive/") || path == SearchIndex.path
        }
        func publish(_ file: (path: String, bytes: [UInt8])) throws(SiteError) {
            if try publication.publish(file: file.path, bytes: file.bytes) {
                outcome.written += 1
            } else {
                outcome.unchanged += 1
            }
        }
        for file in staged.siteFiles where !isEntrance(file.path) { try publish(file) }
        let unchanged = staged.runFiles.count { $0.standing == .unchanged }
        let linked = staged.runFiles.count { $0.standing == .linked }
        try publication.publish(folder: staging.folder, count: staged.runFiles.count, unchanged: unchanged)
        outcome.written += staged.runFiles.count - unchanged - linked
        outcome.unchanged += unchanged + linked
        for file in staged.siteFiles where isEntrance(file.path) { try publish(file) }
        for run in retired.sorted() {
            for page in ["html", "md"].map({ "archive/changes/\(run).\($0)" })
            where FileManager.default.fileExists(atPath: "\(settings.output)/\(page)") {
                try publication.retire(folder: page)
            }
            try publication.retire(folder: "runs/\(run)")
        }
        try staging.end()
        outcome.runBytes = staged.runFiles.reduce(0) { $0 + $1.bytes }
        outcome.landing = settings.output + "/index.html"
        return outcome
    }

    /// Every file of the run with its hash and size, the manifest itself left out.
    private func manifest(_ run: SiteRun, _ files: [StagedFile]) -> [UInt8] {
        let entries = files.sorted { $0.path < $1.path }.map { file -> JSONValue in
            .object([
                "path": .string(file.path), "bytes": .int(file.bytes), "sha256": .string(file.sha256),
            ])
        }
        return JSONValue.object(["run": .string(run.id), "as_of": .string(run.folder), "files": .array(entries)])
            .pretty(to: 2)
    }

    /// `style.css` as `style.0123456789ab.css`: another content has another name, so no cache can be stale.
    private func hashedName(_ name: String, _ bytes: [UInt8]) -> String {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let hash = ContentHash.hex(bytes).prefix(12)
        return (parts.dropLast() + [hash] + parts.suffix(1)).joined(separator: ".")
    }

    /// `style.css` as `style_css`, the name under which templates find it.
    private func key(_ name: String) -> String { String(name.map { $0 == "." || $0 == "-" || $0 == "/" ? "_" : $0 }) }
}
