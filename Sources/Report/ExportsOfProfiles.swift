import Analysis
import Model

/// Quality bands, levels by weekday, month and hour, completeness, and places, as CSV.
extension Exports {
    var bands: CSVTable {
        let rows = context.analyses.distributions.flatMap { result -> [[CSVTable.Cell]] in
            (result.bands ?? []).map { band in
                [
                    .text(result.subject.metric), .text(Summary.key(result.subject.group)), .text(band.band.name),
                    .number(band.band.low), .number(band.band.high), .int(band.count), .number(band.share),
                    .number(band.interval.low), .number(band.interval.high),
                ]
            }
        }
        return CSVTable(
            columns: ["metric", "group", "band", "from", "to", "count", "share", "low", "high"], rows: rows)
    }

    /// Weekdays (0 is Monday) and months (0 is January) as offsets from their mean, hours as means.
    var profiles: CSVTable {
        var rows: [[CSVTable.Cell]] = []
        for trend in context.analyses.trends where trend.subject.group == .all {
            for (name, answer) in [("weekday", trend.behaviour.season), ("month", trend.months)] {
                guard let profile = answer.value else { continue }
                rows += profile.levels.map { level in
                    [
                        .text(trend.subject.metric), .text(name), .int(level.position), .int(level.n),
                        .number(level.offset), .empty, .number(level.interval?.low), .number(level.interval?.high),
                    ]
                }
            }
        }
        for profile in context.analyses.hours.compactMap(\.value) {
            rows += profile.levels.map { level in
                [
                    .text(profile.metric), .text("hour"), .int(level.hour), .int(level.n), .empty, .number(level.mean),
                    .number(level.interval?.low), .number(level.interval?.high),
                ]
            }
        }
        return CSVTable(
            columns: ["metric", "profile", "position", "n", "offset", "mean", "low", "high"], rows: rows)
    }

    var coverage: CSVTable {
        CSVTable(
            columns: ["metric", "n", "missing", "missing_share", "newest_day"],
            rows: context.analyses.coverage.metrics.map { found in
                [
                    .text(found.metric), .int(found.n), .int(found.missing), .number(found.missingShare.value),
                    .text(found.newestDay?.iso ?? ""),
                ]
            })
    }

    /// Places by mean; the place before where it is known.
    var places: CSVTable {
        let rows = context.analyses.comparisons.flatMap { result -> [[CSVTable.Cell]] in
            let moves = result.movement.value ?? []
            return result.ranking.map { group in
                let move = moves.first { $0.value == group.value }
                return [
                    .text(result.dimension), .text(result.metric), .text(group.value), .int(group.rank), .int(group.n),
                    .number(group.mean), .number(group.interval?.low), .number(group.interval?.high),
                    .text(group.tieGroups.map(String.init).joined(separator: " ")),
                    move.map { CSVTable.Cell.int($0.rank) } ?? .empty,
                    move.map { CSVTable.Cell.int($0.before) } ?? .empty,
                ]
            }
        }
        return CSVTable(
            columns: [
                "dimension", "metric", "value", "rank", "n", "mean", "low", "high", "ties", "rank_now", "rank_before",
            ], rows: rows)
    }
}
