import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    func learnerCrumbs(_ report: LearnerReport) -> [Link] {
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
            crumbs: learnerCrumbs(report),
            sections: [
                PageSection(id: "days", title: say("Day by day"), blocks: dayBlocks(report)),
                PageSection(id: "trends", title: say("Trends"), blocks: [.table(trendTable(report.trends))]),
                PageSection(id: "forecast", title: say("Next days"), blocks: forecastBlocks(report)),
                PageSection(id: "weekdays", title: say("Weekdays and hours"), blocks: weekdayBlocks(report)),
                PageSection(id: "topics", title: say("Topics and mastery"), blocks: masteryBlocks(report)),
                partSection(state.totals, figures(of: state), partsByMonth(report)),
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

    /// Parts of the quality month by month, the newest first.
    private func partsByMonth(_ report: LearnerReport) -> [Block] {
        let used = QualityPart.allCases.filter { part in
            part.place < report.state.totals.parts.count && report.state.totals.parts[part.place].n > 0
        }
        let months = (report.spans[.month] ?? []).filter { $0.totals.quality.n > 0 }
        guard !used.isEmpty, !months.isEmpty else { return [] }
        return [
            .table(
                TableBlock(
                    caption: say("Parts of the quality by month, with \(NumberWords.level(settings.level)) intervals"),
                    columns: [.init(say("Month"))]
                        + used.map { .init(say(word: $0.rawValue).capitalizedFirst, isNumeric: true) },
                    rows: months.reversed().map { month in
                        [TableCell(LearningSpan.month.label(month.period))]
                            + used.map { part in
                                let parts = month.totals.parts
                                guard part.place < parts.count, parts[part.place].n > 0 else {
                                    return TableCell(nil, reason: say("no session with one"))
                                }
                                let moments = parts[part.place]
                                let interval = moments.learningInterval(level: settings.level)
                                return TableCell(
                                    LearningWording.quality(moments.mean)
                                        + (interval.map {
                                            " (\(LearningWording.quality($0.low))–\(LearningWording.quality($0.high)))"
                                        } ?? ""), sortKey: moments.mean)
                            }
                    }, export: Link(path: "exports/learning-quality-parts.csv", text: "CSV")))
        ]
    }

    private func forecastBlocks(_ report: LearnerReport) -> [Block] {
        let figures = figures(of: report.state)
        let period = settings.lookBack(from: report.state.asOf)
        return report.trends.filter { $0.kind != .exchanges }.flatMap { trend -> [Block] in
            guard let words = LearningWording.words(trend.kind) else { return [] }
            let made = trend.forecasts.compactMap(\.value)
            guard let best = trend.bestForecast else {
                let reason = trend.forecasts.first?.absence.map(Wording.absence) ?? say("not asked for")
                return [.notice(tell("\(words.metric.title): no forecast, \(reason)."))]
            }
            let decimals = LearningWording.decimals(trend.kind)
            let sentences = made.map { forecast -> String in
                let last = forecast.points.last
                let error =
                    forecast.backTest.value.map {
                        say(", mean error \(words.value($0.mae, decimals: decimals + 1)) in the back-test")
                    } ?? ""
                return
                    say(
                        "\(Wording.parts(forecast.model)): \(last.map { words.value($0.value, decimals: decimals) } ?? say("nothing")) after \(LearningWording.days(forecast.points.count)), \(NumberWords.level(forecast.level)) prediction interval \(last.map { words.interval($0.interval) } ?? say("none"))\(error)"
                    )
            }
            return [
                .figure(
                    context.forecastFigure(
                        words, trend.trend, best.figures, caption: { figures.caption($0, period: period) }, export: nil)
                ),
                .prose(
                    Prose(
                        say("\(words.metric.title) by two methods. \(sentences.joined(separator: "; ")).")
                            + (best.isChosen
                                ? say(
                                    " Drawn is that with the smaller error, the \(Wording.parts(best.figures.model)).")
                                : "")
                    )),
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
            say("Score of mastery"), drawn.map { ($0.topic, $0.score.value ?? 0, nil, nil) }, of: say("Topic"),
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
                                    : LearningWording.mark(item)),
                        ]
                    }))
        ]
    }
}
