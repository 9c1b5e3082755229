import Analysis
import Charts
import Model

extension LearnersPages {
    private func crumbs(_ report: LearnerReport) -> [Link] {
        var own = Self.link(report.state.learner)
        own.text = "Learner \(report.state.learner)"
        return up + [own]
    }

    /// Day by day, trends, forecast, topics.
    func progressPage(_ report: LearnerReport) -> Page {
        let state = report.state
        return Page(
            path: Self.link(state.learner, page: "progress").path, kind: "analysis",
            title: "Progress of learner \(state.learner)",
            lead: Prose(
                "\(NumberWords.count(report.days.reduce(0) { $0 + $1.totals.sessions }, "session", "sessions")) on \(NumberWords.count(report.days.count { $0.totals.sessions > 0 })) of the last \(NumberWords.count(report.days.count)) days."
            ),
            crumbs: crumbs(report),
            sections: [
                PageSection(id: "days", title: "Day by day", blocks: dayBlocks(report)),
                PageSection(id: "trends", title: "Trends", blocks: [.table(trendTable(report.trends))]),
                PageSection(id: "forecast", title: "Next days", blocks: forecastBlocks(report)),
                PageSection(id: "weekdays", title: "Weekdays and hours", blocks: weekdayBlocks(report)),
                PageSection(id: "topics", title: "Topics and mastery", blocks: masteryBlocks(report)),
                partSection(state.totals),
                PageSection(id: "milestones", title: "Milestones", blocks: milestoneBlocks(state)),
            ].compactMap { $0 }, alternates: alternates)
    }

    private func dayBlocks(_ report: LearnerReport) -> [Block] {
        let figures = figures(of: report.state)
        return [
            figures.daily(
                "Minutes per day", report.days.map { ($0.period.start, $0.totals.minutes, nil) }, axis: "Minutes",
                unit: "min",
                words: "0 on days without a session"
            ) { NumberText.fixed($0, decimals: 0) },
            figures.daily(
                "Quality per day", report.days.map { ($0.period.start, $0.totals.meanQuality, $0.totals.quality.n) },
                axis: "Mean quality",
                words:
                    "Mean over the sessions of the day, a gap where there is none; the seven-day mean is over sessions"
            ) { LearningWording.quality($0) },
        ].compactMap { $0.map { .figure($0) } }
    }

    private func forecastBlocks(_ report: LearnerReport) -> [Block] {
        report.trends.filter { $0.kind != .exchanges }.flatMap { trend -> [Block] in
            guard let words = LearningWording.words(trend.kind) else { return [] }
            let made = trend.forecasts.compactMap(\.value)
            guard let drawn = made.last else {
                let reason = trend.forecasts.first?.absence.map(Wording.absence) ?? "not asked for"
                return [.notice(Prose("\(words.metric.title): no forecast, \(reason)."))]
            }
            let sentences = made.map { forecast -> String in
                let last = forecast.points.last
                let error = forecast.backTest.value.map { ", mean error \(words.value($0.mae)) in the back-test" } ?? ""
                return
                    "\(forecast.model): \(last.map { words.value($0.value) } ?? "nothing") after \(LearningWording.days(forecast.points.count)), \(NumberWords.level(forecast.level)) prediction interval \(last.map { words.interval($0.interval) } ?? "none")\(error)"
            }
            return [
                .figure(context.forecastFigure(words, trend.trend, drawn)),
                .prose(Prose("\(words.metric.title) by two methods. \(sentences.joined(separator: "; ")).")),
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
                    ? "\(title): best on \(Wording.weekdays[best])s, lowest on \(Wording.weekdays[worst])s (Kruskal–Wallis, \(NumberWords.p(season.test.p)), before correction)."
                    : "\(title): weekdays cannot be told apart (Kruskal–Wallis, \(NumberWords.p(season.test.p)))."
            case .failure(let absence): return "\(title): weekdays cannot be compared, \(Wording.absence(absence))."
            }
        }
        return rhythmBlocks(state.hours, days, zone: state.zone) + [.prose(Prose(verdicts.joined(separator: " ")))]
    }

