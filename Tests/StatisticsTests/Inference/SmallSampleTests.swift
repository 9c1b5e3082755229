import Testing

@testable import Statistics

/// Exact tests of small samples with ties, and intervals where variances differ.
///
/// Expected numbers: scipy 1.17.1 `permutation_test(n_resamples=inf)`, `wilcoxon(method=PermutationMethod())`, and all
/// orders or choices by itertools.
@Suite struct SmallSampleTests {
    @Test(
        arguments: [
            ([1.0, 1, 2], [2.0, 3, 3], 0.2), ([1, 1, 2, 5, 5], [2, 3, 3, 5, 6, 6], 0.22510822510822512),
            ([1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2, 2], 2.0 / 792),
        ] as [([Double], [Double], Double)])
    func mannWhitneyWithTies(first: [Double], second: [Double], p: Double) throws {
        let found = try MannWhitney(first, second)
        #expect(found.method == .exact && found.ties)
        #expect(isClose(found.p, p, relative: 1e-13))
        #expect(isClose(try MannWhitney(second, first).p, p, relative: 1e-13))
    }

    /// 2 of 20 choices have the smallest rank sum; with 11 values a side ties take the normal approximation.
    @Test func mannWhitneyWithTiesOneSided() throws {
        let (first, second) = ([1.0, 1, 2], [2.0, 3, 3])
        #expect(isClose(try MannWhitney(first, second, tail: .greater).p, 0.1, relative: 1e-13))
        // No choice has a smaller rank sum than the one found.
        #expect(isClose(try MannWhitney(first, second, tail: .less).p, 1, relative: 1e-13))
        let long = (0..<11).map { Double($0 / 2) }
        #expect(try MannWhitney(long, long.map { $0 + 1 }).method == .normal)
    }

    /// Twelve steps of 0.1 up and four down among decimals are sizes of one rank, whatever their last bits: the sign test, whose p
    /// is `binomtest(12, 16).pvalue`. Equal pairs that the last bit tells apart drop out.
    @Test func wilcoxonTakesDecimalsAsWritten() throws {
        let first = [0.3, 0.7, 0.2, 0.6, 1.1, 2.3, 1.4, 0.1, 0.8, 1.9, 3.3, 4.7, 0.4, 0.8, 1.2, 2.4]
        let second = [0.4, 0.8, 0.3, 0.7, 1.2, 2.4, 1.5, 0.2, 0.9, 2.0, 3.4, 4.8, 0.3, 0.7, 1.1, 2.3]
        let found = try WilcoxonSignedRank(first, second)
        #expect(found.n == 16 && found.zeros == 0 && found.ties && found.positiveRankSum == 102)
        #expect(isClose(found.p, 0.076812744140625, relative: 1e-12))
        let same = try WilcoxonSignedRank(first + [0.1 + 0.2], second + [0.3])
        #expect(same.zeros == 1 && same.p == found.p)
    }

    /// 89 and 144 values whose largest distance is 0.2: SciPy `kstwo.sf(0.2, 55)` is 0.0210, the bare limit law 0.0245.
    @Test func theLimitLawAllowsForTheSizes() throws {
        let first = (0..<89).map { Double($0) / 89 }
        let second = (0..<144).map { Double($0) / 144 + 0.2 }
        let found = try TwoSampleKolmogorovSmirnov(first, second, method: .asymptotic)
        #expect(abs(found.d - 0.2) < 0.015)
        let effective = 89.0 * 144 / 233
        let bare = Kolmogorov.upperTail(effective.squareRoot() * found.d)
        #expect(found.p < 0.9 * bare && found.p > 0.8 * bare)
    }

    @Test(
        arguments: [
            ([1.0, 1, 1, 1], 0.125), ([0, 1, 2, 2, 0], 0.25), ([1, -1, 2, 2, 3, -1, 4, 4, 0], 0.0546875),
        ] as [([Double], Double)])
    func wilcoxonWithTiesAndZeros(differences: [Double], p: Double) throws {
        let found = try WilcoxonSignedRank(differences: CountedSample(differences))
        #expect(found.method == .exact)
        #expect(isClose(found.p, p, relative: 1e-13))
    }

    @Test(
        arguments: [
            ([1.0, 2, 3, 4], [2.0, 3, 5, 9], 1.0 / 12), ([1, 2, 3, 4, 5], [1, 2, 3, 5, 4], 1.0 / 12),
            ([1, 2, 3, 4, 5, 6], [1, 1, 3, 3, 2, 6], 0.1),
        ] as [([Double], [Double], Double)])
    func spearmanOfFewPairs(x: [Double], y: [Double], p: Double) throws {
        let found = try SpearmanCorrelation(x, y)
        #expect(found.method == .exact)
        #expect(isClose(found.p, p, relative: 1e-13))
    }

    /// Of the 9! orders of nine pairs two are monotone; of ten pairs no p lies below 2/10!.
    @Test func spearmanOfMonotonePairs() throws {
        let nine = (0..<9).map(Double.init)
        #expect(isClose(try SpearmanCorrelation(nine, nine).p, 2.0 / 362_880, relative: 1e-13))
        #expect(try SpearmanCorrelation(nine, nine).interval == nil)
        let ten = (0..<10).map(Double.init)
        let found = try SpearmanCorrelation(ten, ten)
        #expect(found.method == .normal && isClose(found.p, 2.0 / 3_628_800, relative: 1e-13))
        #expect(try PearsonCorrelation(ten, ten).interval == nil)
    }

    /// Roots of scipy's `nct.cdf` at Welch's t and degrees of freedom, times Welch's error over the pooled deviation.
    @Test func standardizedDifferenceOfUnequalVariances() throws {
        let (first, second) = ([1.0, 2, 3, 4, 9], [11.0, 12.5, 11.5, 12, 12.2, 11.8, 12.1])
        let found = try StandardizedDifference(first, second, variances: .unequal)
        #expect(isClose(found.interval.low, 1.0308792964955875, relative: 1e-10))
        #expect(isClose(found.interval.high, 6.9595405257139715, relative: 1e-10))
        #expect(found.hedgesG == (try StandardizedDifference(first, second)).hedgesG)
    }

    /// The interval leaves 0 out exactly where Welch's test rejects.
    @Test func unequalVariancesAgreeWithWelch() throws {
        for move in stride(from: 0.0, through: 12, by: 1.5) {
            let (first, second) = ([1.0, 2, 3, 4, 9], [1.1, 1.3, 0.9, 1.0, 1.2, 0.8].map { $0 + move })
            let interval = try StandardizedDifference(first, second, variances: .unequal).interval
            #expect(interval.contains(0) == (try WelchTTest(first, second).p >= 0.05))
        }
    }

    /// Groups a thousand million standard deviations apart: by the normal limit δ/t ≈ S, so that the ends are t times
    /// the square roots of the χ²₉₈ quantiles 72.5009395 and 127.28207236 over 98 (scipy `chi2.ppf`).
    @Test func groupsThatAreFarApart() throws {
        let noise = (0..<50).map { Double($0 % 10) * 1e-9 }
        let found = try StandardizedDifference(noise, noise.map { $0 + 1 })
        #expect(isClose(found.interval.low / found.cohenD, (72.5009395 / 98).squareRoot(), relative: 1e-7))
        #expect(isClose(found.interval.high / found.cohenD, (127.28207236 / 98).squareRoot(), relative: 1e-7))
    }
}
