import Analysis
import Model

/// The tables of a run as CSV: a row here is a file.
struct Exports {
    let context: ReportContext

    private var analyses: ReportAnalyses { context.analyses }

    var tables: [(path: String, table: CSVTable)] {
        var tables = [("exports/newest-day.csv", newestDay)]
        tables += [
            ("exports/volume-anomalies.csv", volumeAnomalies),
            ("exports/trends.csv", trends),
            ("exports/distributions.csv", distributions),
            ("exports/comparisons.csv", comparisons), ("exports/like-records.csv", likeRecords),
            ("exports/correlations.csv", correlations),
            ("exports/findings.csv", findings), ("exports/forecasts.csv", forecasts),
            ("exports/ranges.csv", ranges), ("exports/components.csv", components), ("exports/drivers.csv", drivers),
            ("exports/anomalies.csv", anomalies), ("exports/level-shifts.csv", levelShifts),
            ("exports/outliers.csv", outliers), ("exports/bands.csv", bands), ("exports/profiles.csv", profiles),
            ("exports/coverage.csv", coverage), ("exports/places.csv", places),
            ("exports/rejects.csv", rejects), ("exports/files.csv", files),
        ]
        if !analyses.improvements.isEmpty {
            tables += [
                ("exports/improvements.csv", improvements), ("exports/improvement-rates.csv", improvementRates),
                ("exports/measurements.csv", measurements),
            ]
        }
        if !analyses.benchmarks.isEmpty { tables.append(("exports/benchmarks.csv", benchmarks)) }
        if let voice = analyses.voice { tables += VoiceExports(voice: voice).tables }
        if let learning = analyses.learning {
            tables +=
                LearningExports(
                    learning: learning, run: context.input.run, level: context.analyses.settings.level
                ).tables
        }
        if let people = analyses.people { tables += PeopleExports(people: people).tables }
        if let points = analyses.points { tables += PointExports(points: points).tables }
        if let validation = analyses.validation { tables += ValidationExports(result: validation).tables }
        if !analyses.alerts.rules.isEmpty { tables.append(("exports/alerts.csv", context.alertEpisodes)) }
        if !analyses.kpis.isEmpty {
            tables += [("exports/kpis.csv", context.kpiRows), ("exports/kpi-days.csv", context.kpiDaysTable)]
        }
        return tables
    }

    /// Tables that grow by a line each night, by their path below the site: they stand once, not in each run's folder.
    var shared: [(path: String, table: CSVTable)] {
        context.catalogue.metrics.map { ("series/\($0.name).csv", series(of: $0)) } + [
            ("series/all/records.csv", volume)
        ]
    }

    private func group(_ group: Group) -> CSVTable.Cell { .text(Summary.key(group)) }

    private func series(of metric: Metric) -> CSVTable {
        let rows = analyses.series.filter { $0.subject.metric == metric.name }.flatMap { series in
            series.points.map { point in
                [
                    group(series.subject.group), .text(series.grain.rawValue), .text(point.period.label(series.grain)),
                ] + cells(of: point)
            }
        }
        return CSVTable(columns: ["group", "grain", "period"] + Self.pointColumns, rows: rows)
    }

    /// What this night adds to the series: the run's own day in every group.
    private var newestDay: CSVTable {
        let rows = analyses.series.compactMap { series -> [CSVTable.Cell]? in
            guard series.grain == .day, let point = series.points.last, point.period.start == analyses.asOf else {
                return nil
            }
            return [.text(series.subject.metric), group(series.subject.group)] + cells(of: point)
        }
        return CSVTable(columns: ["metric", "group"] + Self.pointColumns, rows: rows)
    }

    private static let pointColumns = ["n", "missing", "mean", "low", "high"]

    private func cells(of point: SeriesPoint) -> [CSVTable.Cell] {
        [
            told(point.n, unless: point.isHeld), told(point.missing, unless: point.isHeld), .number(point.mean),
            .number(point.interval?.low), .number(point.interval?.high),
        ]
    }

