import Analysis
import Model

/// Alerts, KPIs and health as JSON, the same in the summary, in `alerts.json` and in the commands.
extension ReportContext {
    /// Counts, the alerts that are not quiet and the rules.
    var alertSummary: JSONValue {
        let alerts = analyses.alerts
        var fields = alertCounts
        fields["list"] = .array(
            alerts.results.filter { $0.state != .quiet }.map { alert($0, withEpisodes: false) })
        return .object(fields)
    }

    /// Everything about alerts: what stands in `alerts.json` and goes to the notification.
    var alertDocument: JSONValue {
        let alerts = analyses.alerts
        var fields = alertCounts
        fields["as_of"] = .string(analyses.asOf.iso)
        fields["title"] = .string(input.run.title)
        fields["zone"] = .string(input.run.zone)
        fields["run"] = .string(input.run.id)
        fields["period"] = SummaryParts.period(alerts.period)
        fields["rules"] = .array(alerts.rules.map(rule))
        fields["alerts"] = .array(alerts.results.map { alert($0, withEpisodes: true) })
        fields["points"] = SummaryParts.points(analyses.points)
        fields["without_data"] = .array(
            alerts.withoutData.map { .object(["rule": .string($0.rule), "group": .string(Summary.key($0.group))]) })
        return .object(fields)
    }

    private var alertCounts: [String: JSONValue] {
        let alerts = analyses.alerts
        let since = alertReference
        let firing = alerts.firing
        var bySeverity: [String: JSONValue] = ["all": .int(firing.count)]
        for severity in Finding.Severity.allCases {
            bySeverity[severity.rawValue] = .int(firing.count { $0.state.firing == severity })
        }
        return [
            "rule_count": .int(alerts.rules.count), "evaluated": .int(alerts.results.count { $0.judged > 0 }),
            "firing": .object(bySeverity), "since": .string(since.iso),
            "new": .array(alerts.new(since: since).map { .string($0.id) }),
            "ongoing": .array(alerts.ongoing(since: since).map { .string($0.id) }),
            "recovered": .array(alerts.recovered(since: since).map { .string($0.id) }),
            "pending": .int(alerts.pending.count), "unknown": .int(alerts.unknown.count),
            "muted": .int(alerts.muted.count),
        ]
    }

    private func rule(_ rule: AlertRule) -> JSONValue {
        let results = analyses.alerts.results.filter { $0.rule.id == rule.id }
        let scope: JSONValue =
            switch rule.scope {
            case .all: .string("all")
            case .each(let dimension): .string("by \(dimension)")
            case .one(let dimension, let value): .string("\(dimension)=\(value)")
            }
        return .object(
            [
                "id": .string(rule.id), "title": .string(rule.title), "metric": .text(rule.metric), "scope": scope,
                "owner": .text(rule.owner), "component": .text(rule.component),
                "groups": .int(results.count), "nights_judged": .int(results.reduce(0) { $0 + $1.judged }),
                "fired": .int(results.reduce(0) { $0 + $1.episodes.count }),
                "text": .string(
                    "\(AlertWords(rule, rule.terms, catalogue).subject) \(AlertWords(rule, rule.terms, catalogue).condition)"
                ),
            ].merging(terms(rule.terms)) { own, _ in own })
    }

    private func terms(_ terms: AlertTerms) -> [String: JSONValue] {
        [
            "statistic": .string(terms.statistic.name), "condition": .string(terms.condition.name),
            "limits": .object(
                Dictionary(terms.levels.map { ($0.severity.rawValue, .number($0.limit)) }) { first, _ in first }),
            "clear": .object(
                Dictionary(terms.levels.map { ($0.severity.rawValue, .number($0.clear)) }) { first, _ in first }),
            "minimum": .int(terms.minimum), "over_days": .int(terms.overDays),
            "for": .string("\(terms.breaches) of \(terms.within)"), "clear_nights": .int(terms.clearNights),
            "stale_days": .int(terms.staleDays),
        ]
    }

    /// One alert with its figures.
    func alert(_ result: AlertResult, withEpisodes: Bool) -> JSONValue {
        let night = result.newest
        var reason: JSONValue = .null
        if case .unknown(let absence) = result.state { reason = .string(absence.reason) }
        var isStale = false
        if case .firing(_, let stale) = result.state { isStale = stale }
        var fields: [String: JSONValue] = [
            "id": .string(result.id), "rule": .string(result.rule.id), "title": .string(name(result)),
            "metric": .text(result.rule.metric), "group": .string(Summary.key(result.group)),
            "owner": .text(result.rule.owner), "state": .string(result.state.name), "reason": reason,
            "severity": .text(severity(of: result.state)?.rawValue), "stale": .bool(isStale),
            "status": .text(status(of: result)), "value": .number(night?.value.value),
            "expected": .number(night?.expected), "reading": .number(night?.reading),
            "n": .int(night?.n ?? 0), "judged_on": .text(night?.day.iso),
            "first": .text(result.open?.first.iso), "fired": .text(result.open?.fired.iso),
            "text": .string(claim(result)), "silence": silence(result.silence),
        ]
        guard withEpisodes else { return .object(fields) }
        fields["expired_silences"] = .array(result.expired.map { silence($0) })
        fields["nights_judged"] = .int(result.judged)
        fields["breaches"] = .int(result.breaches)
        fields["longest_breach"] =
            result.longestBreach.map {
                .object(["first": .string($0.first.iso), "last": .string($0.last.iso), "nights": .int($0.nights)])
            } ?? .null
        fields["availability"] = SummaryParts.answer(result.availability(level: analyses.settings.level)) {
            .object(["share": .number($0.value), "interval": SummaryParts.interval($0.interval)])
        }
        fields["error_budget"] = SummaryParts.answer(result.budget, budget)
        fields["mean_days_to_fire"] = .number(result.meanDaysToDetect)
        fields["mean_days_to_recover"] = .number(result.meanDaysToRecover)
        fields["episodes"] = .array(result.episodes.map(episode))
        return .object(fields.merging(terms(result.terms)) { own, _ in own })
    }

