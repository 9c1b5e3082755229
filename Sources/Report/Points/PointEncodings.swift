import Analysis
import Model

extension SummaryParts {
    /// Points of health metrics under the names that users rely on; null where there are none.
    static func points(_ points: PointHealth?) -> JSONValue {
        guard let points else { return .null }
        let part = { (part: PointComponent) -> JSONValue in
            .object([
                "name": .string(part.name), "level": .string(part.level.rawValue),
                "hours": .array(part.hours.map { .string($0.rawValue) }),
            ])
        }
        return .object([
            "until": .string(points.zone.stamp(points.until)), "period": period(points.period),
            "overall": part(points.overall),
            "components": .array(points.components.map(part)),
            "firing": .array(points.firing.map { .string($0.title) }),
            "left_out": .int(points.leftOut), "series": .array(points.series.map { series($0, points.zone) }),
            "stages": points.stages.map { stages($0, points.zone) } ?? .null,
        ])
    }

    private static func series(_ series: PointSeriesResult, _ zone: ZoneRules) -> JSONValue {
        let time = series.time
        return .object([
            "name": .string(series.name), "context": .string(series.context), "title": .string(series.title),
            "unit": .string(series.unit), "rule": .text(series.rule?.id),
            "limits": .text(series.rule.map { PointWords.limits($0, unit: series.unit) }),
            "owner": .text(series.rule?.owner),
            "level": .text(series.level?.rawValue), "last_known": .text(series.lastKnown?.rawValue),
            "latest": .number(series.latest?.value), "latest_at": .text(series.latest.map { zone.stamp($0.time) }),
            "silence": series.silence.map {
                .object([
                    "kind": .string($0.kind.rawValue), "owner": .string($0.owner), "reason": .string($0.reason),
                    "until": .string($0.until.iso),
                ])
            } ?? .null,
            "spans": .array(
                series.spans.map {
                    .object([
                        "hours": .int($0.hours), "n": .int($0.n), "mean": .number($0.mean), "min": .number($0.low),
                        "max": .number($0.high), "known": .number($0.known), "availability": .number($0.availability),
                        "burn": .number($0.burn),
                    ])
                }),
            "known_minutes": .number(time.knownMinutes), "breach_minutes": .number(time.breachMinutes),
            "critical_minutes": .number(time.criticalMinutes), "availability": .number(time.availability),
            "objective": .number(time.objective), "allowed_minutes": .number(time.allowedMinutes),
            "left_minutes": .number(time.leftMinutes), "burn": .number(time.burn),
            "mean_minutes_to_recover": .number(series.meanMinutesToRecover),
            "trend": .object([
                "days": .int(series.trend.days), "direction": .string(series.trend.direction.rawValue),
                "per": .string("day"), "ols": answer(series.trend.line, line),
                "mann_kendall": answer(series.trend.mannKendall, ranks),
                "theil_sen": answer(series.trend.theilSen, slope),
            ]),
            "episodes": .array(
                series.episodes.suffix(100).map {
                    .object([
                        "began": .string(zone.stamp($0.began)), "fired": .string(zone.stamp($0.fired)),
                        "escalated": .text($0.escalated.map(zone.stamp)), "ended": .text($0.ended.map(zone.stamp)),
                        "worst": .string($0.worst.rawValue), "extreme": .number($0.extreme),
                        "minutes_to_fire": .number($0.minutesToFire),
                        "minutes_to_recover": .number($0.minutesToRecover),
                    ])
                }),
        ])
    }

    private static func stages(_ account: StageAccount, _ zone: ZoneRules) -> JSONValue {
        .object([
            "stages": .array(
                account.stages.map {
                    .object([
                        "stage": .string($0.name), "limit_minutes": .number($0.limit), "runs": .int($0.runs),
                        "open": .int($0.open), "median_minutes": .number($0.median), "p95_minutes": .number($0.p95),
                        "over": .int($0.over),
                    ])
                }),
            "overruns": .array(
                account.overruns.prefix(200).map {
                    .object([
                        "stage": .string($0.run.stage), "item": .string($0.run.item),
                        "started": .string(zone.stamp($0.run.started)), "ended": .text($0.run.ended.map(zone.stamp)),
                        "stuck": .bool($0.isStuck), "minutes": .number($0.minutes), "limit_minutes": .number($0.limit),
                    ])
                }),
        ])
    }
}

/// The tables of points as CSV.
struct PointExports {
    let points: PointHealth

    var tables: [(path: String, table: CSVTable)] {
        var tables = [("exports/health-points.csv", series), ("exports/health-episodes.csv", episodes)]
        if let stages = points.stages { tables.append(("exports/stage-overruns.csv", overruns(stages))) }
        return tables
    }

    private func text(_ text: String?) -> CSVTable.Cell { text.map { .text($0) } ?? .empty }

    private var series: CSVTable {
        let rows = points.series.flatMap { item in
            item.spans.map { span -> [CSVTable.Cell] in
                [
                    .text(item.name), .text(item.context), .text(item.unit), text(item.level?.rawValue),
                    .int(span.hours),
                    .int(span.n), .number(span.mean), .number(span.low), .number(span.high), .number(span.known),
                    .number(span.availability), .number(span.burn),
                ]
            }
        }
        return CSVTable(
            columns: [
                "metric", "context", "unit", "level", "hours", "points", "mean", "min", "max", "known", "availability",
                "burn",
            ], rows: rows)
    }

    private var episodes: CSVTable {
        let rows = points.episodes.map { series, episode -> [CSVTable.Cell] in
            [
                .text(series.name), .text(series.context), .text(episode.worst.rawValue),
                .text(points.zone.stamp(episode.began)), .text(points.zone.stamp(episode.fired)),
                text(episode.escalated.map(points.zone.stamp)), text(episode.ended.map(points.zone.stamp)),
                .number(episode.minutesToRecover), .double(episode.extreme),
            ]
        }
        return CSVTable(
            columns: ["metric", "context", "worst", "began", "fired", "escalated", "ended", "minutes", "extreme"],
            rows: rows)
    }

    private func overruns(_ stages: StageAccount) -> CSVTable {
        CSVTable(
            columns: ["stage", "item", "started", "ended", "minutes", "limit_minutes"],
            rows: stages.overruns.map { item in
                [
                    .text(item.run.stage), .text(item.run.item), .text(points.zone.stamp(item.run.started)),
                    text(item.run.ended.map(points.zone.stamp)), .double(item.minutes), .double(item.limit),
                ]
            })
    }
}

extension SummarySchema {
    /// The part of points of health metrics.
    static let points: JSONValue = {
        let part = object(["name": text, "level": text, "hours": list(of: text)])
        let nullable: JSONValue = .object(["type": .array([.string("string"), .string("null")])])
        guard
            case .object(var schema) = object([
                "until": text, "period": period, "overall": part, "components": list(of: part),
                "firing": list(of: text),
                "left_out": count,
                "series": list(
                    of: object([
                        "name": text, "context": text, "title": text, "unit": text, "level": nullable,
                        "last_known": nullable, "latest": number, "latest_at": nullable, "known_minutes": number,
                        "breach_minutes": number, "critical_minutes": number, "availability": number,
                        "objective": number,
                        "allowed_minutes": number, "left_minutes": number, "burn": number,
                        "mean_minutes_to_recover": number, "rule": nullable,
                    ])),
            ])
        else { return .null }
        schema["type"] = .array([.string("object"), .string("null")])
        return .object(schema)
    }()
}
