import Analysis
import Charts
import Model
import Words

/// What the landing page says about alerts and KPIs.
extension ReportContext {
    /// The verdict, after the alerts that fire and how many of them are new.
    func landingVerdict() -> Prose {
        let firing = analyses.alerts.firing
        let points = analyses.points?.firing ?? []
        let count = firing.count + points.count
        guard count > 0 else { return verdict() }
        let critical = firing.count { $0.state.firing == .critical } + points.count { $0.level == .critical }
        return Prose(
            [
                .strong(NumberWords.count(count, "alert fires", "alerts fire")),
                .text((critical > 0 ? say(" (\(NumberWords.count(critical)) critical)") : "") + newAlerts() + ". "),
            ] + verdict().pieces)
    }

    /// How many alerts on records are new; nothing where alerts on metric points fire, which are judged by the hour.
    private func newAlerts() -> String {
        guard analyses.points?.firing.isEmpty ?? true else { return "" }
        let (new, since) = (analyses.alerts.new(since: alertReference).count, Wording.shortDay(alertReference))
        return new == 0 ? say(", none new since \(since)") : say(", \(NumberWords.count(new)) new since \(since)")
    }

    /// Sections for alerts and KPIs; one line where none is configured.
    func watchSections() -> [PageSection] {
        let verdict = pointVerdict()
        guard !verdict.isEmpty else { return watchSectionsOfRecords() }
        return [
            PageSection(
                id: "points", title: say("Health metrics"), depth: .executive,
                blocks: [
                    .prose(
                        Prose(
                            verdict + [
                                .link(Link(path: "health/index.html", text: say("Status, episodes and budgets"))),
                                .text("."),
                            ]))
                ])
        ] + watchSectionsOfRecords()
    }

    private func watchSectionsOfRecords() -> [PageSection] {
        let (alerts, kpis) = (analyses.alerts, analyses.kpis)
        guard !alerts.rules.isEmpty || !kpis.isEmpty else {
            return [
                PageSection(
                    id: "alerts", title: say("Alerts and KPIs"), depth: .executive,
                    blocks: [.prose(tell("No alert rules and no KPIs are configured (keys alerts and kpis)."))])
            ]
        }
        var sections: [PageSection] = []
        if alerts.rules.isEmpty {
            sections.append(
                PageSection(
                    id: "alerts", title: say("Alerts"), depth: .executive,
                    blocks: [.prose(tell("No alert rules are configured."))]
                ))
        } else {
            let shown = alerts.firing.prefix(4).map { item($0) }
            let recovered = alerts.recovered(since: alertReference)
            var blocks: [Block] = [.prose(alertVerdict())]
            if !shown.isEmpty { blocks.append(.findings(Array(shown))) }
            if !recovered.isEmpty {
                blocks.append(
                    .prose(tell("Recovered: \(recovered.prefix(5).map { name($0) }.joined(separator: "; ")).")))
            }
            let others = [
                (alerts.unknown.count, say("cannot be judged")), (alerts.pending.count, say("pending")),
                (alerts.muted.count, say("muted")),
            ].filter { $0.0 > 0 }.map { "\(NumberWords.count($0.0)) \($0.1)" }
            blocks.append(
                .prose(
                    Prose([
                        .link(Link(path: "alerts/index.html", text: say("All alerts and their history"))),
                        .text(others.isEmpty ? "." : "; \(others.joined(separator: ", "))."),
                    ])))
            sections.append(PageSection(id: "alerts", title: say("Alerts"), depth: .executive, blocks: blocks))
        }
        sections.append(
            PageSection(
                id: "kpis", title: say("KPIs against target"), depth: .executive,
                blocks: kpis.isEmpty
                    ? [.prose(tell("No KPIs are configured."))]
                    : [.prose(kpiVerdict()), .keyFigures(kpis.prefix(8).map(kpiFigure))]
                        + (kpis.count > 8
                            ? [
                                .prose(
                                    Prose([.link(Link(path: "kpis/index.html", text: say("All KPIs"))), .text(".")]))
                            ]
                            : [])))
        return sections
    }
}
