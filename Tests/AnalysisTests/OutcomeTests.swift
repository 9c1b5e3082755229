import Model
import Statistics
import Testing

@testable import Analysis

/// What becomes of a change. Thirty days alternate between 9 and 11; each week after the start has the values of the test.
/// Expected states: scipy 1.17.1, stats.ttest_ind(…, equal_var=False) on the days, which do not depend on each other.
@Suite struct OutcomeTests {
    static let seen = [12.0, 14, 12, 14, 12, 14, 13]

    /// The days, with the first, second and fourth week after the start as given and the third between them.
    static func days(first: [Double], newest: [Double]) -> [DayFigures] {
        let before = (1...30).map { $0.isMultiple(of: 2) ? 11.0 : 9 }
        let values = before + first + seen + seen + newest
        return values.enumerated().map { place, value in
            DayFigures(
                day: november(place + 1), moments: Moments(n: 1, mean: value, m2: 0, m3: 0, m4: 0), missing: 0)
        }
    }

    static func outcome(first: [Double] = seen, newest: [Double]) throws -> Outcome {
        let days = days(first: first, newest: newest)
        guard let baseline = Period(start: november(1), end: november(31)) else { throw Unusable.period }
        let settings = AnalysisSettings()
        let followUps = FollowUp.all(
            days, start: november(31), baseline: baseline, through: november(58), known: FirstOrderDependence(phi: 0),
            isDifference: false, idle: nil, settings: settings)
        return Outcome(followUps, days: days, segmented: .failure(.noRecords), level: settings.level)
    }

    /// 11.5 against 10 is +1.5 with p = 0.30; against the 13 of the first week −1.5 with p = 0.31.
    @Test func aWeekThatCannotTellIsUnclear() throws {
        #expect(try Self.outcome(newest: [8, 15, 8, 15, 8, 15, 11.5]) == .unclear)
    }

    /// 10 against 10, and 10 against 13 with p = 0.0001.
    @Test func whatBecameSmallerHasFaded() throws {
        #expect(try Self.outcome(newest: [9, 11, 9, 11, 9, 11, 10]) == .faded)
    }

    /// 11.5 against 10 with p = 0.006: smaller than the first week's +3, and still there.
    @Test func whatIsStillThereHasHeld() throws {
        #expect(try Self.outcome(newest: [10.5, 12.5, 10.5, 12.5, 10.5, 12.5, 11.5]) == .held)
    }

    /// 7 against 10.
    @Test func theOppositeIsReversed() throws {
        #expect(try Self.outcome(newest: [6, 8, 6, 8, 6, 8, 7]) == .reversed)
    }

    /// A change downwards that is gone: 10 against 7 is against its way.
    @Test func aFallFadesUpwards() throws {
        let low = [6.0, 8, 6, 8, 6, 8, 7]
        #expect(try Self.outcome(first: low, newest: [9, 11, 9, 11, 9, 11, 10]) == .faded)
    }
}