    private func masteryBlocks(_ report: LearnerReport) -> [Block] {
        let topics = report.state.topics
        guard !topics.isEmpty else { return [.notice("No session names a topic.")] }
        let drawn = topics.filter { $0.score.value != nil }.prefix(12)
        let figures = figures(of: report.state)
        let chart = figures.bars(
            "Score of mastery", drawn.map { ($0.topic, $0.score.value ?? 0, nil, nil) }, axis: "Score, 0 to 1",
            caption: "As of \(Wording.day(report.state.asOf)), those with most sessions",
            number: LearningWording.quality)
        let shown = topics.prefix(25)
        return [chart.map { .figure($0) }].compactMap { $0 } + [
            .table(
                TableBlock(
                    caption: "Topics by sessions"
                        + (shown.count < topics.count
                            ? ", \(NumberWords.count(shown.count)) of \(NumberWords.count(topics.count))" : ""),
                    columns: [
                        .init("Topic"), .init("Level"), .init("Score", isNumeric: true),
                        .init("Sessions", isNumeric: true),
                        .init("Aged sessions", isNumeric: true), .init("Success rate, interval", isNumeric: true),
                        .init("Quality", isNumeric: true), .init("Quality a week", isNumeric: true),
                        .init("Minutes", isNumeric: true), .init("Mastered on"), .init("Last session"),
                    ],
                    rows: shown.map(masteryCells), export: Link(path: "exports/learning-mastery.csv", text: "CSV")))
        ]
    }

