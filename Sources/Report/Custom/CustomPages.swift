import Analysis
import Charts
import Model
import Words

/// The pages of declared reports: those that every report has, made of the chosen records, with the chosen parts.
extension ReportContext {
    /// The list of declared reports and the pages of each; empty where none is declared.
    func customPages() -> [Page] {
        guard !input.custom.isEmpty else { return [] }
        return [customIndex()] + input.custom.flatMap { CustomPages($0, of: self).pages }
    }

    /// The tables of declared reports that their pages lead to.
    var customExports: [(path: String, table: CSVTable)] {
        input.custom.flatMap { CustomPages($0, of: self).exports }
    }

    private func customIndex() -> Page {
        let rows = input.custom.map { report in
            let definition = report.definition
            let records = report.analyses.value?.coverage.records
            return [
                TableCell(definition.title, link: CustomPages.entry(of: report)),
                TableCell(definition.words(of: catalogue)),
                TableCell(report.period.map(Wording.period) ?? say("not begun")),
                records.map { TableCell(NumberWords.count($0), sortKey: Double($0)) }
                    ?? TableCell(nil, reason: report.analyses.absence.map(Wording.absence)),
            ]
        }
        return Page(
            path: "reports/index.html", kind: "analysis", title: say("Reports"),
            lead: tell(
                "\(NumberWords.count(rows.count, "report", "reports")) that the configuration declares, each of its own records and days."
            ), crumbs: [home],
            sections: [
                PageSection(
                    id: "reports", title: say("All reports"), depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption: say("Declared reports"),
                                columns: [
                                    .init(say("Report")), .init(say("Which records")), .init(say("Days")),
                                    .init(say("Records"), isNumeric: true),
                                ], rows: rows))
                    ])
            ], alternates: [Link(path: "summary.json", text: "JSON")])
    }
}

extension ReportDefinition {
    /// Which records count, in words.
    func words(of catalogue: Catalogue) -> String {
        let values = filter.values.map { condition in
            let title = catalogue.dimension(named: condition.dimension)?.title ?? condition.dimension
            return "\(title) \(condition.values.joined(separator: say(" or ")))"
        }
        let limits = filter.limits.map { limit in
            let words = catalogue.metric(named: limit.metric).map(MetricWords.init)
            let unit = words.map(\.unit) ?? ""
            let number = { (value: Double) in NumberWords.exactly(value) + (unit.isEmpty ? "" : "\u{A0}\(unit)") }
            let ends = [
                limit.low.isFinite ? say("at least \(number(limit.low))") : nil,
                limit.high.isFinite ? say("at most \(number(limit.high))") : nil,
            ].compactMap { $0 }
            return "\(words?.metric.title ?? limit.metric) \(ends.joined(separator: say(" and ")))"
        }
        return filter.isEmpty ? say("all records") : (values + limits).joined(separator: "; ")
    }
}

/// The pages of one declared report.
struct CustomPages {
    private let report: CustomReport
    private let outer: ReportContext
    /// What the report's pages are made of; nil where there is nothing to say.
    private let own: ReportContext?
    private let tables: [String: CSVTable]
    private let details: CustomDetails?

    init(_ report: CustomReport, of outer: ReportContext) {
        self.report = report
        self.outer = outer
        own = report.analyses.value.map { analyses in
            var input = outer.input
            (input.analyses, input.earlier, input.custom) = (analyses, nil, [])
            return ReportContext(input: input)
        }
        let made = own.map { Exports(context: $0) }
        // Series stand once for the site, but these are of other records.
        let series = (made?.shared ?? []).map { ("exports/" + $0.path.replacing("/", with: "-"), $0.table) }
        tables = Dictionary((made?.tables ?? []) + series) { first, _ in first }
        details = own.map { CustomDetails($0, choosing: report.definition.parts) }
    }

    /// Where a report begins.
    static func entry(of report: CustomReport) -> Link {
        Link(path: "reports/\(report.definition.name)/index.html", text: report.definition.title)
    }

    private var folder: String { "reports/\(report.definition.name)" }
    private var definition: ReportDefinition { report.definition }

    /// Every page, the first of which leads to the others.
    var pages: [Page] {
        guard let own, let details else { return [empty] }
        let made = details.pages.map { detail in
            var page = detail.page
            page.crumbs = crumbs + [Self.entry(of: report)]
            (page.previous, page.next) = (nil, nil)
            return ConfinedPage(lead: lead).page(page, path: path(of: detail.file))
        }
        return [first(own, made, details.absent)] + made
    }

    /// The tables that the pages lead to.
    var exports: [(path: String, table: CSVTable)] {
        let made = pages
        return tables.sorted { $0.key < $1.key }.compactMap { path, table in
            let own = moved(path)
            return made.contains { $0.leads(to: own) } ? (own, table) : nil
        }
    }

    private func path(of file: String) -> String { "\(folder)/\(file).html" }

    private func moved(_ path: String) -> String { "exports/\(folder)/" + path.dropFirst("exports/".count) }

    // MARK: Pages

    private var empty: Page {
        let reason = report.analyses.absence.map(Wording.absence) ?? say("no values in this period")
        return Page(
            path: Self.entry(of: report).path, kind: "analysis", title: definition.title,
            lead: tell("Nothing can be said: \(reason)."), crumbs: crumbs,
            sections: [
                PageSection(
                    id: "about", title: say("What this is of"), depth: .executive, blocks: [.definitions(about)]),
                gaps.section,
            ].compactMap { $0 }, alternates: [Link(path: "summary.json", text: "JSON")])
    }

    private var crumbs: [Link] { [outer.home, Link(path: "reports/index.html", text: say("Reports"))] }

