import Testing

@testable import Statistics

@Suite struct QuantileIntervalTests {
    /// scipy 1.17.1: the largest l with binom.cdf(l − 1, n, p) ≤ .025.
    @Test(
        arguments: [
            (5, 0.5, nil), (6, 0.5, 1), (35, 0.5, 12), (40, 0.5, 14), (50, 0.5, 18), (100_000, 0.5, 49_690),
            (100, 0.95, 90), (1_000, 0.95, 936), (1_000, 0.05, 37), (71, 0.05, nil), (72, 0.05, 1),
        ] as [(Int, Double, Int?)])
    func depths(n: Int, share: Double, expected: Int?) {
        #expect(QuantileInterval.depth(n: n, share: share, level: 0.95) == expected)
    }

    /// The 95th percentile of 1 to 1,000: by the depths above the values at both ends.
    @Test func endsAreObservations() throws {
        let sample = try CountedSample((1...1_000).map(Double.init))
        let found = try QuantileInterval(sample, share: 0.95)
        #expect(found.interval.low == 936)
        #expect(found.interval.high == 1_001 - 37)
    }

    /// scipy 1.17.1: the smallest i with binom.sf(k − 1, n, i / n) of at least .025 for k = ⌊(n − 1)p⌋ + 1, of .975 for
    /// ⌈(n − 1)p⌉ + 1. numpy.percentile of 40,000 draws with replacement lies within one place of each end.
    @Test(
        arguments: [
            (6, 0.5, 1, 6), (25, 0.5, 8, 18), (72, 0.95, 63, 71), (100, 0.5, 40, 61), (101, 0.5, 41, 61),
            (200, 0.95, 182, 196), (1_000, 0.95, 935, 963), (1_000, 0.99, 982, 996), (1_000, 0.1, 83, 121),
        ])
    func bootstrapWithoutDraws(n: Int, share: Double, low: Int, high: Int) throws {
        let found = try QuantileInterval(
            CountedSample((1...n).map(Double.init)), share: share, method: .bootstrap)
        #expect(found.interval == Interval(low: Double(low), high: Double(high), level: 0.95))
    }

    @Test func tooFewSayHowManyAreNeeded() throws {
        #expect(throws: Undefined.tooFew(found: 20, needed: 72)) {
            try QuantileInterval(CountedSample((1...20).map(Double.init)), share: 0.95)
        }
        #expect(throws: Undefined.outOfDomain("a share lies between 0 and 1, not 1.0")) {
            try QuantileInterval(CountedSample([1, 2]), share: 1)
        }
    }
}
