import Analysis
import Model

/// The report's figures as JSON, under the names that users rely on.
struct Summary {
    let context: ReportContext

    private var analyses: ReportAnalyses { context.analyses }

    var value: JSONValue {
        let metrics = context.catalogue.metrics
        return .object([
            "run": run, "data": data, "metrics": .array(metrics.map(metric)),
            "trend": .object(byMetric { trends(of: $0) }), "distribution": .object(byMetric { distributions(of: $0) }),
            "comparison": .object(byMetric { comparisons(of: $0) }), "correlation": correlation,
            "improvement": .object(
                Dictionary(analyses.improvements.map { ($0.intervention.id, improvement($0)) }) { first, _ in first }),
            "findings": .array(analyses.findings.map(finding)), "ledger": ledger,
        ])
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

    private var run: JSONValue {
        .object([
            "id": .string(context.input.run.id), "title": .string(context.input.run.title),
            "zone": .string(context.input.run.zone),
            "as_of": .string(analyses.asOf.iso), "period": SummaryParts.period(analyses.period),
            "version": .string(context.input.run.version),
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
        fields["files"] = .int(account.files.count)
        var rejects: [String: JSONValue] = [:]
        for (cause, count) in account.rejects where count > 0 { rejects[cause.rawValue] = .int(count) }
        fields["rejects"] = .object(rejects)
        fields["notes"] = .array(account.notes.map { .string($0) })
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
        let entries = analyses.trends.filter { $0.subject.metric == metric.name }.map { trend in
            (
                Summary.key(trend.subject.group),
                SummaryParts.trend(trend, series: analyses.series(trend.subject, by: .day))
            )
        }
        return .object(Dictionary(entries) { first, _ in first })
    }

    private func distributions(of metric: Metric) -> JSONValue {
        let entries = analyses.distributions.filter { $0.subject.metric == metric.name }.map {
            (Summary.key($0.subject.group), SummaryParts.distribution($0))
        }
        return .object(Dictionary(entries) { first, _ in first })
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
                "pairs": .array(
                    result.pairs.map { pair in
                        .object([
                            "x": .string(pair.x), "y": .string(pair.y), "n": .int(pair.n),
                            "pearson": SummaryParts.answer(pair.pearson) {
                                .object([
                                    "r": .number($0.coefficient), "p": .number($0.test.p),
                                    "interval": SummaryParts.interval($0.interval),
                                ])
                            },
                            "spearman": SummaryParts.answer(pair.spearman) {
                                .object(["rho": .number($0.coefficient), "p": .number($0.test.p)])
                            },
                            "p_bh": .number(pair.spearman.value?.test.pAdjusted),
                        ])
                    }),
            ])
        }
    }

    private func improvement(_ result: ImprovementResult) -> JSONValue {
        var fields: [String: JSONValue] = [
            "name": .string(result.intervention.name), "start": .string(result.intervention.start.iso),
            "register_status": .string(result.intervention.status.rawValue), "metric": .text(result.subject?.metric),
            "group": .text(result.subject.map { Summary.key($0.group) }),
        ]
        switch result.figures {
        case .failure(let absence):
            fields["before"] = .null
            fields["after"] = .null
            fields["difference"] = .null
            fields["reason"] = .string(absence.reason)
        case .success(let figures):
            fields["before"] = SummaryParts.mean(figures.before)
            fields["after"] = SummaryParts.mean(figures.after)
            fields["difference"] = .number(figures.difference)
            fields["interval"] = SummaryParts.interval(figures.interval)
            fields["welch_t"] = SummaryParts.test(figures.welch)
            fields["by_day"] = SummaryParts.answer(figures.byDay, SummaryParts.change)
            fields["mann_whitney"] = SummaryParts.answer(figures.mannWhitney, SummaryParts.test)
            fields["hedges_g"] = SummaryParts.answer(figures.hedgesG) { .number($0.value) }
            fields["hedges_g_interval"] = SummaryParts.interval(figures.hedgesG.value?.interval)
            fields["target_achievement"] = .number(figures.targetAchievement)
            fields["claimed"] = .bool((figures.byDay.value?.test.pAdjusted ?? 1) < analyses.settings.alpha)
        }
        return .object(fields)
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
            }
        let item = context.item(finding)
        return .object([
            "id": .string(finding.id), "kind": .string(finding.kind.rawValue), "subject": .object(subject),
            "estimate": .number(finding.estimate), "unit": .string(finding.unit),
            "interval": SummaryParts.interval(finding.interval),
            "standardised": .number(finding.standardised), "n": .int(finding.n), "p": .number(finding.p),
            "p_adjusted": .number(finding.pAdjusted), "severity": .string(finding.severity.rawValue),
            "goodness": .string(finding.goodness.rawValue), "period": SummaryParts.period(finding.period),
            "text": .string(item.claim.plain),
        ])
    }

    private var ledger: JSONValue {
        .object([
            "tests": .int(analyses.ledger.tests), "rejected": .int(analyses.ledger.rejected),
            "alpha": .number(analyses.ledger.alpha),
        ])
    }
}
