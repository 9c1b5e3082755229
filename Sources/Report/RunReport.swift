import Analysis
import Model

/// A report as a value: pages, summary and tables of one run, encodings of the same figures.
public struct RunReport: Sendable {
    /// The pages of the run's folder; the first is the landing page.
    public let pages: [Page]
    /// The page of all runs.
    public let archivePage: Page
    /// The sections of the site that have pages, in reading order.
    public let navigation: [Link]
    /// The summary.
    public let summary: JSONValue
    /// Tables by their path below the run's folder.
    public let exports: [(path: String, table: CSVTable)]
    /// Figures for a monitoring system.
    public let gauges: [Gauge]
    /// JSON Schemas by their path below the site.
    public let schemas: [(path: String, schema: JSONValue)]

    /// A day as readers write it.
    public static func words(for day: Day) -> String { Wording.day(day) }

    /// Words, draws and encodes everything. Pure; cost is linear in the results.
    public init(_ input: ReportInput) {
        let context = ReportContext(input: input)
        pages = SitePlan.sections.flatMap { $0.pages(context) }
        archivePage = context.archivePage()
        let folders = Set(pages.map { $0.path.split(separator: "/").first.map(String.init) ?? "" })
        navigation =
            SitePlan.sections.compactMap { section in
                let folder = section.entry.split(separator: "/").first.map(String.init) ?? ""
                return section.title.isEmpty || !(folders.contains(folder))
                    ? nil : Link(path: section.entry, text: section.title)
            } + [Link(path: "../../archive/index.html", text: "Archive")]
        summary = Summary(context: context).value
        exports = Exports(context: context).tables
        gauges = context.gauges
        schemas = [
            ("schema/summary.schema.json", SummarySchema.value), ("schema/manifest.schema.json", ManifestSchema.value),
        ]
    }
}

/// The table of the site: a row for each section, with the pages that it has.
enum SitePlan {
    struct Section: Sendable {
        let title: String
        let entry: String
        let pages: @Sendable (ReportContext) -> [Page]
    }

    static let sections: [Section] = [
        Section(title: "Overview", entry: "index.html") { [$0.overviewPage()] },
        Section(title: "Findings", entry: "findings/index.html") { [$0.findingsPage()] },
        Section(title: "Trends", entry: "trends/index.html") { context in
            [context.trendIndex()]
                + context.catalogue.metrics.flatMap {
                    [context.trendPage($0), context.trendGroupsPage($0)].compactMap { $0 }
                }
        },
        Section(title: "Distributions", entry: "distributions/index.html") { context in
            [context.distributionIndex()] + context.catalogue.metrics.map(context.distributionPage)
        },
        Section(title: "Comparisons", entry: "comparisons/index.html") { context in
            [context.comparisonIndex()] + context.catalogue.dimensions.map(context.comparisonPage)
        },
        Section(title: "Groups", entry: "groups/index.html") { $0.groupPages() },
        Section(title: "Improvements", entry: "improvements/index.html") { [$0.improvementPage()].compactMap { $0 } },
        Section(title: "Data", entry: "data/index.html") { [$0.dataPage()] },
        Section(title: "Methods", entry: "methods/index.html") { [$0.methodsPage()] },
    ]
}
