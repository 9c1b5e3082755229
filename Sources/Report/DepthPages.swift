import Analysis
import Charts
import Model
import Words

/// An analysis at its two other depths, beside the full pages: a row for each.
struct DepthPlan: Sendable {
    /// The folder of its pages.
    let folder: String
    /// Its name, as a heading.
    let title: String
    /// The claims that belong to it.
    let kinds: Set<Finding.Kind>
    /// What could not be said, and why.
    let refusals: @Sendable (ReportContext) -> [(name: String, reason: String)]
    /// Every test with its figures.
    let tests: @Sendable (ReportContext) -> [TableBlock]

    static var all: [DepthPlan] {
        [
            DepthPlan(
                folder: "trends", title: say("Trends"),
                kinds: [.trend, .recentChange, .nightChange, .levelShift, .season, .hours],
                refusals: { context in
                    context.overallTrends.compactMap { metric, trend in
                        trend.line.absence.map { (metric.title, Wording.absence($0.ofDays)) }
                            ?? (trend.direction == .insufficient
                                ? (metric.title, say("\(NumberWords.count(trend.days, "day", "days")) are too few"))
                                : nil)
                    }
                }, tests: { [$0.trendTestTable()] }),
            DepthPlan(
                folder: "distributions", title: say("Distributions"), kinds: [],
                refusals: { context in
                    context.overallDistributions.compactMap { metric, result in
                        result.normality.absence.map { (metric.title, Wording.absence($0)) }
                    }
                }, tests: { [$0.shapeTestTable(), $0.driftTestTable()] }),
            DepthPlan(
                folder: "comparisons", title: say("Comparisons"), kinds: [.groupDifference, .correlation],
                refusals: { context in
                    context.analyses.comparisons.filter(context.isComparable).compactMap { result in
                        result.omnibus.absence.map {
                            (context.name(of: result), Wording.absence($0))
                        }
                    }
                }, tests: { [$0.pairTestTable(), $0.omnibusTestTable()] }),
            DepthPlan(
                folder: "improvements", title: say("Improvements"), kinds: [.intervention],
                refusals: { context in
                    context.analyses.improvements.flatMap { context.refusals(on: $0) }
                }, tests: { [$0.improvementTestTable()] }),
        ]
    }
}

extension ReportContext {
    /// The short and the technical page of an analysis, for those who have two minutes and those who check.
    ///
    /// - Parameters:
    ///   - full: the page where the analysis begins; its sentence and its headline figures come first in short.
    ///   - pages: all pages of the analysis, of which each has its own sentence.
    func depthPages(of plan: DepthPlan, beside full: Page, among pages: [Page]) -> [Page] {
        let entry = Link(path: full.path, text: plan.title)
        let short = Link(path: "\(plan.folder)/brief.html", text: say("In short"))
        let technical = Link(path: "\(plan.folder)/technical.html", text: say("Every test"))
        let claims = analyses.events.filter { plan.kinds.contains($0.kind) }
        let refusals = plan.refusals(self)
        let alternates = [Link(path: "summary.json", text: "JSON")]
        return [
            Page(
                path: short.path, kind: "analysis", title: say("\(plan.title) in short"), lead: full.lead,
                crumbs: [home, entry], next: technical,
                sections: [
                    headline(of: full),
                    claims.isEmpty && plan.kinds.isEmpty
                        ? nil
                        : PageSection(
                            id: "claims", title: say("What stands"), depth: .executive, blocks: standing(claims)),
                    sentences(of: pages.filter { $0.crumbs.count == full.crumbs.count + 1 }),
                    PageSection(
                        id: "refusals", title: say("What cannot be said"), depth: .executive,
                        blocks: refused(refusals)),
                    PageSection(
                        id: "more", title: say("Further"), depth: .executive,
                        blocks: [
                            .prose(
                                Prose([.link(entry), .text(say(" with every chart. ")), .link(technical), .text(".")]))
                        ]),
                ].compactMap { $0 }, alternates: alternates),
            Page(
                path: technical.path, kind: "analysis", title: say("\(plan.title): every test"),
                lead: tell(
                    "Statistics, degrees of freedom and p-values before and after correction over \(NumberWords.count(analyses.ledger.tests, "test", "tests")) of this report."
                ),
                crumbs: [home, entry], previous: short,
                sections: [
                    PageSection(id: "tests", title: say("Tests"), blocks: plan.tests(self).map { .table($0) }),
                    PageSection(
                        id: "assumptions", title: say("Assumptions and settings"),
                        blocks: [
                            .prose(
                                Prose([
                                    .text(say("What each test assumes and every setting in force stand under ")),
                                    .link(Link(path: "methods/index.html", text: say("Methods"))), .text("."),
                                ]))
                        ]),
                    PageSection(id: "refusals", title: say("What cannot be said"), blocks: refused(refusals)),
                ], alternates: alternates),
        ]
    }

