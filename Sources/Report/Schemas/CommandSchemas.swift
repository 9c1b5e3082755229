/// What each command prints with `--format json`.
enum CommandSchemas {
    private typealias S = SummarySchema

    /// A row is a command, or one of its answers.
    static let all: [(name: String, about: String, schema: JSONValue)] = [
        ("trend", "`assay trend`", perColumn(trend)), ("distribution", "`assay distribution`", perColumn(distribution)),
        ("compare", "`assay compare`", perColumn(compare)), ("correlate", "`assay correlate`", correlate),
        ("improve", "`assay improve`", perColumn(improve)), ("anomalies", "`assay anomalies`", perColumn(anomalies)),
        ("changepoints", "`assay changepoints`", perColumn(changePoints)),
        ("forecast", "`assay forecast`", perColumn(forecast)), ("cluster", "`assay cluster`", cluster),
        ("kpi", "`assay kpi`", kpi), ("gate", "`assay gate`", gate), ("diff", "`assay diff`", diff),
        ("history-list", "`assay history list`", S.object(["deliveries": S.list(of: delivery)])),
        ("history-show", "`assay history show`: a delivery or a run", history),
        ("history-verify", "`assay history verify`", verification),
        (
            "history-forget", "`assay history forget`",
            S.object([
                "facts": S.count, "rows": S.count, "refusals": S.count, "days": S.list(of: S.text),
                "made_again": S.list(of: S.text), "noted": S.list(of: S.text), "struck": S.list(of: S.text),
                "proof": S.list(of: S.text),
            ])
        ),
        ("interventions", "`assay interventions list`", interventions),
        ("learners", "`assay learners`", LearningSchemas.answers),
        (
            "export", "`assay export`: the rows of a table, or a part of the summary",
            .object(["type": .array([.string("array"), .string("object")])])
        ),
    ]

    /// One column gives one object, several give an array.
    private static func perColumn(_ schema: JSONValue) -> JSONValue {
        .object(["anyOf": .array([schema, S.list(of: schema)])])
    }

    private static func answer(_ schema: JSONValue) -> JSONValue { SchemaCatalogue.answer(schema) }
    private static func nullable(_ type: String) -> JSONValue { SchemaCatalogue.nullable(type) }
    private static let flag: JSONValue = .object(["type": .string("boolean")])
    private static let test = S.object(["statistic": S.number, "p": S.number], required: ["statistic", "p"])
    private static let point = S.object(["period": S.text, "n": S.count, "value": S.number])
    private static let forecastPoints = S.list(
        of: S.object(["period": S.text, "value": S.number, "low": S.number, "high": S.number, "step": S.count]))
    private static let direction: JSONValue = .object([
        "enum": .array(["rising", "falling", "flat", "inconclusive", "insufficient"].map { .string($0) })
    ])

    private static let trend = S.object(
        [
            "column": S.text, "n": S.count, "days": S.count, "direction": direction, "per": S.text, "level": S.number,
            "slope": S.number, "series": S.list(of: point),
            "ols": answer(
                S.object([
                    "slope": S.number, "intercept": S.number, "r_squared": S.number, "p": S.number,
                    "interval": S.interval,
                ])),
            "mann_kendall": answer(
                S.object([
                    "s": .object(["type": .string("integer")]), "tau": S.number, "z": S.number, "p": S.number,
                ])),
            "theil_sen": answer(S.object(["slope": S.number, "interval": S.interval])),
            "seasonality": .object(["type": .string("object")]),
            "step_weekdays": .object(["type": .array([.string("array"), .string("null")]), "items": S.count]),
            "days_left_out": S.count, "forecast": answer(forecastPoints),
            "change_points": answer(S.list(of: S.object(["index": S.count, "period": S.text]))),
            "anomalies": answer(
                S.list(
                    of: S.object(["period": S.text, "value": S.number, "expected": S.number, "score": S.number]))),
        ], required: ["column", "n", "direction", "per", "level", "ols", "mann_kendall", "theil_sen"])

    private static let fence = answer(S.object(["count": S.count, "low": S.count, "high": S.count]))
    private static let distribution = S.object(
        [
            "column": S.text, "n": S.count, "missing": S.count, "mean": S.number, "sd": S.number,
            "variance": S.number, "cv": S.number, "skewness": S.number, "kurtosis": S.number, "min": S.number,
            "max": S.number, "range": S.number, "q1": S.number, "median": S.number, "q3": S.number, "iqr": S.number,
            "mad": S.number, "mode": S.number, "quantiles": S.map(of: S.number), "level": S.number,
            "outliers": S.object(["iqr": fence, "z": fence, "modified_z": fence], required: ["iqr"]),
            "normality": answer(
                S.object(
                    Dictionary(
                        uniqueKeysWithValues: [
                            "shapiro_wilk", "anderson_darling", "dagostino_k2", "lilliefors", "jarque_bera",
                        ].map { ($0, answer(test)) }), required: [])),
        ], required: ["column", "n", "missing", "level"])

    private static let compare = S.object(
        [
            "column": S.text, "dimension": S.text, "level": S.number,
            "groups": S.list(
                of: S.object(["name": S.text, "n": S.count, "mean": S.number, "interval": S.interval])),
            "omnibus": .object(["type": .string("object")]),
            "pairs": S.list(
                of: S.object(
                    [
                        "a": S.text, "b": S.text, "n_a": S.count, "n_b": S.count, "difference": S.number,
                        "interval": S.interval, "hedges_g": S.number, "hedges_g_interval": S.interval,
                        "cohen_d": S.number, "cliffs_delta": S.number, "p_holm": S.number, "p_bh": S.number,
                    ], required: ["a", "b", "difference"])),
        ], required: ["pairs", "level"])

