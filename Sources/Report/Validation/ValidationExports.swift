import Analysis
import Model

/// The tables of validation as CSV.
struct ValidationExports {
    let result: ValidationResult

    var tables: [(path: String, table: CSVTable)] {
        [
            ("exports/validation-tests.csv", tests), ("exports/validation-categories.csv", categories),
            ("exports/validation-runs.csv", runs),
        ]
    }

    var tests: CSVTable {
        let rows = result.sources.flatMap { source in
            source.tests.map { test -> [CSVTable.Cell] in
                [
                    .text(source.name), .text(source.newest.id), .text(source.newest.day.iso),
                    .text(test.result.suite), .text(test.result.test), .text(test.name), .text(test.category),
                    test.isPresent ? .text(test.status.rawValue) : .empty, .number(test.result.score),
                    test.result.cases.map { .int($0) } ?? .empty, test.result.casesPassed.map { .int($0) } ?? .empty,
                    .number(test.result.seconds), .int(test.result.attempts), .int(test.result.failedAttempts),
                    .text(test.isGate ? "yes" : "no"), .text(test.change?.rawValue ?? ""),
                    test.flakiness.value.map { .int($0.runs) } ?? .empty,
                    test.flakiness.value.map { .int($0.unstable) } ?? .empty,
                    .number(test.flakiness.value?.rate.interval.low), .number(test.flakiness.value?.rate.interval.high),
                    .text(test.flakiness.value.map { $0.isFlaky ? "yes" : "no" } ?? ""),
                    .number(test.slowing.value?.slope), .number(test.slowing.value?.pAdjusted),
                    .text(test.result.message),
                ]
            }
        }
        return CSVTable(
            columns: [
                "source", "run", "day", "suite", "test", "title", "category", "status", "score", "cases",
                "cases_passed", "seconds", "attempts", "failed_attempts", "gate", "change", "runs", "unstable",
                "unstable_low", "unstable_high", "flaky", "seconds_per_run", "seconds_p_adjusted", "message",
            ], rows: rows)
    }

    private var categories: CSVTable {
        let rows = result.sources.flatMap { source in
            source.categories.map { category in
                [.text(source.name), .text(category.name), .number(category.weight)] + figures(category.card)
            }
        }
        return CSVTable(columns: ["source", "category", "weight"] + Self.figureColumns, rows: rows)
    }

    private var runs: CSVTable {
        let rows = result.sources.flatMap { source in
            source.runs.map { run in
                [.text(source.name), .text(run.id), .text(run.day.iso)] + figures(run.card)
            }
        }
        return CSVTable(columns: ["source", "run", "day"] + Self.figureColumns, rows: rows)
    }

    private static let figureColumns =
        TestResult.Status.allCases.map(\.rawValue) + ["success", "low", "high", "score", "scored", "seconds"]

    private func figures(_ card: Scorecard) -> [CSVTable.Cell] {
        TestResult.Status.allCases.map { .int(card.counts[$0]) } + [
            .number(card.success.value?.share), .number(card.success.value?.interval.low),
            .number(card.success.value?.interval.high), .number(card.score.value), .int(card.scored),
            .number(card.seconds),
        ]
    }
}
