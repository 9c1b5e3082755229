import Analysis
import Model

/// The report's figures as JSON, under the names that users rely on.
struct Summary {
    let context: ReportContext

    private var analyses: ReportAnalyses { context.analyses }

    var value: JSONValue {
        let metrics = context.catalogue.metrics
        return .object([
            "run": run, "data": data, "verdict": verdict, "metrics": .array(metrics.map(metric)),
            "dimensions": .array(
                context.catalogue.dimensions.map {
                    .object(["name": .string($0.name), "title": .string($0.title)])
                }),
            "trend": .object(byMetric { trends(of: $0) }), "distribution": .object(byMetric { distributions(of: $0) }),
            "comparison": .object(byMetric { comparisons(of: $0) }), "correlation": correlation,
            "components": SummaryParts.answer(analyses.components, SummaryParts.components),
            "benchmarks": .array(analyses.benchmarks.map(SummaryParts.benchmark)),
            "improvement": .object(
                Dictionary(
                    analyses.improvements.map {
                        (
                            $0.intervention.id,
                            SummaryParts.improvement(
                                $0, isOverdue: context.isOverdue($0), settings: analyses.settings)
                        )
                    }
                ) { first, _ in first }),
            "improvement_roll_up": SummaryParts.rollUps(analyses),
            "alerts": context.alertSummary, "kpis": context.kpiSummary, "health": context.healthSummary,
            "ranges": .object(
                Dictionary(analyses.ranges.map { ($0.range.rawValue, SummaryParts.range($0)) }) { first, _ in first }),
            "weekday": .object(days { $0.season.value.map { Self.week($0) } }),
            "change_points": .object(
                dates { trend in trend.behaviour.shifts.value?.map { trend.day(of: $0.index) } }),
            "anomalies": .object(
                dates { trend in trend.behaviour.anomalies.value?.map { trend.day(of: $0.index) } }
                    .merging(unusualVolumes) { metric, _ in metric }),
            "validation": SummaryParts.validation(analyses.validation), "service": SummaryParts.voice(analyses.voice),
            "learning": SummaryParts.learning(analyses.learning),
            "people": SummaryParts.people(analyses.people),
            "points": SummaryParts.points(analyses.points), "reports": reports,
            "findings": .array(analyses.findings.map(finding)),
            "findings_gone": .array(
                context.gone.map { .object(["id": .string($0.id), "text": .string($0.claim)]) }), "ledger": ledger,
        ])
    }

