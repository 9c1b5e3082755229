import Analysis
import Charts
import Model
import Words

/// The pages of a learner's weeks, months, quarters and years.
extension LearnersPages {
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
            crumbs: learnerCrumbs(report),
            sections: [
                PageSection(
                    id: "totals", title: say("Totals"), depth: .executive,
                    blocks: [.table(comparison(state, newest, earlier, span, before))]),
                PageSection(
                    id: "met", title: say("Reached"), depth: .executive, blocks: reachedBlocks(state, newest.period)),
                PageSection(id: "topics", title: say("Topics"), blocks: spanTopics(state, newest.period)),
                PageSection(
                    id: "history", title: say("All \(words)s"),
                    blocks: [.table(spanTable(all, span))] + earlierTable(state, all, span)),
            ],
            alternates: [
                Link(path: "exports/learning-progress.csv", text: "CSV"),
                Link(path: "exports/learning.json", text: "JSON"),
            ])
    }

    private func comparison(
        _ state: LearnerState, _ now: SpanProgress, _ then: LearningTotals, _ span: LearningSpan, _ earlier: Period
    ) -> TableBlock {
        let (name, before) = (span.label(now.period), span.label(earlier))
        let rows: [(String, Double?, Double?, Int, LearningTrend.Kind?)] = [
            (say("Sessions"), Double(now.totals.sessions), Double(then.sessions), 0, nil),
            (say("Active days"), Double(now.totals.activeDays), Double(then.activeDays), 0, nil),
            (say("Minutes"), now.totals.minutes, then.minutes, 0, .minutes),
            (say("Exchanges"), Double(now.totals.exchanges), Double(then.exchanges), 0, .exchanges),
            (say("Mean quality"), now.totals.meanQuality, then.meanQuality, 3, .quality),
            (say("Mean minutes a session"), now.totals.meanMinutes, then.meanMinutes, 1, nil),
            (say("Items of feedback"), Double(now.totals.feedback), Double(then.feedback), 0, nil),
        ]
        let days = state.progress(by: .day, limit: 2 * 366)
        return TableBlock(
            caption: now.isUnfinished
                ? say("\(name), unfinished, beside the whole of \(before)") : say("\(name) beside \(before)"),
            columns: [
                .init(say("Metric")), .init(name, isNumeric: true), .init(before, isNumeric: true),
                .init(say("Difference"), isNumeric: true),
                .init(say("Relative"), isNumeric: true),
                .init(
                    say("Mean of a day, difference and \(NumberWords.level(settings.level)) interval"), isNumeric: true),
            ],
            rows: rows.map { title, new, old, decimals, kind in
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
                    kind.map { kind in
                        change(
                            kind,
                            LearningTrend.change(kind, days, in: now.period, against: earlier, level: settings.level))
                    } ?? TableCell(nil, reason: say("not asked of days")),
                ]
            })
    }

    private func change(_ kind: LearningTrend.Kind, _ answer: Answer<ChangeFigures>) -> TableCell {
        let words = LearningWording.words(kind)
        return context.cell(answer) { change in
            TableCell(
                "\(words?.difference(change.difference, beside: change.interval) ?? "") (\(words?.differenceInterval(change.interval) ?? ""))",
                sortKey: change.difference,
                tone: change.interval.contains(0) ? .muted : change.difference > 0 ? .good : .bad)
        }
    }

    /// What came of each earlier span: its topics, goals and achievements.
    private func earlierTable(_ state: LearnerState, _ all: [SpanProgress], _ span: LearningSpan) -> [Block] {
        let rows = all.dropLast().reversed().map { item in
            [TableCell(span.label(item.period))]
                + SpanReached(state, item.period).lists.map { items in
                    items.isEmpty
                        ? TableCell(nil, reason: say("none"))
                        : TableCell(
                            items.prefix(5).joined(separator: "; ")
                                + (items.count > 5 ? say(" and \(items.count - 5) more") : ""))
                }
        }
        guard !rows.isEmpty else { return [] }
        return [
            .table(
                TableBlock(
                    caption: say(
                        "Topics by days, goals, achievements and topics mastered of each \(LearningWording.span(span)) before"
                    ),
                    columns: [
                        .init(LearningWording.span(span).capitalizedFirst), .init(say("Topics")), .init(say("Goals")),
                        .init(say("Achievements")),
                        .init(say("Topics mastered")),
                    ], rows: rows, export: Link(path: "exports/learning-reached.csv", text: "CSV")))
        ]
    }

    private func reachedBlocks(_ state: LearnerState, _ period: Period) -> [Block] {
        let met = state.achievements.filter { $0.met.map(period.contains) ?? false }.map {
            say("“\(say(word: $0.definition.title))” on \($0.met.map(Wording.day) ?? "")")
        }
        let goals = state.goals.filter { $0.completed.map(period.contains) ?? false }.map {
            say("“\($0.goal.title)” on \($0.completed.map(Wording.day) ?? "")")
        }
        let mastered = state.topics.flatMap { topic in
            topic.reached.filter { $0.level.isMastered && period.contains($0.day) }.map {
                say("“\(topic.topic)”, \(say(word: $0.level.name)), on \(Wording.day($0.day))")
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
                .init(LearningWording.span(span).capitalizedFirst), .init(say("Sessions"), isNumeric: true),
                .init(say("Active days"), isNumeric: true),
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
