import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    private func crumbs(_ report: LearnerReport) -> [Link] {
        var own = Self.link(report.state.learner)
        own.text = say("Learner \(report.state.learner)")
        return up + [own]
    }

    /// Day by day, trends, forecast, topics.
    func progressPage(_ report: LearnerReport) -> Page {
        let state = report.state
        return Page(
            path: Self.link(state.learner, page: "progress").path, kind: "analysis",
            title: say("Progress of learner \(state.learner)"),
            lead: tell(
                "\(NumberWords.count(report.days.reduce(0) { $0 + $1.totals.sessions }, "session", "sessions")) on \(NumberWords.count(report.days.count { $0.totals.sessions > 0 })) of the last \(NumberWords.count(report.days.count)) days."
            ),
            crumbs: crumbs(report),
            sections: [
                PageSection(id: "days", title: say("Day by day"), blocks: dayBlocks(report)),
                PageSection(id: "trends", title: say("Trends"), blocks: [.table(trendTable(report.trends))]),
                PageSection(id: "forecast", title: say("Next days"), blocks: forecastBlocks(report)),
                PageSection(id: "weekdays", title: say("Weekdays and hours"), blocks: weekdayBlocks(report)),
                PageSection(id: "topics", title: say("Topics and mastery"), blocks: masteryBlocks(report)),
                partSection(state.totals, figures(of: state)),
                PageSection(id: "milestones", title: say("Milestones"), blocks: milestoneBlocks(state)),
            ].compactMap { $0 }, alternates: alternates)
    }

    private func dayBlocks(_ report: LearnerReport) -> [Block] {
        let figures = figures(of: report.state)
        return [
            figures.daily(
                say("Minutes per day"), report.days.map { ($0.period.start, $0.totals.minutes, nil) },
                axis: say("Minutes"),
                unit: "min",
                words: say("0 on days without a session")
            ) { NumberText.fixed($0, decimals: 0) },
            figures.daily(
                say("Quality per day"),
                report.days.map { ($0.period.start, $0.totals.meanQuality, $0.totals.quality.n) },
                axis: say("Mean quality"),
                words:
                    say(
                        "Mean over the sessions of the day, a gap where there is none; the seven-day mean is over sessions"
                    ),
                reasons: Dictionary(
                    report.days.filter { $0.totals.sessions > 0 }.map { ($0.period.start, say("no quality given")) }
                ) { first, _ in first }
            ) { LearningWording.quality($0) },
        ].compactMap { $0.map { .figure($0) } }
    }

    private func forecastBlocks(_ report: LearnerReport) -> [Block] {
        let figures = figures(of: report.state)
        let period = settings.lookBack(from: report.state.asOf)
        return report.trends.filter { $0.kind != .exchanges }.flatMap { trend -> [Block] in
            guard let words = LearningWording.words(trend.kind) else { return [] }
            let made = trend.forecasts.compactMap(\.value)
            guard let drawn = made.last else {
                let reason = trend.forecasts.first?.absence.map(Wording.absence) ?? say("not asked for")
                return [.notice(tell("\(words.metric.title): no forecast, \(reason)."))]
            }
            let sentences = made.map { forecast -> String in
                let last = forecast.points.last
                let error =
                    forecast.backTest.value.map { say(", mean error \(words.value($0.mae)) in the back-test") } ?? ""
                return
                    say(
                        "\(Wording.parts(forecast.model)): \(last.map { words.value($0.value) } ?? say("nothing")) after \(LearningWording.days(forecast.points.count)), \(NumberWords.level(forecast.level)) prediction interval \(last.map { words.interval($0.interval) } ?? say("none"))\(error)"
                    )
            }
            return [
                .figure(
                    context.forecastFigure(
                        words, trend.trend, drawn, caption: { figures.caption($0, period: period) }, export: nil)),
                .prose(tell("\(words.metric.title) by two methods. \(sentences.joined(separator: "; ")).")),
            ]
        }
    }

    private func weekdayBlocks(_ report: LearnerReport) -> [Block] {
        let state = report.state
        let days = state.days.map { LearnersDay(day: $0.day, totals: $0.totals) }
        let verdicts = report.trends.map { trend -> String in
            let title = LearningWording.title(trend.kind)
            switch trend.trend.behaviour.season {
            case .success(let season):
                let best = season.levels.max { $0.offset < $1.offset }?.position ?? 0
                let worst = season.levels.min { $0.offset < $1.offset }?.position ?? 0
                return season.test.p < settings.alpha
                    ? say(
                        "\(title): best on \(Wording.weekdays[best])s, lowest on \(Wording.weekdays[worst])s (Kruskal–Wallis, \(NumberWords.p(season.test.p)), before correction)."
                    )
                    : say("\(title): weekdays cannot be told apart (Kruskal–Wallis, \(NumberWords.p(season.test.p))).")
            case .failure(let absence):
                return say("\(title): weekdays cannot be compared, \(Wording.absence(absence)).")
            }
        }
        return rhythmBlocks(state.hours, days, figures(of: state)) + [.prose(Prose(verdicts.joined(separator: " ")))]
    }

    private func masteryBlocks(_ report: LearnerReport) -> [Block] {
        let topics = report.state.topics
        guard !topics.isEmpty else { return [.notice(tell("No session names a topic."))] }
        let drawn = topics.filter { $0.score.value != nil }.prefix(12)
        let figures = figures(of: report.state)
        let chart = figures.bars(
            say("Score of mastery"), drawn.map { ($0.topic, $0.score.value ?? 0, nil, nil) },
            axis: say("Score, 0 to 1"),
            caption: say("As of \(Wording.day(report.state.asOf)), those with most sessions"),
            number: LearningWording.quality)
        let shown = topics.prefix(25)
        return [chart.map { .figure($0) }].compactMap { $0 } + [
            .table(
                TableBlock(
                    caption: say("Topics by sessions")
                        + (shown.count < topics.count
                            ? say(", \(NumberWords.count(shown.count)) of \(NumberWords.count(topics.count))") : ""),
                    columns: [
                        .init(say("Topic")), .init(say("Level")), .init(say("Score"), isNumeric: true),
                        .init(say("Sessions"), isNumeric: true),
                        .init(say("Aged sessions"), isNumeric: true),
                        .init(say("Success rate, interval"), isNumeric: true),
                        .init(say("Quality"), isNumeric: true), .init(say("Quality a week"), isNumeric: true),
                        .init(say("Minutes"), isNumeric: true), .init(say("Mastered on")), .init(say("Last session")),
                    ],
                    rows: shown.map(masteryCells), export: Link(path: "exports/learning-mastery.csv", text: "CSV")))
        ]
    }

    private func masteryCells(_ topic: TopicMastery) -> [TableCell] {
        [
            TableCell(topic.topic, link: link(toTopic: topic.topic)),
            TableCell(
                say(word: topic.level.name) + (topic.hasFaded ? say(", faded") : ""),
                tone: topic.level.isMastered ? .good : topic.hasFaded ? .bad : .muted),
            context.cell(topic.score) { TableCell(LearningWording.quality($0), sortKey: $0) },
            LearningFigures.count(topic.sessions),
            TableCell(NumberText.fixed(topic.evidence, decimals: 1), sortKey: topic.evidence),
            context.cell(topic.interval) { interval in
                TableCell(
                    say(
                        "\(NumberWords.count(topic.successes)) of \(NumberWords.count(topic.judged)), \(NumberWords.percent(interval.low, decimals: 0)) to \(NumberWords.percent(interval.high, decimals: 0))"
                    ),
                    sortKey: interval.low)
            },
            LearningFigures.quality(topic.quality),
            context.cell(topic.trend) { line in
                let stands = !line.interval.contains(0)
                return TableCell(
                    NumberWords.signed(NumberText.fixed(line.slope * 7, decimals: 3), line.slope), sortKey: line.slope,
                    tone: stands ? (line.slope > 0 ? .good : .bad) : .muted)
            },
            LearningFigures.number(topic.minutes, decimals: 0, reason: ""),
            LearningFigures.date(topic.mastered, say("not mastered so far")), LearningFigures.date(topic.last, ""),
        ]
    }

    private func milestoneBlocks(_ state: LearnerState) -> [Block] {
        let shown = state.milestones.suffix(40).reversed()
        guard !shown.isEmpty else { return [.notice(tell("No mark was passed so far."))] }
        return [
            .table(
                TableBlock(
                    caption: say("Marks with the day on which they were passed, the newest first")
                        + (shown.count < state.milestones.count
                            ? say(", \(NumberWords.count(shown.count)) of \(NumberWords.count(state.milestones.count))")
                            : ""),
                    columns: [.init(say("Day")), .init(say("Kind")), .init(say("Mark"))],
                    rows: shown.map { item in
                        [
                            LearningFigures.date(item.day, ""), TableCell(say(word: item.kind.rawValue)),
                            TableCell(
                                item.kind == .improvement
                                    ? say("“\(item.subject)” mastered at \(LearningWording.quality(item.mark))")
                                    : "\(NumberWords.exactly(item.mark)) \(say(word: item.subject))"),
                        ]
                    }))
        ]
    }

    // MARK: Spans

    /// The newest span of a kind against the one before, and all spans.
    func periodPage(_ report: LearnerReport, _ span: LearningSpan) -> Page? {
        guard let all = report.spans[span], let newest = all.last else { return nil }
        let state = report.state
        let before = span.previous(newest.period)
        let earlier = state.totals(in: before)
        let words = LearningWording.span(span)
        return Page(
            path: Self.link(state.learner, page: span.rawValue).path, kind: "analysis",
            title:
                say("\(words.capitalizedFirst) \(span.label(newest.period)) of learner \(state.learner)"),
            lead: tell(
                "\(NumberWords.count(newest.totals.sessions, "session", "sessions")) on \(LearningWording.days(newest.totals.activeDays)), \(LearningWording.minutes(newest.totals.minutes))\(newest.isUnfinished ? say("; the \(words) goes on after the day of the report") : "")."
            ),
            crumbs: crumbs(report),
            sections: [
                PageSection(
                    id: "totals", title: say("Totals"), depth: .executive,
                    blocks: [.table(comparison(newest, earlier, span.label(newest.period), span.label(before)))]),
                PageSection(
                    id: "met", title: say("Reached"), depth: .executive, blocks: reachedBlocks(state, newest.period)),
                PageSection(id: "topics", title: say("Topics"), blocks: spanTopics(state, newest.period)),
                PageSection(id: "history", title: say("All \(words)s"), blocks: [.table(spanTable(all, span))]),
            ],
            alternates: [
                Link(path: "exports/learning-progress.csv", text: "CSV"),
                Link(path: "exports/learning.json", text: "JSON"),
            ])
    }

    private func comparison(_ now: SpanProgress, _ then: LearningTotals, _ name: String, _ before: String) -> TableBlock
    {
        let rows: [(String, Double?, Double?, Int)] = [
            (say("Sessions"), Double(now.totals.sessions), Double(then.sessions), 0),
            (say("Active days"), Double(now.totals.activeDays), Double(then.activeDays), 0),
            (say("Minutes"), now.totals.minutes, then.minutes, 0),
            (say("Exchanges"), Double(now.totals.exchanges), Double(then.exchanges), 0),
            (say("Mean quality"), now.totals.meanQuality, then.meanQuality, 3),
            (say("Mean minutes a session"), now.totals.meanMinutes, then.meanMinutes, 1),
            (say("Items of feedback"), Double(now.totals.feedback), Double(then.feedback), 0),
        ]
        return TableBlock(
            caption: now.isUnfinished
                ? say("\(name), unfinished, beside the whole of \(before)") : say("\(name) beside \(before)"),
            columns: [
                .init(say("Of")), .init(name, isNumeric: true), .init(before, isNumeric: true),
                .init(say("Difference"), isNumeric: true),
                .init(say("Relative"), isNumeric: true),
            ],
            rows: rows.map { title, new, old, decimals in
                let difference = new.flatMap { new in old.map { new - $0 } }
                return [
                    TableCell(title),
                    LearningFigures.number(new, decimals: decimals, reason: say("no session with one")),
                    LearningFigures.number(old, decimals: decimals, reason: say("no session with one")),
                    difference.map {
                        TableCell(NumberWords.signed(NumberText.fixed($0, decimals: decimals), $0), sortKey: $0)
                    }
                        ?? TableCell(nil, reason: say("one of them has none")),
                    difference.flatMap { difference in
                        old.flatMap {
                            $0 == 0
                                ? nil
                                : TableCell(
                                    NumberWords.signed(NumberWords.percent(difference / $0), difference),
                                    sortKey: difference / $0)
                        }
                    } ?? TableCell(nil, reason: say("nothing before to be a share of")),
                ]
            })
    }

    private func reachedBlocks(_ state: LearnerState, _ period: Period) -> [Block] {
        let met = state.achievements.filter { $0.met.map(period.contains) ?? false }.map {
            say("“\(say(word: $0.definition.title))” on \($0.met?.iso ?? "")")
        }
        let goals = state.goals.filter { $0.completed.map(period.contains) ?? false }.map {
            say("“\($0.goal.title)” on \($0.completed?.iso ?? "")")
        }
        let mastered = state.topics.flatMap { topic in
            topic.reached.filter { $0.level.isMastered && period.contains($0.day) }.map {
                say("“\(topic.topic)”, \(say(word: $0.level.name)), on \($0.day.iso)")
            }
        }
        return [(say("Achievements"), met), (say("Goals"), goals), (say("Topics mastered"), mastered)].map {
            title, items in
            .prose(Prose("\(title): \(items.isEmpty ? say("none") : items.prefix(20).joined(separator: "; "))."))
        }
    }

    private func spanTopics(_ state: LearnerState, _ period: Period) -> [Block] {
        var counts: [String: Int] = [:]
        for day in state.days where period.contains(day.day) {
            for topic in day.topics { counts[topic, default: 0] += 1 }
        }
        let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10)
        guard !top.isEmpty else { return [.notice(tell("No topic in this time."))] }
        return [
            .table(
                TableBlock(
                    caption: say(
                        "Topics by days, \(NumberWords.count(top.count)) of \(NumberWords.count(counts.count))"),
                    columns: [.init(say("Topic")), .init(say("Days"), isNumeric: true)],
                    rows: top.map { [TableCell($0.key, link: link(toTopic: $0.key)), LearningFigures.count($0.value)] })
            )
        ]
    }

    private func spanTable(_ all: [SpanProgress], _ span: LearningSpan) -> TableBlock {
        // A span without quality or exchanges is none that could be the best.
        let best = all.filter { ($0.totals.meanQuality ?? 0) * Double($0.totals.exchanges) > 0 }.max {
            ($0.totals.meanQuality ?? 0) * Double($0.totals.exchanges) < ($1.totals.meanQuality ?? 0)
                * Double($1.totals.exchanges)
        }
        return TableBlock(
            caption:
                say(
                    "Each \(LearningWording.span(span)), empty ones included; the best by quality × exchanges is \(best.map { span.label($0.period) } ?? say("none"))"
                ),
            columns: [
                .init(say("From")), .init(say("Sessions"), isNumeric: true), .init(say("Active days"), isNumeric: true),
                .init(say("Minutes"), isNumeric: true), .init(say("Exchanges"), isNumeric: true),
                .init(say("Quality"), isNumeric: true),
                .init(say("Topics"), isNumeric: true), .init(say("New topics"), isNumeric: true),
                .init(say("Streak"), isNumeric: true),
            ],
            rows: all.reversed().map { item in
                [
                    TableCell(span.label(item.period) + (item.isUnfinished ? say(" (unfinished)") : "")),
                    LearningFigures.count(item.totals.sessions), LearningFigures.count(item.totals.activeDays),
                    LearningFigures.number(item.totals.minutes, decimals: 0, reason: ""),
                    LearningFigures.count(item.totals.exchanges), LearningFigures.quality(item.totals.meanQuality),
                    LearningFigures.count(item.topics), LearningFigures.count(item.newTopics),
                    LearningFigures.count(item.streak),
                ]
            }, export: Link(path: "exports/learning-progress.csv", text: "CSV"))
    }
}