    /// The key figures of the full page, where it has some.
    private func headline(of full: Page) -> PageSection? {
        let figures = full.sections.flatMap(\.blocks).compactMap { block -> [KeyFigure]? in
            guard case .keyFigures(let figures) = block else { return nil }
            return figures
        }.first
        return figures.map {
            PageSection(id: "figures", title: say("Figures"), depth: .executive, blocks: [.keyFigures($0)])
        }
    }

    /// The sentence of every page directly below, the first forty.
    private func sentences(of pages: [Page]) -> PageSection? {
        guard !pages.isEmpty else { return nil }
        return PageSection(
            id: "sentences", title: say("Each in a sentence"), depth: .executive,
            blocks: [
                .links(
                    pages.prefix(40).map {
                        Definition($0.title, link: Link(path: $0.path, text: $0.title), text: $0.lead)
                    })
            ])
    }

    private func standing(_ claims: [Finding]) -> [Block] {
        guard !claims.isEmpty else {
            return [
                .prose(
                    tell(
                        "Nothing stands after correction over \(NumberWords.count(analyses.ledger.tests, "test", "tests"))."
                    ))
            ]
        }
        let shown = claims.prefix(12)
        let rest = claims.count - shown.count
        return [.findings(shown.map(item))]
            + (rest > 0
                ? [
                    .prose(
                        Prose([
                            .text(say("And \(NumberWords.count(rest)) more under ")),
                            .link(Link(path: "findings/index.html", text: say("Findings"))), .text("."),
                        ]))
                ] : [])
    }

    private func refused(_ refusals: [(name: String, reason: String)]) -> [Block] {
        guard !refusals.isEmpty else { return [.prose(tell("There was enough of everything."))] }
        let shown = refusals.prefix(60)
        return [
            .table(
                TableBlock(
                    caption: say("Left unsaid")
                        + (shown.count < refusals.count
                            ? say(", the first \(shown.count) of \(NumberWords.count(refusals.count))") : ""),
                    columns: [.init(say("What")), .init(say("Why"))],
                    rows: shown.map { [TableCell($0.name), TableCell($0.reason)] }))
        ]
    }

    // MARK: Tables of tests

    var overallTrends: [(Metric, TrendResult)] {
        catalogue.metrics.compactMap { metric in analyses.trend(of: overall(metric)).map { (metric, $0) } }
    }

    var overallDistributions: [(Metric, DistributionResult)] {
        catalogue.metrics.compactMap { metric in analyses.distribution(of: overall(metric)).map { (metric, $0) } }
    }

    /// "Accuracy by Tier".
    func name(of result: ComparisonResult) -> String {
        let metric = catalogue.metric(named: result.metric)?.title ?? result.metric
        return say("\(metric) by \(catalogue.dimension(named: result.dimension)?.title ?? result.dimension)")
    }

    /// A test of something.
    private typealias TestRow = (name: String, test: String, figures: Answer<TestFigures>)

    /// Rows of tests, each after its subject; cut at 150 with what is left out said.
    private func testTable(
        _ caption: String, _ subject: String, _ rows: [TestRow], uncorrected: String? = nil
    ) -> TableBlock {
        let shown = rows.prefix(150)
        return TableBlock(
            caption: caption
                + (shown.count < rows.count
                    ? say(", the first \(shown.count) of \(NumberWords.count(rows.count)) tests") : ""),
            columns: [.init(subject)] + Self.testColumns,
            rows: shown.map {
                [TableCell($0.name), TableCell($0.test)]
                    + cells(of: $0.figures.mapError(\.ofDays), uncorrected: uncorrected)
            })
    }

