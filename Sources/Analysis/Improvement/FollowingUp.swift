import Model
import Statistics

extension FollowUp {
    /// The days up to each follow-up against the baseline.
    ///
    /// A follow-up on day k compares the `settings.currentDays` days that end k days after the start.
    static func all(
        _ days: [DayFigures], start: Day, baseline: Period, through last: Day, known: FirstOrderDependence?,
        settings: AnalysisSettings
    ) -> [FollowUp] {
        settings.followUpDays.map { step in
            let end = start.advanced(by: step - 1)
            let period = Period(from: max(start, end.advanced(by: 1 - settings.currentDays)), through: end)
            guard end <= last else {
                return FollowUp(
                    day: step, period: period,
                    change: .failure(
                        .tooFew(.periods, found: max(0, start.distance(to: last) + 1), needed: step)))
            }
            return FollowUp(
                day: step, period: period,
                change: caught { () throws(Absence) in
                    try ChangeFigures.betweenDependent(
                        days, period, and: baseline, known: known,
                        recordSD: days.moments(in: Period(from: baseline.start, through: end)).summarySD,
                        level: settings.level)
                })
        }
    }
}

extension Outcome {
    /// Held, faded, reversed or unclear, by the intervals of the follow-ups: one that excludes 0 shows a change.
    ///
    /// The first follow-up that shows a change sets its way, at (1 − `level`) divided by the number of follow-ups, so that
    /// many looks do not find one by chance; the newest says what has become of it. A change counts only
    /// if the segmented regression confirms it; otherwise all is unclear. Where that regression is not possible the
    /// follow-ups stand alone.
    init(_ followUps: [FollowUp], segmented: Answer<SegmentedFigures>, level: Double) {
        let changes = followUps.compactMap { $0.change.value }
        let signs = changes.map { $0.interval.contains(0) ? 0 : $0.difference > 0 ? 1 : -1 }
        guard let newest = signs.last else {
            self = .insufficient
            return
        }
        let bound = (1 - level) / Double(changes.count)
        guard let seen = changes.firstIndex(where: { $0.test.p < bound }), let first = Optional(signs[seen]), first != 0
        else {
            self = .unclear
            return
        }
        if let fit = segmented.value, !fit.confirms(Double(first), level: level) {
            self = .unclear
            return
        }
        self = newest == 0 ? .faded : newest == first ? .held : .reversed
    }
}

/// Rates over all interventions that could be judged.
public struct ImprovementRollUp: Sendable, Hashable {
    /// Interventions in the set.
    public var interventions: Int
    /// Those with figures.
    public var judged: Int
    /// Those whose change stands (`ImprovementResult.isClaimed`).
    public var claimed: Int
    /// Those whose change stands and goes the expected way.
    public var succeeded: Int
    /// Those whose standardised change is at least small.
    public var practical: Int
    /// Those with a target.
    public var targeted: Int
    /// Those that reached it.
    public var reached: Int
    /// The mean standardised change in the expected way (the metric's good one where none was declared); nil for none.
    public var meanEffect: Double?
}

extension ReportAnalyses {
    /// The rates of a set of interventions.
    ///
    /// The expected way is that of the declared change, else the metric's good direction; a metric without one counts
    /// neither as success nor as failure of direction.
    public func rollUp(where isIncluded: (ImprovementResult) -> Bool = { _ in true }) -> ImprovementRollUp {
        let used = improvements.filter(isIncluded)
        let judged = used.compactMap { result in result.figures.value.map { (result, $0) } }
        let claimed = judged.filter { $0.0.isClaimed(settings) }
        let way = { (result: ImprovementResult) -> Double? in
            if let expected = result.intervention.expectedChange, expected != 0 { return expected > 0 ? 1 : -1 }
            switch result.subject.flatMap({ self.catalogue.metric(named: $0.metric) })?.direction {
            case .higher: return 1
            case .lower: return -1
            default: return nil
            }
        }
        let effects = judged.compactMap { result, figures in
            figures.hedgesG.value.flatMap { g in way(result).map { $0 * g.value } }
        }
        let targets = judged.compactMap { $0.1.targetAchievement }
        return ImprovementRollUp(
            interventions: used.count, judged: judged.count, claimed: claimed.count,
            succeeded: claimed.count { (way($0.0) ?? 0) * $0.1.difference > 0 },
            practical: judged.count { abs($0.1.hedgesG.value?.value ?? 0) >= settings.effectSteps.small },
            targeted: targets.count, reached: targets.count { $0 >= 1 },
            meanEffect: effects.isEmpty ? nil : effects.reduce(0, +) / Double(effects.count))
    }
}
