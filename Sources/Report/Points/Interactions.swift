import Analysis
import Charts
import Model
import Words

extension ReportContext {
    private func metric(_ names: [String]) -> Metric? {
        names.lazy.compactMap { catalogue.metric(named: $0) }.first
    }

    /// How interactions go by agent and by mode, where an export says which agent and mode answered; nil elsewhere.
    func interactionSection() -> PageSection? {
        let dimensions = [
            ["agent_type", "agent", "agent_name"], ["interaction_mode", "mode"], ["query_type"],
        ].compactMap { names in names.lazy.compactMap { catalogue.dimension(named: $0) }.first }
        let time = metric(["response_time", "response_time_ms", "response_ms"])
        let others = [
            metric(["response_quality", "quality"]), metric(["knowledge_used", "ragie_used"]),
            metric(["context_preserved", "context_kept"]),
        ].compactMap { $0 }
        guard !dimensions.isEmpty, let time, !others.isEmpty else { return nil }
        let metrics = [time] + others
        return PageSection(
            id: "interactions", title: say("Interactions by agent and mode"),
            blocks: dimensions.compactMap { dimension in
                let found = metrics.map { analyses.comparison(of: $0.name, by: dimension.name) }
                let values = Set(found.compactMap { $0 }.flatMap { $0.groups.map(\.value) }).sorted()
                guard !values.isEmpty else { return nil }
                let rows = values.prefix(40).map { value -> [TableCell] in
                    let figures = zip(metrics, found).map { metric, comparison in
                        (metric, comparison?.groups.first { $0.value == value })
                    }
                    let n = figures.first?.1?.n ?? 0
                    return [TableCell(value), TableCell(NumberWords.count(n), sortKey: Double(n))]
                        + figures.flatMap { metric, group -> [TableCell] in
                            let words = MetricWords(metric: metric)
                            guard let group else {
                                return [TableCell(nil, reason: say("too few to say")), TableCell(nil)]
                            }
                            return [
                                TableCell(words.value(group.mean), sortKey: group.mean),
                                group.interval.map { TableCell(words.interval($0), sortKey: $0.low) }
                                    ?? TableCell(nil, reason: say("the values do not vary")),
                            ]
                        }
                }
                return .table(
                    TableBlock(
                        caption:
                            say(
                                "By \(Wording.within(dimension.title)); groups with fewer than \(NumberWords.count(analyses.settings.minimumGroup)) are on the page of comparisons"
                            ),
                        columns: [.init(dimension.title), .init("n", isNumeric: true)]
                            + metrics.flatMap { metric in
                                [
                                    TableBlock.Column(say("\(metric.title), mean"), isNumeric: true),
                                    TableBlock.Column(
                                        say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                                ]
                            }, rows: Array(rows)))
            })
    }

    /// Completion, task success and rating from the data, each with n; nil where none of them is supplied.
    func satisfactionSection() -> PageSection? {
        let asked: [(label: String, names: [String])] = [
            (say("Completion"), ["completion", "completed", "completion_rate", "conversation_completed"]),
            (say("Task success"), ["task_success", "task_succeeded", "success"]),
            (
                say("Rating"),
                ["rating", "user_rating", "feedback", "feedback_score", "user_satisfaction", "satisfaction"]
            ),
        ]
        let found = asked.map { ($0.label, metric($0.names)) }
        // One alone is any metric of that name; the block is about how users fare as a whole.
        guard found.count(where: { $0.1 != nil }) >= 2 else { return nil }
        return PageSection(
            id: "satisfaction", title: say("User satisfaction"), depth: .executive,
            blocks: [
                .keyFigures(
                    found.map { label, metric in
                        guard let metric, let result = analyses.distribution(of: overall(metric)),
                            let moments = result.moments.value
                        else { return KeyFigure(label: label, value: nil, note: say("not supplied")) }
                        let words = MetricWords(metric: metric)
                        let reach =
                            moments.meanInterval.map {
                                say("; \(NumberWords.level($0.level)) interval \(words.interval($0))")
                            } ?? ""
                        return KeyFigure(
                            label: label, value: words.value(moments.mean),
                            note: say("mean of \(NumberWords.count(result.n))\(reach)"),
                            link: Link(path: "trends/\(metric.name).html", text: metric.title))
                    })
            ])
    }
}
