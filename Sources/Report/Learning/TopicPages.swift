import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    var topicBlocks: [Block] {
        let top = learning.topics.prefix(10)
        let rest = learning.topics.dropFirst(10)
        guard !top.isEmpty else { return [.notice(tell("No session names a topic."))] }
        var rows = top.map { (name: $0.topic, value: Double($0.sessions), low: Double?.none, high: Double?.none) }
        if !rest.isEmpty {
            rows.append(
                (say("other (\(NumberWords.count(rest.count)))"), Double(rest.reduce(0) { $0 + $1.sessions }), nil, nil)
            )
        }
        let emerging = learning.topics.filter { $0.growth.value?.isEmerging(alpha: settings.alpha) ?? false }
        return [
            figures.bars(
                say("Topics by sessions"), rows, of: say("Topic"), axis: say("Sessions"),
                caption: say("A session with several topics counts for each"), isCount: true
            ) { NumberText.fixed($0, decimals: 0) }
        ].compactMap { $0.map { .figure($0) } } + [
            .prose(
                Prose(
                    [
                        .text(
                            emerging.isEmpty
                                ? say("No topic takes a larger share than before beyond chance. ")
                                : say(
                                    "Emerging: \(emerging.prefix(5).map { say("“\($0.topic)”") }.joined(separator: ", ")). "
                                )),
                        .link(Link(path: "learners/topics/index.html", text: say("All topics"))), .text("."),
                    ]))
        ]
    }

    var topicIndex: Page {
        let shown = learning.topics.prefix(120)
        let rows = shown.map { topic -> [TableCell] in
            let mastered = topic.levels.map { levels in
                settings.learning.levels.filter(\.isMastered).reduce(0) { $0 + (levels[$1.name] ?? 0) }
            }
            return [
                TableCell(topic.topic, link: link(toTopic: topic.topic)), LearningFigures.count(topic.sessions),
                toldCell(topic.toldLearners), toldCell(mastered),
                TableCell(NumberText.fixed(topic.minutes / 60, decimals: 1), sortKey: topic.minutes),
                LearningFigures.quality(topic.meanQuality),
                LearningFigures.date(topic.last, say("the day of one learner")), growthCell(topic.growth),
            ]
        }
        return Page(
            path: "learners/topics/index.html", kind: "analysis", title: say("Topics"),
            lead: tell(
                "\(NumberWords.count(learning.topics.count, "topic", "topics")) of \(NumberWords.count(learning.learners.count, "learner", "learners"))."
            ),
            crumbs: up,
            sections: [
                heldSection,
                PageSection(
                    id: "topics", title: say("Topics"), depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption: say("By sessions")
                                    + (shown.count < learning.topics.count
                                        ? say(
                                            ", \(NumberWords.count(shown.count)) of \(NumberWords.count(learning.topics.count))"
                                        )
                                        : ""),
                                columns: [
                                    .init(say("Topic")), .init(say("Sessions"), isNumeric: true),
                                    .init(say("Learners"), isNumeric: true),
                                    .init(say("Mastered by"), isNumeric: true), .init(say("Hours"), isNumeric: true),
                                    .init(say("Quality"), isNumeric: true), .init(say("Last session")),
                                    .init(say("Share of topic days, last 30 − 30 before"), isNumeric: true),
                                ], rows: Array(rows), export: Link(path: "exports/learning-topics.csv", text: "CSV")))
                    ]),
            ].compactMap { $0 },
            alternates: [
                Link(path: "exports/learning-topics.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    /// A number of learners; too few are not told.
    func toldCell(_ count: Int?) -> TableCell {
        count.map { LearningFigures.count($0) }
            ?? TableCell(nil, reason: say("of fewer than \(learning.heldTo ?? 0) learners"))
    }

    func growthCell(_ growth: Answer<TopicGrowth>) -> TableCell {
        context.cell(growth) { growth in
            let difference = growth.recent - growth.before
            let p = growth.test.pAdjusted ?? growth.test.p
            return TableCell(
                say(
                    "\(NumberWords.signed(NumberText.fixed(difference * 100, decimals: 1), difference)) points, \(NumberWords.p(p))\(growth.isEmerging(alpha: settings.alpha) ? say(", emerging") : "")"
                ),
                sortKey: difference, tone: growth.isEmerging(alpha: settings.alpha) ? .accent : .muted)
        }
    }

    /// A page for each of the topics with most sessions.
    var topicPages: [Page] {
        learning.topics.prefix(settings.learning.topTopics).compactMap { topic in
            guard let link = link(toTopic: topic.topic) else { return nil }
            let levelNames = settings.learning.levels.map(\.name) + [MasteryLevel.lowest.name]
            let levels = levelNames.map { name in
                (name: name, value: Double(topic.levels?[name] ?? 0), low: Double?.none, high: Double?.none)
            }
            let chart = figures.bars(
                say("Learners by level"), levels, of: say("Level"), axis: say("Learners"),
                caption: topic.toldLearners.map { n in
                    say("As of \(Wording.day(learning.asOf)); n = \(NumberWords.count(n))")
                } ?? say("As of \(Wording.day(learning.asOf))"), isCount: true
            ) { NumberText.fixed($0, decimals: 0) }
            let best = topic.best.filter { names.contains($0.learner) }
            return Page(
                path: link.path, kind: "analysis", title: topic.topic,
                lead: tell(
                    "\(NumberWords.count(topic.sessions, "session", "sessions")) of \(topic.toldLearners.map { NumberWords.count($0, "learner", "learners") } ?? say("learners")), \(LearningWording.hours(topic.minutes / 60))\(span(of: topic))."
                ),
                crumbs: up + [Link(path: "learners/topics/index.html", text: say("Topics"))],
                sections: [
                    PageSection(
                        id: "figures", title: say("Key figures"), depth: .executive,
                        blocks: [.keyFigures(figures(of: topic))]),
                    PageSection(
                        id: "levels", title: say("Levels"),
                        blocks: topic.levels == nil
                            ? [.notice(tell("Too few learners are at one of the levels."))]
                            : [chart.map { .figure($0) }].compactMap { $0 }),
                    PageSection(
                        id: "learners", title: say("Learners"),
                        blocks: best.isEmpty
                            ? [.notice(tell("No learner with a page is among the ten with the highest scores."))]
                            : [.table(bestTable(best))]),
                ],
                alternates: [
                    Link(path: "exports/learning-topics.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
                ])
        }
    }

    private func span(of topic: TopicAccount) -> String {
        guard let first = topic.first, let last = topic.last else { return "" }
        return say(", from \(Wording.day(first)) to \(Wording.day(last))")
    }

    private func figures(of topic: TopicAccount) -> [KeyFigure] {
        let scores = topic.scores
        return [
            KeyFigure(
                label: say("Mean score of mastery"), value: scores.n > 0 ? LearningWording.quality(scores.mean) : nil,
                note: scores.n > 0
                    ? "n = \(NumberWords.count(scores.n, "learner", "learners"))\(scores.learningInterval(level: settings.level).map { say(", \(NumberWords.level(settings.level)) interval \(LearningWording.quality($0.low)) to \(LearningWording.quality($0.high))") } ?? "")"
                    : say("no session can be judged")),
            KeyFigure(
                label: say("Quality"),
                value: topic.meanQuality.map(LearningWording.quality),
                note: say("over \(NumberWords.count(topic.qualitySessions, "session", "sessions")) with one")),
            KeyFigure(
                label: say("Share of topic days"),
                value: topic.growth.value.map { NumberWords.percent($0.recent) },
                note: topic.growth.value.map {
                    say(
                        "in the last 30 days; \(NumberWords.percent($0.before)) in the 30 before, \(NumberWords.p($0.test.pAdjusted ?? $0.test.p))"
                    )
                }
                    ?? topic.growth.absence.map(Wording.absence) ?? ""),
        ]
    }

    private func bestTable(_ best: [TopicAccount.Best]) -> TableBlock {
        TableBlock(
            caption: say("The highest scores among learners with a page"),
            columns: [
                .init(say("Learner")), .init(say("Score"), isNumeric: true), .init(say("Sessions"), isNumeric: true),
                .init(say("Level")),
            ],
            rows: best.map { item in
                [
                    TableCell(item.learner, link: link(to: item.learner)), LearningFigures.quality(item.score),
                    LearningFigures.count(item.sessions), TableCell(item.level),
                ]
            })
    }
}