    private var about: [Definition] {
        var items = [
            Definition(say("Records"), text: Prose(definition.words(of: outer.catalogue))),
            Definition(say("Days"), text: Prose(report.period.map(Wording.period) ?? say("they have not begun"))),
        ]
        if report.prunedDays > 0 {
            let days = NumberWords.count(report.prunedDays, "day", "days")
            items.append(
                Definition(say("Left out"), text: tell("\(days) whose rows have been pruned: a filter needs rows")))
        }
        if let left = gaps.summary { items.append(Definition(say("Left out"), text: left)) }
        if let people = report.people {
            items.append(
                Definition(
                    say("People"),
                    text: tell(
                        "at least \(NumberWords.count(people)), told in steps of \(gaps.k); a report is of \(gaps.k) people or more"
                    )))
        }
        return items
    }

    private var gaps: ReportGaps { ReportGaps(report: report, k: outer.analyses.settings.people.k) }

    private func first(_ own: ReportContext, _ details: [Page], _ absent: [AbsentPart]) -> Page {
        let parts = ReportPart.all.filter { definition.parts.contains($0.name) }.compactMap { section(of: $0, own) }
        let links = details.map { Definition($0.title, link: Link(path: $0.path, text: $0.title), text: $0.lead) }
        let more = PageSection(id: "more", title: say("In detail"), blocks: [.links(links)])
        let gaps = [ReportGaps.section(of: absent + absentVolume(own)), gaps.section].compactMap { $0 }
        let alternates = ["trends", "distributions"].map {
            Link(path: "exports/\($0).csv", text: say("CSV of \(say(word: $0))"))
        }
        return Page(
            path: Self.entry(of: report).path, kind: "analysis", title: definition.title, lead: lead(own),
            crumbs: crumbs,
            sections: [
                PageSection(
                    id: "about", title: say("What this is of"), depth: .executive, blocks: [.definitions(about)])
            ] + parts + (details.isEmpty ? [] : [more]) + gaps,
            alternates: alternates.compactMap(lead) + [Link(path: "summary.json", text: "JSON")])
    }

    private func lead(_ own: ReportContext) -> Prose {
        let coverage = own.analyses.coverage
        let left = report.held.days
        let all = NumberWords.count(coverage.daysWithRecords + left, "day", "days")
        let days = left == 0 ? all : say("\(NumberWords.count(coverage.daysWithRecords)) of \(all)")
        return tell(
            "\(NumberWords.count(coverage.records, "record", "records")) on \(days): \(definition.words(of: outer.catalogue)). Whatever is called corrected is so over this report alone."
        )
    }

    /// A part of the first page; nil for parts of other pages.
    private func section(of part: ReportPart, _ own: ReportContext) -> PageSection? {
        let found: PageSection?
        switch part.home {
        case .own: found = part.name == "volume" ? volume(own) : part.name == "figures" ? figures(own) : findings(own)
        case .trends: found = own.trendIndex().sections.first { $0.id == part.section }
        case .distributions: found = own.distributionIndex().sections.first { $0.id == part.section }
        case .comparisons: found = own.comparisonIndex().sections.first { $0.id == part.section }
        case .course, .groups, .values, .dimension, .pairs: return nil
        }
        guard var section = found.map(ConfinedPage(lead: lead).section) else { return nil }
        section.id = part.name
        if section.title == say("All metrics") { section.title = say(word: part.name).capitalizedFirst }
        return section
    }

    private func figures(_ own: ReportContext) -> PageSection {
        let shown = own.catalogue.metrics.prefix(12)
        return PageSection(
            id: "figures", title: say("Key figures"), depth: .executive,
            blocks: [.keyFigures(shown.map { own.keyFigure($0, in: own.overall($0)) })])
    }

    private func findings(_ own: ReportContext) -> PageSection {
        let all = own.analyses.events
        return PageSection(
            id: "findings", title: say("Findings"), depth: .executive,
            blocks: all.isEmpty
                ? [.prose(tell("Nothing stands out after correction over this report."))]
                : [.findings(all.prefix(20).map(own.item))]
                    + (all.count > 20
                        ? [.prose(tell("20 of \(NumberWords.count(all.count)) findings, by weight."))] : []))
    }

    private func volume(_ own: ReportContext) -> PageSection? {
        own.volumeFigure().map { PageSection(id: "volume", title: say("Records per day"), blocks: [.figure($0)]) }
    }

    private func absentVolume(_ own: ReportContext) -> [AbsentPart] {
        definition.parts.contains("volume") && own.volumeFigure() == nil ? [AbsentParts.volume] : []
    }

    // MARK: Links

    /// Where a link of a page that every report has leads inside this one.
    private func lead(_ link: Link) -> Link? {
        if link.path == "summary.json" { return link }
        if link.path.hasPrefix("../../series/") {
            let own = "exports/series-" + link.path.dropFirst("../../series/".count)
            return tables[own].map { _ in Link(path: moved(own), text: link.text) }
        }
        if tables[link.path] != nil { return Link(path: moved(link.path), text: link.text) }
        return details?.pages.first { $0.page.path == link.path }
            .map { Link(path: path(of: $0.file), text: link.text) }
    }
}

extension Page {
    /// Whether a link of the page leads to a file.
    fileprivate func leads(to path: String) -> Bool {
        alternates.contains { $0.path == path }
            || sections.contains { section in
                section.blocks.contains { block in
                    switch block {
                    case .table(let table): table.export?.path == path
                    case .figure(let figure): figure.data?.export?.path == path
                    case .multiples(let figures): figures.contains { $0.data?.export?.path == path }
                    default: false
                    }
                }
            }
    }
}
