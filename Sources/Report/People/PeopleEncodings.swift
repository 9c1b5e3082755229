import Analysis
import Model

extension SummaryParts {
    /// What is said about people; null where there are none.
    static func people(_ people: PeopleResult?) -> JSONValue {
        guard let people else { return .null }
        return .object([
            "k": .int(people.k),
            "cohorts": .array(
                people.cohorts.map { cohort in
                    .object([
                        "name": .string(cohort.name), "n": .int(cohort.n), "success_rate": share(cohort.success),
                        "engagement": mean(cohort.engagement), "goals": mean(cohort.goals), "hours": mean(cohort.hours),
                    ])
                }),
            "tables": .array(tables(people).map(table)),
            "pairs": .array(
                people.pairs.map { pair in
                    .object([
                        "a": .string(pair.a), "b": .string(pair.b), "success": difference(pair.success),
                        "engagement": difference(pair.engagement), "goals": difference(pair.goals),
                        "hours": difference(pair.hours),
                    ])
                }),
            "patterns": .array(
                people.patterns.map {
                    .object([
                        "kind": .string($0.kind), "cohort": .string($0.cohort), "class": .string($0.column),
                        "share": .number($0.share), "others": .number($0.others), "n": .int($0.n),
                        "confidence": .number($0.confidence),
                    ])
                }),
            "engagement": .object(
                Dictionary(people.weeks.engagement.map { ($0.grain.rawValue, engagement($0)) }) { first, _ in first }),
            "success_by_week": course(people.weeks.successCourse),
            "segments": answer(people.segments) { found in
                .object([
                    "silhouette": .number(found.silhouette), "stability": .number(found.stability),
                    "segments": .array(
                        found.segments.map {
                            .object([
                                "name": .string($0.name), "n_at_least": .int($0.n),
                                "centre": .array($0.centre.map { .number($0) }),
                            ])
                        }),
                ])
            },
            "models": .array(people.models.map(ModelWords.json)),
        ])
    }

    private static func engagement(_ series: EngagementSeries) -> JSONValue {
        var fields: [String: JSONValue] = [
            "starts": .array(series.periods.map { .string($0.start.iso) }),
            "means": .array(series.means.map(mean)),
        ]
        if case .object(let found) = course(series.course) { fields.merge(found) { first, _ in first } }
        return .object(fields)
    }

    private static func course(_ course: MonotoneCourse) -> JSONValue {
        .object([
            "mann_kendall_p": .number(course.p.value), "slope": .number(course.slope.value),
            "reason": .text((course.p.absence ?? course.slope.absence)?.reason),
        ])
    }

    /// Every published table of people.
    static func tables(_ people: PeopleResult) -> [PublishedTable] {
        // Where a table of cohorts tells their sizes in place of their own, it stands once.
        (people.sizes.name == "cohorts" ? [people.sizes] : []) + [
            people.success, people.engagement, people.progress, people.attributes.table, people.weeks.outcomes,
            people.months.engagement, people.months.progress,
        ]
            + people.weeks.categories
            + people.retention.map(\.table)
            + people.triggers.map(\.table)
    }

    private static func table(_ published: PublishedTable) -> JSONValue {
        guard let table = published.table.value else {
            return .object([
                "name": .string(published.name), "reason": .text(published.table.absence?.reason),
            ])
        }
        return .object([
            "name": .string(published.name), "day": .string(published.day.iso),
            "rows": .array(table.rows.map { .string($0) }), "columns": .array(table.columns.map { .string($0) }),
            "row_totals": .array(table.rowTotals.map { .int($0) }),
            "column_totals": .array(table.columnTotals.map { .int($0) }),
            "cells": .array(table.cells.map { .array($0.map(cell)) }),
        ])
    }

    /// A count, or why there is none: `fewer_than_k` or `withheld`.
    private static func cell(_ cell: GuardedTable.Cell) -> JSONValue {
        switch cell {
        case .count(let count): .int(count)
        case .small: .string("fewer_than_k")
        case .withheld: .string("withheld")
        }
    }

    private static func share(_ answer: Answer<SuccessShare>) -> JSONValue {
        .object([
            "share": .number(answer.value?.share), "interval": interval(answer.value?.interval),
            "n": answer.value.map { .int($0.n) } ?? .null, "reason": .text(answer.absence?.reason),
        ])
    }

    private static func mean(_ answer: Answer<PeopleResult.GroupMean>) -> JSONValue {
        .object([
            "mean": .number(answer.value?.mean), "interval": interval(answer.value?.interval),
            "reason": .text(answer.absence?.reason),
        ])
    }

    private static func difference(_ answer: Answer<PeopleResult.PairDifference>) -> JSONValue {
        .object([
            "difference": .number(answer.value?.difference), "interval": interval(answer.value?.interval),
            "effect": .number(answer.value?.effect), "p": .number(answer.value?.p),
            "p_holm": .number(answer.value?.pHolm), "reason": .text(answer.absence?.reason),
        ])
    }
}

/// The tables about people as CSV.
struct PeopleExports {
    let people: PeopleResult

    var tables: [(path: String, table: CSVTable)] {
        [("exports/cohorts.csv", cohorts), ("exports/people-tables.csv", cells)]
    }

    private var cohorts: CSVTable {
        CSVTable(
            columns: ["cohort", "n", "success_rate", "low", "high", "engagement", "goals", "hours", "reason"],
            rows: people.cohorts.map { cohort in
                [
                    .text(cohort.name), .int(cohort.n), .number(cohort.success.value?.share),
                    .number(cohort.success.value?.interval.low), .number(cohort.success.value?.interval.high),
                    .number(cohort.engagement.value?.mean), .number(cohort.goals.value?.mean),
                    .number(cohort.hours.value?.mean), .text(cohort.success.absence?.reason ?? ""),
                ]
            })
    }

    /// A row for each count, the totals among them under `all`.
    private var cells: CSVTable {
        let rows = SummaryParts.tables(people).flatMap { published -> [[CSVTable.Cell]] in
            guard let table = published.table.value else { return [] }
            let head: [CSVTable.Cell] = [.text(published.name), .text(published.day.iso)]
            return table.rows.indices.flatMap { row in
                table.columns.indices.map { column -> [CSVTable.Cell] in
                    let count: CSVTable.Cell
                    let state: String
                    switch table.cells[row][column] {
                    case .count(let n): (count, state) = (.int(n), "")
                    case .small: (count, state) = (.empty, "fewer_than_k")
                    case .withheld: (count, state) = (.empty, "withheld")
                    }
                    return head + [.text(table.rows[row]), .text(table.columns[column]), count, .text(state)]
                } + [head + [.text(table.rows[row]), .text("all"), .int(table.rowTotals[row]), .text("")]]
            }
        }
        return CSVTable(columns: ["table", "day", "row", "column", "people", "hidden"], rows: rows)
    }
}
