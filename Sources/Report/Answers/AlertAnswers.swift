import Analysis
import Charts
import Model

/// Alerts and KPIs as answers at the terminal: the same figures as on the pages and in the files.
extension AnswerSheet {
    /// What the rules say on a day.
    ///
    /// - Parameter isComplete: whether quiet alerts are listed, too.
    public static func alerts(_ input: ReportInput, isComplete: Bool) -> AnswerSheet {
        let context = ReportContext(input: input)
        let alerts = context.analyses.alerts
        let results = alerts.results.filter { isComplete || $0.state != .quiet }
        let rows = results.map { result -> [TableCell] in
            let words = context.words(result)
            let value = result.newest?.value.value
            return [
                TableCell(context.name(result)),
                TableCell(AlertWords.state(result.state).word + (result.isMuted ? ", muted" : "")),
                value.map { TableCell(words.value($0), sortKey: $0) } ?? TableCell(nil, reason: "never judged"),
                TableCell(words.condition), TableCell(result.open?.first.iso, reason: "not firing"),
                TableCell(result.silence.map { words.silence($0) } ?? result.rule.owner, reason: "no owner named"),
            ]
        }
        let episodes = results.flatMap { result in result.episodes.map { (result, $0) } }.suffix(50)
        let history = episodes.map { result, episode -> [TableCell] in
            [
                TableCell(context.name(result)), TableCell(episode.severity.rawValue), TableCell(episode.first.iso),
                TableCell(episode.fired.iso), TableCell(episode.recovered?.iso, reason: "still firing"),
                TableCell(context.words(result).value(episode.worst), sortKey: episode.worst),
            ]
        }
        let metrics = Prose(context.pointVerdict()).ended.plain
        var sentences = alerts.rules.isEmpty ? [] : [context.alertVerdict().plain]
        if !metrics.isEmpty { sentences.append(metrics) }
        sentences += alerts.withoutData.map {
            "Not judged: `\($0.rule)` names \(Wording.group($0.group, context.catalogue)), which has no record."
        }
        return AnswerSheet(
            title: "Alerts on \(context.analyses.asOf.iso)", sentences: sentences,
            tables: [
                TableBlock(
                    caption: isComplete ? "All alerts" : "Alerts that are not quiet",
                    columns: [
                        .init("Alert"), .init("State"), .init("Value", isNumeric: true), .init("Speaks when"),
                        .init("Since"), .init("Who"),
                    ], rows: rows),
                TableBlock(
                    caption: "Episodes in \(alerts.period.length) nights"
                        + (isComplete ? "" : " of the alerts that are not quiet"),
                    columns: [
                        .init("Alert"), .init("Severity"), .init("First breach"), .init("Fired"), .init("Good again"),
                        .init("Worst", isNumeric: true),
                    ], rows: Array(history)),
            ].filter { !$0.rows.isEmpty } + context.pointAnswer(isComplete), json: context.alertDocument,
            csv: context.alertEpisodes)
    }

    /// What the KPIs say over their days, or over some hours in which all records are of one day.
    public static func kpis(_ input: ReportInput, over hours: HourRange? = nil) -> AnswerSheet {
        let context = ReportContext(input: input)
        let results = context.analyses.kpis
        let snapshot = context.analyses.snapshot
        let rows = results.map { result -> [TableCell] in
            let words = KPIWords(result, context.catalogue)
            return [
                TableCell(result.kpi.title),
                context.cell(result.figure) { TableCell(words.statistic.value($0.value), sortKey: $0.value) },
                context.cell(result.figure.flatMap(\.interval)) {
                    TableCell(words.statistic.interval($0), sortKey: $0.low)
                },
                TableCell(words.target), TableCell(words.verdict.word),
                words.change.map { TableCell($0) } ?? TableCell(nil, reason: "no records before"),
                context.cell(result.figure) { TableCell(NumberWords.count($0.n), sortKey: Double($0.n)) },
                TableCell(hours.map { "last \($0.hours) h" } ?? Wording.period(result.period)),
                TableCell(result.kpi.owner),
            ]
        }
        return AnswerSheet(
            title: "KPIs on \(context.analyses.asOf.iso)",
            sentences: (results.isEmpty ? [] : [context.kpiVerdict().plain])
                + (hours.map { ["Read from \($0.from) to \($0.to), the newest record of the day."] } ?? []),
            tables: [
                TableBlock(
                    caption: "KPIs against target",
                    columns: [
                        .init("KPI"), .init("Value", isNumeric: true),
                        .init("\(NumberWords.level(context.analyses.settings.level)) interval", isNumeric: true),
                        .init("Target"), .init("Verdict"), .init("Change", isNumeric: true),
                        .init("n", isNumeric: true), .init("Days"), .init("Owner"),
                    ], rows: rows)
            ].filter { !$0.rows.isEmpty } + (snapshot.map { [SnapshotWords($0, context).table(hours?.hours)] } ?? []),
            json: .object([
                "as_of": .string(context.analyses.asOf.iso), "zone": .string(input.run.zone),
                "kpis": hours == nil ? context.kpiSummary : withoutDays(context.kpiSummary),
                "snapshot": SummaryParts.snapshot(snapshot, hours: hours?.hours),
                "range": hours.map {
                    .object(["hours": .int($0.hours), "from": .string($0.from), "to": .string($0.to)])
                } ?? .null,
            ]),
            csv: results.isEmpty
                ? snapshot.map { SummaryParts.snapshotTable([$0]) } ?? context.kpiRows : context.kpiRows)
    }

    /// Figures of hours have no days to name.
    private static func withoutDays(_ kpis: JSONValue) -> JSONValue {
        guard case .array(let entries) = kpis else { return kpis }
        return .array(
            entries.map { entry in
                guard case .object(var fields) = entry else { return entry }
                for name in ["period", "newest", "newest_day", "same_weekday"] { fields[name] = .null }
                return .object(fields)
            })
    }
}

/// Hours up to the newest record of a day.
public struct HourRange: Sendable, Hashable {
    /// How many.
    public var hours: Int
    /// The instant before the first, as RFC 3339.
    public var from: String
    /// The newest record, as RFC 3339.
    public var to: String

    /// Names a range.
    public init(hours: Int, from: String, to: String) {
        self.hours = hours
        self.from = from
        self.to = to
    }
}
