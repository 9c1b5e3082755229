/// The parts of the summary's schema for alerts, KPIs and health.
enum WatchSchema {
    private static let optionalText: JSONValue = .object([
        "type": .array([.string("string"), .string("null")])
    ])
    private static let ids = SummarySchema.list(of: SummarySchema.text)

    private static func words(_ values: [String]) -> JSONValue {
        .object(["enum": .array(values.map { .string($0) })])
    }

    /// Counts, and the alerts that are not quiet.
    static var alerts: JSONValue {
        SummarySchema.object([
            "rule_count": SummarySchema.count, "evaluated": SummarySchema.count,
            "firing": SummarySchema.object([
                "all": SummarySchema.count, "note": SummarySchema.count, "warning": SummarySchema.count,
                "critical": SummarySchema.count,
            ]),
            "since": SummarySchema.text, "new": ids, "ongoing": ids, "recovered": ids,
            "pending": SummarySchema.count, "unknown": SummarySchema.count, "muted": SummarySchema.count,
            "list": SummarySchema.list(
                of: SummarySchema.object([
                    "id": SummarySchema.text, "rule": SummarySchema.text, "title": SummarySchema.text,
                    "metric": optionalText, "group": SummarySchema.text, "owner": optionalText,
                    "state": words(["ok", "pending", "firing", "unknown"]), "severity": optionalText,
                    "stale": .object(["type": .string("boolean")]), "status": optionalText,
                    "value": SummarySchema.number, "expected": SummarySchema.number, "reading": SummarySchema.number,
                    "n": SummarySchema.count, "judged_on": optionalText, "first": optionalText, "fired": optionalText,
                    "text": SummarySchema.text, "reason": optionalText,
                    "silence": .object(["type": .array([.string("object"), .string("null")])]),
                ])),
        ])
    }

    /// Every KPI against its target.
    static var kpis: JSONValue {
        SummarySchema.list(
            of: SummarySchema.object([
                "id": SummarySchema.text, "title": SummarySchema.text, "metric": SummarySchema.text,
                "statistic": SummarySchema.text, "limit": SummarySchema.number, "group": SummarySchema.text,
                "owner": SummarySchema.text, "target": SummarySchema.number, "better": words(["higher", "lower"]),
                "period": SummarySchema.period, "value": SummarySchema.number, "n": SummarySchema.count,
                "interval": SummarySchema.interval, "gap": SummarySchema.number,
                "verdict": words(["met", "missed", "unclear", "no_data"]), "previous": SummarySchema.number,
                "newest": SummarySchema.number, "newest_day": optionalText, "same_weekday": SummarySchema.number,
                "reason": optionalText, "interval_reason": optionalText,
                "error_budget": .object(["type": .array([.string("object"), .string("null")])]),
            ]))
    }

    /// The two models of health, each by its name; null where nothing is declared for it.
    static var health: JSONValue {
        let nullable = JSONValue.array([.string("object"), .string("null")])
        return SummarySchema.object([
            "deductions": .object([
                "type": nullable,
                "properties": .object([
                    "period": SummarySchema.period, "value": SummarySchema.number, "unjudged": SummarySchema.count,
                    "rows": SummarySchema.list(of: .object(["type": .string("object")])),
                ]),
            ]),
            "worst_of": .object([
                "type": nullable,
                "properties": .object([
                    "overall": words(["healthy", "degraded", "unknown", "warning", "critical"]),
                    "components": SummarySchema.list(of: .object(["type": .string("object")])),
                ]),
            ]),
        ])
    }
}
