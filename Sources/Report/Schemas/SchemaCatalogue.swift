/// The JSON Schemas that are published below `schema/`: one for each document that a run or a command writes.
///
/// A schema's version is part of its `$id` and grows when a name that stood in it goes or means something else; new
/// names do not change it.
public enum SchemaCatalogue {
    private typealias S = SummarySchema

    /// Every schema by its path below the site.
    public static var files: [(path: String, schema: JSONValue)] {
        [
            ("schema/summary.schema.json", SummarySchema.value), ("schema/manifest.schema.json", ManifestSchema.value),
        ] + documents.map { ("schema/\($0.name).schema.json", $0.schema) }
    }

    /// The schemas of documents beside the summary, and of each command's answer with `--format json`.
    static let documents: [(name: String, schema: JSONValue)] =
        [
            document("alerts", version: 1, "alerts.json and `assay alerts`: rules, alerts and their episodes", alerts),
            document("privacy", version: 1, "privacy.json: the rules by which people are kept private", privacy),
            document(
                "learning", version: 1, "exports/learning.json: every table about learners", LearningSchemas.document),
        ] + CommandSchemas.all.map { document($0.name, version: 1, $0.about, $0.schema) }

    /// A schema with its head.
    static func document(
        _ name: String, version: Int, _ about: String, _ body: JSONValue
    ) -> (name: String, schema: JSONValue) {
        guard case .object(var fields) = body else { return (name, body) }
        fields["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        fields["$id"] = .string("urn:assay:schema:\(name):\(version)")
        fields["title"] = .string(name)
        fields["description"] = .string("\(about). An undefined figure is null, or an object with its reason.")
        return (name, .object(fields))
    }

    static func nullable(_ type: String) -> JSONValue {
        .object(["type": .array([.string(type), .string("null")])])
    }

    /// What a schema describes, or the reason why there is none.
    static func answer(_ schema: JSONValue) -> JSONValue {
        .object(["anyOf": .array([schema, S.object(["reason": S.text])])])
    }

    private static let alerts: JSONValue = {
        let alert = S.object(
            [
                "id": S.text, "rule": S.text, "title": S.text, "group": S.text, "state": S.text, "text": S.text,
                "severity": nullable("string"), "value": S.number, "n": S.count, "episodes": S.list(of: episode),
            ], required: ["id", "rule", "title", "group", "state", "text", "severity", "value", "n", "episodes"])
        return S.object(
            [
                "as_of": S.text, "title": S.text, "zone": S.text, "run": S.text, "since": S.text, "period": S.period,
                "rule_count": S.count, "evaluated": S.count, "pending": S.count, "unknown": S.count, "muted": S.count,
                "firing": S.object(["all": S.count, "note": S.count, "warning": S.count, "critical": S.count]),
                "new": S.list(of: S.text), "ongoing": S.list(of: S.text), "recovered": S.list(of: S.text),
                "rules": S.list(of: S.object(["id": S.text, "title": S.text, "scope": S.text, "text": S.text])),
                "alerts": S.list(of: alert), "points": S.points,
                "without_data": S.list(of: S.object(["rule": S.text, "group": S.text])),
            ])
    }()

    private static let episode: JSONValue = S.object([
        "first": S.text, "fired": S.text, "recovered": nullable("string"), "resolved": nullable("string"),
        "severity": S.text, "worst": S.number, "breaches": S.count,
    ])

    private static let privacy: JSONValue = S.object([
        "as_of": S.text, "k": S.count, "purpose": S.text,
        "consent": .object(["enum": .array([.string("opt_in"), .string("opt_out")])]),
        "retention_days": nullable("integer"), "refused_rows": S.map(of: nullable("integer")),
        "cohorts": S.list(of: S.text),
        "held_back": S.object(["days": S.count, "groups": S.count, "cells": S.count]), "epsilon_spent": S.number,
        "epsilon_budget": S.number, "epsilon_left": S.number, "earlier_learner_pages": S.list(of: S.text),
        "composition": S.text,
        "operations": S.list(
            of: S.object([
                "operation": S.text, "what": S.text,
                "level": .object(["enum": .array(["low", "medium", "high", "maximum"].map { .string($0) })]),
                "counts": S.map(of: nullable("integer")),
            ])),
        "noise": S.list(
            of: S.object([
                "query": S.text, "day": S.text, "value": nullable("integer"), "epsilon": S.number, "delta": S.number,
                "sensitivity": S.count, "mechanism": S.text, "reason": nullable("string"),
            ])),
    ])
}
