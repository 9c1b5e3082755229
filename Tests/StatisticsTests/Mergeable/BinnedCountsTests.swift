import Statistics
import Testing

@Suite struct BinnedCountsTests {
    static let unit = Bins.linear(lower: 0, upper: 1, count: 400)
    static let share = Bins.logarithmic(relativeError: 0.01)

    /// numpy 2.4.6 quantile (its default is type 7) of the ten values.
    @Test(arguments: [
        (0, -3.25), (0.05, -1.5625), (0.1, 0.125), (0.25, 1.5625), (0.5, 3.75), (0.75, 6.625), (0.9, 9.975),
        (0.95, 10.9875), (0.99, 11.7975), (1, 12),
    ]) func exactQuantiles(p: Double, expected: Double) throws {
        let counts = BinnedCounts(MomentsTests.values, bins: Self.share)
        let quantile = try #require(counts.quantile(p))
        #expect(abs(quantile.value - expected) < 1e-12)
        #expect(quantile.maximumError == 0)
    }

    @Test func isExactUpToTheLimitAndBinnedBeyond() {
        let most = (0..<BinnedCounts.exactLimit).map { Double($0) / 1000 }
        #expect(BinnedCounts(most + most, bins: Self.unit).isExact)
        #expect(!BinnedCounts(most + [0.9], bins: Self.unit).isExact)
    }

    @Test func zeroHasOneSign() {
        let entries = BinnedCounts([0, -0.0, 0], bins: Self.unit).entries
        #expect(entries.map(\.value) == [0] && entries.map(\.count) == [3])
    }

    /// The final mode and every count depend only on all the values together.
    @Test(arguments: [unit, share], [5, 60, 100, 2000]) func mergingIsAssociativeAndCommutative(
        bins: Bins, distinct: Int
    ) {
        var generator = SeededGenerator(seed: UInt64(distinct))
        for _ in 0..<20 {
            let parts = (0..<3).map { _ in
                (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                    Double(Int.random(in: -5..<distinct, using: &generator)) / 100
                }
            }
            let whole = BinnedCounts(parts.flatMap { $0 }, bins: bins)
            let counts = parts.map { BinnedCounts($0, bins: bins) }
            for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
                var left = counts[order[0]]
                left.merge(counts[order[1]])
                left.merge(counts[order[2]])
                var tail = counts[order[1]]
                tail.merge(counts[order[2]])
                var right = counts[order[0]]
                right.merge(tail)
                var sum = BinnedCountsSum(bins: bins)
                for place in order { sum.add(counts[place]) }
                #expect(left == whole)
                #expect(right == whole)
                #expect(sum.total == whole)
            }
        }
    }

    @Test func addingOneByOneGivesTheWhole() {
        var generator = SeededGenerator(seed: 3)
        let values = (0..<700).map { _ in Double.random(in: 0..<1, using: &generator) }
        var counts = BinnedCounts(bins: Self.unit)
        for value in values { counts.add(value) }
        #expect(counts == BinnedCounts(values, bins: Self.unit))
    }

    /// Binned quantiles stay within their stated error of the exact ones.
    @Test(arguments: [unit, share]) func quantilesKeepTheirStatedError(bins: Bins) throws {
        var generator = SeededGenerator(seed: 7)
        let values = (0..<5000).map { _ in
            let u = Double.random(in: 0..<1, using: &generator)
            return bins == Self.unit ? u * u : 0.001 / (1.0000001 - u)
        }
        let sorted = values.sorted()
        let counts = BinnedCounts(values, bins: bins)
        for p in [0, 0.01, 0.25, 0.5, 0.9, 0.999, 1] {
            let position = p * 4999
            let low = sorted[Int(position)]
            let high = sorted[min(4999, Int(position) + 1)]
            let exact = low + (position - position.rounded(.down)) * (high - low)
            let found = try #require(counts.quantile(p))
            #expect(abs(found.value - exact) <= found.maximumError * (1 + 1e-9))
            if bins == Self.unit {
                #expect(found.maximumError <= 0.00125 + 1e-12)
            } else {
                #expect(abs(found.value - exact) <= 0.01 * exact)
            }
        }
    }

    @Test(arguments: [0, 1, -1, 0.1, -273.15, 1e-300, .leastNonzeroMagnitude, 1e300, .greatestFiniteMagnitude, -1e-9])
    func everyValueLiesInItsLogarithmicBin(value: Double) {
        let index = Self.share.index(of: value)
        let (lower, upper) = Self.share.limits(of: index)
        if value.magnitude >= .leastNormalMagnitude {
            #expect(lower <= value && value <= upper)
            let error = abs(Self.share.representative(of: index) - value)
            #expect(error <= 0.01 * value.magnitude)
        } else {
            #expect(index == 0)
        }
    }

    @Test(arguments: [(-0.5, -1, -Double.infinity), (0, 0, 0), (0.0025, 1, 0.0025), (1, 399, 0.9975), (1.5, 400, 1)])
    func linearBins(value: Double, index: Int32, lower: Double) {
        #expect(Self.unit.index(of: value) == index)
        #expect(abs(Self.unit.limits(of: index).lower - lower) < 1e-12 || lower == -.infinity)
    }

    @Test func outsideLinearBinsTheErrorIsUnbounded() throws {
        let values = (0..<300).map { 1 + Double($0) }
        let quantile = try #require(BinnedCounts(values, bins: Self.unit).quantile(0.9))
        #expect(quantile.value == 1 && quantile.maximumError == .infinity)
    }

    @Test(arguments: [(-1, 0), (0, 0.25), (0.5, 0.25), (1, 0.75), (3, 1)])
    func cumulativeShareOfExactCounts(x: Double, share: Double) {
        #expect(BinnedCounts([0, 1, 1, 2], bins: Self.unit).cumulativeShare(at: x) == share)
    }

    @Test func nothingHasNoQuantile() {
        let counts = BinnedCounts(bins: Self.unit)
        #expect(counts.quantile(0.5) == nil)
        #expect(counts.cumulativeShare(at: 0) == nil)
        #expect(BinnedCounts([1], bins: Self.unit).quantile(1.5) == nil)
        #expect(BinnedCounts([1], bins: Self.unit).quantile(.nan) == nil)
    }

    @Test(arguments: [
        BinnedCounts.Content.exact(values: [2, 1], counts: [1, 1]), .exact(values: [1], counts: [0]),
        .exact(values: [.nan], counts: [1]), .exact(values: [1, 2], counts: [1]),
        .exact(values: [1, 2], counts: [.max, 1]), .binned(indices: [4, 4], counts: [1, 1]),
        .exact(values: (0...BinnedCounts.exactLimit).map { Double($0) }, counts: Array(repeating: 1, count: 129)),
    ]) func partsThatCannotBeTrueAreRefused(content: BinnedCounts.Content) {
        #expect(BinnedCounts(bins: Self.unit, content: content) == nil)
    }
}
