import Analysis
import Model

extension SummaryParts {
    /// Results of tests under the names that users rely on; null where there are none.
    static func validation(_ result: ValidationResult?) -> JSONValue {
        guard let result else { return .null }
        let words = ValidationWords(result: result)
        return .object([
            "verdict": .string(result.readiness.rawValue), "score": .number(result.score.value),
            "success": .number(result.success.value), "counts": counts(result.counts),
            "reasons": .array(
                result.reasons.map {
                    .object(["allows": .string($0.allows.rawValue), "text": .string(words.sentence($0))])
                }),
            "sources": .array(result.sources.map(source)), "agreements": .array(result.agreements.map(agreement)),
            "criteria": .array(
                result.criteria.map { item in
                    .object([
                        "name": .string(item.criterion.name), "value": .number(item.value.value), "n": .int(item.n),
                        "met": item.isMet.map { .bool($0) } ?? .null,
                        "reason": .text(item.value.absence.map(Wording.absence)),
                    ])
                }),
            "recommendations": .array(
                result.advice.map { item in
                    let text = words.advice(item)
                    return .object([
                        "priority": .string(item.priority.rawValue), "text": .string(text.what),
                        "figures": .string(text.figures),
                    ])
                }),
        ])
    }

    private static func counts(_ counts: StatusCounts) -> JSONValue {
        var fields: [String: JSONValue] = [:]
        for status in TestResult.Status.allCases { fields[status.rawValue] = .int(counts[status]) }
        fields["total"] = .int(counts.total)
        return .object(fields)
    }

    private static func card(_ card: Scorecard) -> [String: JSONValue] {
        [
            "counts": counts(card.counts), "n": .int(card.counts.ran), "success": .number(card.success.value?.share),
            "interval": interval(card.success.value?.interval), "score": .number(card.score.value),
            "scored": .int(card.scored), "seconds": .number(card.seconds),
            "reason": .text((card.success.absence ?? card.score.absence).map(Wording.absence)),
        ]
    }

    private static func source(_ source: SourceResult) -> JSONValue {
        var fields = card(source.card)
        fields["name"] = .string(source.name)
        fields["weight"] = .number(source.weight)
        fields["run"] = .string(source.newest.id)
        fields["day"] = .string(source.newest.day.iso)
        fields["runs"] = .int(source.runs.count)
        fields["categories"] = .array(
            source.categories.map { category in
                var fields = card(category.card)
                fields["name"] = .string(category.name)
                fields["weight"] = .number(category.weight)
                return .object(fields)
            })
        let previous = source.change.map { change -> JSONValue in
            .object([
                "run": .string(change.from.id), "day": .string(change.from.day.iso),
                "score": .number(change.score.value), "success": .number(change.success.value),
            ])
        }
        fields["previous"] = previous ?? .null
        for change in TestChange.allCases {
            fields[change.rawValue] = .array((source.change?.tests[change] ?? []).map { .string($0) })
        }
        fields["flaky"] = .array(
            source.tests.filter { $0.flakiness.value?.isFlaky == true }.map { test in
                .object([
                    "test": .string(test.result.test), "suite": .string(test.result.suite),
                    "unstable": .int(test.flakiness.value?.unstable ?? 0),
                    "runs": .int(test.flakiness.value?.runs ?? 0),
                    "rate": .number(test.flakiness.value?.rate.share),
                    "interval": interval(test.flakiness.value?.rate.interval),
                ])
            })
        return .object(fields)
    }

    private static func agreement(_ item: SourceAgreement) -> JSONValue {
        .object([
            "a": .string(item.a), "b": .string(item.b), "success": .number(item.success.value),
            "score": .number(item.score.value), "consistency": .number(item.consistency.value),
            "shared": .int(item.shared), "contradicting": .array(item.contradicting.map { .string($0) }),
            "discrepant": .bool(item.isDiscrepant),
        ])
    }
}

extension SummarySchema {
    /// The part of validation.
    static let validation: JSONValue = {
        let strings = list(of: text)
        let counts = object(
            Dictionary(
                uniqueKeysWithValues: (TestResult.Status.allCases.map(\.rawValue) + ["total"]).map { ($0, count) }))
        let card: [String: JSONValue] = [
            "counts": counts, "n": count, "success": number, "interval": interval, "score": number, "name": text,
            "weight": number,
        ]
        var source = card
        source["run"] = text
        source["day"] = text
        source["categories"] = list(of: object(card))
        for change in TestChange.allCases { source[change.rawValue] = strings }
        guard
            case .object(var schema) = object(
                [
                    "verdict": .object([
                        "type": .string("string"), "enum": .array(Readiness.allCases.map { .string($0.rawValue) }),
                    ]),
                    "score": number, "success": number, "counts": counts,
                    "reasons": list(of: object(["allows": text, "text": text])), "sources": list(of: object(source)),
                    "recommendations": list(of: object(["priority": text, "text": text, "figures": text])),
                ])
        else { return .null }
        schema["type"] = .array([.string("object"), .string("null")])
        return .object(schema)
    }()
}