    /// A number of records; empty where it would tell of too few people.
    private func told(_ count: Int, unless isHeld: Bool) -> CSVTable.Cell { isHeld ? .empty : .int(count) }

    private var volume: CSVTable {
        let rows = analyses.volumes.flatMap { volume in
            volume.points.map {
                [
                    group(volume.group), .text(volume.grain.rawValue), .text($0.period.label(volume.grain)),
                    .int($0.records),
                ]
            }
        }
        return CSVTable(columns: ["group", "grain", "period", "records"], rows: rows)
    }

    private var trends: CSVTable {
        let rows = analyses.trends.map { trend -> [CSVTable.Cell] in
            let line = trend.line.value
            return [
                .text(trend.subject.metric), group(trend.subject.group), .text(trend.direction.rawValue), .int(trend.n),
                .int(trend.days),
                .number(line?.slope), .number(line?.interval.low), .number(line?.interval.high),
                .number(line?.rSquared), .number(line?.claim.p),
                .number(line?.claim.pAdjusted), .number(trend.theilSen.value?.slope),
                .number(trend.mannKendall.value?.tau),
                .number(trend.mannKendall.value?.test.p), .number(trend.sincePrevious.value?.difference),
                .text(trend.line.absence?.reason ?? ""),
            ]
        }
        return CSVTable(
            columns: [
                "metric", "group", "direction", "n", "days", "slope_per_day", "slope_low", "slope_high", "r_squared",
                "p", "p_adjusted",
                "theil_sen_slope", "mann_kendall_tau", "mann_kendall_p", "since_previous", "reason",
            ], rows: rows)
    }

