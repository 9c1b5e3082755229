import Model
import Words

/// The pages of metrics and dimensions that have a part which a declared report chooses.
struct CustomDetails {
    /// The pages as every report has them, but for their titles and with the chosen sections alone; each with its file's name here.
    let pages: [(page: Page, file: String)]
    /// The chosen parts that these records do not make.
    let absent: [AbsentPart]

    /// Chooses among the pages of a context.
    init(_ own: ReportContext, choosing chosen: Set<String>) {
        let absences = AbsentParts(own: own)
        let names = own.catalogue.dimensions.map(\.name) + own.catalogue.metrics.map(\.name)
        let parts = ReportPart.all.filter { chosen.contains($0.name) }
        var absent = parts.compactMap(absences.withoutGroups)
        pages = Self.sources(own).compactMap { source in
            let wanted = parts.filter { $0.home == source.home }
            for part in wanted { absent += absences.lacking(part, on: source.page, of: source.subject) }
            guard var page = source.page else { return nil }
            page.sections = page.sections.filter { section in wanted.contains { $0.matches(section.id, names: names) } }
            page.title = source.title
            return page.sections.isEmpty ? nil : (page, source.file)
        }
        self.absent = absent
    }

    /// A page that every report has, from which sections are chosen; nil where these records make none.
    private struct SourcePage {
        let home: ReportPart.Home
        let subject: AbsentParts.Subject
        let page: Page?
        let title: String
        let file: String
    }

    private static func sources(_ own: ReportContext) -> [SourcePage] {
        let metrics = own.catalogue.metrics.flatMap { metric in
            [
                (.course, own.trendPage(metric), metric.title, "course"),
                (.groups, own.trendGroupsPage(metric), say("\(metric.title) by group"), "groups"),
                (.values, own.distributionPage(metric), say("\(metric.title): values"), "values"),
            ].map { (home: ReportPart.Home, page: Page?, title: String, end: String) in
                SourcePage(
                    home: home, subject: .metric(metric), page: page, title: title, file: "\(metric.name)-\(end)")
            }
        }
        let dimensions = own.catalogue.dimensions.flatMap { dimension in
            [
                (.dimension, own.comparisonPage(dimension), say("By \(dimension.title)"), ""),
                (.pairs, own.pairsPage(dimension), say("Pairs of \(dimension.title)"), "-pairs"),
            ].map { (home: ReportPart.Home, page: Page, title: String, end: String) in
                SourcePage(
                    home: home, subject: .dimension(dimension), page: page, title: title,
                    file: "by-\(dimension.name)\(end)")
            }
        }
        return metrics + dimensions
    }
}
