import Statistics
import Testing

@Suite struct MomentsTests {
    static let values = [2.5, 3.5, 1.25, 9.75, 4.0, 4.0, 7.5, -3.25, 0.5, 12.0]

    /// scipy 1.17.1: mean, var(ddof=1), stats.sem, stats.skew, stats.kurtosis and both with bias=False.
    @Test func agreesWithScipy() throws {
        let moments = Moments(Self.values)
        #expect(moments.n == 10)
        #expect(abs(moments.mean - 4.175) < 1e-14)
        #expect(abs(try #require(moments.variance) - 20.431250000000002) < 1e-12)
        #expect(abs(try #require(moments.standardError) - 1.4293792358922808) < 1e-13)
        #expect(abs(moments.m3 - 200.14312500000005) < 1e-10)
        #expect(abs(moments.m4 - 8140.488972656251) < 1e-9)
        #expect(abs(try #require(moments.skewness) - 0.2538250646397253) < 1e-13)
        #expect(abs(try #require(moments.excessKurtosis) - -0.5924484351456831) < 1e-13)
        #expect(abs(try #require(moments.sampleSkewness) - 0.30099949931287434) < 1e-13)
        #expect(abs(try #require(moments.sampleExcessKurtosis) - -0.08307848356111824) < 1e-13)
    }

    @Test(arguments: 0...10) func mergingAnySplitGivesTheWhole(first: Int) {
        var parts = Moments(Array(Self.values.prefix(first)))
        parts.merge(Moments(Array(Self.values.dropFirst(first))))
        expectClose(parts, Moments(Self.values))
    }

    @Test func addingOneByOneGivesTheWhole() {
        var moments = Moments()
        for value in Self.values { moments.add(value) }
        expectClose(moments, Moments(Self.values))
    }

    @Test func countedValuesAreTheRepeatedOnes() {
        let counted = Moments(values: [-3.25, 4, 12], counts: [2, 5, 1])
        expectClose(counted, Moments([-3.25, -3.25, 4, 4, 4, 4, 4, 12]))
    }

    @Test(arguments: 1..<10) func subtractingUndoesMerging(first: Int) {
        var moments = Moments(Self.values)
        moments.subtract(Moments(Array(Self.values.prefix(first))))
        expectClose(moments, Moments(Array(Self.values.dropFirst(first))), tolerance: 1e-8)
    }

    @Test func subtractingEverythingLeavesNothing() {
        var moments = Moments(Self.values)
        moments.subtract(moments)
        #expect(moments == Moments())
    }

    /// A large offset must not eat the digits of the spread: numpy 2.4.6 var([1e9+4, 1e9+7, 1e9+13, 1e9+16], ddof=1).
    @Test func keepsTheDigitsOfASmallSpread() {
        #expect(Moments([4, 7, 13, 16].map { $0 + 1e9 }).variance == 30)
    }

    @Test(arguments: [[], [7], [7, 7, 7]]) func undefinedWithoutSpread(values: [Double]) {
        let moments = Moments(values)
        #expect(moments.skewness == nil)
        #expect(moments.excessKurtosis == nil)
        #expect((moments.variance == nil) == (values.count < 2))
    }

    private func expectClose(_ a: Moments, _ b: Moments, tolerance: Double = 1e-12) {
        #expect(a.n == b.n)
        for (x, y) in [(a.mean, b.mean), (a.m2, b.m2), (a.m3, b.m3), (a.m4, b.m4)] {
            #expect(abs(x - y) <= tolerance * max(1, abs(y)))
        }
    }

    /// 7/24, the mean of 0.1, 0.2 and 0.3 and that of thirty sevenths, in any order: Python's
    /// `float(Fraction(...))` of the exact mean.
    @Test func equalMeansAreOneNumber() {
        let shares = Array(repeating: 0.0, count: 17) + Array(repeating: 1.0, count: 7)
        for values in [shares, Array(shares.reversed()), (0..<24).map { $0 * 5 % 24 < 7 ? 1.0 : 0 }] {
            #expect(Moments(exactly: values).mean == 0.2916666666666667)
        }
        #expect(Moments(exactly: [0.1, 0.2, 0.3]).mean == 0.2 && Moments(exactly: [0.3, 0.1, 0.2]).mean == 0.2)
        #expect(Moments(exactly: Array(repeating: 1.0 / 7, count: 30)).mean == 1.0 / 7)
        #expect(Moments(exactly: [1e16, 1, -1e16]).mean == 1.0 / 3)
    }
}