    func trendTestTable() -> TableBlock {
        testTable(
            say("Tests of trends, \(Wording.period(analyses.period))"), say("Metric"),
            overallTrends.flatMap { metric, trend -> [TestRow] in
                [
                    (metric.title, say("Slope, days reduced by autocorrelation"), trend.line.map(\.claim)),
                    (metric.title, say("Slope, Newey–West"), trend.line.map(\.test)),
                    (
                        metric.title,
                        trend.mannKendall.value.map { Wording.method($0.test.method) } ?? say("Mann–Kendall"),
                        trend.mannKendall.map(\.test)
                    ), (metric.title, say("Newest days against those before"), trend.sincePrevious.map(\.test)),
                    (metric.title, say("Newest day against its weekday"), trend.sinceSameWeekday.map(\.test)),
                    (metric.title, say("Lasting shift"), trend.lastingShift.map(\.change.test)),
                    (metric.title, say("Weekdays"), trend.behaviour.season.map(\.test)),
                ]
            })
    }

    func shapeTestTable() -> TableBlock {
        testTable(
            say("Tests of shape, \(Wording.period(analyses.period))"), say("Metric"),
            overallDistributions.flatMap { metric, result -> [TestRow] in
                var tests = result.normality.value?.tests ?? []
                if let dip = result.detail?.shape.value?.dip { tests.append(dip) }
                return tests.map { (metric.title, Wording.method($0.method), .success($0)) }
            }, uncorrected: say("no finding rests on it"))
    }

    private func drift(_ found: Answer<DriftFigures>?) -> Answer<TestFigures> {
        (found ?? .failure(.notDeclared)).flatMap(\.kolmogorovSmirnov)
    }

    func driftTestTable() -> TableBlock {
        testTable(
            say("Tests of drift"), say("Metric"),
            overallDistributions.flatMap { metric, result -> [TestRow] in
                [
                    (metric.title, say("Against the days before"), drift(result.detail?.sincePrevious)),
                    (metric.title, say("Against the baseline"), drift(result.detail?.sinceBaseline)),
                ]
            }, uncorrected: say("no finding rests on it"))
    }

    /// The tests that tell two groups apart, on which findings rest, by p.
    func pairTestTable() -> TableBlock {
        let rows = analyses.comparisons.flatMap { result in
            result.pairs.compactMap { pair in pair.counted.value.map { (result: result, pair: pair, test: $0) } }
        }.sorted { ($0.test.pAdjusted ?? 1, $0.test.p) < ($1.test.pAdjusted ?? 1, $1.test.p) }
        return testTable(
            say("Tests of two groups, the ones that count, by p, \(Wording.period(analyses.period))"), say("What"),
            rows.map { row in
                (
                    "\(name(of: row.result)): \(row.pair.b) − \(row.pair.a)", Wording.method(row.test.method),
                    .success(row.test)
                )
            })
    }

    func omnibusTestTable() -> TableBlock {
        testTable(
            say("Tests of any difference between groups, \(Wording.period(analyses.period))"), say("What"),
            analyses.comparisons.flatMap { result -> [TestRow] in
                guard let figures = result.omnibus.value else { return [] }
                let name = name(of: result)
                return [
                    (name, Wording.method(.welchANOVA), figures.welch),
                    (name, say("Analysis of variance"), figures.anova),
                    (name, say("Kruskal–Wallis"), figures.kruskalWallis),
                    (name, say("Brown–Forsythe"), figures.brownForsythe),
                ]
            }, uncorrected: say("the tests of two groups count"))
    }

    /// What cannot be said of an intervention: all of it, a follow-up, or what has become of it.
    fileprivate func refusals(on result: ImprovementResult) -> [(String, String)] {
        let name = result.intervention.name
        if let absence = result.figures.absence { return [(name, Wording.absence(absence))] }
        let followUps = result.followUps.compactMap { followUp in
            followUp.change.absence.map {
                (name, say("after \(NumberWords.count(followUp.day, "day", "days")): \(Wording.absence($0))"))
            }
        }
        return (result.outcome == .unclear ? [(name, outcomeWords(result))] : []) + followUps
    }

    func improvementTestTable() -> TableBlock {
        testTable(
            say("Tests of before against after"), say("Intervention"),
            analyses.improvements.flatMap { result -> [TestRow] in
                guard let figures = result.figures.value else { return [] }
                let name = result.intervention.name
                return [
                    (name, say("By day"), figures.byDay.map(\.test)),
                    (name, say("Welch t, records"), figures.welch),
                    (name, say("Mann–Whitney, records"), figures.mannWhitney),
                ]
                    + (result.control.value.map {
                        [(name, say("Difference in differences, by day"), .success($0.test))]
                    } ?? [])
            })
    }
}