    private func masteryCells(_ topic: TopicMastery) -> [TableCell] {
        [
            TableCell(topic.topic, link: link(toTopic: topic.topic)),
            TableCell(
                topic.level.name + (topic.hasFaded ? ", faded" : ""),
                tone: topic.level.isMastered ? .good : topic.hasFaded ? .bad : .muted),
            context.cell(topic.score) { TableCell(LearningWording.quality($0), sortKey: $0) },
            LearningFigures.count(topic.sessions),
            TableCell(NumberText.fixed(topic.evidence, decimals: 1), sortKey: topic.evidence),
            context.cell(topic.interval) { interval in
                TableCell(
                    "\(NumberWords.count(topic.successes)) of \(NumberWords.count(topic.judged)), \(NumberWords.percent(interval.low, decimals: 0)) to \(NumberWords.percent(interval.high, decimals: 0))",
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
            LearningFigures.date(topic.mastered, "not mastered so far"), LearningFigures.date(topic.last, ""),
        ]
    }

    private func milestoneBlocks(_ state: LearnerState) -> [Block] {
        let shown = state.milestones.suffix(40).reversed()
        guard !shown.isEmpty else { return [.notice("No mark was passed so far.")] }
        return [
            .table(
                TableBlock(
                    caption: "Marks with the day on which they were passed, the newest first"
                        + (shown.count < state.milestones.count
                            ? ", \(NumberWords.count(shown.count)) of \(NumberWords.count(state.milestones.count))"
                            : ""),
                    columns: [.init("Day"), .init("Kind"), .init("Mark")],
                    rows: shown.map { item in
                        [
                            LearningFigures.date(item.day, ""), TableCell(item.kind.rawValue),
                            TableCell(
                                item.kind == .improvement
                                    ? "“\(item.subject)” mastered at \(LearningWording.quality(item.mark))"
                                    : "\(NumberWords.exactly(item.mark)) \(item.subject)"),
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
                "\(words.prefix(1).uppercased() + words.dropFirst()) \(span.label(newest.period)) of learner \(state.learner)",
            lead: Prose(
                "\(NumberWords.count(newest.totals.sessions, "session", "sessions")) on \(LearningWording.days(newest.totals.activeDays)), \(LearningWording.minutes(newest.totals.minutes))\(newest.isUnfinished ? "; the \(words) goes on after the day of the report" : "")."
            ),
            crumbs: crumbs(report),
            sections: [
                PageSection(
                    id: "totals", title: "Totals", depth: .executive,
                    blocks: [.table(comparison(newest, earlier, span.label(newest.period), span.label(before)))]),
                PageSection(
                    id: "met", title: "Reached", depth: .executive, blocks: reachedBlocks(state, newest.period)),
                PageSection(id: "topics", title: "Topics", blocks: spanTopics(state, newest.period)),
                PageSection(id: "history", title: "All \(words)s", blocks: [.table(spanTable(all, span))]),
            ],
            alternates: [
                Link(path: "exports/learning-progress.csv", text: "CSV"),
                Link(path: "exports/learning.json", text: "JSON"),
            ])
    }

    private func comparison(_ now: SpanProgress, _ then: LearningTotals, _ name: String, _ before: String) -> TableBlock
    {
        let rows: [(String, Double?, Double?, Int)] = [
            ("Sessions", Double(now.totals.sessions), Double(then.sessions), 0),
            ("Active days", Double(now.totals.activeDays), Double(then.activeDays), 0),
            ("Minutes", now.totals.minutes, then.minutes, 0),
            ("Exchanges", Double(now.totals.exchanges), Double(then.exchanges), 0),
            ("Mean quality", now.totals.meanQuality, then.meanQuality, 3),
            ("Mean minutes a session", now.totals.meanMinutes, then.meanMinutes, 1),
            ("Items of feedback", Double(now.totals.feedback), Double(then.feedback), 0),
        ]
        return TableBlock(
            caption: now.isUnfinished
                ? "\(name), unfinished, beside the whole of \(before)" : "\(name) beside \(before)",
            columns: [
                .init("Of"), .init(name, isNumeric: true), .init(before, isNumeric: true),
                .init("Difference", isNumeric: true),
                .init("Relative", isNumeric: true),
            ],
            rows: rows.map { title, new, old, decimals in
                let difference = new.flatMap { new in old.map { new - $0 } }
                return [
                    TableCell(title), LearningFigures.number(new, decimals: decimals, reason: "no session with one"),
                    LearningFigures.number(old, decimals: decimals, reason: "no session with one"),
                    difference.map {
                        TableCell(NumberWords.signed(NumberText.fixed($0, decimals: decimals), $0), sortKey: $0)
                    }
                        ?? TableCell(nil, reason: "one of them has none"),
                    difference.flatMap { difference in
                        old.flatMap {
                            $0 == 0
                                ? nil
                                : TableCell(
                                    NumberWords.signed(NumberWords.percent(difference / $0), difference),
                                    sortKey: difference / $0)
                        }
                    } ?? TableCell(nil, reason: "nothing before to be a share of"),
                ]
            })
    }

    private func reachedBlocks(_ state: LearnerState, _ period: Period) -> [Block] {
        let met = state.achievements.filter { $0.met.map(period.contains) ?? false }.map {
            "“\($0.definition.title)” on \($0.met?.iso ?? "")"
        }
        let goals = state.goals.filter { $0.completed.map(period.contains) ?? false }.map {
            "“\($0.goal.title)” on \($0.completed?.iso ?? "")"
        }
        let mastered = state.topics.flatMap { topic in
            topic.reached.filter { $0.level.isMastered && period.contains($0.day) }.map {
                "“\(topic.topic)”, \($0.level.name), on \($0.day.iso)"
            }
        }
        return [("Achievements", met), ("Goals", goals), ("Topics mastered", mastered)].map { title, items in
            .prose(Prose("\(title): \(items.isEmpty ? "none" : items.prefix(20).joined(separator: "; "))."))
        }
    }

    private func spanTopics(_ state: LearnerState, _ period: Period) -> [Block] {
        var counts: [String: Int] = [:]
        for day in state.days where period.contains(day.day) {
            for topic in day.topics { counts[topic, default: 0] += 1 }
        }
        let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10)
        guard !top.isEmpty else { return [.notice("No topic in this time.")] }
        return [
            .table(
                TableBlock(
                    caption: "Topics by days, \(NumberWords.count(top.count)) of \(NumberWords.count(counts.count))",
                    columns: [.init("Topic"), .init("Days", isNumeric: true)],
                    rows: top.map { [TableCell($0.key, link: link(toTopic: $0.key)), LearningFigures.count($0.value)] })
            )
        ]
    }

    private func spanTable(_ all: [SpanProgress], _ span: LearningSpan) -> TableBlock {
        let best = all.max {
            ($0.totals.meanQuality ?? 0) * Double($0.totals.exchanges) < ($1.totals.meanQuality ?? 0)
                * Double($1.totals.exchanges)
        }
        return TableBlock(
            caption:
                "Each \(LearningWording.span(span)), empty ones included; the best by quality × exchanges is \(best.map { span.label($0.period) } ?? "none")",
            columns: [
                .init("From"), .init("Sessions", isNumeric: true), .init("Active days", isNumeric: true),
                .init("Minutes", isNumeric: true), .init("Exchanges", isNumeric: true),
                .init("Quality", isNumeric: true),
                .init("Topics", isNumeric: true), .init("New topics", isNumeric: true),
                .init("Streak", isNumeric: true),
            ],
            rows: all.reversed().map { item in
                [
                    TableCell(span.label(item.period) + (item.isUnfinished ? " (unfinished)" : "")),
                    LearningFigures.count(item.totals.sessions), LearningFigures.count(item.totals.activeDays),
                    LearningFigures.number(item.totals.minutes, decimals: 0, reason: ""),
                    LearningFigures.count(item.totals.exchanges), LearningFigures.quality(item.totals.meanQuality),
                    LearningFigures.count(item.topics), LearningFigures.count(item.newTopics),
                    LearningFigures.count(item.streak),
                ]
            }, export: Link(path: "exports/learning-progress.csv", text: "CSV"))
    }
}
