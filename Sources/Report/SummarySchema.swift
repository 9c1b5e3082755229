/// The JSON Schema of the summary (draft 2020-12).
enum SummarySchema {
    static let number: JSONValue = .object(["type": .array([.string("number"), .string("null")])])
    static let text: JSONValue = .object(["type": .string("string")])
    static let count: JSONValue = .object(["type": .string("integer"), "minimum": .int(0)])
    /// null where it would tell of too few people.
    static let toldCount: JSONValue = .object([
        "type": .array([.string("integer"), .string("null")]), "minimum": .int(0),
    ])
    static let interval: JSONValue = .object([
        "type": .array([.string("array"), .string("null")]), "items": number, "minItems": .int(2), "maxItems": .int(2),
    ])
    static let period: JSONValue = object([
        "start": text, "end": .object(["type": .array([.string("string"), .string("null")])]),
    ])

    static func object(_ properties: [String: JSONValue], required: [String]? = nil) -> JSONValue {
        .object([
            "type": .string("object"), "properties": .object(properties),
            "required": .array((required ?? Array(properties.keys)).sorted().map { .string($0) }),
        ])
    }

    static func list(of items: JSONValue) -> JSONValue { .object(["type": .string("array"), "items": items]) }

    static func map(of values: JSONValue) -> JSONValue {
        .object(["type": .string("object"), "additionalProperties": values])
    }

    static let value: JSONValue = .object([
        "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
        "$id": .string("urn:assay:schema:summary:1"),
        "title": .string("Summary of a report"),
        "description": .string(
            "Figures of one run. sd and variance divide by n − 1; skewness and kurtosis (excess) are moments without bias correction; quantiles are type 7. Slopes are per day. Signs are later − earlier and b − a. An undefined figure is null, or an object with its reason."
        ),
        "type": .string("object"),
        "required": .array(
            [
                "alerts", "comparison", "correlation", "data", "distribution", "findings", "health", "improvement",
                "kpis", "ledger", "metrics",
                "run", "trend",
            ].map { .string($0) }),
        "properties": .object([
            "run": object(
                [
                    "id": text, "title": text, "zone": text, "as_of": text, "period": period, "version": text,
                    "options": .object(["type": .array([.string("object"), .string("null")])]),
                ], required: ["id", "title", "zone", "as_of", "period", "version"]),
            "data": object(["records": count, "records_ever": count, "files": count, "rejects": map(of: count)]),
            "metrics": list(
                of: object([
                    "name": text, "title": text, "unit": text, "direction": text,
                    "proportion": .object(["type": .string("boolean")]),
                ])),
            // Summaries of runs made before dimensions had titles there have none.
            "dimensions": list(of: object(["name": text, "title": text])),
            "trend": map(
                of: map(
                    of: object(
                        ["n": count, "days": count, "direction": text, "per": text],
                        required: ["n", "days", "direction", "per"]))),
            "distribution": map(
                of: object(
                    [
                        "n": toldCount, "missing": toldCount, "mean": number, "sd": number, "median": number,
                        "groups": map(
                            of: object(
                                [
                                    "n": toldCount, "missing": toldCount, "mean": number, "sd": number,
                                    "median": number,
                                ], required: ["n", "missing"])),
                    ], required: ["n", "missing", "groups"])),
            "comparison": map(
                of: map(
                    of: object(
                        [
                            "groups": list(
                                of: object(
                                    ["name": text, "n": count, "mean": number, "interval": interval],
                                    required: ["name", "n", "mean"]))
                        ], required: ["groups"]))),
            "correlation": .object(["type": .string("object")]),
            "improvement": map(
                of: object(
                    ["name": text, "start": text, "difference": number], required: ["name", "start", "difference"])),
            "ranges": map(
                of: object([
                    "period": period, "baseline": period, "records": count, "records_before": count,
                    "metrics": map(
                        of: object(["n": count, "days": count, "mean": number], required: ["n", "days", "mean"])),
                ])),
            "alerts": WatchSchema.alerts, "kpis": WatchSchema.kpis, "health": WatchSchema.health,
            "findings": list(
                of: object(
                    [
                        "id": text, "kind": text, "estimate": number, "unit": text, "interval": interval, "n": count,
                        "p": number,
                        "p_adjusted": number, "severity": text, "period": period, "text": text,
                        "part_of": .object(["type": .array([.string("string"), .string("null")])]),
                        "make_up": .object(["type": .array([.string("object"), .string("null")])]),
                    ],
                    // Summaries of runs made before findings were gathered have no `part_of`.
                    required: [
                        "id", "kind", "estimate", "unit", "interval", "n", "p", "p_adjusted", "severity", "period",
                        "text",
                    ])),
            "validation": validation, "service": voice, "learning": learning, "people": people, "points": points,
            "reports": reports,
            "ledger": object(["tests": count, "rejected": count, "alpha": number]),
        ]),
    ])
}
