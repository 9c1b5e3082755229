import Analysis
import Model

/// The tables of learning as CSV, and all of them as JSON.
struct LearningExports {
    let learning: LearnersResult
    let run: RunIdentity
    /// Of intervals.
    var level = 0.95

    var tables: [(path: String, table: CSVTable)] {
        [
            ("exports/learners.csv", learners), ("exports/learning-days.csv", days),
            ("exports/learning-progress.csv", progress),
            ("exports/learning-topics.csv", topics), ("exports/learning-mastery.csv", mastery),
            ("exports/learning-goals.csv", goals), ("exports/learning-goal-progress.csv", goalProgress),
            ("exports/learning-achievements.csv", achievements), ("exports/learning-streaks.csv", streaks),
            ("exports/learning-insights.csv", insights), ("exports/learning-milestones.csv", milestones),
            ("exports/learning-reached.csv", reached), ("exports/learning-quality-parts.csv", parts),
        ]
    }

    /// Every table under its name, with what it is about.
    var document: JSONValue {
        var fields: [String: JSONValue] = [
            "metadata": .object([
                "format": .string("assay-learning"), "version": .int(1), "as_of": .string(learning.asOf.iso),
                "from": .text(learning.days.first?.day.iso), "run": .string(run.id), "program": .string(run.version),
                "learners": .int(learning.learners.count),
                "learners_with_pages": .int(learning.showsEverybody ? learning.learners.count : learning.shown.count),
                "learners_in_tables": .int(learning.shown.count),
            ])
        ]
        for (path, table) in tables {
            let name = path.split(separator: "/").last?.dropLast(4) ?? ""
            let key = name.hasPrefix("learning-") ? String(name.dropFirst(9)) : String(name)
            fields[key.split(separator: "-").joined(separator: "_")] = .array(
                table.rows.map { row in
                    .object(Dictionary(zip(table.columns, row.map(\.json))) { first, _ in first })
                })
        }
        return .object(fields)
    }

    /// The columns of each table, by the name under which `learning.json` has it.
    static let columns: [String: [String]] = [
        "learners": [
            "learner", "zone", "first_day", "last_day", "streak", "longest_streak", "at_risk", "topics", "mastered",
            "points", "active_goals", "completed_goals", "health",
        ] + totalColumns,
        "days": ["day"] + totalColumns.map { $0 == "active_days" ? "learners" : $0 },
        "progress": ["learner", "span", "period", "unfinished", "topics", "new_topics", "streak"] + totalColumns,
        "topics": [
            "topic", "sessions", "learners", "minutes", "quality", "mean_score", "first_day", "last_day",
            "recent_share", "earlier_share", "low", "high", "p", "p_adjusted", "reason",
        ],
        "mastery": [
            "learner", "topic", "level", "score", "sessions", "aged_sessions", "judged", "successes", "low", "high",
            "quality", "minutes", "exchanges", "first_day", "last_day", "mastered_on", "faded",
        ],
        "goals": [
            "learner", "goal", "title", "type", "status", "value", "target", "unit", "progress", "start", "deadline",
            "completed_on", "days_left", "needed_per_day", "expected_on", "earliest", "latest", "reason",
        ],
        "goal_progress": ["learner", "goal", "type", "day", "value", "target", "unit"],
        "achievements": [
            "learner", "achievement", "title", "category", "rarity", "points", "met_on", "value", "needed", "progress",
        ],
        "streaks": ["learner", "start", "end", "days", "goes_on"],
        "insights": [
            "learner", "category", "importance", "confidence", "p", "p_adjusted", "days", "valid_until", "text",
        ],
        "milestones": ["learner", "day", "kind", "subject", "mark"],
        "reached": ["learner", "span", "period", "kind", "name", "day", "days"],
        "quality_parts": ["learner", "span", "period", "part", "sessions", "mean", "low", "high"],
    ]

    static let totalColumns = [
        "sessions", "completed", "active_days", "exchanges", "minutes", "quality", "quality_sessions", "questions",
        "clarifications", "positive_feedback", "negative_feedback",
    ]

    static func cells(_ totals: LearningTotals) -> [CSVTable.Cell] {
        [
            .int(totals.sessions), .int(totals.completed), .int(totals.activeDays), .int(totals.exchanges),
            .double(totals.minutes), .number(totals.meanQuality), .int(totals.quality.n), .int(totals.questions),
            .int(totals.clarifications), .int(totals.positive), .int(totals.negative),
        ]
    }

    /// One row for each learner with a page.
    var learners: CSVTable {
        let rows = learning.shown.map { report -> [CSVTable.Cell] in
            let state = report.state
            return [
                .text(state.learner), .text(state.zone), .text(state.days.first?.day.iso ?? ""),
                .text(state.days.last?.day.iso ?? ""), .int(state.streaks.currentLength),
                .int(state.streaks.longest?.length ?? 0), .text(state.streaks.isAtRisk ? "yes" : "no"),
                .int(state.topics.count), .int(state.mastered), .int(state.points),
                .int(state.goals.count { $0.status == .active }), .int(state.goals.count { $0.status == .completed }),
                .double(report.health.score),
            ] + Self.cells(state.totals)
        }
        return CSVTable(
            columns: Self.columns["learners"] ?? [], rows: rows)
    }

