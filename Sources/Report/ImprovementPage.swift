import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// Interventions before and after; nil where none is registered.
    func improvementPage() -> Page? {
        guard !analyses.improvements.isEmpty else { return nil }
        let rows = analyses.improvements.map(improvementRow)
        return Page(
            path: "improvements/index.html", kind: "analysis", title: say("Improvements"),
            lead: tell(
                "\(NumberWords.count(analyses.improvements.count, "intervention", "interventions")) registered; each is judged by days before against days after, not by records alone."
            ),
            crumbs: [home],
            sections: improvementOverview() + [
                PageSection(
                    id: "register", title: say("Before and after"), depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption:
                                    say(
                                        "Baseline: \(NumberWords.count(analyses.settings.baselineDays)) days before the start; after: from the start to the end or to this report’s day; a change stands where days differ after correction over the whole report and the segmented regression below finds a jump or another slope of the same sign"
                                    ),
                                columns: [
                                    .init(say("Intervention")), .init(say("Status")), .init(say("Start")),
                                    .init(say("Metric")),
                                    .init(say("Before"), isNumeric: true),
                                    .init(say("After"), isNumeric: true), .init(say("After − before"), isNumeric: true),
                                    .init(
                                        say("\(NumberWords.level(analyses.settings.level)) interval, by day"),
                                        isNumeric: true),
                                    .init(say("p by day, whole report"), isNumeric: true),
                                    .init(say("Regression")), .init(say("Change stands")),
                                    .init(say("Share of the target"), isNumeric: true),
                                ], rows: rows, export: Link(path: "exports/improvements.csv", text: "CSV"))),
                        .prose(
                            tell(
                                "A value that was chosen because it was bad tends to get better by itself: a difference after an intervention is not yet its effect."
                            )
                        ),
                    ])
            ] + improvementDetails() + [measurementSection()].compactMap { $0 },
            alternates: [Link(path: "exports/improvements.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    private func improvementRow(_ result: ImprovementResult) -> [TableCell] {
        let intervention = result.intervention
        let metric = result.subject.flatMap { catalogue.metric(named: $0.metric) }
        var row = [
            TableCell(intervention.name), TableCell(say(word: intervention.status.rawValue)),
            TableCell(intervention.start.iso),
            metric.map {
                TableCell(
                    $0.title
                        + (result.subject?.group == .all
                            ? "" : " (\(Wording.group(result.subject?.group ?? .all, catalogue)))"))
            }
                ?? TableCell(nil, reason: say("names no known metric")),
        ]
        guard let metric, let figures = result.figures.value else {
            let reason = result.figures.absence.map(Wording.absence) ?? say("not known")
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
                result.isConfirmed(analyses.settings).map { $0 ? say("confirms it") : say("does not confirm it") },
                reason: result.segmented.absence.map(Wording.absence) ?? say("not known")),
            TableCell(stands ? say("yes") : say("no")),
            figures.targetAchievement.map { TableCell(NumberWords.percent($0, decimals: 0), sortKey: $0) }
                ?? TableCell(nil, reason: say("no target")),
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
                        ?? TableCell(nil, reason: say("not supplied")),
                    cell(check.ownChange) { TableCell(words.difference($0.difference), sortKey: $0.difference) },
                    cell(check.ownChange) {
                        TableCell(words.differenceInterval($0.interval), sortKey: $0.interval.low)
                    },
                    check.contradicts.map {
                        TableCell($0 ? say("contradicts ours") : say("fits ours"), tone: $0 ? .bad : .muted)
                    }
                        ?? TableCell(nil, reason: say("cannot be compared")),
                ]
            }
        }
        guard !rows.isEmpty else { return nil }
        let shown = rows.suffix(60)
        return PageSection(
            id: "measurements", title: say("Supplied measurements"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Measurements that came with the exports, beside what the records say")
                            + (shown.count < rows.count
                                ? say("; \(shown.count) of \(NumberWords.count(rows.count))") : ""),
                        columns: [
                            .init(say("Intervention")), .init(say("Day")),
                            .init(say("Supplied change"), isNumeric: true),
                            .init(say("Our change"), isNumeric: true),
                            .init(say("Interval of ours"), isNumeric: true), .init(say("Judgement")),
                        ], rows: Array(shown),
                        export: Link(path: "exports/measurements.csv", text: say("All measurements as CSV"))))
            ])
    }
}
