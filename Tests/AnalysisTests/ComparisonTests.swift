import Model
import Testing

@testable import Analysis

/// Expected numbers: scipy 1.17.1 and statsmodels 0.15.0 on the same values.
@Suite struct ComparisonTests {
    /// `count` values: shift + ((17 i² + k i) mod 41) / 100.
    static func values(_ count: Int, shift: Double, k: Int) -> [Double] {
        (0..<count).map { shift + Double(($0 * $0 * 17 + $0 * k) % 41) / 100 }
    }

    static func rows(_ groups: [(String?, [Double])]) -> [Row] {
        groups.flatMap { name, values in
            values.enumerated().map { Row(day: november(1 + $0 % 3), values: [$1], groups: [name]) }
        }
    }

    static func compared(_ groups: [(String?, [Double])]) throws -> ReportAnalyses {
        try analyse(table(rows(groups), catalogue([score("quality")], by: ["tier"])), asOf: november(3))
    }

    static func three() throws -> ComparisonResult {
        let made = try compared([
            ("b", values(50, shift: 0.25, k: 7)), ("a", values(40, shift: 0.2, k: 5)),
            ("c", values(35, shift: 0.4, k: 11)), ("d", values(12, shift: 0.1, k: 3)), (nil, [0.9, 0.95]),
        ])
        return try #require(made.comparison(of: "quality", by: "tier"))
    }

