import Statistics
import Testing

@Suite struct RecoveredDifferenceTests {
    /// statsmodels 0.14: `proportion_confint(48, 80, method="wilson")`, the same of 56 in 70, and
    /// `confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff")`.
    @Test func ofTwoSharesItIsNewcombes() {
        let found = Interval.difference(
            of: 0.8, in: Interval(low: 0.6918335550374695, high: 0.8769526075163705, level: 0.95),
            less: 0.6, in: Interval(low: 0.4904546500516038, high: 0.7003817240412906, level: 0.95))
        #expect(abs(found.low - 0.05243147240236498) < 1e-12 && abs(found.high - 0.33387265403690614) < 1e-12)
    }
}
