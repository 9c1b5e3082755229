import Testing

@testable import Statistics

@Suite struct RandomTests {
    /// SplitMix64 from 1234567: the sequence that its author's page and Rosetta Code give.
    @Test func splitMix() {
        var mixer = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect((0..<5).map { _ in mixer.next() } == expected)
    }

    @Test func sameSeedSameSequence() {
        var (a, b, c) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1), SeededGenerator(seed: 2))
        let first = (0..<50).map { _ in a.next() }
        #expect(first == (0..<50).map { _ in b.next() })
        #expect(first != (0..<50).map { _ in c.next() })
    }

    /// Mean and variance of 20,000 draws within four standard errors of theory.
    @Test func momentsOfDraws() throws {
        var generator = SeededGenerator(seed: 99)
        func check(_ mean: Double, _ variance: Double, _ draw: (inout SeededGenerator) -> Double) throws {
            let group = try GroupSummary((0..<20_000).map { _ in draw(&generator) })
            #expect(abs(group.mean - mean) < 4 * (variance / 20_000).squareRoot())
            #expect(isClose(group.variance, variance, relative: 0.12))
        }
        try check(0.5, 1.0 / 12) { $0.uniform() }
        try check(3, 4) { $0.normal(mean: 3, sd: 2) }
        try check(5, 25) { $0.exponential(mean: 5) }
        try check(6, 12) { $0.gamma(shape: 3, scale: 2) }
        try check(0.4, 0.4) { $0.gamma(shape: 0.4) }
        try check(0.25, 0.25 * 0.75 / 9) { $0.beta(2, 6) }
        try check(3.5, 3.5) { Double($0.poisson(mean: 3.5)) }
        try check(400, 400) { Double($0.poisson(mean: 400)) }
        try check(150, 105) { Double($0.binomial(500, 0.3)) }
        try check(4.5, 8.25) { Double($0.below(10)) }
    }

    @Test func sampleHoldsDifferentIndices() throws {
        var generator = SeededGenerator(seed: 4)
        let picked = generator.sample(50, outOf: 60)
        #expect(Set(picked).count == 50)
        #expect(picked.allSatisfy { (0..<60).contains($0) })
        #expect(generator.sample(9, outOf: 3).sorted() == [0, 1, 2])
        #expect(try generator.index(weights: [0, 0, 5]) == 2)
        #expect(
            reason { () throws(Undefined) in
                var other = generator
                return try other.index(weights: [0, 0])
            } != nil)
    }

    /// scipy 1.17.1 `bootstrap(x, mean, method="BCa", n_resamples=200000)`: 124.16 to 136.22 (its own seed).
    @Test func bootstrap() throws {
        let found = try Bootstrap(CorrelationTests.x, resamples: 20_000, seed: 8) { $0.reduce(0, +) / Double($0.count) }
        #expect(abs(found.interval.low - 124.16) < 0.4)
        #expect(abs(found.interval.high - 136.22) < 0.4)
        let again = try Bootstrap(CorrelationTests.x, resamples: 20_000, seed: 8) { $0.reduce(0, +) / Double($0.count) }
        #expect(again == found)
        #expect(reason { () throws(Undefined) in try Bootstrap([3, 3, 3], seed: 1) { $0[0] } } == .constant)
    }
}