    /// What the daily means of each metric over all records show; metrics without an answer are left out.
    private func days(_ make: (SeriesBehaviour) -> JSONValue?) -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        for trend in analyses.trends where trend.subject.group == .all {
            found[trend.subject.metric] = make(trend.behaviour)
        }
        return found
    }

    private func dates(_ make: (TrendResult) -> [Day]?) -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        for trend in analyses.trends where trend.subject.group == .all {
            found[trend.subject.metric] = make(trend).map { .array($0.map { .string($0.iso) }) }
        }
        return found
    }

    /// A number for each weekday from Monday on, null for those that bring nothing.
    private static func week(_ season: SeasonalProfile) -> JSONValue {
        .array((0..<7).map { weekday in .number(season.levels.first { $0.position == weekday }?.offset) })
    }

    /// The days with unusually many or few sessions, under their name.
    private var unusualVolumes: [String: JSONValue] {
        guard let days = analyses.volumeBehaviour?.unusual.value else { return [:] }
        return ["sessions": .array(days.map { .string($0.day.iso) })]
    }

    private func byMetric(_ make: (Metric) -> JSONValue) -> [String: JSONValue] {
        Dictionary(context.catalogue.metrics.map { ($0.name, make($0)) }) { first, _ in first }
    }

    /// `all`, or `tier=professional`.
    static func key(_ group: Group) -> String {
        switch group {
        case .all: "all"
        case .value(let dimension, let value): "\(dimension)=\(value)"
        case .pair(let first, let firstValue, let second, let secondValue):
            "\(first)=\(firstValue),\(second)=\(secondValue)"
        }
    }

    private var verdict: JSONValue {
        let verdict = OverallVerdict(of: analyses)
        return .object([
            "word": .string(verdict.word.rawValue), "improving": .array(verdict.improving.map { .string($0) }),
            "declining": .array(verdict.declining.map { .string($0) }),
            "moving": .array(verdict.moving.map { .string($0) }), "flat": .array(verdict.flat.map { .string($0) }),
            "inconclusive": .array(verdict.inconclusive.map { .string($0) }),
            "insufficient": .array(verdict.insufficient.map { .string($0) }),
        ])
    }

    private var run: JSONValue {
        .object([
            "id": .string(context.input.run.id), "title": .string(context.input.run.title),
            "zone": .string(context.input.run.zone),
            "as_of": .string(analyses.asOf.iso), "period": SummaryParts.period(analyses.period),
            "version": .string(context.input.run.version),
            "options": context.input.run.options.map(\.json) ?? .null,
        ])
    }

    private var data: JSONValue {
        let coverage = analyses.coverage
        let account = context.input.data
        var fields: [String: JSONValue] = [:]
        fields["records"] = .int(coverage.records)
        fields["records_ever"] = .int(coverage.recordsEver)
        fields["oldest_day"] = .text(coverage.oldestDay?.iso)
        fields["newest_day"] = .text(coverage.newestDay?.iso)
        fields["age_in_days"] = coverage.ageInDays.map { .int($0) } ?? .null
        fields["days_with_records"] = .int(coverage.daysWithRecords)
        fields["empty_days"] = .array(coverage.emptyDays.map { .string($0.iso) })
        fields["days_after_as_of"] = .int(coverage.daysAfterAsOf)
        fields["unusual_volumes"] = SummaryParts.answer(analyses.volumeBehaviour?.unusual ?? .failure(.noRecords)) {
            .array(
                $0.map {
                    .object([
                        "day": .string($0.day.iso), "records": .int($0.records), "expected": .number($0.expected),
                        "score": .number($0.score),
                    ])
                })
        }
        fields["files"] = .int(account.files.count)
        var rejects: [String: JSONValue] = [:]
        for (cause, count) in account.rejects where count > 0 { rejects[cause.rawValue] = .int(count) }
        fields["rejects"] = .object(rejects)
        fields["notes"] = .array(account.notes.map { .string($0.english) })
        var metrics: [String: JSONValue] = [:]
        for item in coverage.metrics {
            let newest = JSONValue.text(item.newestDay?.iso)
            metrics[item.metric] = .object(["n": .int(item.n), "missing": .int(item.missing), "newest_day": newest])
        }
        fields["coverage"] = .object(metrics)
        return .object(fields)
    }

    private func metric(_ metric: Metric) -> JSONValue {
        let direction =
            switch metric.direction {
            case .higher: "higher"
            case .lower: "lower"
            case .neutral: "neutral"
            }
        return .object([
            "name": .string(metric.name), "title": .string(metric.title), "unit": .string(metric.unit),
            "proportion": .bool(metric.isProportion), "direction": .string(direction),
            "range": metric.range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null,
        ])
    }

    private func trends(of metric: Metric) -> JSONValue {
        let hours = context.catalogue.metrics.firstIndex(of: metric).flatMap { index in
            analyses.hours.indices.contains(index) ? analyses.hours[index] : nil
        }
        let entries = analyses.trends.filter { $0.subject.metric == metric.name }.map { trend in
            (
                Summary.key(trend.subject.group),
                SummaryParts.trend(
                    trend, series: trend.subject.group == .all ? analyses.series(trend.subject, by: .day) : nil,
                    hours: hours)
            )
        }
        return .object(Dictionary(entries) { first, _ in first })
    }

    private func distributions(of metric: Metric) -> JSONValue {
        var fields: [String: JSONValue] = [:]
        var groups: [String: JSONValue] = [:]
        for result in analyses.distributions where result.subject.metric == metric.name {
            let figures = SummaryParts.distribution(result)
            if result.subject.group == .all, case .object(let found) = figures {
                fields = found
                for (name, share) in [("p5", 0.05), ("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
                    fields[name] = .number(result.quantiles.value?.quantile(share))
                }
            } else {
                groups[Summary.key(result.subject.group)] = figures
            }
        }
        fields["groups"] = .object(groups)
        return .object(fields)
    }

    private func comparisons(of metric: Metric) -> JSONValue {
        let entries = analyses.comparisons.filter { $0.metric == metric.name }.map {
            ($0.dimension, SummaryParts.comparison($0))
        }
        return .object(Dictionary(entries) { first, _ in first })
    }

    private var correlation: JSONValue {
        switch analyses.correlation {
        case .failure(let absence): SummaryParts.undefined(absence)
        case .success(let result):
            .object([
                "exactness": SummaryParts.exactness(result.exactness),
                "pearson": matrix(result) { $0.pearson.value?.coefficient },
                "spearman": matrix(result) { $0.spearman.value?.coefficient },
                "pairs": .array(result.pairs.map { SummaryParts.correlation($0) }),
                "composites": .array(result.composites.map { SummaryParts.composite($0) }),
            ])
        }
    }

    /// Coefficients by both metrics, either way round.
    private func matrix(_ result: CorrelationResult, _ figure: (CorrelationPair) -> Double?) -> JSONValue {
        var rows: [String: [String: JSONValue]] = [:]
        for pair in result.pairs {
            rows[pair.x, default: [:]][pair.y] = .number(figure(pair))
            rows[pair.y, default: [:]][pair.x] = .number(figure(pair))
        }
        return .object(rows.mapValues { .object($0) })
    }

    private func finding(_ finding: Finding) -> JSONValue {
        let subject: [String: JSONValue] =
            switch finding.subject {
            case .metric(let subject):
                ["metric": .string(subject.metric), "group": .string(Summary.key(subject.group))]
            case .pair(let metric, let dimension, let a, let b):
                [
                    "metric": .string(metric), "dimension": .string(dimension),
                    "value": .array([.string(a), .string(b)]),
                ]
            case .metrics(let x, let y, let group):
                ["metric": .array([.string(x), .string(y)]), "group": .string(Summary.key(group))]
            case .intervention(let id, let subject):
                [
                    "intervention": .string(id), "metric": .string(subject.metric),
                    "group": .string(Summary.key(subject.group)),
                ]
            case .records(let group): ["group": .string(Summary.key(group))]
            }
        let item = context.item(finding)
        return .object([
            "id": .string(finding.id), "kind": .string(finding.kind.rawValue), "subject": .object(subject),
            "estimate": .number(finding.estimate), "unit": .string(finding.unit),
            "interval": SummaryParts.interval(finding.interval),
            "standardised": .number(finding.standardDeviations), "log_ratio": .number(finding.logRatio),
            "n": .int(finding.n), "p": .number(finding.p),
            "p_adjusted": .number(finding.pAdjusted), "severity": .string(finding.severity.rawValue),
            "goodness": .string(finding.goodness.rawValue), "period": SummaryParts.period(finding.period),
            "text": .string(item.claim.plain), "part_of": .text(finding.partOf),
            "make_up": context.analyses.makeUps[finding.id].map(SummaryParts.makeUp) ?? .null,
            "test": context.analyses.test(of: finding).map(SummaryParts.test) ?? .null,
            "status": .text(
                context.input.earlier.map { $0.claims[finding.id] == nil ? "new" : "ongoing" }),
        ])
    }

    private var ledger: JSONValue {
        .object([
            "tests": .int(analyses.ledger.tests), "rejected": .int(analyses.ledger.rejected),
            "alpha": .number(analyses.ledger.alpha),
        ])
    }
}
