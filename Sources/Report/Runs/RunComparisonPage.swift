import Analysis
import Charts
import Model
import Words

/// A run held against the one before, as a page under `archive/`.
public enum RunComparisonPage {
    /// Where the page of a day lies below the site.
    public static func location(of day: Day) -> String { "archive/changes/\(day.iso).html" }

    /// The page, with its twin in Markdown.
    ///
    /// - Parameter hasEarlier: whether the summary of the earlier run stands in the site.
    public static func make(_ comparison: RunComparison, hasEarlier: Bool) -> [PlannedPage] {
        PlannedPage.withTwins([PlannedPage(page(comparison, hasEarlier: hasEarlier))], run: comparison.b.asOf.iso)
    }

    /// Where the list of these pages lies below the site.
    public static let indexLocation = "archive/changes/index.html"

    /// What leads to the list from the archive.
    public static var entrance: PageSection {
        PageSection(
            id: "changes", title: say("What changed"), depth: .executive,
            blocks: [
                .links([
                    Definition(
                        say("From run to run"),
                        link: Link(path: "../../\(indexLocation)", text: say("From run to run")),
                        text: tell("each report held against the one before"))
                ])
            ])
    }

    /// The pages that the list names.
    private static let listed = 100

    /// The list of the newest of these pages.
    public static func index(of days: Set<Day>) -> [PlannedPage] {
        guard let newest = days.max() else { return [] }
        return PlannedPage.withTwins([PlannedPage(indexPage(of: days))], run: newest.iso)
    }

    private static func indexPage(of days: Set<Day>) -> Page {
        let shown = days.sorted().reversed().prefix(listed)
        return Page(
            path: "../../\(indexLocation)", kind: "analysis", title: say("What changed from run to run"),
            lead: tell(
                "\(NumberWords.count(shown.count, "report is", "reports are")) held against the one before\(shown.count < days.count ? say("; older ones stand in the archive") : ""). Any two are compared by the command assay diff."
            ), crumbs: [Link(path: "../../archive/index.html", text: say("Archive"))],
            sections: [
                PageSection(
                    id: "runs", title: say("Reports"), depth: .executive,
                    blocks: [
                        .links(
                            shown.map { day in
                                Definition(
                                    Wording.day(day),
                                    link: Link(path: "../../\(location(of: day))", text: Wording.day(day)),
                                    text: Prose([
                                        .link(Link(path: "../\(day.iso)/index.html", text: say("the report")))
                                    ]))
                            })
                    ])
            ])
    }

    private static func page(_ comparison: RunComparison, hasEarlier: Bool) -> Page {
        let words = RunComparisonWords(comparison: comparison)
        let tables = RunComparisonTables(comparison)
        let folder = "../\(comparison.b.asOf.iso)/"
        let earlier = Link(path: "../../summaries/\(comparison.a.asOf.iso).json", text: say("Summary then (JSON)"))
        var sections = [
            PageSection(id: "claims", title: say("Findings and alerts"), depth: .executive, blocks: claims(comparison)),
            PageSection(
                id: "figures", title: say("Figures"),
                blocks: strips(comparison).map { [.multiples($0)] } ?? []
                    + [tables.fresh.map { .table($0) }, .table(tables.metrics)].compactMap { $0 }
                    + [.prose(Prose(words.sharing))]),
        ]
        if let groups = tables.groups(atMost: 20) {
            sections.append(PageSection(id: "groups", title: say("Groups"), blocks: [.table(groups)]))
        }
        if let kpis = tables.kpis {
            sections.append(PageSection(id: "kpis", title: say("KPIs"), blocks: [.table(kpis)]))
        }
        if let tests = tables.tests(atMost: 50) {
            sections.append(PageSection(id: "tests", title: say("Tests"), blocks: [.table(tests)]))
        }
        if let corrections = tables.corrections(atMost: 50) {
            sections.append(PageSection(id: "corrections", title: say("Corrections"), blocks: [.table(corrections)]))
        }
        return Page(
            path: "../../\(location(of: comparison.b.asOf))", kind: "analysis",
            title: say("From \(words.name(comparison.a)) to \(words.name(comparison.b))"), lead: words.lead,
            crumbs: [
                Link(path: "\(folder)index.html", text: say("Report for \(Wording.day(comparison.b.asOf))")),
                Link(path: "../../\(indexLocation)", text: say("Changes")),
            ], sections: sections,
            alternates: [Link(path: "../../summaries/\(comparison.b.asOf.iso).json", text: say("Summary now (JSON)"))]
                + (hasEarlier ? [earlier] : []))
    }

    private static func claims(_ comparison: RunComparison) -> [Block] {
        let parts: [(title: String, claims: [RunSnapshot.Claim])] = [
            (say("New findings"), comparison.newFindings), (say("Findings that have gone"), comparison.goneFindings),
            (say("Alerts that fire newly"), comparison.newAlerts),
            (say("Alerts that have recovered"), comparison.goneAlerts),
        ]
        let blocks = parts.compactMap { part in
            RunComparisonTables(comparison).claims(part.title, part.claims, atMost: 40).map { Block.table($0) }
        }
        return blocks.isEmpty
            ? [.prose(tell("No finding and no alert has come or gone."))] : blocks
    }

    /// The daily means of the earlier report and those of the days that are new, metric by metric.
    private static func strips(_ comparison: RunComparison) -> [FigureBlock]? {
        let rows = comparison.fresh.filter { !$0.days.isEmpty && !$0.before.isEmpty }
            .sorted { abs($0.effect.value ?? 0) > abs($1.effect.value ?? 0) }
        return rows.isEmpty ? nil : rows.prefix(6).map { strip($0, comparison) }
    }

    private static func strip(_ fresh: FreshDays, _ comparison: RunComparison) -> FigureBlock {
        let words = RunComparisonWords(comparison: comparison)
        let metric = words.found(fresh.metric).map(MetricWords.init)
        // Only the new days are named: the others are the crowd that they stand out from, or do not.
        let dots = { (days: [RunSnapshot.DayMean], slot: Double) in
            days.map { day in
                let text =
                    "\(day.day.iso): \(words.value(day.mean, of: fresh.metric)), n = \(NumberWords.count(day.n))"
                return Mark.Point(
                    x: metric?.onAxis(day.mean) ?? day.mean, y: slot, text: slot == 1 ? text : nil)
            }
        }
        let mean = fresh.mean.map { words.value($0, of: fresh.metric) } ?? say("nothing")
        let effect = fresh.effect.value.map { say(", \(words.size($0)) from the mean of the records then") } ?? ""
        return FigureBlock(
            figure: Figure(
                title: words.title(fresh.metric),
                description:
                    say(
                        "Daily means of \(words.title(fresh.metric)): \(NumberWords.count(fresh.before.count, "day", "days")) of the earlier report and \(NumberWords.count(fresh.days.count)) new; the new ones have a mean of \(mean)\(effect)."
                    ),
                size: .small,
                x: Axis(
                    title: words.title(fresh.metric), unit: metric?.unit ?? "",
                    scale: .linear(domain: nil, includesZero: false)),
                y: Axis(title: "", scale: .names([say("then"), say("new")])),
                marks: [
                    .dots(dots(fresh.before, 0), tone: .muted), .dots(dots(fresh.days, 1), tone: .accent),
                ]),
            caption: tell(
                "Each dot is a day's mean; \(NumberWords.count(fresh.before.count)) days then, n = \(NumberWords.count(fresh.n)) in the new ones."
            ),
            data: nil)
    }
}
