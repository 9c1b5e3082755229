import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// Firing alerts, what came and went, their history and the rules; nil without a rule.
    func alertPage() -> Page? {
        guard !analyses.alerts.rules.isEmpty else { return pointAlertPage() }
        return Page(
            path: "alerts/index.html", kind: "analysis", title: say("Alerts"), lead: alertVerdict(), crumbs: [home],
            sections: [
                PageSection(id: "firing", title: say("Firing"), depth: .executive, blocks: firingBlocks()),
                PageSection(
                    id: "since", title: say("Since the report before"), depth: .executive, blocks: sinceBlocks()),
            ] + pointAlertSections() + [
                PageSection(id: "timeline", title: say("History"), blocks: alertTimeline()),
                PageSection(id: "components", title: say("By component"), blocks: [.table(alertMatrix())]),
                PageSection(id: "rules", title: say("Rules"), blocks: [.table(ruleTable()), .table(alertTable())]),
                PageSection(id: "silences", title: say("Acknowledged and muted"), blocks: silenceBlocks()),
                PageSection(id: "unjudged", title: say("Not judged"), blocks: unjudgedBlocks()),
                PageSection(
                    id: "method", title: say("How an alert comes and goes"), depth: .technical,
                    blocks: [.definitions(alertMethods)]),
            ],
            alternates: [Link(path: "exports/alerts.csv", text: "CSV"), Link(path: "alerts.json", text: "JSON")])
    }

    /// How many alerts fire, and what is new, in one sentence.
    func alertVerdict() -> Prose {
        let alerts = analyses.alerts
        let (firing, since) = (alerts.firing, alertReference)
        let judged = alerts.results.count { $0.judged > 0 }
        guard !firing.isEmpty else {
            let recovered = alerts.recovered(since: since).count
            let unknown = alerts.unknown.count
            return Prose([
                .strong(
                    unknown > 0
                        ? say("No alert is known to fire, \(NumberWords.count(unknown)) cannot be judged")
                        : say("No alert fires")),
                .text(
                    say(
                        ": \(NumberWords.count(judged, "alert was", "alerts were")) judged on up to \(NumberWords.count(alerts.period.length, "night", "nights"))"
                    )
                        + (recovered > 0
                            ? say("; \(NumberWords.count(recovered)) recovered since \(Wording.shortDay(since)).")
                            : ".")
                ),
            ])
        }
        let critical = firing.count { $0.state.firing == .critical }
        let new = alerts.new(since: since).count
        return Prose([
            .strong(NumberWords.count(firing.count, "alert fires", "alerts fire")),
            .text(
                say(
                    "\(critical > 0 ? say(", \(NumberWords.count(critical)) of them critical") : ""): \(NumberWords.count(new)) new since \(Wording.shortDay(since)), \(NumberWords.count(firing.count - new)) ongoing, \(NumberWords.count(alerts.recovered(since: since).count)) recovered."
                )
            ),
        ])
    }

    private func firingBlocks() -> [Block] {
        let firing = analyses.alerts.firing
        guard !firing.isEmpty else {
            return [
                .prose(
                    Prose([
                        .text(
                            analyses.alerts.unknown.isEmpty ? say("No alert fires.") : say("No alert is known to fire.")
                        )
                    ]))
            ]
        }
        let shown = firing.prefix(50).map { item($0) }
        return [.findings(Array(shown))]
            + (shown.count < firing.count
                ? [
                    .prose(
                        tell(
                            "\(NumberWords.count(firing.count - shown.count)) more stand in the table of alerts below.")
                    )
                ]
                : [])
    }

    private func sinceBlocks() -> [Block] {
        let alerts = analyses.alerts
        let since = alertReference
        let names = { (results: [AlertResult]) in
            results.isEmpty
                ? say("none")
                : results.prefix(10).map { name($0) }.joined(separator: "; ")
                    + (results.count > 10 ? say(" and \(NumberWords.count(results.count - 10)) more") : "")
        }
        let rows: [(String, [AlertResult])] = [
            (say("New"), alerts.new(since: since)), (say("Ongoing"), alerts.ongoing(since: since)),
            (say("Recovered"), alerts.recovered(since: since)), (say("Pending"), alerts.pending),
        ]
        return [
            .prose(
                Prose([
                    .text(say("Compared with ")), .time(iso: since.iso, text: Wording.day(since)),
                    .text(
                        input.earlier == nil
                            ? say(", the day before, because this is the first report.")
                            : say(
                                ", the day of the report before. Both states come from the records as they are known now."
                            )
                    ),
                ])),
            .table(
                TableBlock(
                    caption: say("What came and went"),
                    columns: [.init(say("Change")), .init(say("Alerts"), isNumeric: true), .init(say("Which"))],
                    rows: rows.map { [TableCell($0.0), count($0.1.count), TableCell(names($0.1))] })),
        ]
    }

    /// Components × severities: what fires now, and how often each has.
    private func alertMatrix() -> TableBlock {
        let alerts = analyses.alerts
        let components = analyses.healthStatus?.components ?? []
        let rows = components.map { component -> [TableCell] in
            let members = Set(component.alerts)
            let results = alerts.results.filter { members.contains($0.id) }
            let episodes = results.flatMap(\.episodes)
            let level = HealthWords.level(component.level)
            let bySeverity = { (found: (Finding.Severity) -> Int) -> TableCell in
                let counts = Finding.Severity.allCases.reversed().map(found)
                return TableCell(
                    counts.map(NumberWords.count).joined(separator: " / "),
                    sortKey: counts.reduce(0) { 1_000 * $0 + Double($1) })
            }
            return [
                TableCell(component.name), TableCell(level.word, tone: level.tone),
                bySeverity { severity in results.count { $0.state.firing == severity } },
                bySeverity { severity in episodes.count { $0.severity == severity } },
            ]
        }
        return TableBlock(
            caption:
                say(
                    "Critical / warning / note by component, now and in the \(NumberWords.count(alerts.period.length)) nights that were replayed"
                ),
            columns: [
                .init(say("Component")), .init(say("Status")), .init(say("Firing now"), isNumeric: true),
                .init(say("Fired in all"), isNumeric: true),
            ], rows: rows)
    }

    private func ruleTable() -> TableBlock {
        let alerts = analyses.alerts
        let rows = alerts.rules.map { rule -> [TableCell] in
            let results = alerts.results.filter { $0.rule.id == rule.id }
            let episodes = results.flatMap(\.episodes)
            let words = AlertWords(rule, rule.terms, catalogue)
            let last = episodes.map(\.fired).max()
            return [
                TableCell(rule.title), TableCell("\(words.subject) \(words.condition); \(words.steadiness)"),
                count(results.count), count(results.reduce(0) { $0 + $1.judged }),
                count(results.reduce(0) { $0 + $1.breaches }), count(episodes.count),
                TableCell(last?.iso, reason: say("has never fired")),
                TableCell(rule.owner, reason: say("no owner named")),
            ]
        }
        return TableBlock(
            caption: say("Rules, how often they were judged and how often they fired"),
            columns: [
                .init(say("Rule")), .init(say("Speaks when")), .init(say("Groups"), isNumeric: true),
                .init(say("Nights judged"), isNumeric: true), .init(say("Breaches"), isNumeric: true),
                .init(say("Fired"), isNumeric: true), .init(say("Last fired")), .init(say("Owner")),
            ], rows: rows)
    }

    private func alertTable() -> TableBlock {
        let results = analyses.alerts.results
        let ranked = results.enumerated().sorted { left, right in
            let (a, b) = (HealthLevel.rank(left.element.state), HealthLevel.rank(right.element.state))
            return a != b ? a > b : left.offset < right.offset
        }.map(\.element)
        let shown = ranked.prefix(40)
        return TableBlock(
            caption: say("Alerts, one for each rule and group, over the replayed nights")
                + (shown.count < results.count ? say("; \(shown.count) of \(NumberWords.count(results.count))") : ""),
            columns: [
                .init(say("Alert")), .init(say("State")), .init(say("Newest value"), isNumeric: true),
                .init(say("Nights judged"), isNumeric: true), .init(say("Good nights"), isNumeric: true),
                .init(say("Longest breach, nights"), isNumeric: true), .init(say("Fired"), isNumeric: true),
                .init(say("Days to fire"), isNumeric: true), .init(say("Days to recover"), isNumeric: true),
                .init(say("Error budget left"), isNumeric: true),
            ], rows: shown.map(alertRow), export: Link(path: "exports/alerts.csv", text: say("All episodes as CSV")))
    }

    private func alertRow(_ result: AlertResult) -> [TableCell] {
        let words = words(result)
        let state = AlertWords.state(result.state)
        let value = result.newest?.value.value
        return [
            TableCell(name(result)),
            TableCell(result.isMuted ? say("\(state.word), muted") : state.word, tone: state.tone),
            value.map { TableCell(words.value($0), sortKey: $0) } ?? TableCell(nil, reason: say("never judged")),
            count(result.judged),
            cell(result.availability(level: analyses.settings.level)) {
                TableCell(NumberWords.percent($0.value), sortKey: $0.value)
            },
            result.longestBreach.map { count($0.nights) } ?? TableCell(nil, reason: say("no breach")),
            count(result.episodes.count),
            days(result.meanDaysToDetect, reason: say("has never fired")),
            days(result.meanDaysToRecover, reason: say("has never recovered")),
            cell(result.budget) {
                TableCell(
                    say(
                        "\(NumberText.fixed($0.left, decimals: 1)) of \(NumberText.fixed($0.allowed, decimals: 1)) nights"
                    ),
                    sortKey: $0.left, tone: $0.left < 0 ? .bad : .muted)
            },
        ]
    }

    private func count(_ value: Int) -> TableCell { TableCell(NumberWords.count(value), sortKey: Double(value)) }

    private func days(_ value: Double?, reason: String) -> TableCell {
        value.map { TableCell(NumberText.fixed($0, decimals: 1), sortKey: $0) } ?? TableCell(nil, reason: reason)
    }
}

extension HealthLevel {
    /// Firing before pending before unknown before quiet.
    fileprivate static func rank(_ state: AlertState) -> Int {
        switch state {
        case .firing(.critical, _): 5
        case .firing(.warning, _): 4
        case .firing(.note, _): 3
        case .pending: 2
        case .unknown: 1
        case .quiet: 0
        }
    }
}
