import Analysis
import Model

extension SummaryParts {
    /// What learners did under the names that users rely on; null where there are none. Of single learners it has those
    /// with most minutes, at most 100: `exports/learning.json` has everything.
    static func learning(_ result: LearnersResult?) -> JSONValue {
        guard let result else { return .null }
        return .object([
            "as_of": .string(result.asOf.iso), "n": .int(result.learners.count), "totals": totals(result.totals),
            "active_7_days": told(result.active),
            "at_risk": told(result.atRisk),
            "learners": .array(result.shown.prefix(100).map(learner)),
            "topics": .array(result.topics.prefix(100).map(topic)),
            "achievements": .array(
                result.achievements.filter { $0.learners ?? 0 > 0 || !$0.definition.isHidden }.map {
                    .object([
                        "id": .string($0.definition.id), "learners": told($0.learners),
                        "first_on": .text($0.first?.iso),
                        "points": .int($0.definition.points),
                    ])
                }),
            "goals": .object(
                Dictionary(
                    uniqueKeysWithValues: result.goals.map { kind, counts in
                        (
                            kind.rawValue,
                            .object(
                                Dictionary(
                                    uniqueKeysWithValues: counts.map { ($0.key.rawValue, JSONValue.int($0.value)) }))
                        )
                    })),
            "trends": .object(
                Dictionary(uniqueKeysWithValues: result.trends.map { ($0.kind.rawValue, trend($0)) })),
        ])
    }

    /// A number of learners; null where it is of too few.
    private static func told(_ count: Int?) -> JSONValue { count.map { .int($0) } ?? .null }

    private static func totals(_ totals: LearningTotals) -> JSONValue {
        .object([
            "sessions": .int(totals.sessions), "exchanges": .int(totals.exchanges), "minutes": .number(totals.minutes),
            "quality": .number(totals.meanQuality), "active_days": .int(totals.activeDays),
            "feedback": .int(totals.feedback), "velocity": .number(totals.velocity),
        ])
    }

    /// One learner in full.
    static func learner(_ report: LearnerReport) -> JSONValue {
        let state = report.state
        let streaks = state.streaks
        return .object([
            "learner": .string(state.learner), "zone": .string(state.zone), "totals": totals(state.totals),
            "streak": .object([
                "current": .int(streaks.currentLength), "longest": .int(streaks.longest?.length ?? 0),
                "at_risk": .bool(streaks.isAtRisk), "broken": .int(streaks.broken),
                "start": .text(streaks.current?.start.iso), "last_active": .text(state.days.last?.day.iso),
                "milestones": .array(
                    streaks.milestones.map { .object(["days": .int($0.length), "on": .string($0.day.iso)]) }),
            ]),
            "mastered": .array(
                state.topics.filter { $0.mastered != nil }.map {
                    .object([
                        "topic": .string($0.topic), "level": .string($0.level.name), "score": .number($0.score.value),
                        "sessions": .int($0.sessions), "on": .text($0.mastered?.iso), "faded": .bool($0.hasFaded),
                    ])
                }),
            "goals": .array(
                state.goals.map {
                    .object([
                        "id": .string($0.goal.id), "type": .string($0.goal.kind.rawValue),
                        "status": .string($0.status.rawValue), "value": .number($0.value),
                        "target": .number($0.goal.target), "completed_on": .text($0.completed?.iso),
                        "expected_on": .text($0.finish.value?.day.iso), "reason": .text($0.finish.absence?.reason),
                    ])
                }),
            "achievements": .array(
                state.achievements.filter { $0.met != nil }.map {
                    .object(["id": .string($0.definition.id), "on": .text($0.met?.iso)])
                }),
            "points": .int(state.points), "health": .number(report.health.score),
            "insights": .array(
                report.insights.map {
                    .object([
                        "category": .string($0.category.rawValue), "importance": .int($0.importance),
                        "confidence": .number($0.confidence), "text": .string(LearningWording.sentence($0)),
                    ])
                }),
        ])
    }

    private static func topic(_ topic: TopicAccount) -> JSONValue {
        .object([
            "topic": .string(topic.topic), "sessions": .int(topic.sessions), "learners": told(topic.toldLearners),
            "minutes": .number(topic.minutes), "mean_score": .number(topic.scores.n > 0 ? topic.scores.mean : nil),
            "growth": answer(topic.growth) {
                .object([
                    "recent": .number($0.recent), "before": .number($0.before), "interval": interval($0.interval),
                    "test": test($0.test),
                ])
            },
        ])
    }

    private static func trend(_ trend: LearningTrend) -> JSONValue {
        .object([
            "direction": .string(trend.direction.rawValue), "per": .string("day"),
            "slope": .number(trend.trend.line.value?.slope),
            "interval": interval(trend.trend.line.value?.interval),
            "p_adjusted": .number(trend.trend.line.value?.claim.pAdjusted),
            "reason": .text(trend.trend.line.absence?.reason), "momentum": .number(trend.momentum),
            "changes": .array(
                trend.comparisons.map { comparison in
                    .object(["days": .int(comparison.days), "change": answer(comparison.change, change)])
                }),
        ])
    }
}

extension SummarySchema {
    /// A number of learners; null where it is of fewer than k.
    private static let told: JSONValue = .object([
        "type": .array([.string("integer"), .string("null")]), "minimum": .int(0),
    ])

    /// The part of learners.
    static let learning: JSONValue = {
        guard
            case .object(var schema) = object(
                [
                    "as_of": text, "n": count, "active_7_days": told, "at_risk": told,
                    "learners": list(of: object(["learner": text, "points": count])),
                    "topics": list(of: object(["topic": text, "sessions": count, "learners": told])),
                    "achievements": list(of: object(["id": text, "learners": told, "points": count])),
                    "goals": map(of: map(of: count)),
                ])
        else { return .null }
        schema["type"] = .array([.string("object"), .string("null")])
        return .object(schema)
    }()
}
