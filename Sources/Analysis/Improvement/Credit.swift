import Model
import Statistics

/// What an intervention is credited with.
public struct CreditedEffect: Sendable, Hashable {
    /// What the change was measured against.
    public enum Basis: String, Sendable, Hashable {
        /// The change of the records outside the scope over the same days.
        case control
        /// The days before alone.
        case days
    }

    /// What the change was measured against.
    public var basis: Basis
    /// The change in the metric's unit.
    public var estimate: Double
    /// Its interval.
    public var interval: Interval
    /// The test of no effect.
    public var test: TestFigures
    /// The change in standard deviations of the records; nil if they have no spread.
    public var standardised: Double?
}

extension ImprovementResult {
    /// The change in scope less that of the records outside (`control`), where there are such; else after − before by day.
    ///
    /// What the others had as well is nobody's effect: claim, target, follow-ups, rates and findings rest on this.
    public var credit: Answer<CreditedEffect> {
        figures.flatMap { figures in
            if let control = control.value {
                return .success(
                    CreditedEffect(
                        basis: .control, estimate: control.estimate, interval: control.interval, test: control.test,
                        standardised: control.standardised))
            }
            return figures.byDay.map { change in
                CreditedEffect(
                    basis: .days, estimate: change.difference, interval: change.interval, test: change.test,
                    standardised: change.standardised)
            }
        }
    }

    /// The test that the claim rests on, open for change.
    mutating func updateCreditedTest(_ change: (inout TestFigures) -> Void) {
        guard figures.value != nil else { return }
        if control.value != nil {
            control.update { change(&$0.test) }
        } else {
            figures.update { $0.byDay.update { change(&$0.test) } }
        }
    }

    /// The credited change / the expected one; nil if none was declared or it is 0.
    public var targetAchievement: Double? {
        guard let expected = intervention.expectedChange, expected != 0 else { return nil }
        return credit.value.map { $0.estimate / expected }
    }

    /// Whether the change stands: the test of the credited change is below α after correction over the whole report, and
    /// the segmented regression, where it is possible, confirms it.
    public func isClaimed(_ settings: AnalysisSettings) -> Bool {
        guard let credit = credit.value, (credit.test.pAdjusted ?? 1) < settings.alpha else { return false }
        return isConfirmed(settings) ?? true
    }

    /// Whether the segmented regression of what is credited finds a jump or another slope of the same sign; nil where
    /// either is not possible.
    public func isConfirmed(_ settings: AnalysisSettings) -> Bool? {
        guard let credit = credit.value, let fit = creditedFit.value else { return nil }
        return fit.confirms(credit.estimate, level: settings.level)
    }

    /// What does not stand has not held: two follow-ups may show a change that no more than a few days make. Called once the
    /// tests of the report are corrected.
    mutating func settleOutcome(_ settings: AnalysisSettings) {
        if outcome == .held, !isClaimed(settings) { outcome = .unclear }
    }

    /// The segmented regression of what is credited: of the differences from the control where there is one.
    var creditedFit: Answer<SegmentedFigures> { control.value?.segmented ?? segmented }
}
