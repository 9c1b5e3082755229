import Report

/// Where the site goes and what it is made with.
public struct SiteSettings: Sendable, Hashable {
    /// The folder of the site.
    public var output: String
    /// The folder of the bundled templates and assets.
    public var templates: String
    /// A folder whose files replace bundled ones of the same path; nil for none.
    public var userTemplates: String?
    /// A folder with the user guide as Markdown, which the site carries as pages; nil for none.
    public var guide: String?
    /// The report's title.
    public var title: String
    /// The program's version, shown in the footer.
    public var version: String
    /// How many pages are rendered at once.
    public var jobs: Int
    /// Where the site is reached, such as `https://reports.example/quality/`; nil where that is not known.
    public var baseAddress: String?

    /// Settings of a site.
    public init(output: String, templates: String, userTemplates: String?, title: String, version: String, jobs: Int) {
        self.output = output
        self.templates = templates
        self.userTemplates = userTemplates
        self.title = title
        self.version = version
        self.jobs = jobs
    }
}

/// The run that a site shows.
public struct SiteRun: Sendable {
    /// The run's folder name: its as-of day.
    public var folder: String
    /// The as-of day in words.
    public var day: String
    /// The id of the run.
    public var id: String
    /// The zone's name.
    public var zone: String
    /// The day on which the next report is due, as a date and in words.
    public var due: (date: String, day: String)

    /// Names a run.
    public init(folder: String, day: String, id: String, zone: String, due: (date: String, day: String)) {
        self.folder = folder
        self.day = day
        self.id = id
        self.zone = zone
        self.due = due
    }
}

/// Everything that is published for one run.
public struct SiteContents: Sendable {
    /// The run.
    public var run: SiteRun
    /// The pages of the run's folder; the first is the landing page.
    public var pages: [PlannedPage]
    /// The pages outside it, with their paths relative to the run's folder (`../../archive/index.html`).
    public var archivePages: [PlannedPage]
    /// The groups of the navigation.
    public var navigation: [NavigationGroup]
    /// The runs before and after this one.
    public var neighbours: (previous: Link?, next: Link?) = (nil, nil)
    /// The folder name of the run before, with which files that are the same are shared; nil for none.
    public var earlierFolder: String?
    /// Other files of the run's folder, by path below it.
    public var runFiles: [SiteFile]
    /// Other files of the site, by path below the output folder.
    public var siteFiles: [SiteFile]
    /// Whether this run is the newest, so that its landing page becomes the site's.
    public var isNewest: Bool
    /// The newest reports for the feed, this one among them; empty for no feed.
    public var feed: [FeedEntry] = []
    /// Whether the whole report is written as one HTML file, too (`report.html` in the run's folder).
    public var hasOneFile = false
    /// Whether the report is written as one PDF document, too (`report.pdf` in the run's folder).
    public var hasPDF = false

    /// Collects what is published.
    public init(
        run: SiteRun, pages: [PlannedPage], archivePages: [PlannedPage], navigation: [NavigationGroup],
        neighbours: (previous: Link?, next: Link?) = (nil, nil), runFiles: [SiteFile], siteFiles: [SiteFile],
        isNewest: Bool
    ) {
        self.run = run
        self.pages = pages
        self.archivePages = archivePages
        self.neighbours = neighbours
        self.navigation = navigation
        self.runFiles = runFiles
        self.siteFiles = siteFiles
        self.isNewest = isNewest
    }
}

/// A file that is no page. Its bytes are made when its turn comes, beside the pages.
public struct SiteFile: Sendable {
    /// Where it goes.
    public let path: String
    /// Where the same bytes go besides, below the output folder; nil for nowhere.
    public let copy: String?
    /// Makes its bytes, the same each time.
    let bytes: @Sendable () -> [UInt8]

    /// Describes a file.
    public init(path: String, copy: String? = nil, bytes: @escaping @Sendable () -> [UInt8]) {
        (self.path, self.copy, self.bytes) = (path, copy, bytes)
    }

    /// The file with its bytes.
    var made: (path: String, bytes: [UInt8]) { (path, bytes()) }
}

extension SiteContents {
    /// The landing page's path below the site.
    var landing: String { "runs/\(run.folder)/\(pages.first?.path ?? "")" }

    /// Every file that the site will have of this run, besides assets, with pages that are promised.
    func paths(with promised: Set<String>) -> Set<String> {
        let own = promised + pages.map(\.path) + pages.compactMap(\.twinPath) + runFiles.map(\.path)
        var paths = Set((own + [SiteBuilder.manifestName]).map { "runs/\(run.folder)/\($0)" })
        let outside = archivePages.map(\.path) + archivePages.compactMap(\.twinPath)
        paths.formUnion(outside.map { RelativePath.inSite($0, run: run.folder) })
        paths.formUnion(siteFiles.map(\.path) + runFiles.compactMap(\.copy))
        if isNewest { paths.formUnion(["index.html", SearchIndex.path]) }
        return paths
    }
}

/// What publishing did.
public struct PublishOutcome: Sendable, Hashable {
    /// Files that were written because they are new or differ.
    public var written = 0
    /// Files that stood already.
    public var unchanged = 0
    /// The bytes of the run's folder.
    public var runBytes = 0
    /// The page to open.
    public var landing = ""
}

/// Why a site was not published. The previous one stands.
public struct SiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds that callers tell apart.
    public enum Kind: Sendable, Hashable {
        /// A template is wrong.
        case template
        /// A check of the staged site failed.
        case check
        /// The output cannot be written.
        case cannotWrite
        /// Another process is changing the output.
        case locked
    }

    /// The kind.
    public let kind: Kind
    /// What was found, and where.
    public let description: String
}