    private var days: CSVTable {
        CSVTable(
            columns: Self.columns["days"] ?? [],
            rows: learning.days.filter { !$0.isHeld }.map { [.text($0.day.iso)] + Self.cells($0.totals) }
        )
    }

    /// Days of the look-back period and longer spans of each learner with a page, gap-filled.
    var progress: CSVTable {
        let rows = learning.shown.flatMap { report -> [[CSVTable.Cell]] in
            let spans = LearningSpan.allCases.flatMap { span in
                (span == .day ? report.days : report.spans[span] ?? []).map { (span, $0) }
            }
            return spans.map { span, item in
                [
                    .text(report.state.learner), .text(span.rawValue), .text(span.label(item.period)),
                    .text(item.isUnfinished ? "yes" : "no"), .int(item.topics), .int(item.newTopics), .int(item.streak),
                ] + Self.cells(item.totals)
            }
        }
        return CSVTable(
            columns: Self.columns["progress"] ?? [], rows: rows)
    }

    private var topics: CSVTable {
        let rows = learning.topics.map { topic -> [CSVTable.Cell] in
            let growth = topic.growth.value
            return [
                .text(topic.topic), .int(topic.sessions), topic.toldLearners.map { .int($0) } ?? .empty,
                .double(topic.minutes),
                .number(topic.meanQuality),
                .number(topic.scores.n > 0 ? topic.scores.mean : nil), .text(topic.first?.iso ?? ""),
                .text(topic.last?.iso ?? ""),
                .number(growth?.recent), .number(growth?.before), .number(growth?.interval.low),
                .number(growth?.interval.high), .number(growth?.test.p), .number(growth?.test.pAdjusted),
                .text(topic.growth.absence?.reason ?? ""),
            ]
        }
        return CSVTable(
            columns: Self.columns["topics"] ?? [], rows: rows)
    }

    /// One row for each topic of each learner with a page.
    var mastery: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.state.topics.map { topic -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(topic.topic), .text(topic.level.name),
                    .number(topic.score.value),
                    .int(topic.sessions), .double(topic.evidence), .int(topic.judged), .int(topic.successes),
                    .number(topic.interval.value?.low), .number(topic.interval.value?.high), .number(topic.quality),
                    .double(topic.minutes), .double(topic.exchanges), .text(topic.first.iso), .text(topic.last.iso),
                    .text(topic.mastered?.iso ?? ""), .text(topic.hasFaded ? "yes" : "no"),
                ]
            }
        }
        return CSVTable(
            columns: Self.columns["mastery"] ?? [], rows: rows)
    }

    /// One row for each goal of each learner with a page.
    var goals: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.state.goals.map { state -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(state.goal.id), .text(state.goal.title),
                    .text(state.goal.kind.rawValue), .text(state.status.rawValue), .number(state.value),
                    .double(state.goal.target), .text(state.goal.kind.unit), .double(state.progress),
                    .text(state.goal.start.iso), .text(state.goal.deadline?.iso ?? ""),
                    .text(state.completed?.iso ?? ""),
                    state.daysLeft.map { .int($0) } ?? .empty, .number(state.neededPerDay),
                    .text(state.finish.value?.day.iso ?? ""), .text(state.finish.value?.earliest.iso ?? ""),
                    .text(state.finish.value?.latest?.iso ?? ""), .text(state.finish.absence?.reason ?? ""),
                ]
            }
        }
        return CSVTable(
            columns: Self.columns["goals"] ?? [], rows: rows)
    }

    private var goalProgress: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.state.goals.flatMap { state in
                state.history.suffix(366).map { point -> [CSVTable.Cell] in
                    [
                        .text(report.state.learner), .text(state.goal.id), .text(state.goal.kind.rawValue),
                        .text(point.day.iso),
                        .double(point.value), .double(state.goal.target), .text(state.goal.kind.unit),
                    ]
                }
            }
        }
        return CSVTable(columns: Self.columns["goal_progress"] ?? [], rows: rows)
    }

    /// One row for each achievement of each learner with a page; hidden ones only where they are met.
    var achievements: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.state.achievements.filter(\.isShown).map { state -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(state.definition.id), .text(state.definition.title),
                    .text(state.definition.category), .text(state.definition.rarity.rawValue),
                    .int(state.definition.points),
                    .text(state.met?.iso ?? ""), .double(state.value), .double(state.needed), .double(state.progress),
                ]
            }
        }
        return CSVTable(
            columns: Self.columns["achievements"] ?? [], rows: rows)
    }

    var streaks: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.state.streaks.history.map { streak -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(streak.start.iso), .text(streak.end.iso), .int(streak.length),
                    .text(streak == report.state.streaks.current ? "yes" : "no"),
                ]
            }
        }
        return CSVTable(columns: Self.columns["streaks"] ?? [], rows: rows)
    }

    var insights: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.insights.map { insight -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(insight.category.rawValue), .int(insight.importance),
                    .double(insight.confidence), .number(insight.test?.p), .number(insight.test?.pAdjusted),
                    insight.n.map { .int($0) } ?? .empty,
                    .text(insight.validUntil.iso), .text(LearningWording.sentence(insight)),
                ]
            }
        }
        return CSVTable(
            columns: Self.columns["insights"] ?? [], rows: rows)
    }
}
