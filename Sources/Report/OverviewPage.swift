import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The landing page: verdict, what changed, key figures, findings, freshness.
    func overviewPage() -> Page {
        let fortnight = analyses.asOf.advanced(by: -13)
        let isRecent = { (finding: Finding) in
            finding.kind == .nightChange || finding.kind == .recentChange
                || finding.kind == .levelShift && finding.period.start >= fortnight
        }
        let events = analyses.events
        let findings = events.filter { !isRecent($0) }.prefix(8).map(item)
        // What is new stands before what was there in the report before.
        let news = events.filter(isRecent)
        let recent = news.filter(isNew) + news.filter { !isNew($0) }
        return Page(
            path: "index.html", kind: "overview", title: input.run.title, lead: landingVerdict(),
            sections: [
                PageSection(
                    id: "since", title: say("What changed"), depth: .executive,
                    blocks: [.prose(freshness()), sinceEarlier()].compactMap { $0 }
                        + (recent.isEmpty
                            ? [.prose(noChange())]
                            : [.findings(recent.prefix(5).map(item))]))
            ] + watchSections()
                + [
                    moversSection(),
                    PageSection(
                        id: "figures", title: say("Key figures"), depth: .executive,
                        blocks: [.keyFigures(keyFigures())] + restOfMetrics()),
                    PageSection(
                        id: "findings", title: say("Findings"), depth: .executive,
                        blocks: analyses.ledger.tests == 0
                            ? [.prose(tell("Nothing could be tested."))]
                            : findings.isEmpty
                                ? [
                                    .prose(
                                        tell(
                                            "Nothing stands out: of \(NumberWords.count(analyses.ledger.tests, "test", "tests")) none stays below α = \(NumberWords.exactly(analyses.settings.alpha)) after correction."
                                        ))
                                ]
                                : [
                                    .findings(Array(findings)),
                                    .prose(
                                        Prose([
                                            .text(say("Ranked by what is certain of their size; ")),
                                            .link(
                                                Link(
                                                    path: "findings/index.html",
                                                    text: events.count == 1
                                                        ? say("the finding")
                                                        : say(
                                                            "all \(NumberWords.count(events.count)) findings"
                                                        ))
                                            ),
                                            .text("."),
                                        ])),
                                ]),
                    qualitySection(), validationSection(), learningSection(),
                    volumeFigure().map { PageSection(id: "data", title: say("Data"), blocks: [.figure($0)]) },
                ].compactMap { $0 },
            alternates: [Link(path: "summary.json", text: "JSON"), Link(path: "exports/findings.csv", text: "CSV")])
    }

    /// Why no change is told: none stands, or none could be tested.
    private func noChange() -> Prose {
        let tested = analyses.ledger.families.contains { family in
            [.recentChange, .nightChange, .levelShift].contains(family.kind) && family.tests > 0
        }
        guard tested else {
            return tell(
                "No change could be tested: there are records on \(NumberWords.count(analyses.coverage.daysWithRecords, "day", "days")), and a change needs earlier days to compare with."
            )
        }
        return tell(
            "No change of the newest day or of the last \(NumberWords.count(analyses.settings.currentDays)) days stands after correction over the whole report."
        )
    }

    /// Where the metrics are that the tiles do not show.
    private func restOfMetrics() -> [Block] {
        let shown = shownMetrics
        guard catalogue.metrics.count > shown else { return [] }
        return [
            .prose(
                Prose([
                    .text(say("The first \(shown) of \(NumberWords.count(catalogue.metrics.count)) metrics; ")),
                    .link(Link(path: "trends/index.html", text: say("all of them"))), .text("."),
                ]))
        ]
    }

    private var shownMetrics: Int { 9 }

    private func keyFigures() -> [KeyFigure] {
        let coverage = analyses.coverage
        var figures = [
            KeyFigure(
                label: say("Records"), value: NumberWords.count(coverage.records),
                note:
                    say(
                        "in \(NumberWords.count(coverage.daysWithRecords)) of \(NumberWords.count(analyses.period.length)) days"
                    ),
                link: Link(path: "data/index.html", text: say("Data")))
        ]
        figures += [excellentFigure(), unusualFigure()].compactMap { $0 }
        for metric in headlineFirst.prefix(shownMetrics) { figures.append(keyFigure(metric, in: overall(metric))) }
        return figures
    }

    /// A metric's newest days with their change.
    func keyFigure(_ metric: Metric, in subject: Subject) -> KeyFigure {
        let words = MetricWords(metric: metric)
        let link = Link(path: "trends/\(metric.name).html", text: metric.title)
        guard let change = analyses.trend(of: subject)?.sincePrevious.value else {
            let moments = analyses.distribution(of: subject)?.moments.value
            let absence = analyses.trend(of: subject)?.sincePrevious.absence?.ofDays
            return KeyFigure(
                label: metric.title, value: moments.map { words.value($0.mean) },
                note: moments == nil
                    ? say("no values in this period")
                    : say("mean of the period; no change: \(absence.map(Wording.absence) ?? say("not known"))"),
                sparkline: sparkline(subject), link: link)
        }
        let current = change.current
        let width = change.interval.high - change.interval.low
        let stands = (change.test.pAdjusted ?? change.test.p) < analyses.settings.alpha
        return KeyFigure(
            label: metric.title, value: words.value(current.mean, resolving: width),
            note:
                say(
                    "mean of \(Wording.shortDay(current.period.start)) to \(Wording.shortDay(current.period.end.advanced(by: -1))), n = \(NumberWords.count(current.n))"
                ),
            change:
                say(
                    "\(words.difference(change.difference, resolving: width)) against the \(NumberWords.count(analyses.settings.currentDays)) days before"
                )
                + (stands ? "" : say(" (not certain)")),
            tone: stands ? Wording.tone(of: change.difference, for: metric) : .muted, sparkline: sparkline(subject),
            link: link)
    }

    /// How fresh the data are, and how many rows they are.
    ///
    /// - Parameter isLinked: whether the sentence leads to the page of the data.
    func freshness(isLinked: Bool = true) -> Prose {
        let coverage = analyses.coverage
        let rejected = input.data.rejects.reduce(0) { $0 + $1.count }
        var pieces: [Prose.Piece] = []
        if let newest = coverage.newestDay, let age = coverage.ageInDays {
            pieces += [
                .text(say("The newest records are of ")), .time(iso: newest.iso, text: Wording.day(newest)),
                .text(
                    age == 0
                        ? say(", the day of this report")
                        : say(", \(NumberWords.count(age, "day", "days")) before the day of this report")),
            ]
        } else {
            pieces.append(.text(say("There are no records up to \(Wording.day(analyses.asOf))")))
        }
        pieces += [
            .text(
                say(
                    ": \(NumberWords.count(recordsOfDay, "record", "records")) of it, \(NumberWords.count(coverage.records)) in the period. \(NumberWords.count(input.data.files.count, "file", "files")) in the archive, \(NumberWords.count(rejected, "refusal", "refusals"))"
                )
            )
        ]
        let way = Prose.Piece.link(Link(path: "data/index.html", text: say("details")))
        return Prose(pieces + (isLinked ? [.text(" ("), way, .text(").")] : [.text(".")]))
    }

    /// Records of the newest day that has any.
    private var recordsOfDay: Int {
        analyses.volume(of: .all, by: .day)?.points.last { $0.period.start == analyses.coverage.newestDay }?.records
            ?? 0
    }

    /// A finding in words.
    func item(_ finding: Finding) -> FindingItem { item(finding, partOf: nil) }

    func item(_ finding: Finding, partOf event: Finding?) -> FindingItem {
        let (claim, metric, link) = claim(of: finding)
        let words = metric.map(MetricWords.init)
        let width = finding.interval.map { $0.high - $0.low }
        let isCount = if case .records = finding.subject { true } else { false }
        // A coefficient has as many digits as its interval needs to have a width.
        let decimals = max(2, width.map(NumberWords.decimals(resolving:)) ?? 2)
        let plain = { (value: Double) in
            isCount
                ? NumberWords.signed(NumberWords.percent(value, decimals: 0), value)
                : NumberText.fixed(value, decimals: decimals)
        }
        let name = finding.kind == .correlation ? say("Spearman ρ") + " = " : ""
        var evidence = [
            words.map { $0.difference(finding.estimate, resolving: width) } ?? name + plain(finding.estimate)
        ]
        if let interval = finding.interval {
            let text = words?.differenceInterval(interval) ?? say("\(plain(interval.low)) to \(plain(interval.high))")
            evidence.append(say("\(NumberWords.level(interval.level)) interval \(text)"))
        }
        if finding.kind != .correlation, !isCount {
            evidence.append(say("\(NumberText.fixed(finding.standardised, decimals: 2)) standard deviations"))
        }
        if let news = status(of: finding) { evidence.append(news) }
        evidence += [
            "n = \(NumberWords.count(finding.n))", say("\(NumberWords.p(finding.pAdjusted)) after correction"),
            Wording.period(finding.period),
        ]
        if let event {
            let claim = self.claim(of: event).text
            let isSibling = finding.kind == .levelShift && event.isStepOfGroup && finding.isStepOfGroup
            evidence.append(isSibling ? say("told with: \(claim)") : say("part of: \(claim)"))
        }
        if finding.parts > 0 {
            evidence.append(
                finding.kind == .groupDifference
                    ? NumberWords.count(finding.parts, "more pair differs", "more pairs differ")
                    : finding.isStepOfGroup
                        ? say(
                            "\(NumberWords.count(finding.parts, "more claim tells", "more claims tell")) the same"
                        )
                        : say(
                            "\(NumberWords.count(finding.parts, "more claim tells", "more claims tell")) the same of a part"
                        ))
        }
        return FindingItem(
            id: "f-\(finding.id)", claim: Prose([.text(claim)]), evidence: evidence.joined(separator: " · "),
            tone: Wording.tone(of: finding.goodness),
            link: link)
    }

    /// Whether there is a run before, and a finding was not there.
    private func isNew(_ finding: Finding) -> Bool { input.earlier.map { $0.claims[finding.id] == nil } ?? false }

    /// Whether a finding was there in the run before; nil without one.
    private func status(of finding: Finding) -> String? {
        input.earlier.map {
            $0.claims[finding.id] == nil ? say("new since \(Wording.shortDay($0.asOf))") : say("ongoing")
        }
    }

    /// Claims of the run before that do not stand any more, without those that were part of others.
    var gone: [(id: String, claim: String)] {
        let known = Set(analyses.findings.map(\.id)).union(input.earlier?.parts ?? [])
        return (input.earlier?.claims ?? [:]).filter { !known.contains($0.key) }
            .map { (id: $0.key, claim: $0.value) }.sorted { $0.id < $1.id }
    }

    /// What came and went since the run before, in one sentence.
    func sinceEarlier() -> Block? {
        guard let earlier = input.earlier else { return nil }
        let fresh = analyses.events.filter { earlier.claims[$0.id] == nil }.map { item($0).claim.plain }
        let gone = gone.map(\.claim)
        let named = { (claims: [String]) -> String in
            guard !claims.isEmpty else { return "." }
            return ": " + claims.prefix(3).joined(separator: " ")
                + (claims.count > 3 ? say(" And \(NumberWords.count(claims.count - 3)) more.") : "")
        }
        let text =
            say(
                "Since the report of \(Wording.day(earlier.asOf)) \(NumberWords.count(fresh.count, "finding is", "findings are")) new"
            ) + named(fresh)
            + say(" \(NumberWords.count(gone.count, "finding has", "findings have")) gone") + named(gone)
        let changes = Link(
            path: "../../archive/changes/\(analyses.asOf.iso).html", text: say("Everything that changed"))
        return .prose(Prose([.text(text + " "), .link(changes), .text(".")]))
    }

    private func claim(of finding: Finding) -> (text: String, metric: Metric?, link: Link?) {
        switch finding.subject {
        case .metric(let subject):
            let metric = catalogue.metric(named: subject.metric)
            let name =
                (metric?.title ?? subject.metric)
                + (subject.group == .all ? "" : " (\(Wording.group(subject.group, catalogue)))")
            let verb = finding.estimate > 0 ? say("higher") : say("lower")
            let text =
                switch finding.kind {
                case .trend: "\(name) \(finding.estimate > 0 ? say("rises") : say("falls"))."
                case .hours: say("\(name) depends on the hour of the day.")
                case .season: say("\(name) depends on the weekday.")
                case .levelShift:
                    say("\(name) has been \(verb) since \(Wording.day(finding.period.start)) than in the days before.")
                case .nightChange:
                    say("\(name) was \(verb) on the newest day than the same weekdays before lead to expect.")
                default:
                    say(
                        "\(name) is \(verb) in the last \(NumberWords.count(analyses.settings.currentDays)) days than in as many before."
                    )
                }
            let caution = metric.flatMap { makeUp(of: finding, $0) }.map { " \($0)" } ?? ""
            return (text + caution, metric, Link(path: "trends/\(subject.metric).html", text: say("Trend")))
        case .pair(let name, let dimension, let a, let b):
            let metric = catalogue.metric(named: name)
            let title = catalogue.dimension(named: dimension)?.title ?? dimension
            return (
                say(
                    "\(metric?.title ?? name): \(b) is \(finding.estimate > 0 ? say("above") : say("below")) \(a) (\(title))."
                ) + (caution(metric: name, dimension: dimension, a: a, b: b).map { " \($0)" } ?? ""),
                metric,
                Link(path: "comparisons/\(dimension).html#\(name)", text: say("Comparison"))
            )
        case .metrics(let x, let y, _):
            let titles = [x, y].map { catalogue.metric(named: $0)?.title ?? $0 }
            return (
                say(
                    "\(titles[0]) and \(titles[1]) go \(finding.estimate > 0 ? say("together") : say("against each other"))."
                ), nil,
                Link(path: "comparisons/index.html#correlation", text: say("Correlation"))
            )
        case .records:
            let more = finding.estimate > 0 ? say("More") : say("Fewer")
            let since = Wording.day(finding.period.start)
            return (
                finding.kind == .levelShift
                    ? say("\(more) records a day have come since \(since) than in the days before.")
                    : say("\(more) records than expected came on \(since)."),
                nil, Link(path: "data/index.html#freshness", text: say("Data"))
            )
        case .intervention(let id, let subject):
            let metric = catalogue.metric(named: subject.metric)
            let name = input.interventions.first { $0.id == id }?.name ?? id
            let shared = analyses.improvements.first { $0.intervention.id == id }?.sharedWith ?? []
            let caution = shared.isEmpty ? "" : say(" It cannot be told from \(shared.joined(separator: ", ")).")
            return (
                say(
                    "\(metric?.title ?? subject.metric) is \(finding.estimate > 0 ? say("higher") : say("lower")) since “\(name)”."
                ) + caution,
                metric,
                Link(path: "improvements/index.html", text: say("Before and after"))
            )
        }
    }

}

extension Finding {
    /// Whether it tells a step of one value of a dimension, with which like steps of other values are told.
    fileprivate var isStepOfGroup: Bool {
        if kind == .levelShift, case .metric(let subject) = subject, case .value = subject.group { true } else { false }
    }
}
