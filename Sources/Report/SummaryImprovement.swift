import Analysis
import Model

extension SummaryParts {
    /// - Parameter isOverdue: whether it has been open for longer than the settings allow.
    static func improvement(
        _ result: ImprovementResult, isOverdue: Bool, settings: AnalysisSettings
    ) -> JSONValue {
        var fields: [String: JSONValue] = [
            "name": .string(result.intervention.name), "kind": .string(result.intervention.kind),
            "overdue": .bool(isOverdue), "start": .string(result.intervention.start.iso),
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
            fields["before"] = mean(figures.before)
            fields["after"] = mean(figures.after)
            fields["difference"] = .number(figures.difference)
            fields["interval"] = interval(figures.interval)
            if figures.interval == nil { fields["reason"] = figures.welch.absence.map { .string($0.reason) } }
            fields["welch_t"] = answer(figures.welch, test)
            fields["shares"] = figures.shares.map(shares) ?? .null
            fields["by_day"] = answer(figures.byDay, change)
            fields["mann_whitney"] = answer(figures.mannWhitney, test)
            fields["hedges_g"] = answer(figures.hedgesG) { .number($0.value) }
            fields["hedges_g_interval"] = interval(figures.hedgesG.value?.interval)
            fields["effect"] = answer(result.credit) {
                .object([
                    "basis": .string($0.basis.rawValue), "estimate": .number($0.estimate),
                    "interval": interval($0.interval), "test": test($0.test),
                    "standardised": .number($0.standardised), "reason": .text($0.intervalAbsence?.reason),
                ])
            }
            fields["target_achievement"] = .number(result.targetAchievement)
            fields["claimed"] = .bool(result.isClaimed(settings))
            fields["confirmed"] = result.isConfirmed(settings).map { .bool($0) } ?? .null
        }
        fields["interrupted_time_series"] = answer(result.segmented, segmented)
        if let found = result.segmented.value {
            fields["level_change"] = .number(found.level.estimate)
            fields["slope_change"] = .number(found.slope.estimate)
            fields["mean_change"] = .number(found.meanChange)
        }
        fields["difference_in_differences"] = answer(result.control) {
            .object([
                "treated": .number($0.treatedChange), "control": .number($0.controlChange),
                "estimate": .number($0.estimate), "interval": interval($0.interval), "test": test($0.test),
                "interrupted_time_series": answer($0.segmented, segmented),
            ])
        }
        fields["make_up"] = result.makeUp.map(makeUp) ?? .null
        fields["shared_with"] = .array(result.sharedWith.map { .string($0) })
        fields["follow_ups"] = .array(
            result.followUps.map {
                .object([
                    "day": .int($0.day), "difference": .number($0.difference), "change": answer($0.change, change),
                ])
            })
        fields["status"] = .string(result.outcome.rawValue)
        fields["baseline_shift"] = answer(result.baselineShift) { .number($0) }
        return .object(fields)
    }

    /// How much of a change comes from other shares of a dimension's groups.
    static func makeUp(_ found: MakeUp) -> JSONValue {
        .object([
            "dimension": .string(found.dimension), "change": .number(found.drivers.change),
            "within": .number(found.drivers.within), "mix": .number(found.drivers.mix),
        ])
    }

    private static func segmented(_ found: SegmentedFigures) -> JSONValue {
        .object([
            "period": period(found.period), "days": .int(found.days), "level_change": .number(found.level.estimate),
            "level_change_interval": interval(found.level.interval), "level_change_p": .number(found.level.test.p),
            "slope_change": .number(found.slope.estimate), "slope_change_interval": interval(found.slope.interval),
            "slope_change_p": .number(found.slope.test.p), "mean_effect": .number(found.meanEffect),
            "lag_1_autocorrelation": .number(found.dependence.phi),
            "counterfactual": .array(
                found.counterfactual.map {
                    .object([
                        "period": .string($0.day.iso), "value": .number($0.value), "low": .number($0.interval.low),
                        "high": .number($0.interval.high),
                    ])
                }),
        ])
    }

    /// The rates over all interventions, and of each kind and metric where there are several.
    static func rollUps(_ analyses: ReportAnalyses) -> JSONValue {
        var fields = rollUp(analyses.rollUp())
        var parts: [String: [JSONValue]] = ["by_kind": [], "by_metric": []]
        for part in analyses.registerParts {
            let found = rollUp(analyses.rollUp(of: part))
            switch part {
            case .all: continue
            case .kind(let kind):
                parts["by_kind"]?.append(.object(found.merging(["kind": .string(kind)]) { _, new in new }))
            case .metric(let metric):
                parts["by_metric"]?.append(.object(found.merging(["metric": .string(metric)]) { _, new in new }))
            }
        }
        for (key, values) in parts { fields[key] = .array(values) }
        return .object(fields)
    }

    private static func rollUp(_ found: ImprovementRollUp) -> [String: JSONValue] {
        [
            "interventions": .int(found.interventions), "idle": .int(found.idle), "shared": .int(found.shared),
            "judged": .int(found.judged), "claimed": .int(found.claimed),
            "succeeded": .int(found.succeeded), "practical": .int(found.practical), "targeted": .int(found.targeted),
            "reached": .int(found.reached), "mean_effect": .number(found.meanEffect),
        ]
    }
}
