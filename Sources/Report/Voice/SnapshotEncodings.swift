import Analysis
import Model

extension SummaryParts {
    /// A snapshot under the names that users rely on; null where there is none.
    static func snapshot(_ snapshot: VoiceSnapshot?, hours: Int? = nil) -> JSONValue {
        guard let snapshot else { return .null }
        var rows: [String: JSONValue] = [:]
        for row in snapshot.rows {
            rows[row.id] = .object([
                "value": .number(row.figure.value?.value), "n": .int(row.figure.value?.n ?? 0),
                "interval": interval(row.figure.value?.interval.value), "reason": .text(row.figure.absence?.reason),
                "interval_reason": .text(row.figure.value?.interval.absence?.reason),
                "previous": .number(row.previous.value?.value), "change_interval": interval(row.change.value),
                "metric": .text(row.metric),
            ])
        }
        return .object([
            "days": hours == nil ? .int(snapshot.period.length) : .null, "hours": hours.map { .int($0) } ?? .null,
            "period": hours == nil ? period(snapshot.period) : .null, "figures": .object(rows),
        ])
    }

    /// Snapshots as CSV.
    static func snapshotTable(_ snapshots: [VoiceSnapshot]) -> CSVTable {
        let rows = snapshots.flatMap { snapshot in
            snapshot.rows.map { row -> [CSVTable.Cell] in
                let figure = row.figure.value
                return [
                    .int(snapshot.period.length), .text(row.id), .number(figure?.value),
                    .number(figure?.interval.value?.low),
                    .number(figure?.interval.value?.high), .int(figure?.n ?? 0), .number(row.previous.value?.value),
                    .number(row.change.value?.low), .number(row.change.value?.high),
                ]
            }
        }
        return CSVTable(
            columns: ["days", "figure", "value", "low", "high", "n", "previous", "change_low", "change_high"],
            rows: rows)
    }

    /// What of voice sessions goes beyond the first figures.
    static func voiceDetails(_ voice: VoiceResult) -> [String: JSONValue] {
        [
            "snapshots": .array(voice.snapshots.map { snapshot($0) }),
            "advice": .array(
                voice.advice.map {
                    .object([
                        "figure": .string($0.row.id), "value": .number($0.row.figure.value?.value),
                        "limit": .number($0.limit),
                        "sure": .bool($0.isSure),
                    ])
                }),
            "hours": voice.windows.map { windows in
                .object([
                    "judged": .int(windows.judged), "too_small": .int(windows.tooSmall),
                    "found": .array(
                        windows.found.suffix(200).map {
                            .object([
                                "kind": .string($0.kind.rawValue), "day": .string($0.day.iso), "hour": .int($0.hour),
                                "value": .number($0.value), "usual": .number($0.usual), "score": .number($0.score),
                                "n": .int($0.n),
                            ])
                        }),
                ])
            } ?? .null,
            "error_kinds": .array(
                voice.errorKinds.map {
                    .object([
                        "dimension": .string($0.dimension), "value": .string($0.value), "total": .int($0.total),
                        "weeks": .array($0.weeks.map { .int($0) }),
                    ])
                }),
            "split": voice.split.map { split in
                .object([
                    "dimension": .string(split.dimension), "a": .string(split.a), "b": .string(split.b),
                    "metrics": .array(
                        split.rows.map { row in
                            .object([
                                "metric": .string(row.metric), "mean_a": .number(row.means[0]),
                                "mean_b": .number(row.means[1]),
                                "n_a": .int(row.pair.countA), "n_b": .int(row.pair.countB),
                                "difference": .number(row.pair.difference), "interval": interval(row.pair.reach),
                                "p": .number(row.pair.counted.value?.p), "detectable": .number(row.detectable.value),
                                "sessions_needed": .number(row.needed.value),
                            ])
                        }),
                ])
            } ?? .null,
        ]
    }
}
