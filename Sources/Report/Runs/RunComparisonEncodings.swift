import Analysis
import Model

/// Two runs that are compared, as JSON and CSV.
struct RunComparisonEncodings {
    let comparison: RunComparison

    var json: JSONValue {
        let words = RunComparisonWords(comparison: comparison)
        let signs = comparison.signs
        return .object([
            "a": run(comparison.a), "b": run(comparison.b), "shared_days": .int(comparison.sharedDays),
            "verdict": .object([
                "word": .string(comparison.verdict.rawValue), "better": .int(signs.better), "worse": .int(signs.worse),
                "text": .string(words.lead.plain),
            ]),
            "findings": .object([
                "new": claims(comparison.newFindings), "gone": claims(comparison.goneFindings),
                "ongoing": .int(comparison.ongoingFindings),
            ]),
            "alerts": .object([
                "new": claims(comparison.newAlerts), "recovered": claims(comparison.goneAlerts),
            ]),
            "figures": .array(comparison.figures.map(figure)), "new_days": .array(comparison.fresh.map(fresh)),
            "corrected_days": .array(comparison.corrections.map(correction)),
            "kpis": .array(comparison.kpis.map(kpi)), "tests": tests,
        ])
    }

    private func run(_ run: RunSnapshot) -> JSONValue {
        .object([
            "id": .string(run.id), "as_of": .string(run.asOf.iso), "title": .string(run.title),
            "period": SummaryParts.period(run.period), "records": .int(run.records),
            "verdict": .string(run.verdict),
        ])
    }

    private func claims(_ claims: [RunSnapshot.Claim]) -> JSONValue {
        .array(
            claims.map {
                .object([
                    "id": .string($0.id), "text": .string($0.text), "severity": .text($0.severity?.rawValue),
                    "goodness": .string($0.goodness.rawValue), "standardised": .number($0.standardised),
                ])
            })
    }

    private func figure(_ figure: MovedFigure) -> JSONValue {
        let side = { (side: RunSnapshot.Figure?) -> JSONValue in
            guard let side else { return .null }
            return .object([
                "n": .int(side.n), "mean": .number(side.mean), "sd": .number(side.sd),
                "direction": .text(side.direction),
            ])
        }
        return .object([
            "metric": .string(figure.metric), "group": .string(figure.group), "a": side(figure.a), "b": side(figure.b),
            "difference": .number(figure.difference.value), "hedges_g": .number(figure.effect.value),
            "hedges_g_interval": SummaryParts.interval(figure.interval.value),
            "reason": .text((figure.effect.absence ?? figure.interval.absence)?.reason),
        ])
    }

    private func fresh(_ fresh: FreshDays) -> JSONValue {
        .object([
            "metric": .string(fresh.metric), "days": .array(fresh.days.map { .string($0.day.iso) }),
            "n": .int(fresh.n), "mean": .number(fresh.mean), "glass_delta": .number(fresh.effect.value),
            "reason": .text(fresh.effect.absence?.reason),
        ])
    }

    private func correction(_ day: CorrectedDay) -> JSONValue {
        let side = { (side: RunSnapshot.DayMean) -> JSONValue in
            .object(["n": .int(side.n), "mean": .number(side.mean)])
        }
        return .object([
            "metric": .string(day.metric), "day": .string(day.a.day.iso), "a": side(day.a), "b": side(day.b),
        ])
    }

    private func kpi(_ kpi: MovedKPI) -> JSONValue {
        let side = { (side: RunSnapshot.KPIState?) -> JSONValue in
            guard let side else { return .null }
            return .object(["value": .number(side.value), "verdict": .string(side.verdict)])
        }
        return .object([
            "id": .string(kpi.b?.id ?? kpi.a?.id ?? ""), "title": .string(kpi.b?.title ?? kpi.a?.title ?? ""),
            "a": side(kpi.a), "b": side(kpi.b),
        ])
    }

    private var tests: JSONValue {
        SummaryParts.answer(comparison.tests) { moves in
            .object(
                Dictionary(
                    uniqueKeysWithValues: TestChange.allCases.map { change in
                        (
                            change.rawValue,
                            .array(
                                moves.filter { $0.change == change }.map {
                                    .object(["source": .string($0.source), "test": .string($0.name)])
                                })
                        )
                    }))
        }
    }

    /// A row for everything that changed; `what` tells the kind.
    var csv: CSVTable {
        var rows: [[CSVTable.Cell]] = []
        let claims = { (what: String, list: [RunSnapshot.Claim]) in
            list.map {
                [
                    .text(what), .text($0.id), .empty, .empty, .empty, .empty, .number($0.standardised), .empty, .empty,
                    .text($0.text),
                ] as [CSVTable.Cell]
            }
        }
        rows += claims("finding_new", comparison.newFindings) + claims("finding_gone", comparison.goneFindings)
        rows += claims("alert_new", comparison.newAlerts) + claims("alert_recovered", comparison.goneAlerts)
        rows += comparison.figures.map {
            [
                .text("mean"), .text($0.metric), .text($0.group), .number($0.a?.mean), .number($0.b?.mean),
                .number($0.difference.value), .number($0.effect.value), .number($0.interval.value?.low),
                .number($0.interval.value?.high), .text($0.effect.absence?.reason ?? ""),
            ]
        }
        rows += comparison.corrections.map {
            [
                .text("corrected_day"), .text($0.metric), .text($0.a.day.iso), .number($0.a.mean), .number($0.b.mean),
                .number($0.b.mean - $0.a.mean), .empty, .empty, .empty, .empty,
            ]
        }
        rows += comparison.kpis.map {
            [
                .text("kpi"), .text($0.b?.id ?? $0.a?.id ?? ""), .empty, .number($0.a?.value), .number($0.b?.value),
                .empty, .empty, .empty, .empty, .text("\($0.a?.verdict ?? "") > \($0.b?.verdict ?? "")"),
            ]
        }
        rows += (comparison.tests.value ?? []).map {
            [
                .text("test_\($0.change.rawValue)"), .text($0.name), .text($0.source), .empty, .empty, .empty, .empty,
                .empty, .empty, .empty,
            ]
        }
        return CSVTable(
            columns: ["what", "subject", "group", "a", "b", "difference", "effect", "low", "high", "text"], rows: rows)
    }
}

extension AnswerSheet {
    /// Two runs that are compared, in every form.
    public static func runs(_ comparison: RunComparison) -> AnswerSheet {
        let words = RunComparisonWords(comparison: comparison)
        let tables = RunComparisonTables(comparison)
        let encodings = RunComparisonEncodings(comparison: comparison)
        var sentences = [words.lead.plain, words.sharing]
        if case .failure(let absence) = comparison.tests { sentences.append("Tests: \(Wording.absence(absence)).") }
        let all: [TableBlock?] = [
            tables.claims("New findings", comparison.newFindings, atMost: 20),
            tables.claims("Findings that have gone", comparison.goneFindings, atMost: 20),
            tables.claims("Alerts that fire newly", comparison.newAlerts, atMost: 20),
            tables.claims("Alerts that have recovered", comparison.goneAlerts, atMost: 20), tables.tests(atMost: 50),
            tables.kpis, tables.metrics, tables.fresh, tables.groups(atMost: 20), tables.corrections(atMost: 20),
        ]
        return AnswerSheet(
            title: "From \(words.name(comparison.a)) to \(words.name(comparison.b))", sentences: sentences,
            tables: all.compactMap { $0 }, json: encodings.json, csv: encodings.csv)
    }
}
