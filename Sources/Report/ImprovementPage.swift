import Analysis
import Charts
import Model

extension ReportContext {
    /// Interventions before and after; nil where none is registered.
    func improvementPage() -> Page? {
        guard !analyses.improvements.isEmpty else { return nil }
        let rows = analyses.improvements.map(improvementRow)
        return Page(
            path: "improvements/index.html", kind: "analysis", title: "Improvements",
            lead: Prose(
                "\(NumberWords.count(analyses.improvements.count, "intervention", "interventions")) registered; each is judged by days before against days after, not by records alone."
            ),
            crumbs: [home],
            sections: improvementOverview() + [
                PageSection(
                    id: "register", title: "Before and after", depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption:
                                    "Baseline: \(NumberWords.count(analyses.settings.baselineDays)) days before the start; after: from the start to the end or to this report’s day; a change stands where days differ after correction over the whole report and the segmented regression below finds a jump or another slope of the same sign",
                                columns: [
                                    .init("Intervention"), .init("Status"), .init("Start"), .init("Metric"),
                                    .init("Before", isNumeric: true),
                                    .init("After", isNumeric: true), .init("After − before", isNumeric: true),
                                    .init(
                                        "\(NumberWords.level(analyses.settings.level)) interval, by day",
                                        isNumeric: true),
                                    .init("p by day, whole report", isNumeric: true),
                                    .init("Regression"), .init("Change stands"),
                                    .init("Share of the target", isNumeric: true),
                                ], rows: rows, export: Link(path: "exports/improvements.csv", text: "CSV"))),
                        .prose(
                            "A value that was chosen because it was bad tends to get better by itself: a difference after an intervention is not yet its effect."
                        ),
                    ])
            ] + improvementDetails() + [measurementSection()].compactMap { $0 },
            alternates: [Link(path: "exports/improvements.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    private func improvementRow(_ result: ImprovementResult) -> [TableCell] {
        let intervention = result.intervention
        let metric = result.subject.flatMap { catalogue.metric(named: $0.metric) }
        var row = [
            TableCell(intervention.name), TableCell(intervention.status.rawValue), TableCell(intervention.start.iso),
            metric.map {
                TableCell(
                    $0.title
                        + (result.subject?.group == .all
                            ? "" : " (\(Wording.group(result.subject?.group ?? .all, catalogue)))"))
            }
                ?? TableCell(nil, reason: "names no known metric"),
        ]
        guard let metric, let figures = result.figures.value else {
            let reason = result.figures.absence.map(Wording.absence) ?? "not known"
            return row + [TableCell(nil, reason: reason)] + Array(repeating: TableCell(nil), count: 7)
        }
        let words = MetricWords(metric: metric)
        let width = figures.interval.high - figures.interval.low
        let stands = result.isClaimed(analyses.settings)
        row += [
            TableCell(
                "\(words.value(figures.before.mean, resolving: width)) (n = \(NumberWords.count(figures.before.n)))",
                sortKey: figures.before.mean),
            TableCell(
                "\(words.value(figures.after.mean, resolving: width)) (n = \(NumberWords.count(figures.after.n)))",
                sortKey: figures.after.mean),
            TableCell(
                words.difference(figures.difference, resolving: width), sortKey: figures.difference,
                tone: stands ? Wording.tone(of: figures.difference, for: metric) : .muted),
            cell(figures.byDay) { TableCell(words.differenceInterval($0.interval), sortKey: $0.interval.low) },
            cell(figures.byDay) { TableCell(NumberWords.bareP($0.test.pAdjusted ?? $0.test.p), sortKey: $0.test.p) },
            TableCell(
                result.isConfirmed(analyses.settings).map { $0 ? "confirms it" : "does not confirm it" },
                reason: result.segmented.absence.map(Wording.absence) ?? "not known"),
            TableCell(stands ? "yes" : "no"),
            figures.targetAchievement.map { TableCell(NumberWords.percent($0, decimals: 0), sortKey: $0) }
                ?? TableCell(nil, reason: "no target"),
        ]
        return row
    }

    private func measurementSection() -> PageSection? {
        let rows = analyses.improvements.flatMap { result -> [[TableCell]] in
            guard let metric = result.subject.flatMap({ catalogue.metric(named: $0.metric) }) else { return [] }
            let words = MetricWords(metric: metric)
            return result.measurements.map { check in
                [
                    TableCell(result.intervention.name), TableCell(check.measurement.day.iso),
                    check.suppliedChange.map { TableCell(words.difference($0), sortKey: $0) }
                        ?? TableCell(nil, reason: "not supplied"),
                    cell(check.ownChange) { TableCell(words.difference($0.difference), sortKey: $0.difference) },
                    cell(check.ownChange) {
                        TableCell(words.differenceInterval($0.interval), sortKey: $0.interval.low)
                    },
                    check.contradicts.map { TableCell($0 ? "contradicts ours" : "fits ours", tone: $0 ? .bad : .muted) }
                        ?? TableCell(nil, reason: "cannot be compared"),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        let shown = rows.suffix(60)
        return PageSection(
            id: "measurements", title: "Supplied measurements",
            blocks: [
                .table(
                    TableBlock(
                        caption: "Measurements that came with the exports, beside what the records say"
                            + (shown.count < rows.count ? "; \(shown.count) of \(NumberWords.count(rows.count))" : ""),
                        columns: [
                            .init("Intervention"), .init("Day"), .init("Supplied change", isNumeric: true),
                            .init("Our change", isNumeric: true),
                            .init("Interval of ours", isNumeric: true), .init("Judgement"),
                        ], rows: Array(shown),
                        export: Link(path: "exports/measurements.csv", text: "All measurements as CSV")))
            ])
    }
}
