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

    /// A site in memory: everything that would be published.
    public struct Staged: Sendable {
        /// The files of the run's folder.
        public var runFiles: [StagedFile]
        /// The list of these files, which is one of them.
        var manifest: [UInt8] = []
        /// Files of the site besides, in the order in which they must appear: what others refer to comes first.
        public var siteFiles: [(path: String, bytes: [UInt8])]
        /// What the checks found; an error forbids publishing.
        public var diagnostics: [Diagnostic]
    }

    /// Renders and checks a site without writing anything there.
    ///
    /// - Parameter later: pages that are made while the others are staged already, and put aside.
    /// - Throws: `SiteError` when a template is wrong or a figure cannot be drawn.
    public func stage(_ contents: SiteContents, later: LaterPages? = nil) async throws -> Staged {
        let folder = try TemplateFolder(bundled: settings.templates, user: settings.userTemplates)
        let assets = folder.assets.map { asset in
            (name: asset.name, file: hashedName(asset.name, asset.bytes), bytes: asset.bytes)
        }
        let rendering = PageRendering(
            settings: settings, run: contents.run, navigation: contents.navigation, neighbours: contents.neighbours,
            templates: folder.templates,
            assetNames: Dictionary(assets.map { (key($0.name), $0.file) }) { first, _ in first })
        let base = "runs/\(contents.run.folder)/"
        let pages = try await rendered(contents.pages.map { ($0, base + $0.path) }, rendering)
        var extra: [(path: String, bytes: [UInt8])] = try contents.archivePages.map { page in
            let location = RelativePath.inSite(page.path, run: contents.run.folder)
            return (location, try rendering.render(page, at: location))
        }
        for further in contents.furtherPages {
            extra.append((further.location, try rendering.render(further.page, at: further.location)))
        }
        if contents.isNewest, let landing = contents.pages.first {
            extra.append(("index.html", try rendering.render(landing, at: "index.html")))
            extra.append((SearchIndex.path, SearchIndex.bytes(of: contents.pages, run: contents.run)))
        }
        let whole = try wholeReports(
            contents, rendering, folder,
            sizes: Dictionary(zip(contents.pages.map(\.path), pages.map(\.bytes.count))) { first, _ in first })
        let early =
            pages.map { (path: String($0.path.dropFirst(base.count)), bytes: $0.bytes) } + contents.runFiles + whole
        var staged = Staged(
            runFiles: early.map { StagedFile(path: $0.path, bytes: $0.bytes) }, siteFiles: [], diagnostics: [])
        let assetFiles = assets.map { (path: "assets/\($0.file)", bytes: $0.bytes) }
        staged.siteFiles = assetFiles + contents.siteFiles + addresses(contents, pages: pages.map(\.path)) + extra
        var sizes: [String: Int] = [:]
        for file in early { sizes[base + file.path] = file.bytes.count }
        sizes[base + SiteBuilder.manifestName] = 0
        for file in staged.siteFiles { sizes[file.0] = file.1.count }
        let promised = Set((later?.promised ?? []).map { base + $0 })
        let check = SiteCheck(files: sizes) {
            promised.contains($0) || FileManager.default.fileExists(atPath: settings.output + "/" + $0)
        }
        staged.diagnostics = check.diagnostics(
            pages: pages + extra.filter { $0.path.hasSuffix(".html") },
            landing: base + (contents.pages.first?.path ?? ""))
        if let later {
            let staging = PageStaging(rendering: rendering, base: base, known: sizes, promised: later.promised)
            try await staged.add(later, staging)
        }
        staged.manifest = manifest(contents.run, staged.runFiles)
        staged.runFiles.append(StagedFile(path: SiteBuilder.manifestName, bytes: staged.manifest))
        staged.diagnostics += SiteCheck.night(staged.runFiles)
        return staged
    }

    /// The feed, and the sitemap where the site has an address.
    private func addresses(_ contents: SiteContents, pages: [String]) -> [(path: String, bytes: [UInt8])] {
        let site = String(ContentHash.hex(Array(settings.title.utf8)).prefix(16))
        let feed = AtomFeed(title: settings.title, site: site, base: settings.baseAddress)
        var files: [(path: String, bytes: [UInt8])] = []
        if !contents.feed.isEmpty { files.append(("feed.xml", feed.bytes(contents.feed))) }
        if contents.isNewest, let map = feed.sitemap(["index.html", "archive/index.html"] + pages.sorted()) {
            files.append(("sitemap.xml", map))
        }
        return files
    }

    /// The report as one file of HTML or PDF, where that was asked for.
    private func wholeReports(
        _ contents: SiteContents, _ rendering: PageRendering, _ folder: TemplateFolder, sizes: [String: Int]
    ) throws(SiteError) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        let asset = { (name: String) in folder.assets.first { $0.name == name }?.bytes ?? [] }
        let sections = contents.navigation.flatMap(\.entries).map(\.path)
        let entries = ["index.html"] + sections.filter { $0 != "index.html" }
        if contents.hasOneFile {
            let file = OneFile(
                rendering: rendering, styleSheet: asset("style.css"), script: asset("tables.js"), entries: entries)
            files.append(("report.html", try file.bytes(of: contents.pages, sizes: sizes)))
        }
        if contents.hasPDF {
            do throws(DrawingError) {
                let chapters = contents.pages.filter { entries.contains($0.path) }
                files.append(
                    (
                        "report.pdf",
                        try PrintedReport.pdf(
                            chapters, run: contents.run, title: settings.title, version: settings.version,
                            styleSheet: asset("style.css"))
                    ))
            } catch {
                throw SiteError(kind: .check, description: "report.pdf: \(error)")
            }
        }
        return files
    }

    /// Publishes a staged site: shared files, then the run's folder at once, then the landing page.
    public func publish(_ staged: Staged, run: SiteRun) throws(SiteError) -> PublishOutcome {
        let publication = try Publication(output: settings.output)
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
        let (written, unchanged) = try publication.publish(folder: "runs/\(run.folder)", files: staged.runFiles)
        outcome.written += written
        outcome.unchanged += unchanged
        for file in staged.siteFiles where isEntrance(file.path) { try publish(file) }
        outcome.runBytes = staged.runFiles.reduce(0) { $0 + $1.size }
        outcome.landing = settings.output + "/index.html"
        return outcome
    }

    /// Takes away the pages of runs by their folders' names, and those of what changed with them; their summaries stay.
    public func retire(_ runs: [String]) throws(SiteError) {
        let publication = try Publication(output: settings.output)
        for run in runs.sorted() {
            for ending in ["html", "md"] {
                let page = "archive/changes/\(run).\(ending)"
                if FileManager.default.fileExists(atPath: "\(settings.output)/\(page)") {
                    try publication.retire(folder: page)
                }
            }
            try publication.retire(folder: "runs/\(run)")
        }
    }

    /// Pages in the order given, rendered by at most `jobs` tasks.
    private func rendered(
        _ pages: [(page: Page, location: String)], _ rendering: PageRendering
    ) async throws -> [(path: String, bytes: [UInt8])] {
        let lanes = max(1, min(settings.jobs, pages.count))
        return try await withThrowingTaskGroup(of: [(Int, [UInt8])].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    try stride(from: lane, to: pages.count, by: lanes).map { index in
                        (index, try rendering.render(pages[index].page, at: pages[index].location))
                    }
                }
            }
            var files = pages.map { (path: $0.location, bytes: [UInt8]()) }
            for try await part in group { for (index, bytes) in part { files[index].bytes = bytes } }
            return files
        }
    }

    /// Every file of the run with its hash and size, the manifest itself left out.
    private func manifest(_ run: SiteRun, _ files: [StagedFile]) -> [UInt8] {
        let entries = files.sorted { $0.path < $1.path }.map { file -> JSONValue in
            .object([
                "path": .string(file.path), "bytes": .int(file.size), "sha256": .string(file.hash),
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
