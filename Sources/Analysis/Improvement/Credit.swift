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
    /// Its interval; nil for a change of every day alike, which leaves no error (see `whole`).
    public var interval: Interval?
    /// The test of no effect.
    public var test: TestFigures
    /// The change in standard deviations of the records; nil if they have no spread.
    public var standardised: Double?

    /// Why there is no interval; nil where there is one.
    public var intervalAbsence: Absence? { interval == nil ? .constantSides : nil }

    /// Whether an effect can be told from none: the interval excludes 0, or no day leaves its level.
    public var isTold: Bool { interval.map { !$0.contains(0) } ?? true }
}

extension ImprovementResult {
    /// The change in scope less that of the records outside (`control`), where there are such; else after − before by day.
    ///
    /// What the others had as well is nobody's effect: claim, target, follow-ups, rates and findings rest on this.
    public var credit: Answer<CreditedEffect> {
        figures.flatMap { figures in
            if let whole { return .success(whole) }
            if let control = control.value {
                return .success(
                    CreditedEffect(
                        basis: .control, estimate: control.estimate, interval: control.interval, test: control.test,
                        standardised: control.standardised))
            }
            // The scope moved as the others did, day by day: there is no error to measure that by.
            if control.absence == .constant { return .failure(.constant) }
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
        if var found = whole {
            change(&found.test)
            whole = found
        } else if control.value != nil {
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
}