    private var distributions: CSVTable {
        let rows = analyses.distributions.map { result -> [CSVTable.Cell] in
            let moments = result.moments.value
            let ranks = result.quantiles.value
            let shares = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99]
            return [
                .text(result.subject.metric), group(result.subject.group), told(result.n, unless: result.isHeld),
                told(result.missing, unless: result.isHeld), .number(moments?.mean),
                .number(moments?.sd), .number(moments?.skewness), .number(moments?.kurtosis), .number(moments?.min),
                .number(moments?.max),
            ] + shares.map { .number(ranks?.quantile($0)) } + [.number(ranks?.mad), .number(ranks?.mode)]
        }
        return CSVTable(
            columns: [
                "metric", "group", "n", "missing", "mean", "sd", "skewness", "kurtosis", "min", "max", "p05", "p10",
                "p25", "p50", "p75", "p90",
                "p95", "p99", "mad", "mode",
            ], rows: rows)
    }

    private var comparisons: CSVTable {
        let rows = analyses.comparisons.flatMap { result in
            result.pairs.map { pair -> [CSVTable.Cell] in
                [
                    .text(result.dimension), .text(result.metric), .text(pair.a), .text(pair.b), .int(pair.countA),
                    .int(pair.countB),
                    .number(pair.difference), .number(pair.reach?.low), .number(pair.reach?.high),
                    .number(pair.welch.value?.p),
                    .number(pair.mannWhitney.value?.p), .number(pair.hedgesG.value?.value),
                    .number(pair.hedgesG.value?.interval.low),
                    .number(pair.hedgesG.value?.interval.high), .number(pair.cliffsDelta.value), .number(pair.pHolm),
                    .number(pair.pBH),
                ]
            }
        }
        return CSVTable(
            columns: [
                "dimension", "metric", "a", "b", "n_a", "n_b", "difference", "low", "high", "welch_p", "mann_whitney_p",
                "hedges_g",
                "hedges_g_low", "hedges_g_high", "cliffs_delta", "p_holm", "p_bh",
            ], rows: rows)
    }

    private var likeRecords: CSVTable {
        let rows = analyses.comparisons.flatMap { result in
            result.pairs.flatMap { pair in
                pair.adjustments.map { found -> [CSVTable.Cell] in
                    [
                        .text(result.dimension), .text(result.metric), .text(pair.a), .text(pair.b),
                        .number(pair.difference), .text(found.dimension), .number(found.difference),
                        .number(found.interval.low), .number(found.interval.high), .int(found.strata),
                        .number(found.coverage), .text(Wording.exactness(found.exactness)),
                    ]
                }
            }
        }
        return CSVTable(
            columns: [
                "dimension", "metric", "a", "b", "difference", "adjusted_for", "adjusted_difference", "low", "high",
                "strata", "coverage", "exactness",
            ], rows: rows)
    }

    private var benchmarks: CSVTable {
        let rows = analyses.benchmarks.map { found -> [CSVTable.Cell] in
            [
                .text(found.benchmark.metric), .text(found.benchmark.name), .number(found.benchmark.value),
                .int(found.n),
                .number(found.gap.value), .number(found.interval?.low), .number(found.interval?.high),
                .number(found.share.value?.value), .number(found.meeting.value?.value), .number(found.potential),
                .text(found.benchmark.source),
            ]
        }
        return CSVTable(
            columns: [
                "metric", "benchmark", "value", "n", "gap", "low", "high", "share_above", "share_meeting", "potential",
                "source",
            ], rows: rows)
    }

    private var correlations: CSVTable {
        let rows = (analyses.correlation.value?.pairs ?? []).map { pair -> [CSVTable.Cell] in
            [
                .text(pair.x), .text(pair.y), .int(pair.n), .number(pair.pearson.value?.coefficient),
                .number(pair.pearson.value?.test.p),
                .number(pair.spearman.value?.coefficient), .number(pair.spearman.value?.test.p),
                .number(pair.spearman.value?.test.pAdjusted), .text(pair.sharedColumns.joined(separator: " ")),
            ]
        }
        return CSVTable(
            columns: [
                "x", "y", "n", "pearson_r", "pearson_p", "spearman_rho", "spearman_p", "p_adjusted", "by_definition",
            ], rows: rows)
    }

    private var findings: CSVTable {
        let rows = analyses.findings.map { finding -> [CSVTable.Cell] in
            [
                .text(finding.id), .text(finding.kind.rawValue), .text(context.item(finding).claim.plain),
                .number(finding.estimate),
                .text(finding.unit), .number(finding.interval?.low), .number(finding.interval?.high),
                .number(finding.standardDeviations), .number(finding.logRatio), .int(finding.n),
                .number(finding.p), .number(finding.pAdjusted), .text(finding.severity.rawValue),
                .text(finding.goodness.rawValue),
                .text(finding.period.start.iso), .text(finding.period.last?.iso ?? ""), .text(finding.partOf ?? ""),
            ]
        }
        return CSVTable(
            columns: [
                "id", "kind", "text", "estimate", "unit", "low", "high", "standardised", "log_ratio", "n", "p",
                "p_adjusted",
                "severity", "goodness", "start",
                "end", "part_of",
            ], rows: rows)
    }

    private var improvements: CSVTable {
        let rows = analyses.improvements.map { result -> [CSVTable.Cell] in
            let figures = result.figures.value
            let credit = result.credit.value
            return [
                .text(result.intervention.id), .text(result.intervention.name), .text(result.intervention.kind),
                .text(result.intervention.status.rawValue), .text(context.isOverdue(result) ? "true" : "false"),
                .text(result.intervention.start.iso), .text(result.subject?.metric ?? ""),
                .text(result.subject.map { Summary.key($0.group) } ?? ""),
                .number(figures?.before.mean), .number(figures?.after.mean), .number(figures?.difference),
                .number(figures?.byDay.value?.interval.low),
                .number(figures?.byDay.value?.interval.high), .number(figures?.byDay.value?.test.p),
                .number(figures?.hedgesG.value?.value), .text(credit?.basis.rawValue ?? ""),
                .number(credit?.estimate), .number(credit?.interval?.low), .number(credit?.interval?.high),
                .number(credit?.test.p), .number(credit?.test.pAdjusted),
                .number(result.targetAchievement), .text(result.sharedWith.joined(separator: " ")),
                .text(result.isConfirmed(analyses.settings).map { $0 ? "true" : "false" } ?? ""),
                .text(result.isClaimed(analyses.settings) ? "true" : "false"), .text(result.outcome.rawValue),
                .number(result.segmented.value?.level.estimate), .number(result.segmented.value?.level.test.p),
                .number(result.segmented.value?.slope.estimate), .number(result.segmented.value?.slope.test.p),
                .text((result.credit.absence ?? credit?.intervalAbsence)?.reason ?? ""),
            ]
        }
        return CSVTable(
            columns: [
                "id", "name", "kind", "register_status", "overdue", "start", "metric", "group", "before", "after",
                "difference",
                "low", "high", "p", "hedges_g", "basis", "effect", "effect_low", "effect_high", "effect_p",
                "effect_p_adjusted", "target_achievement", "shared_with", "confirmed", "claimed", "status",
                "level_change",
                "level_change_p", "slope_change", "slope_change_p", "reason",
            ], rows: rows)
    }

    /// A measurement that tells of a change stands beside the mean of the days since the start and the change to it, one of a
    /// value alone beside the mean of its day: `compared` says which, and `low`, `high` and `own_n` are of that.
    private var measurements: CSVTable {
        let rows = analyses.improvements.flatMap { result in
            result.measurements.map { check -> [CSVTable.Cell] in
                let (own, value) = (check.ownChange.value, check.ownValue.value)
                let isChange = check.suppliedChange != nil
                return [
                    .text(result.intervention.id), .text(check.measurement.id), .text(check.measurement.day.iso),
                    .number(check.measurement.current),
                    .number(isChange ? own?.current.mean : value?.mean),
                    .number(check.suppliedChange), .number(isChange ? own?.difference : nil),
                    .number(isChange ? own?.interval.low : value?.interval?.low),
                    .number(isChange ? own?.interval.high : value?.interval?.high),
                    check.measurement.sampleSize.map { .int($0) } ?? .empty, .int(check.ownRecords),
                    .text(check.faults.map(\.rawValue).joined(separator: " ")),
                    .text((isChange ? check.ownChange.absence : check.ownValue.absence)?.reason ?? ""),
                    .text(isChange ? "change" : "value"),
                ]
            }
        }
        let strays = analyses.strayMeasurements.map { stray -> [CSVTable.Cell] in
            [
                .text(stray.intervention), .text(stray.id), .text(stray.day.iso), .number(stray.current), .empty,
                .number(stray.change), .empty, .empty, .empty, stray.sampleSize.map { .int($0) } ?? .empty, .empty,
                .text("intervention"), .text("not_in_register"), .empty,
            ]
        }
        return CSVTable(
            columns: [
                "intervention", "measurement", "day", "supplied_value", "own_value", "supplied_change", "own_change",
                "low", "high", "supplied_n", "own_n", "faults", "reason", "compared",
            ], rows: rows + strays)
    }

    private var rejects: CSVTable {
        let rows = context.input.data.examples.map { reject -> [CSVTable.Cell] in
            [
                .text(reject.file), .int(reject.line), .text(reject.cause.rawValue), .text(reject.column ?? ""),
                .text(reject.found),
                .text(reject.isWholeRow ? "row" : "cell"),
            ]
        }
        return CSVTable(columns: ["file", "line", "cause", "column", "found", "refused"], rows: rows)
    }

    private var files: CSVTable {
        let rows = context.input.data.files.map { file -> [CSVTable.Cell] in
            [
                .int(Int(file.delivery)), .text(file.name), .text(file.table), .int(file.rows), .int(file.accepted),
                .int(file.rejected), .text(file.sha256), .text(file.isCoarse ? "rounded_down" : ""),
            ]
        }
        return CSVTable(
            columns: ["delivery", "file", "table", "rows", "accepted", "refusals", "sha256", "rounding"], rows: rows)
    }
}
