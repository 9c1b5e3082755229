import Model

extension FollowUp {
    /// The days up to each follow-up against the baseline.
    ///
    /// A follow-up on day k compares the `settings.currentDays` days that end k days after the start.
    static func all(
        _ days: [DayFigures], start: Day, baseline: Period, through last: Day, settings: AnalysisSettings
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
                        days, period, and: baseline,
                        recordSD: days.moments(in: Period(from: baseline.start, through: end)).summarySD,
                        level: settings.level)
                })
        }
    }
}

extension Outcome {
    /// Held, faded, reversed or unclear, by the intervals of the follow-ups: one that excludes 0 shows a change.
    ///
    /// The first follow-up that shows a change sets its way; the newest says what has become of it. A change counts only
    /// if the segmented regression, which knows what was under way before, finds one of the same sign in level or slope
    /// at the start (each at half of 1 − `level`, because there are two); otherwise all is unclear. Where that regression
    /// is not possible the follow-ups stand alone.
    init(_ followUps: [FollowUp], segmented: Answer<SegmentedFigures>, level: Double) {
        let signs = followUps.compactMap { $0.change.value }.map { change in
            change.interval.contains(0) ? 0 : change.difference > 0 ? 1 : -1
        }
        guard let newest = signs.last else {
            self = .insufficient
            return
        }
        guard let first = signs.first(where: { $0 != 0 }) else {
            self = .unclear
            return
        }
        if let fit = segmented.value {
            let found = [fit.level, fit.slope].contains { term in
                term.test.p < (1 - level) / 2 && (term.estimate > 0) == (first > 0)
            }
            guard found else {
                self = .unclear
                return
            }
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
    /// Those whose change stands after correction.
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
        let way = { (result: ImprovementResult) -> Double? in
            if let expected = result.intervention.expectedChange, expected != 0 { return expected > 0 ? 1 : -1 }
            switch result.subject.flatMap({ self.catalogue.metric(named: $0.metric) })?.direction {
            case .higher: return 1
            case .lower: return -1
            default: return nil
            }
        }
        let stands = { (figures: ImprovementFigures) in
            (figures.byDay.value?.test.pAdjusted ?? 1) < self.settings.alpha
        }
        let effects = judged.compactMap { result, figures in
            figures.hedgesG.value.flatMap { g in way(result).map { $0 * g.value } }
        }
        let targets = judged.compactMap { $0.1.targetAchievement }
        return ImprovementRollUp(
            interventions: used.count, judged: judged.count, claimed: judged.count { stands($0.1) },
            succeeded: judged.count { stands($0.1) && (way($0.0) ?? 0) * $0.1.difference > 0 },
            practical: judged.count { abs($0.1.hedgesG.value?.value ?? 0) >= settings.effectSteps.small },
            targeted: targets.count, reached: targets.count { $0 >= 1 },
            meanEffect: effects.isEmpty ? nil : effects.reduce(0, +) / Double(effects.count))
    }
}
