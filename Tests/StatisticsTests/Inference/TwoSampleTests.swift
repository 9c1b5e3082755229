import Testing

@testable import Statistics

/// scipy 1.17.1 on two short arrays; our direction is second − first.
@Suite struct TwoSampleTests {
    static let a = [4.2, 5.1, 3.9, 6.0, 5.5, 4.8]
    static let b = [5.9, 6.3, 7.1, 5.7, 6.8, 6.1, 7.4]
    static let before = [125, 115, 130, 140, 140.5, 115.5, 140.2, 125.4, 140.9, 135]
    static let after = [110, 122, 125, 120, 140, 124, 123, 137, 135.2, 145]

    /// `ttest_ind(a, b, equal_var=False, alternative="greater")`: t −3.862282915074301, df 9.667687625021314.
    @Test func welch() throws {
        let test = try WelchTTest(Self.a, Self.b, tail: .less)
        #expect(isClose(test.t, 3.862282915074301, relative: 1e-12))
        #expect(isClose(test.df, 9.667687625021314, relative: 1e-12))
        #expect(isClose(test.p, 0.9983237050993388, relative: 1e-12))
        #expect(isClose(try WelchTTest(Self.a, Self.b, tail: .greater).p, 1 - 0.9983237050993388, relative: 1e-10))
    }

    /// `mannwhitneyu(a, b)`: U 2, exact p 0.004662004662004662, asymptotic p 0.008220971320688577.
    @Test func mannWhitney() throws {
        let exact = try MannWhitney(Self.a, Self.b)
        #expect(exact.method == .exact)
        #expect(exact.u1 == 2)
        #expect(isClose(exact.p, 0.004662004662004662, relative: 1e-13))
        #expect(isClose(try MannWhitney(Self.a, Self.b, tail: .less).p, 0.9988344988344988, relative: 1e-13))
        #expect(isClose(try MannWhitney(Self.a, Self.b, method: .normal).p, 0.008220971320688577, relative: 1e-12))
        #expect(isClose(exact.cliffsDelta, 1 - 4.0 / 42, relative: 1e-14))
        #expect(reason { () throws(Undefined) in try MannWhitney([1, 1], [1]) } == .allTied)
        #expect(reason { () throws(Undefined) in try MannWhitney([], [1]) } == .empty)
    }

    /// `wilcoxon(after - before)`: exact p 0.625, one-sided greater 0.7216796875, approx with correction 0.6102986559765544.
    @Test func wilcoxon() throws {
        let exact = try WilcoxonSignedRank(Self.before, Self.after)
        #expect(exact.method == .exact)
        #expect(exact.positiveRankSum == 22)
        #expect(isClose(exact.p, 0.625, relative: 1e-13))
        #expect(
            isClose(try WilcoxonSignedRank(Self.before, Self.after, tail: .greater).p, 0.7216796875, relative: 1e-13))
        let normal = try WilcoxonSignedRank(Self.before, Self.after, method: .normal, continuity: true)
        #expect(isClose(normal.p, 0.6102986559765544, relative: 1e-12))
        #expect(reason { () throws(Undefined) in try WilcoxonSignedRank([1, 2], [1, 2]) } == .constant)
    }

    /// `ks_2samp(a, b)`: D 0.8333333333333334 at 5.5, p 0.01515151515151515.
    @Test func kolmogorovSmirnov() throws {
        let test = try TwoSampleKolmogorovSmirnov(Self.a, Self.b)
        #expect(isClose(test.d, 5.0 / 6, relative: 1e-15))
        #expect(test.location == 5.5)
        #expect(isClose(test.p, 0.01515151515151515, relative: 1e-13))
        #expect(try TwoSampleKolmogorovSmirnov(Self.a, Self.a).p == 1)
    }

    @Test func nothingThatVaries() {
        #expect(reason { () throws(Undefined) in try WelchTTest([1, 1], [2, 2]) } == .constant)
        #expect(reason { () throws(Undefined) in try WelchTTest([1], [2, 3]) } == .tooFew(found: 1, needed: 2))
        #expect(reason { () throws(Undefined) in try StandardizedDifference([1, 1], [2, 2]) } == .constant)
        #expect(reason { () throws(Undefined) in try PairedTTest([1, 2], [1]) } == .unequalLengths(2, 1))
        #expect(reason { () throws(Undefined) in try WelchTTest([1, .nan], [2, 3]) } == .nonFinite)
    }

    @Test func swappingTurnsTheSign() throws {
        let (forth, back) = try (StandardizedDifference(Self.a, Self.b), StandardizedDifference(Self.b, Self.a))
        #expect(isClose(forth.hedgesG, -back.hedgesG, relative: 1e-14))
        #expect(isClose(forth.interval.low, -back.interval.high, relative: 1e-10))
        let (left, right) = try (MannWhitney(Self.a, Self.b), MannWhitney(Self.b, Self.a))
        #expect(isClose(left.p, right.p, relative: 1e-14))
        #expect(left.z == -right.z)
        let (delta, turned) = try (CliffsDelta(Self.a, Self.b), CliffsDelta(Self.b, Self.a))
        #expect(isClose(delta.interval?.low, turned.interval.map { -$0.high }, relative: 1e-13))
    }

    @Test func rowsCountsAndSummariesAgree() throws {
        var generator = SeededGenerator(seed: 5)
        let a = (0..<120).map { _ in Double(generator.below(6)) }
        let b = (0..<90).map { _ in Double(generator.below(7)) }
        let (countedA, countedB) = try (CountedSample(a), CountedSample(b))
        #expect(try MannWhitney(a, b) == MannWhitney(countedA, countedB))
        #expect(try KruskalWallis([a, b]) == KruskalWallis([countedA, countedB]))
        #expect(isClose(try CliffsDelta(a, b).delta, try MannWhitney(a, b).cliffsDelta, relative: 1e-13))
        let summed = try WelchTTest(GroupSummary(countedA), GroupSummary(countedB))
        #expect(isClose(summed.p, try WelchTTest(a, b).p, relative: 1e-12))
        // With two groups F is t² and H is the square of z.
        #expect(isClose(try OneWayAnova([a, b]).f, try StudentTTest(a, b).t * StudentTTest(a, b).t, relative: 1e-11))
        let z = try MannWhitney(a, b).z
        #expect(isClose(try KruskalWallis([a, b]).h, z * z, relative: 1e-11))
    }
}
