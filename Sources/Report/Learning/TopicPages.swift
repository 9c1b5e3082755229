import Analysis
import Charts
import Model

extension LearnersPages {
    var topicBlocks: [Block] {
        let top = learning.topics.prefix(10)
        let rest = learning.topics.dropFirst(10)
        guard !top.isEmpty else { return [.notice("No session names a topic.")] }
        var rows = top.map { (name: $0.topic, value: Double($0.sessions), low: Double?.none, high: Double?.none) }
        if !rest.isEmpty {
            rows.append(
                ("other (\(NumberWords.count(rest.count)))", Double(rest.reduce(0) { $0 + $1.sessions }), nil, nil))
        }
        let emerging = learning.topics.filter { $0.growth.value?.isEmerging(alpha: settings.alpha) ?? false }
        return [
            figures.bars(
                "Topics by sessions", rows, axis: "Sessions", caption: "A session with several topics counts for each"
            ) { NumberText.fixed($0, decimals: 0) }
        ].compactMap { $0.map { .figure($0) } } + [
            .prose(
                Prose(
                    [
                        .text(
                            emerging.isEmpty
                                ? "No topic takes a larger share than before beyond chance. "
                                : "Emerging: \(emerging.prefix(5).map { "“\($0.topic)”" }.joined(separator: ", ")). "),
                        .link(Link(path: "learners/topics/index.html", text: "All topics")), .text("."),
                    ]))
        ]
    }

    var topicIndex: Page {
        let shown = learning.topics.prefix(120)
        let rows = shown.map { topic -> [TableCell] in
            let mastered = settings.learning.levels.filter(\.isMastered).reduce(0) { $0 + (topic.levels[$1.name] ?? 0) }
            return [
                TableCell(topic.topic, link: link(toTopic: topic.topic)), LearningFigures.count(topic.sessions),
                LearningFigures.count(topic.learners), LearningFigures.count(mastered),
                TableCell(NumberText.fixed(topic.minutes / 60, decimals: 1), sortKey: topic.minutes),
                LearningFigures.quality(
                    topic.qualitySessions > 0 ? topic.quality / Double(topic.qualitySessions) : nil),
                LearningFigures.date(topic.last, ""), growthCell(topic.growth),
            ]
        }
        return Page(
            path: "learners/topics/index.html", kind: "analysis", title: "Topics",
            lead: Prose(
                "\(NumberWords.count(learning.topics.count, "topic", "topics")) of \(NumberWords.count(learning.learners.count, "learner", "learners"))."
            ),
            crumbs: up,
            sections: [
                PageSection(
                    id: "topics", title: "Topics", depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption: "By sessions"
                                    + (shown.count < learning.topics.count
                                        ? ", \(NumberWords.count(shown.count)) of \(NumberWords.count(learning.topics.count))"
                                        : ""),
                                columns: [
                                    .init("Topic"), .init("Sessions", isNumeric: true),
                                    .init("Learners", isNumeric: true),
                                    .init("Mastered by", isNumeric: true), .init("Hours", isNumeric: true),
                                    .init("Quality", isNumeric: true), .init("Last session"),
                                    .init("Share of topic days, last 30 − 30 before", isNumeric: true),
                                ], rows: Array(rows), export: Link(path: "exports/learning-topics.csv", text: "CSV")))
                    ])
            ],
            alternates: [
                Link(path: "exports/learning-topics.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    func growthCell(_ growth: Answer<TopicGrowth>) -> TableCell {
        context.cell(growth) { growth in
            let difference = growth.recent - growth.before
            let p = growth.test.pAdjusted ?? growth.test.p
            return TableCell(
                "\(NumberWords.signed(NumberText.fixed(difference * 100, decimals: 1), difference)) points, \(NumberWords.p(p))\(growth.isEmerging(alpha: settings.alpha) ? ", emerging" : "")",
                sortKey: difference, tone: growth.isEmerging(alpha: settings.alpha) ? .accent : .muted)
        }
    }

    /// A page for each of the topics with most sessions.
    var topicPages: [Page] {
        learning.topics.prefix(settings.learning.topTopics).compactMap { topic in
            guard let link = link(toTopic: topic.topic) else { return nil }
            let levelNames = settings.learning.levels.map(\.name) + [MasteryLevel.lowest.name]
            let levels = levelNames.map { name in
                (name: name, value: Double(topic.levels[name] ?? 0), low: Double?.none, high: Double?.none)
            }
            let chart = figures.bars(
                "Learners by level", levels, axis: "Learners",
                caption: "As of \(Wording.day(learning.asOf)); n = \(NumberWords.count(topic.learners))"
            ) { NumberText.fixed($0, decimals: 0) }
            let best = topic.best.filter { names.contains($0.learner) }
            return Page(
                path: link.path, kind: "analysis", title: topic.topic,
                lead: Prose(
                    "\(NumberWords.count(topic.sessions, "session", "sessions")) of \(NumberWords.count(topic.learners, "learner", "learners")), \(LearningWording.hours(topic.minutes / 60)), from \(Wording.day(topic.first)) to \(Wording.day(topic.last))."
                ),
                crumbs: up + [Link(path: "learners/topics/index.html", text: "Topics")],
                sections: [
                    PageSection(
                        id: "figures", title: "Key figures", depth: .executive,
                        blocks: [.keyFigures(figures(of: topic))]),
                    PageSection(
                        id: "levels", title: "Levels", blocks: [chart.map { .figure($0) }].compactMap { $0 }),
                    PageSection(
                        id: "learners", title: "Learners",
                        blocks: best.isEmpty
                            ? [.notice("No learner with a page is among the ten with the highest scores.")]
                            : [.table(bestTable(best))]),
                ],
                alternates: [
                    Link(path: "exports/learning-topics.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
                ])
        }
    }

    private func figures(of topic: TopicAccount) -> [KeyFigure] {
        let scores = topic.scores
        return [
            KeyFigure(
                label: "Mean score of mastery", value: scores.n > 0 ? LearningWording.quality(scores.mean) : nil,
                note: scores.n > 0
                    ? "n = \(NumberWords.count(scores.n, "learner", "learners"))\(scores.learningInterval(level: settings.level).map { ", \(NumberWords.level(settings.level)) interval \(LearningWording.quality($0.low)) to \(LearningWording.quality($0.high))" } ?? "")"
                    : "no session can be judged"),
            KeyFigure(
                label: "Quality",
                value: topic.qualitySessions > 0
                    ? LearningWording.quality(topic.quality / Double(topic.qualitySessions)) : nil,
                note: "over sessions on it"),
            KeyFigure(
                label: "Share of topic days",
                value: topic.growth.value.map { NumberWords.percent($0.recent) },
                note: topic.growth.value.map {
                    "in the last 30 days; \(NumberWords.percent($0.before)) in the 30 before, \(NumberWords.p($0.test.pAdjusted ?? $0.test.p))"
                }
                    ?? topic.growth.absence.map(Wording.absence) ?? ""),
        ]
    }

    private func bestTable(_ best: [TopicAccount.Best]) -> TableBlock {
        TableBlock(
            caption: "The highest scores among learners with a page",
            columns: [
                .init("Learner"), .init("Score", isNumeric: true), .init("Sessions", isNumeric: true), .init("Level"),
            ],
            rows: best.map { item in
                [
                    TableCell(item.learner, link: link(to: item.learner)), LearningFigures.quality(item.score),
                    LearningFigures.count(item.sessions), TableCell(item.level),
                ]
            })
    }
}
