import Analysis
import Model
import Words

/// Health metrics on the page of alerts: their rules are judged in minutes, beside those that are judged by night.
extension ReportContext {
    /// The page of alerts where no rule by night is declared; nil where no point has a rule either.
    func pointAlertPage() -> Page? {
        let sections = pointAlertSections()
        guard !sections.isEmpty, let points = analyses.points else { return nil }
        let firing = points.firing.count
        return Page(
            path: "alerts/index.html", kind: "analysis", title: say("Alerts"),
            lead: Prose([
                .strong(
                    firing == 0
                        ? say("No health metric fires")
                        : NumberWords.count(firing, "health metric fires", "health metrics fire")),
                .text(say("; no rule by night is declared.")),
            ]), crumbs: [home], sections: sections,
            alternates: [
                Link(path: "exports/health-episodes.csv", text: "CSV"), Link(path: "alerts.json", text: "JSON"),
            ])
    }

    /// What fires of health metrics, every rule of points, and the newest episodes; empty without such rules.
    func pointAlertSections() -> [PageSection] {
        guard let points = analyses.points, points.series.contains(where: { $0.rule != nil }) else { return [] }
        let more = Prose([
            .text(say("Judged in minutes, at \(PointWords(points: points).moment(points.until)): ")),
            .link(Link(path: "health/index.html", text: say("every metric, its history and its budget"))), .text("."),
        ])
        let tables = pointAnswer(true).map { table in
            var table = table
            let shown = table.rows.prefix(60)
            if shown.count < table.rows.count {
                table.caption += say(", \(shown.count) of \(NumberWords.count(table.rows.count))")
            }
            table.rows = Array(shown)
            return Block.table(table)
        }
        return [
            PageSection(id: "points", title: say("Health metrics"), depth: .executive, blocks: [.prose(more)] + tables)
        ]
    }
}
