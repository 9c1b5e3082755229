import Analysis
import Model
import Words

/// A report as a value: pages, summary and tables of one run, encodings of the same figures.
public struct RunReport: Sendable {
    /// The pages of the run's folder with their Markdown twins; the first is the landing page.
    public let pages: [PlannedPage]
    /// The pages of all runs: the newest year, then each year.
    public let archivePages: [PlannedPage]
    /// The style guide, which belongs to the site while this run is the newest; empty where there is nothing to show.
    public let stylePage: [PlannedPage]
    /// The runs before and after this one, in the archive's order.
    public let neighbours: (previous: Day?, next: Day?)
    /// The sections of the site that have pages, in groups, in reading order.
    public let navigation: [NavigationGroup]
    /// The summary.
    public let summary: JSONValue
    /// Tables by their path below the run's folder.
    public let exports: [(path: String, table: CSVTable)]
    /// Tables that all runs share, by their path below the site: the series of each metric.
    public let shared: [(path: String, table: CSVTable)]
    /// Makes the pages of learners that are not among these; nil where every page is.
    public let laterLearners: LaterLearners?
    /// `llms.txt`, which belongs to the site while this run is the newest.
    public let readingList: String
    /// Further files by their path below the run's folder: alerts and the digest.
    public let documents: [(path: String, bytes: [UInt8])]
    /// Figures for a monitoring system.
    public let gauges: [Gauge]
    /// JSON Schemas by their path below the site.
    public let schemas: [(path: String, schema: JSONValue)]

    /// A day as readers write it.
    public static func words(for day: Day) -> String { Wording.day(day) }

    /// The place of a day in the archive's pages, relative to a run's folder.
    public static func archivePath(of day: Day) -> String { ReportContext.archivePath(of: day) }

    /// Words, draws and encodes everything. Pure; cost is linear in the results.
    public init(_ input: ReportInput) {
        let context = ReportContext(input: input)
        let made = SitePlan.pages(context)
        let day = input.analyses.asOf.iso
        pages = PlannedPage.withTwins(Paging(made).pages.map { PlannedPage($0) } + SitePlan.further(context))
        laterLearners = context.laterLearners(beside: Set(pages.map(\.path)))
        stylePage = PlannedPage.withTwins(
            StylePage.page(of: made).map { [PlannedPage($0)] } ?? [], beside: Set(made.map(\.path)), run: day)
        archivePages = PlannedPage.withTwins(context.archivePages().map { PlannedPage($0) }, run: day)
        neighbours = (
            input.runDays.filter { $0 < input.analyses.asOf }.max(),
            input.runDays.filter { $0 > input.analyses.asOf }.min()
        )
        navigation = SitePlan.navigation(made)
        readingList = ReadingList.text(
            title: input.run.title, day: RunReport.words(for: input.analyses.asOf), folder: input.analyses.asOf.iso,
            pages: made, sections: navigation.flatMap(\.entries))
        summary = Summary(context: context).value
        documents = context.documents
        // Tables and gauges are for programs: their words and numbers are the same in every language.
        (exports, shared, gauges) = Language.english.speaking {
            let exports = Exports(context: context)
            return (exports.tables + context.customExports, exports.shared, context.gauges)
        }
        schemas = SchemaCatalogue.files
    }
}

/// The table of the site: a row for each section, with the pages that it has.
enum SitePlan {
    struct Section: Sendable {
        let title: String
        let entry: String
        let group: Group
        let pages: @Sendable (ReportContext) -> [Page]
        /// Pages of which there may be thousands, each made when its turn comes.
        var further: @Sendable (ReportContext) -> [PlannedPage] = { _ in [] }
    }

    /// The pages of which there may be thousands.
    static func further(_ context: ReportContext) -> [PlannedPage] { sections.flatMap { $0.further(context) } }

    /// Every page, the short and the technical page of an analysis after the page where it begins.
    static func pages(_ context: ReportContext) -> [Page] {
        sections.flatMap { section in
            let made = section.pages(context)
            return made.flatMap { page -> [Page] in
                guard let plan = DepthPlan.all.first(where: { "\($0.folder)/index.html" == page.path }) else {
                    return [page]
                }
                let depths = context.depthPages(of: plan, beside: page, among: made)
                var page = page
                page.sections.append(
                    PageSection(
                        id: "depths", title: say("Shorter and deeper"),
                        blocks: [
                            .links(
                                depths.map {
                                    Definition($0.title, link: Link(path: $0.path, text: $0.title), text: $0.lead)
                                })
                        ]))
                return [page] + depths
            }
        }
    }

    static var sections: [Section] {
        [
            Section(title: say("Overview"), entry: "index.html", group: .overview) { [$0.overviewPage()] },
            Section(title: say("Alerts"), entry: "alerts/index.html", group: .watch) {
                [$0.alertPage()].compactMap { $0 }
            },
            Section(title: say("KPIs"), entry: "kpis/index.html", group: .watch) { [$0.kpiPage()].compactMap { $0 } },
            Section(title: say("Health"), entry: "health/index.html", group: .watch) {
                [$0.healthPage()].compactMap { $0 } + $0.pointPages()
            },
            Section(title: say("Findings"), entry: "findings/index.html", group: .overview) { $0.findingsPages() },
            Section(title: say("Ranges"), entry: "ranges/index.html", group: .overview) { $0.rangePages() },
            Section(title: say("Trends"), entry: "trends/index.html", group: .analyses) { context in
                [context.trendIndex()]
                    + context.catalogue.metrics.flatMap {
                        [context.trendPage($0), context.trendGroupsPage($0)].compactMap { $0 }
                    }
            },
            Section(title: say("Distributions"), entry: "distributions/index.html", group: .analyses) { context in
                [context.distributionIndex()] + context.catalogue.metrics.map(context.distributionPage)
            },
            Section(title: say("Comparisons"), entry: "comparisons/index.html", group: .analyses) { context in
                [context.comparisonIndex()]
                    + context.catalogue.dimensions.flatMap { [context.comparisonPage($0), context.pairsPage($0)] }
            },
            Section(title: say("Reports"), entry: "reports/index.html", group: .analyses) { $0.customPages() },
            Section(
                title: say("Groups"), entry: "groups/index.html", group: .analyses, pages: { $0.groupIndex() },
                further: { $0.groupPages() }),
            Section(title: say("Improvements"), entry: "improvements/index.html", group: .analyses) {
                [$0.improvementPage()].compactMap { $0 } + $0.registerPages()
            },
            Section(title: say("Service"), entry: "service/index.html", group: .use) { $0.voicePages() },
            Section(
                title: say("Learners"), entry: "learners/index.html", group: .use, pages: { $0.learnersPages() },
                further: { $0.learnerPages() }),
            Section(title: say("Cohorts"), entry: "cohorts/index.html", group: .use) {
                [$0.cohortPage()].compactMap { $0 }
            },
            Section(title: say("Validation"), entry: "validation/index.html", group: .watch) { $0.validationPages() },
            Section(title: say("Data"), entry: "data/index.html", group: .data) { [$0.dataPage()] },
            Section(title: say("Privacy"), entry: "privacy/index.html", group: .data) {
                [$0.privacyPage()].compactMap { $0 }
            },
            Section(title: say("Methods"), entry: "methods/index.html", group: .data) { [$0.methodsPage()] },
        ]
    }
}
