import Analysis
import Model

extension Summary {
    /// Declared reports by name: which records, which days, and the same figures as of all records.
    var reports: JSONValue {
        .object(
            Dictionary(context.input.custom.map { ($0.definition.name, report($0)) }) { first, _ in first })
    }

    private func report(_ report: CustomReport) -> JSONValue {
        let definition = report.definition
        var fields: [String: JSONValue] = [
            "title": .string(definition.title),
            "period": report.period.map(SummaryParts.period) ?? .null,
            "filter": .object(
                Dictionary(
                    definition.filter.values.map { ($0.dimension, .array($0.values.map { .string($0) })) }
                ) { first, _ in first }),
            "limits": .object(
                Dictionary(
                    definition.filter.limits.map { limit in
                        (
                            limit.metric,
                            .array([limit.low, limit.high].map { .number($0.isFinite ? $0 : nil) })
                        )
                    }
                ) { first, _ in first }),
            "pruned_days": .int(report.prunedDays),
            "left_out": .object([
                "days": .array(
                    report.held.wholeDays.map {
                        .object(["day": .string($0.day.iso), "reason": .string($0.reason.rawValue)])
                    }),
                "groups": .int(report.held.groups), "cells": .int(report.held.cells),
            ]),
            "people_at_least": report.people.map { .int($0) } ?? .null,
            "reason": report.analyses.absence.map { .string($0.reason) } ?? .null,
        ]
        guard let analyses = report.analyses.value else { return .object(fields) }
        var input = context.input
        (input.analyses, input.earlier, input.custom) = (analyses, nil, [])
        guard case .object(let own) = Summary(context: ReportContext(input: input)).value else { return .null }
        fields["records"] = .int(analyses.coverage.records)
        for name in ["trend", "distribution", "comparison", "correlation", "findings", "ledger"] {
            fields[name] = own[name]
        }
        return .object(fields)
    }
}

extension SummarySchema {
    /// The part about declared reports.
    static let reports: JSONValue = map(
        of: object(
            [
                "title": text, "pruned_days": count, "records": count,
                "filter": map(of: list(of: text)), "limits": map(of: list(of: number)),
                "people_at_least": .object(["type": .array([.string("integer"), .string("null")])]),
                "left_out": object([
                    "days": list(of: object(["day": text, "reason": text])), "groups": count, "cells": count,
                ]),
            ], required: ["title", "pruned_days", "filter", "limits", "left_out"]))
}
