import Analysis
import Model

/// What series do beside their trend, as CSV.
extension Exports {
    var forecasts: CSVTable {
        let rows = context.analyses.trends.flatMap { trend -> [[CSVTable.Cell]] in
            guard let forecast = trend.behaviour.forecast.value else { return [] }
            let last = trend.behaviour.series.values.count - 1
            return forecast.points.map { point in
                [
                    .text(trend.subject.metric), .text(Summary.key(trend.subject.group)),
                    .text(trend.day(of: last + point.step).iso), .int(point.step), .number(point.value),
                    .number(point.interval.low), .number(point.interval.high), .text(forecast.model),
                ]
            }
        }
        return CSVTable(
            columns: ["metric", "group", "period", "step", "value", "low", "high", "model"], rows: rows)
    }

    var volumeAnomalies: CSVTable {
        CSVTable(
            columns: ["period", "records", "expected", "score"],
            rows: (context.analyses.volumeBehaviour?.unusual.value ?? []).map {
                [.text($0.day.iso), .int($0.records), .number($0.expected), .number($0.score)]
            })
    }

    var anomalies: CSVTable {
        let rows = context.analyses.trends.flatMap { trend -> [[CSVTable.Cell]] in
            (trend.behaviour.anomalies.value ?? []).map { day in
                [
                    .text(trend.subject.metric), .text(Summary.key(trend.subject.group)),
                    .text(trend.day(of: day.index).iso), .number(day.value), .number(day.expected),
                    .number(day.bounds.lowerBound), .number(day.bounds.upperBound), .number(day.score),
                ]
            }
        }
        return CSVTable(
            columns: ["metric", "group", "period", "value", "expected", "low", "high", "score"], rows: rows)
    }

    var levelShifts: CSVTable {
        let rows = context.analyses.trends.flatMap { trend -> [[CSVTable.Cell]] in
            (trend.behaviour.shifts.value ?? []).map { shift in
                [
                    .text(trend.subject.metric), .text(Summary.key(trend.subject.group)),
                    .text(trend.day(of: shift.index).iso), .text(shift.kind.rawValue), .number(shift.before),
                    .number(shift.after),
                    .number(shift.difference), .number(shift.interval?.low), .number(shift.interval?.high),
                ]
            }
        }
        return CSVTable(
            columns: ["metric", "group", "period", "what", "before", "after", "difference", "low", "high"], rows: rows)
    }

    var components: CSVTable {
        let rows = (context.analyses.components.value?.pairs ?? []).map { pair -> [CSVTable.Cell] in
            [
                .text(pair.a), .text(pair.b), .int(pair.n), .number(pair.difference), .number(pair.interval?.low),
                .number(pair.interval?.high), .number(pair.standardised), .number(pair.test.value?.p),
                .number(pair.pHolm), .number(pair.wilcoxon.value?.p),
            ]
        }
        return CSVTable(
            columns: ["a", "b", "n", "difference", "low", "high", "cohen_dz", "p", "p_holm", "wilcoxon_p"], rows: rows)
    }

    var drivers: CSVTable {
        let rows = context.analyses.comparisons.flatMap { comparison -> [[CSVTable.Cell]] in
            (comparison.drivers.value?.parts ?? []).map { part in
                [
                    .text(comparison.metric), .text(comparison.dimension), .text(part.value ?? ""),
                    .int(part.counts[0]), .int(part.counts[1]), .number(part.within), .number(part.mix),
                ]
            }
        }
        return CSVTable(
            columns: ["metric", "dimension", "value", "n_before", "n_now", "within", "mix"], rows: rows)
    }
}
