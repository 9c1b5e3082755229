/// A page that is made when it is asked for, so that a site of many pages is never in memory as a whole.
public struct PlannedPage: Sendable {
    /// The file below the run's folder, as the page itself says it.
    public let path: String
    /// Where the page's Markdown twin lies; nil for none.
    public let twinPath: String?
    /// The page that this one goes on from; nil for a page of its own.
    public let beginning: String?
    private var body: @Sendable () -> Page
    private let twin: (@Sendable (Page) -> String)?

    /// A page that has been made already.
    public init(_ page: Page) { self.init(path: page.path, beginning: page.beginning) { page } }

    /// A page to be made at a path.
    public init(path: String, beginning: String? = nil, _ body: @escaping @Sendable () -> Page) {
        self.path = path
        self.beginning = beginning
        self.body = body
        twinPath = nil
        twin = nil
    }

    private init(_ plain: PlannedPage, twin: @escaping @Sendable (Page) -> String) {
        path = plain.path
        beginning = plain.beginning
        body = plain.body
        twinPath = MarkdownPage.path(of: plain.path)
        self.twin = twin
    }

    /// Makes the page and its twin in Markdown, which the page then names.
    public func make() -> (page: Page, twin: String?) {
        var page = body()
        guard let twin, let twinPath else { return (page, nil) }
        let text = twin(page)
        page.alternates.append(Link(path: twinPath, text: "Markdown"))
        return (page, text)
    }

    /// The same page with a section more.
    public func adding(_ section: PageSection) -> PlannedPage {
        var longer = self
        longer.body = { [body] in
            var page = body()
            page.sections.append(section)
            return page
        }
        return longer
    }

    /// The same page, drawn by another template.
    public func drawn(as kind: String) -> PlannedPage {
        var other = self
        other.body = { [body] in
            var page = body()
            page.kind = kind
            return page
        }
        return other
    }

    /// The same pages with twins, which lead to each other and to the pages beside.
    public static func withTwins(
        _ pages: [PlannedPage], beside others: Set<String> = [], run: String = ""
    ) -> [PlannedPage] {
        let own = Set(pages.map(\.path))
        return pages.map { page in
            PlannedPage(page) {
                MarkdownPage($0, run: run) { own.contains($0) || others.contains($0) }.text
            }
        }
    }
}
