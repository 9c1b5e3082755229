import Analysis
import Charts
import Model
import Words

/// Words of the two health models.
enum HealthWords {
    static func level(_ level: HealthLevel) -> (word: String, tone: Tone) {
        switch level {
        case .healthy: (say("healthy"), .good)
        case .degraded: (say("degraded"), .muted)
        case .unknown: (say("unknown"), .muted)
        case .warning: (say("warning"), .bad)
        case .critical: (say("critical"), .bad)
        }
    }

    /// "82 of 100", or the most that it can be.
    static func score(_ score: HealthScore) -> String {
        say(
            "\(score.unjudged > 0 ? say("at most ") : "")\(NumberText.fixed(score.value, decimals: score.value == score.value.rounded() ? 0 : 1)) of 100"
        )
    }
}

extension ReportContext {
    /// The status of components over time and the score by deductions; nil where neither is declared.
    func healthPage() -> Page? {
        let users = [satisfactionSection(), interactionSection()].compactMap { $0 }
        guard analyses.healthStatus != nil || analyses.healthScore != nil || analyses.points != nil || !users.isEmpty
        else { return nil }
        return Page(
            path: "health/index.html", kind: "analysis", title: say("Health"), lead: healthVerdict(), crumbs: [home],
            sections: pointSections().filter { $0.depth != .technical } + users
                + [
                    analyses.healthStatus.map {
                        PageSection(id: "status", title: say("Status"), blocks: statusBlocks($0))
                    },
                    analyses.healthScore.map { PageSection(id: "score", title: say("Score"), blocks: scoreBlocks($0)) },
                ].compactMap { $0 } + pointSections().filter { $0.depth == .technical },
            alternates: [Link(path: "summary.json", text: "JSON")])
    }

    private func healthVerdict() -> Prose {
        var pieces = pointVerdict()
        if analyses.points == nil, analyses.healthStatus == nil, analyses.healthScore == nil {
            pieces.append(
                .text(
                    say("How users fare, by the interactions of the data; no alert rules and no limits are declared. "))
            )
        }
        if analyses.points?.components.isEmpty == true { pieces.append(.text(say("No limits hold for the points. "))) }
        if let status = analyses.healthStatus {
            let level = status.overall.level
            let causes = status.components.filter { $0.level == level }.map(\.name)
            pieces += [
                .strong(say("Status \(HealthWords.level(level).word)")),
                .text(level == .healthy ? ". " : say(" because of \(causes.prefix(5).joined(separator: ", ")). ")),
            ]
        }
        if let score = analyses.healthScore {
            pieces.append(.text(say("Score \(HealthWords.score(score)) over \(Wording.period(score.period)).")))
        }
        return Prose(pieces).ended
    }

    private func statusBlocks(_ status: HealthStatus) -> [Block] {
        let shown = Array(([status.overall] + status.components).prefix(25))
        let period = Period(
            days: min(analyses.settings.lookBackDays, analyses.alerts.period.length), through: analyses.asOf)
        let figure = StripFigure(
            title: say("Status by night"),
            rows: shown.map { part in (part.name, part.nights.map { ($0.day, StripState($0.level)) }) }, period: period,
            sentence: shown.map { "\($0.name) \(HealthWords.level($0.level).word)" }.joined(separator: ", ")
                + say(" on the last night."),
            rules: interventionRules(touching: analyses.alerts.results.map(Touched.init), from: period.start))
        let rows = shown.map { part -> [TableCell] in
            let level = HealthWords.level(part.level)
            let share = part.known > 0 ? Double(part.good) / Double(part.known) : nil
            return [
                TableCell(part.name), TableCell(level.word, tone: level.tone),
                TableCell(NumberWords.count(part.alerts.count), sortKey: Double(part.alerts.count)),
                TableCell(NumberWords.count(part.known), sortKey: Double(part.known)),
                share.map { TableCell(NumberWords.percent($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no night is known")),
            ]
        }
        return [
            .prose(
                tell(
                    "A component is as bad as its worst alert, the whole as bad as its worst component. Where a rule cannot be judged and none fires, the status is unknown: no data is not good. Mutes silence alerts, not the status."
                )
            ),
            .figure(
                FigureBlock(
                    figure: figure.figure,
                    caption: caption(
                        say(
                            "Full height critical, two thirds warning, half degraded, a thin line healthy, an outline unknown"
                        ),
                        period: period),
                    data: TableBlock(
                        caption:
                            say(
                                "Components over \(NumberWords.count(analyses.alerts.period.length, "night", "nights"))"
                            ),
                        columns: [
                            .init(say("Component")), .init(say("Status")), .init(say("Alerts"), isNumeric: true),
                            .init(say("Nights known"), isNumeric: true), .init(say("Good nights"), isNumeric: true),
                        ], rows: rows))),
        ]
    }

    private func scoreBlocks(_ score: HealthScore) -> [Block] {
        let rows = score.deductions.map { item -> [TableCell] in
            let words = item.row.map {
                StatisticWords(statistic: $0.statistic, metric: catalogue.metric(named: $0.metric))
            }
            let rule =
                item.row.map { row in
                    row.steps.map {
                        "\(say(word: row.bad.rawValue)) \(row.against == nil ? words?.limit($0.limit) ?? "" : NumberWords.percent($0.limit)): \(NumberWords.exactly($0.points))"
                    }.joined(separator: "; ")
                } ?? say("\(NumberWords.exactly(analyses.settings.unusualDayPoints)) each")
            let ratio = item.row?.against.map { "\(item.row?.metric ?? "") ÷ (\(item.row?.metric ?? "") + \($0))" }
            return [
                TableCell(item.row == nil ? say(word: item.title) : item.title),
                TableCell(ratio ?? words?.title ?? say("Unusual days of these metrics on the bad side")),
                TableCell(rule),
                cell(item.value) { value in
                    TableCell(
                        ratio.map { _ in NumberWords.percent(value) } ?? words?.value(value)
                            ?? NumberWords.count(Int(value)), sortKey: value)
                },
                TableCell(
                    item.points > 0 ? "−\(NumberWords.exactly(item.points))" : "0", sortKey: -item.points,
                    tone: item.points > 0 ? .bad : .muted),
                TableCell(NumberWords.count(item.n), sortKey: Double(item.n)),
            ]
        }
        return [
            .keyFigures([
                KeyFigure(
                    label: say("Score by deductions"), value: HealthWords.score(score),
                    note: say("100 less the points below, \(Wording.period(score.period))")
                        + (score.unjudged > 0
                            ? say("; \(NumberWords.count(score.unjudged, "row", "rows")) could not be judged") : ""))
            ]),
            .table(
                TableBlock(
                    caption: say("What was deducted, and for what"),
                    columns: [
                        .init(say("Row")), .init(say("Figure")), .init(say("Points by limit")),
                        .init(say("Value"), isNumeric: true),
                        .init(say("Points"), isNumeric: true), .init("n", isNumeric: true),
                    ], rows: rows)),
        ]
    }
}
