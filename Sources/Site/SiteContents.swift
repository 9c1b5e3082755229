import Report

/// The run that a site shows.
public struct SiteRun: Sendable, Hashable {
    /// The run's folder name: its as-of day.
    public var folder: String
    /// The as-of day in words.
    public var day: String
    /// The id of the run.
    public var id: String
    /// The zone's name.
    public var zone: String

    /// Names a run.
    public init(folder: String, day: String, id: String, zone: String) {
        self.folder = folder
        self.day = day
        self.id = id
        self.zone = zone
    }
}

/// Everything that is published for one run.
public struct SiteContents: Sendable {
    /// The run.
    public var run: SiteRun
    /// The pages of the run's folder; the first is the landing page.
    public var pages: [Page]
    /// The page of all runs, with its path below the run's folder (`../../archive/index.html`).
    public var archivePage: Page
    /// Entries of the navigation, with paths below the run's folder.
    public var navigation: [Link]
    /// Other files of the run's folder, by path.
    public var runFiles: [(path: String, bytes: [UInt8])]
    /// Other files of the site, by path below the output folder.
    public var siteFiles: [(path: String, bytes: [UInt8])]
    /// Whether this run is the newest, so that its landing page becomes the site's.
    public var isNewest: Bool

    /// Collects what is published.
    public init(
        run: SiteRun, pages: [Page], archivePage: Page, navigation: [Link], runFiles: [(path: String, bytes: [UInt8])],
        siteFiles: [(path: String, bytes: [UInt8])], isNewest: Bool
    ) {
        self.run = run
        self.pages = pages
        self.archivePage = archivePage
        self.navigation = navigation
        self.runFiles = runFiles
        self.siteFiles = siteFiles
        self.isNewest = isNewest
    }
}
