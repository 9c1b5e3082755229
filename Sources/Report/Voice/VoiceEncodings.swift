import Analysis
import Model

extension SummaryParts {
    /// Voice sessions under the names that users rely on; null where there are none.
    static func voice(_ voice: VoiceResult?) -> JSONValue {
        guard let voice else { return .null }
        let share = { (answer: Answer<SuccessShare>) -> JSONValue in
            .object([
                "share": .number(answer.value?.share), "interval": interval(answer.value?.interval),
                "count": answer.value.map { .int($0.successes) } ?? .null,
                "n": answer.value.map { .int($0.n) } ?? .null,
                "reason": .text(answer.absence.map(Wording.absence)),
            ])
        }
        let own: [String: JSONValue] = [
            "sessions": .int(voice.sessions), "period": period(voice.period),
            "components": .array(
                (voice.shares.value ?? []).map {
                    .object([
                        "name": .string($0.component.name), "metric": .string($0.component.metric),
                        "mean": .number($0.mean), "share": .number($0.share),
                    ])
                }),
            "sum_check": voice.sumCheck.value.map {
                .object([
                    "n": .int($0.n), "differing": .int($0.differing),
                    "median_difference": .number($0.medianDifference),
                ])
            } ?? .object(["reason": .text(voice.sumCheck.absence.map(Wording.absence))]),
            "targets": .array(
                voice.targets.map {
                    .object([
                        "metric": .string($0.target.metric), "at_most": .number($0.target.atMost),
                        "wanted": .number($0.target.share), "kept": share($0.share),
                        "met": $0.isMet.map { .bool($0) } ?? .null,
                    ])
                }),
            "sessions_with_errors": share(voice.sessionsWithErrors),
            "errors_per_session": .number(voice.errorsPerSession.value),
            "errors_by_hours": .array(
                voice.errorBlocks.map {
                    .object(["from": .int($0.from), "to": .int($0.to), "sessions": share($0.share)])
                }),
            "caches": .array(
                voice.caches.map { .object(["name": .string($0.cache.name), "hits": share($0.rate)]) }),
            "peaks": .array(
                voice.load.peaks.map {
                    .object(["weekday": .int($0.weekday), "hour": .int($0.hour), "mean": .number($0.mean)])
                }),
        ]
        return .object(voiceDetails(voice).merging(own) { own, _ in own })
    }
}

/// The tables of voice sessions as CSV.
struct VoiceExports {
    let voice: VoiceResult

    var tables: [(path: String, table: CSVTable)] {
        [("exports/service-buckets.csv", buckets), ("exports/service-load.csv", load)]
            + (voice.snapshots.isEmpty
                ? [] : [("exports/service-kpis.csv", SummaryParts.snapshotTable(voice.snapshots))])
            + (voice.windows.map { [("exports/service-windows.csv", windows($0))] } ?? [])
    }

    private func windows(_ windows: VoiceWindows) -> CSVTable {
        CSVTable(
            columns: ["day", "hour", "kind", "value", "usual", "score", "n"],
            rows: windows.found.map { item in
                [
                    .text(item.day.iso), .int(item.hour), .text(item.kind.rawValue), .double(item.value),
                    .double(item.usual), .double(item.score), .int(item.n),
                ]
            })
    }

    private var buckets: CSVTable {
        let rows = voice.buckets.flatMap { item in
            zip(item.limits, item.counts).map { limit, count in
                [.text(item.metric), CSVTable.Cell.number(limit), .int(count)]
            }
        }
        return CSVTable(columns: ["metric", "at_most", "sessions"], rows: rows)
    }

    private var load: CSVTable {
        let rows = (0..<7).flatMap { weekday in
            (0..<24).map { hour in
                [
                    CSVTable.Cell.int(weekday), .int(hour), .int(voice.load.counts[weekday][hour]),
                    .number(voice.load.means[weekday][hour]),
                ]
            }
        }
        return CSVTable(columns: ["weekday", "hour", "sessions", "mean_per_day"], rows: rows)
    }
}

extension SummarySchema {
    /// The part of voice sessions.
    static let voice: JSONValue = {
        let share = object(["share": number, "interval": interval])
        guard
            case .object(var schema) = object([
                "sessions": count, "period": period, "errors_per_session": number, "sessions_with_errors": share,
                "components": list(of: object(["name": text, "metric": text, "mean": number, "share": number])),
                "targets": list(of: object(["metric": text, "at_most": number, "wanted": number, "kept": share])),
                "caches": list(of: object(["name": text, "hits": share])),
                "peaks": list(of: object(["weekday": count, "hour": count, "mean": number])),
            ])
        else { return .null }
        schema["type"] = .array([.string("object"), .string("null")])
        return .object(schema)
    }()
}