    private func severity(of state: AlertState) -> Finding.Severity? {
        switch state {
        case .pending(let severity), .firing(let severity, _): severity
        case .quiet, .unknown: nil
        }
    }

    /// `new`, `ongoing`, `recovered`; nil for the rest.
    private func status(of result: AlertResult) -> String? {
        switch (result.state.firing != nil, result.state(on: alertReference).firing != nil) {
        case (true, false): "new"
        case (true, true): "ongoing"
        case (false, true): "recovered"
        case (false, false): nil
        }
    }

    private func silence(_ silence: AlertSilence?) -> JSONValue {
        silence.map {
            .object([
                "kind": .string($0.kind.rawValue), "owner": .string($0.owner), "reason": .string($0.reason),
                "until": .string($0.until.iso), "value": .text($0.value),
            ])
        } ?? .null
    }

    private func episode(_ episode: AlertEpisode) -> JSONValue {
        .object([
            "first": .string(episode.first.iso), "fired": .string(episode.fired.iso),
            "recovered": .text(episode.recovered?.iso), "resolved": .text(episode.resolved?.iso),
            "severity": .string(episode.severity.rawValue), "worst": .number(episode.worst),
            "worst_on": .string(episode.worstDay.iso), "breaches": .int(episode.breaches),
            "gone": .bool(episode.isGone),
        ])
    }

    private func budget(_ budget: ErrorBudget) -> JSONValue {
        .object([
            "objective": .number(budget.objective), "events": .int(budget.events), "bad": .int(budget.bad),
            "allowed": .number(budget.allowed), "left": .number(budget.left), "burn": .number(budget.burn),
        ])
    }

    /// Every KPI with its figures.
    var kpiSummary: JSONValue { .array(analyses.kpis.map(kpi)) }

    private func kpi(_ result: KPIResult) -> JSONValue {
        let kpi = result.kpi
        let figure = result.figure.value
        return .object([
            "id": .string(kpi.id), "title": .string(kpi.title), "metric": .string(kpi.metric),
            "statistic": .string(kpi.statistic.name), "limit": .number(kpi.statistic.limit),
            "group": .string(Summary.key(kpi.group)), "owner": .string(kpi.owner), "target": .number(kpi.target),
            "better": .string(kpi.bad == .above ? "lower" : "higher"), "period": SummaryParts.period(result.period),
            "value": .number(figure?.value), "n": .int(figure?.n ?? 0), "reason": .text(result.figure.absence?.reason),
            "interval": SummaryParts.interval(figure?.interval.value),
            "interval_reason": .text(figure?.interval.absence?.reason),
            "exactness": figure.map { SummaryParts.exactness($0.exactness) } ?? .null,
            "gap": .number(result.gap), "verdict": .string(result.verdict.rawValue),
            "previous": .number(result.previous.value?.value), "newest": .number(result.newest.value?.value),
            "newest_day": .text(result.newest.value?.day.iso), "same_weekday": .number(result.sameWeekday.value),
            "error_budget": SummaryParts.answer(result.budget, budget),
        ])
    }

    /// The health models that are declared, by their names.
    var healthSummary: JSONValue {
        .object([
            "deductions": analyses.healthScore.map(score) ?? .null,
            "worst_of": analyses.healthStatus.map { status in
                .object([
                    "overall": .string(status.overall.level.rawValue),
                    "components": .array(
                        status.components.map { part in
                            .object([
                                "name": .string(part.name), "level": .string(part.level.rawValue),
                                "nights_known": .int(part.known), "nights_good": .int(part.good),
                                "alerts": .array(part.alerts.map { .string($0) }),
                            ])
                        }),
                ])
            } ?? .null,
        ])
    }

    private func score(_ score: HealthScore) -> JSONValue {
        .object([
            "period": SummaryParts.period(score.period), "value": .number(score.value),
            "unjudged": .int(score.unjudged),
            "rows": .array(
                score.deductions.map { item in
                    .object([
                        "id": .string(item.id), "title": .string(item.title), "metric": .text(item.row?.metric),
                        "statistic": .text(item.row?.statistic.name), "value": .number(item.value.value),
                        "reason": .text(item.value.absence?.reason), "n": .int(item.n),
                        "limit": .number(item.step?.limit), "points": .number(item.points),
                    ])
                }),
        ])
    }
}