    @Test func groupsThatAreLargeEnough() throws {
        let found = try Self.three()
        #expect(found.groups.map(\.value) == ["a", "b", "c"])
        #expect(found.groups.map(\.n) == [40, 50, 35])
        #expect(
            found.tooSmall == [SmallGroup(group: .value(dimension: "tier", value: "d"), n: 12, needed: 30)])
        #expect(zip(found.groups, [0.3815, 0.4446, 0.5745714285714285]).allSatisfy { near($0.mean, $1) })
        #expect(zip(found.groups, [0.11375975585101285, 0.13001114551908108]).allSatisfy { near($0.sd, $1) })
        let medians = try found.groups.map { try $0.median.get() }
        #expect(zip(medians, [0.39, 0.425, 0.58]).allSatisfy { near($0.value, $1) })
        // The 14th, 18th and 12th value from either end: scipy.stats.binom.cdf(l − 1, n, .5) ≤ 0.025.
        #expect(zip(medians, [0.30, 0.36, 0.51]).allSatisfy { near($0.interval?.low, $1) })
        #expect(zip(medians, [0.42, 0.52, 0.62]).allSatisfy { near($0.interval?.high, $1) })
    }

    /// 71 zeros against 897 values, of which eleven are 2 and one is 1: Welch's t would take the zeros for certain (scipy.stats.ttest_ind: p = 0.0006),
    /// scipy.stats.mannwhitneyu has p = 0.33.
    @Test func aGroupThatDoesNotVaryIsNotCertain() throws {
        let rare = (0..<897).map { $0 < 11 ? 2.0 : $0 == 11 ? 1 : 0 }
        let made = try Self.compared([("a", Array(repeating: 0, count: 71)), ("b", rare)])
        let pair = try #require(made.comparison(of: "quality", by: "tier")?.pairs.first)
        #expect(pair.welch.absence == .undefined("the values of a group do not vary"))
        let counted = try pair.counted.get()
        #expect(counted.method == .mannWhitney && counted.p > 0.3 && counted.p < 0.36, "\(counted)")
        #expect(pair.reach == nil)
        let omnibus = try #require(made.comparison(of: "quality", by: "tier")).omnibus.get()
        #expect(omnibus.welch.absence == .undefined("the values of a group do not vary"))
    }

    @Test func omnibus() throws {
        let found = try Self.three().omnibus.get()
        let welch = try found.welch.get()
        // statsmodels anova_oneway([a, b, c], use_var='unequal', welch_correction=True)
        #expect(near(welch.statistic, 30.612504934822574) && near(welch.p * 1e10, 1.345709880392034, 1e-6))
        #expect(near(welch.degreesOfFreedom.last, 79.93797594211146))
        #expect(try near(found.anova.get().statistic, 25.779728428344832))  // stats.f_oneway
        #expect(try near(found.kruskalWallis.get().statistic, 35.62113496702124))  // stats.kruskal
        #expect(try near(found.brownForsythe.get().p, 0.12542091929400243, 1e-8))  // stats.levene(center='median')
        #expect(try near(found.etaSquared.get(), 0.2970708585430923))
        #expect(found.countsExactness == .exact)
    }

    @Test func pairsHaveTheSignOfBLessA() throws {
        let pairs = try Self.three().pairs
        #expect(pairs.map { [$0.a, $0.b] } == [["a", "b"], ["a", "c"], ["b", "c"]])
        // stats.ttest_ind(b, a, equal_var=False) and its confidence_interval
        #expect(zip(pairs, [0.0631, 0.19307142857142845, 0.12997142857142852]).allSatisfy { near($0.difference, $1) })
        #expect(near(pairs[0].reach?.low, 0.011978071004994324, 1e-8))
        #expect(near(pairs[0].reach?.high, 0.11422192899500555, 1e-8))
        #expect(try near(pairs[0].welch.get().p, 0.016147797232630424, 1e-8))
        // stats.mannwhitneyu(b, a)
        #expect(try near(pairs[0].mannWhitney.get().statistic, 1260))
        #expect(try near(pairs[0].mannWhitney.get().p, 0.03500599540366402, 1e-8))
        #expect(
            zip(pairs, [0.26, 0.7785714285714285, 0.5405714285714287]).allSatisfy { near($0.cliffsDelta.value, $1) })
        // numpy: pooled d times the exact factor of Hedges (scipy.special.gammaln)
        let g = [0.5083160059556888, 1.750338566266271, 1.0740330556322721]
        #expect(zip(pairs, g).allSatisfy { near($0.hedgesG.value?.value, $1) })
        #expect(
            pairs.allSatisfy { pair in
                guard let g = pair.hedgesG.value else { return false }
                return g.interval.contains(g.value)
            })
        // statsmodels multipletests(p, method='holm') and 'fdr_bh'
        #expect(near(pairs[0].pHolm, 0.016147797232630424, 1e-7))
        #expect(near(pairs[2].pHolm.map { $0 * 1e6 }, 4.041512494155907, 1e-6))
        #expect(near(pairs[2].pBH.map { $0 * 1e6 }, 3.0311343706169306, 1e-6))
    }

    @Test func rankingMarksWhatCannotBeToldApart() throws {
        let made = try Self.compared([
            ("low", Self.values(40, shift: 0.1, k: 5)), ("high", Self.values(40, shift: 0.5, k: 5)),
            ("also high", Self.values(41, shift: 0.5, k: 5)),
        ])
        let ranking = try #require(made.comparison(of: "quality", by: "tier")).ranking
        #expect(Set(ranking.prefix(2).map(\.value)) == ["high", "also high"])
        #expect(ranking.map(\.rank) == [1, 2, 3])
        #expect(ranking.map(\.tieGroups) == [[1], [1], [2]])
    }

    @Test(
        arguments: [
            (3, [], [[1], [1], [1]]), (3, [(0, 1), (0, 2), (1, 2)], [[1], [2], [3]]),
            (3, [(0, 2)], [[1], [1, 2], [2]]),
            (0, [], []), (1, [], [[1]]),
        ] as [(Int, [(Int, Int)], [[Int]])])
    func tieGroups(count: Int, different: [(Int, Int)], expected: [[Int]]) {
        #expect(TieGroups.numbers(count: count, different: different) == expected)
    }

    @Test func constantGroupsHaveNoWelchTestButRanks() throws {
        let made = try Self.compared([
            ("a", Array(repeating: 0.2, count: 30)), ("b", Array(repeating: 0.6, count: 30)),
        ])
        let found = try #require(made.comparison(of: "quality", by: "tier"))
        #expect(near(found.pairs.first?.difference, 0.4))
        #expect(found.pairs.first?.welch.absence == .constantSides)
        #expect(found.pairs.first?.reach == nil)
        // stats.mannwhitneyu([.2] * 30, [.6] * 30)
        #expect(near((found.pairs.first?.pHolm ?? 1) * 1e14, 1.685298194892637, 1e-6))
        #expect(try found.omnibus.get().welch.absence == .undefined("the values of a group do not vary"))
        #expect(made.findings.isEmpty)
    }

    @Test func oneGroupIsNoComparison() throws {
        let made = try Self.compared([("only", Self.values(40, shift: 0.2, k: 5))])
        let found = try #require(made.comparison(of: "quality", by: "tier"))
        #expect(found.omnibus.absence == .tooFew(.groups, found: 1, needed: 2))
        #expect(found.pairs.isEmpty && found.ranking.map(\.tieGroups) == [[1]])
    }

    @Test func theLargestGroupsAreCompared() throws {
        var settings = AnalysisSettings()
        settings.maximumGroups = 2
        let rows = Self.rows([
            ("a", Self.values(31, shift: 0.2, k: 5)), ("b", Self.values(60, shift: 0.2, k: 5)),
            ("c", Self.values(50, shift: 0.2, k: 5)),
        ])
        let made = try analyse(
            table(rows, catalogue([score("quality")], by: ["tier"])), settings: settings, asOf: november(3))
        let found = try #require(made.comparison(of: "quality", by: "tier"))
        #expect(found.groups.map(\.value) == ["b", "c"])
        #expect(found.leftOut.map(\.n) == [31])
        #expect(made.groups.count == 3)
    }
}
