import Testing

@testable import Statistics

/// Expected numbers: scipy 1.17.1 and numpy 2.4.6 on the same values.
@Suite struct DistributionShiftTests {
    static let earlier = (0..<120).map { Double(($0 * 37) % 101) / 100 }
    static let later = (0..<150).map { Double(($0 * 53 + 7) % 89) / 80 }

    @Test func distanceAndIndex() throws {
        let shift = try DistributionShift(from: CountedSample(Self.earlier), to: CountedSample(Self.later))
        // stats.wasserstein_distance(a, b)
        #expect(abs(shift.wasserstein - 0.052158333333333334) < 1e-12)
        // np.quantile(a, k/10) as cuts, half a value added to each class
        #expect(abs(shift.stabilityIndex - 0.07358435056410473) < 1e-12)
        // stats.chi2.ppf(0.99, 9) * (1/120 + 1/150)
        #expect(abs(shift.chanceBound() - 0.32498991500192886) < 1e-9)
        #expect((shift.n1, shift.n2, shift.classes) == (120, 150, 10))
    }

    @Test func movingEveryValueMovesTheMeanDistance() throws {
        let moved = try DistributionShift(
            from: CountedSample(Self.earlier), to: CountedSample(Self.earlier.map { $0 + 2 }))
        #expect(abs(moved.wasserstein - 2) < 1e-12)
        let same = try DistributionShift(from: CountedSample(Self.earlier), to: CountedSample(Self.earlier))
        #expect(same.wasserstein == 0 && same.stabilityIndex == 0)
    }

    @Test func chanceStaysBelowItsBound() throws {
        var generator = SeededGenerator(seed: 11)
        var beyond = 0
        for _ in 0..<400 {
            let draws = (0..<2).map { _ in (0..<300).map { _ in Double.random(in: 0...1, using: &generator) } }
            let shift = try DistributionShift(from: CountedSample(draws[0]), to: CountedSample(draws[1]))
            if shift.stabilityIndex > shift.chanceBound(p: 0.05) { beyond += 1 }
        }
        // stats.binom.interval(0.999, 400, 0.05) is 7 to 36.
        #expect((7...36).contains(beyond), "\(beyond) of 400")
    }

    @Test func tiesAndEmptySamples() throws {
        let constant = try CountedSample([3, 3, 3])
        let shift = try DistributionShift(from: constant, to: CountedSample([3, 3]))
        #expect(shift.classes == 2 && shift.wasserstein == 0)
        #expect(throws: Undefined.empty) { try DistributionShift(from: CountedSample([]), to: constant) }
    }
}