    private static let correlate = S.object([
        "level": S.number,
        "pairs": S.list(
            of: S.object(
                [
                    "x": S.text, "y": S.text, "n": S.count, "p_bh": S.number, "by_definition": S.list(of: S.text),
                    "pearson": answer(S.object(["r": S.number, "p": S.number, "interval": S.interval])),
                    "spearman": answer(S.object(["rho": S.number, "p": S.number])),
                    "kendall": answer(S.object(["tau": S.number, "p": S.number])),
                ])),
    ])

    private static let improve = S.object(
        [
            "column": S.text, "start": S.text, "level": S.number, "difference": S.number, "interval": S.interval,
            "before": S.object(["mean": S.number, "n": S.count]), "after": S.object(["mean": S.number, "n": S.count]),
            "status": .object([
                "enum": .array(["held", "faded", "reversed", "unclear", "insufficient"].map { .string($0) })
            ]),
            "welch_t": answer(test), "mann_whitney": answer(test), "target_achievement": S.number,
            "effect": answer(
                S.object([
                    "basis": .object(["enum": .array(["control", "days"].map { .string($0) })]),
                    "estimate": S.number, "interval": S.interval, "standardised": S.number,
                ])),
            "interrupted_time_series": answer(
                S.object([
                    "level_change": S.number, "level_change_interval": S.interval, "level_change_p": S.number,
                    "slope_change": S.number, "slope_change_interval": S.interval, "slope_change_p": S.number,
                    "lag_1_autocorrelation": S.number,
                ])),
        ], required: ["column", "start", "status", "level"])

    private static let anomalies = S.object([
        "column": S.text, "n": S.count, "judged": S.count, "learnt_from": S.count, "level": S.number,
        "anomalies": S.list(of: .object(["type": .string("object")])),
    ])

    private static let changePoints = S.object([
        "column": S.text, "n": S.count, "level": S.number,
        "change_points": answer(S.list(of: S.object(["index": S.count, "kind": S.text, "period": S.text]))),
    ])

    private static let forecast = S.object(
        [
            "column": S.text, "level": S.number, "forecast": answer(forecastPoints),
            "forecast_accuracy": .object(["type": .string("object")]),
        ], required: ["column", "level", "forecast"])

    private static let cluster = S.object(
        [
            "n": S.count, "k": S.count, "has_clusters": nullable("boolean"), "left_out": S.count,
            "constant_columns": S.list(of: S.text), "level": S.number,
            "clusters": S.list(of: S.object(["n": S.count, "centre": S.map(of: S.number)])),
        ], required: ["n", "k", "clusters"])

    private static let kpi = S.object(
        ["as_of": S.text, "zone": S.text, "kpis": WatchSchema.kpis, "range": nullable("object")])

    private static let gate: JSONValue = {
        // The gate judges something or fails, so that its answer is never null.
        guard case .object(var schema) = SummarySchema.validation else { return .null }
        schema["type"] = .string("object")
        return .object(schema)
    }()

    private static let claims = S.list(
        of: S.object([
            "id": S.text, "text": S.text, "severity": nullable("string"), "goodness": S.text, "standardised": S.number,
        ]))
    private static let run = S.object([
        "id": S.text, "as_of": S.text, "title": S.text, "period": S.period, "records": S.count, "verdict": S.text,
    ])
    private static let diff = S.object([
        "a": run, "b": run, "shared_days": S.count,
        "verdict": S.object([
            "word": .object(["enum": .array(["better", "worse", "mixed", "alike"].map { .string($0) })]),
            "better": S.count, "worse": S.count, "text": S.text,
        ]),
        "findings": S.object(["new": claims, "gone": claims, "ongoing": S.count]),
        "alerts": S.object(["new": claims, "recovered": claims]),
        "figures": S.list(
            of: S.object([
                "metric": S.text, "group": S.text, "a": nullable("object"), "b": nullable("object"),
                "difference": S.number, "hedges_g": S.number, "hedges_g_interval": S.interval,
                "reason": nullable("string"),
            ])),
        "new_days": S.list(
            of: S.object([
                "metric": S.text, "days": S.list(of: S.text), "n": S.count, "mean": S.number, "glass_delta": S.number,
                "reason": nullable("string"),
            ])),
        "corrected_days": S.list(of: S.object(["metric": S.text, "day": S.text])),
        "kpis": S.list(
            of: S.object(["id": S.text, "title": S.text, "a": nullable("object"), "b": nullable("object")])),
        "tests": answer(
            S.object(["newly_failing": S.list(of: changedTest), "fixed": S.list(of: changedTest)])),
    ])
    private static let changedTest = S.object(["source": S.text, "test": S.text])

    private static let delivery = S.object([
        "delivery": S.count, "as_of": S.text, "state": .object(["enum": .array([.string("live"), .string("undone")])]),
        "rows": S.count, "accepted": S.count, "refusals": S.count, "inserted": S.count, "replaced": S.count,
        "files": S.list(of: S.object(["name": S.text, "sha256": S.text, "rows": S.count])),
    ])
    private static let audit = S.list(
        of: S.object(["sequence": S.count, "at": S.text, "kind": S.text, "subject": S.text, "hash": S.text]))
    private static let history: JSONValue = .object([
        "anyOf": .array([
            S.object(["delivery": S.count, "as_of": S.text, "audit": audit]),
            S.object(["run": S.text, "as_of": S.text, "started": S.text, "manifest": S.text, "audit": audit]),
        ])
    ])
    private static let verification = S.object([
        "days": S.count, "recomputed": S.count, "audit_entries": S.count, "audit_head": S.text,
        "faults": S.list(of: S.text),
    ])
    private static let interventions = S.object([
        "interventions": S.list(of: S.object(["id": S.text, "name": S.text, "start": S.text, "status": S.text]))
    ])
}
