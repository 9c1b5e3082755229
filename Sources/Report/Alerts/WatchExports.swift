import Analysis
import Model

/// Alerts and KPIs as CSV.
extension ReportContext {
    /// A row for each episode of an alert, and one for each alert that has none.
    var alertEpisodes: CSVTable {
        let rows = analyses.alerts.results.flatMap { result -> [[CSVTable.Cell]] in
            let head: [CSVTable.Cell] = [
                .text(result.rule.id), .text(result.rule.metric ?? ""), .text(Summary.key(result.group)),
                .text(result.state.name), .text(result.silence?.kind.rawValue ?? ""), .int(result.judged),
                .int(result.breaches),
            ]
            guard !result.episodes.isEmpty else {
                return [head + Array(repeating: .empty, count: 8)]
            }
            return result.episodes.map { episode in
                head + [
                    .text(episode.severity.rawValue), .text(episode.first.iso), .text(episode.fired.iso),
                    .text(episode.recovered?.iso ?? ""), .text(episode.resolved?.iso ?? ""), .number(episode.worst),
                    .text(episode.worstDay.iso), .int(episode.breaches),
                ]
            }
        }
        return CSVTable(
            columns: [
                "rule", "metric", "group", "state", "silence", "nights_judged", "nights_breached", "severity", "first",
                "fired", "recovered", "resolved", "worst", "worst_on", "episode_breaches",
            ], rows: rows)
    }

    /// A row for each KPI and day of the look-back period.
    var kpiDaysTable: CSVTable {
        CSVTable(
            columns: ["kpi", "day", "n", "value"],
            rows: analyses.kpis.flatMap { result in
                result.days.map { [.text(result.kpi.id), .text($0.day.iso), .int($0.n), .number($0.value)] }
            })
    }

    /// A row for each KPI.
    var kpiRows: CSVTable {
        let rows = analyses.kpis.map { result -> [CSVTable.Cell] in
            let figure = result.figure.value
            return [
                .text(result.kpi.id), .text(result.kpi.metric), .text(result.kpi.statistic.name),
                .text(Summary.key(result.kpi.group)), .text(result.period.start.iso),
                .text(result.period.last?.iso ?? ""), .int(figure?.n ?? 0), .number(figure?.value),
                .number(figure?.interval.value?.low), .number(figure?.interval.value?.high), .number(result.kpi.target),
                .text(result.kpi.bad == .above ? "lower" : "higher"), .text(result.verdict.rawValue),
                .number(result.previous.value?.value), .number(result.sameWeekday.value), .text(result.kpi.owner),
                .text(result.figure.absence?.reason ?? figure?.interval.absence?.reason ?? ""),
            ]
        }
        return CSVTable(
            columns: [
                "kpi", "metric", "statistic", "group", "first", "last", "n", "value", "low", "high", "target", "better",
                "verdict", "previous", "same_weekday", "owner", "reason",
            ], rows: rows)
    }
}
